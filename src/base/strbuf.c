#include "strbuf.h"

#include <stdint.h>

#include "arena.h"

void strbuf_free(struct strbuf *buffer)
{
	free(buffer->data);
	*buffer = (struct strbuf){ 0 };
}

void strbuf_clear(struct strbuf *buffer)
{
	buffer->length = 0;
	if (buffer->data)
		buffer->data[0] = '\0';
}

void strbuf_reserve(struct strbuf *buffer, size_t count)
{
	size_t capacity = buffer->capacity ? buffer->capacity : 64;

	if (count >= PTRDIFF_MAX - buffer->length)
		arena_exhausted();
	while (capacity < buffer->length + count + 1)
		capacity *= 2;
	if (capacity == buffer->capacity)
		return;
	buffer->data = realloc(buffer->data, capacity);
	if (!buffer->data)
		arena_exhausted();
	buffer->capacity = capacity;
}

void strbuf_add(struct strbuf *buffer, struct str bytes)
{
	if (!bytes.length)
		return;
	strbuf_reserve(buffer, bytes.length);
	memcpy(buffer->data + buffer->length, bytes.data, bytes.length);
	buffer->length += bytes.length;
	buffer->data[buffer->length] = '\0';
}

void strbuf_add_text(struct strbuf *buffer, const char *text)
{
	strbuf_add(buffer, str_of(text));
}

void strbuf_add_char(struct strbuf *buffer, char c)
{
	strbuf_reserve(buffer, 1);
	buffer->data[buffer->length++] = c;
	buffer->data[buffer->length] = '\0';
}

void strbuf_vprintf(struct strbuf *buffer, const char *format,
		    va_list arguments)
{
	va_list again;
	int length;

	va_copy(again, arguments);
	length = vsnprintf(NULL, 0, format, again);
	va_end(again);
	if (length < 0)
		arena_exhausted();
	strbuf_reserve(buffer, (size_t)length);
	vsnprintf(buffer->data + buffer->length, (size_t)length + 1, format,
		  arguments);
	buffer->length += (size_t)length;
}

void strbuf_printf(struct strbuf *buffer, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	strbuf_vprintf(buffer, format, arguments);
	va_end(arguments);
}
