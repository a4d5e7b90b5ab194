/* A run of bytes that grows, and XDR (RFC 4506) into it and out of it.
 *
 * The fake server shares no code with the client that it tests, so that it
 * shares no mistakes with it. Out of memory ends the program.
 */
#ifndef FAKE_BYTES_H
#define FAKE_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Somebody else's bytes. */
struct fake_view {
	const void *data;
	size_t length;
};

#define FAKE_VIEW(literal)                                                     \
	((struct fake_view){ (literal), sizeof(literal) - 1 })

struct fake_bytes {
	uint8_t *data;
	size_t length, capacity;
};

struct fake_view fake_view_of(const char *text);
bool fake_view_equal(struct fake_view a, struct fake_view b);

void fake_put(struct fake_bytes *bytes, struct fake_view view);
void fake_put_u32(struct fake_bytes *bytes, uint32_t value);
/* opaque<> and string<>: the length, the bytes, up to three of padding. */
void fake_put_opaque(struct fake_bytes *bytes, struct fake_view view);
void fake_put_text(struct fake_bytes *bytes, const char *text);
/* The same byte several times. */
void fake_put_fill(struct fake_bytes *bytes, uint8_t value, size_t count);
/* Overwrites four bytes that are there. */
void fake_set_u32(struct fake_bytes *bytes, size_t at, uint32_t value);
void fake_bytes_free(struct fake_bytes *bytes);

static inline struct fake_view fake_bytes_view(const struct fake_bytes *bytes)
{
	return (struct fake_view){ bytes->data, bytes->length };
}

/* Reads on; once it could not, everything is zero and empty. */
struct fake_reader {
	const uint8_t *at;
	size_t left;
	bool bad;
};

struct fake_reader fake_reader_of(struct fake_view view);
uint32_t fake_get_u32(struct fake_reader *reader);
struct fake_view fake_get_opaque(struct fake_reader *reader);

/* Memory that is there, or the program ends. */
void *fake_grow(void *memory, size_t count, size_t size);

#endif
