/* A growing byte string on the heap, for texts built piece by piece.
 *
 * Start with { 0 }, end with strbuf_free(). data is NUL-terminated after any
 * call that adds. Memory that ends goes to arena_exhausted().
 */
#ifndef STRBUF_H
#define STRBUF_H

#include <stdarg.h>
#include <stddef.h>

#include "str.h"

struct strbuf {
	char *data;
	size_t length, capacity;
};

void strbuf_free(struct strbuf *buffer);

/* Empties the buffer and keeps its memory. */
void strbuf_clear(struct strbuf *buffer);

/* Makes room for count more bytes and a NUL. */
void strbuf_reserve(struct strbuf *buffer, size_t count);

void strbuf_add(struct strbuf *buffer, struct str bytes);
void strbuf_add_text(struct strbuf *buffer, const char *text);
void strbuf_add_char(struct strbuf *buffer, char c);
void strbuf_vprintf(struct strbuf *buffer, const char *format,
		    va_list arguments) __attribute__((format(printf, 2, 0)));
void strbuf_printf(struct strbuf *buffer, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

static inline struct str strbuf_str(const struct strbuf *buffer)
{
	return (struct str){ buffer->data ? buffer->data : "", buffer->length };
}

#endif
