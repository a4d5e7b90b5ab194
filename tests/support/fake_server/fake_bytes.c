#include "fake_bytes.h"

#include <arpa/inet.h>

void *fake_grow(void *memory, size_t count, size_t size)
{
	memory = reallocarray(memory, count, size);
	if (!memory) {
		fputs("fake_server: out of memory\n", stderr);
		exit(1);
	}
	return memory;
}

struct fake_view fake_view_of(const char *text)
{
	return (struct fake_view){ text, strlen(text) };
}

bool fake_view_equal(struct fake_view a, struct fake_view b)
{
	return a.length == b.length && !memcmp(a.data, b.data, a.length);
}

static uint8_t *room_for(struct fake_bytes *bytes, size_t count)
{
	size_t needed = bytes->length + count;
	uint8_t *room;

	if (needed > bytes->capacity) {
		bytes->capacity = needed < 256 ? 256 : needed + needed / 2;
		bytes->data = fake_grow(bytes->data, bytes->capacity, 1);
	}
	room = bytes->data + bytes->length;
	bytes->length = needed;
	return room;
}

void fake_put(struct fake_bytes *bytes, struct fake_view view)
{
	if (view.length)
		memcpy(room_for(bytes, view.length), view.data, view.length);
}

void fake_put_fill(struct fake_bytes *bytes, uint8_t value, size_t count)
{
	if (count)
		memset(room_for(bytes, count), value, count);
}

void fake_put_u32(struct fake_bytes *bytes, uint32_t value)
{
	value = htonl(value);
	fake_put(bytes, (struct fake_view){ &value, sizeof(value) });
}

void fake_put_opaque(struct fake_bytes *bytes, struct fake_view view)
{
	fake_put_u32(bytes, (uint32_t)view.length);
	fake_put(bytes, view);
	fake_put_fill(bytes, 0, (4 - view.length % 4) % 4);
}

void fake_put_text(struct fake_bytes *bytes, const char *text)
{
	fake_put_opaque(bytes, fake_view_of(text));
}

void fake_set_u32(struct fake_bytes *bytes, size_t at, uint32_t value)
{
	value = htonl(value);
	memcpy(bytes->data + at, &value, sizeof(value));
}

void fake_bytes_free(struct fake_bytes *bytes)
{
	free(bytes->data);
	*bytes = (struct fake_bytes){ 0 };
}

struct fake_reader fake_reader_of(struct fake_view view)
{
	return (struct fake_reader){ view.data, view.length, false };
}

/* NULL when there are not as many. */
static const uint8_t *take(struct fake_reader *reader, size_t count)
{
	const uint8_t *taken = reader->at;

	if (reader->bad || reader->left < count) {
		reader->bad = true;
		return NULL;
	}
	reader->at += count;
	reader->left -= count;
	return taken;
}

uint32_t fake_get_u32(struct fake_reader *reader)
{
	const uint8_t *bytes = take(reader, 4);
	uint32_t value = 0;

	if (bytes)
		memcpy(&value, bytes, sizeof(value));
	return ntohl(value);
}

struct fake_view fake_get_opaque(struct fake_reader *reader)
{
	uint32_t length = fake_get_u32(reader);
	size_t padding = (4 - length % 4) % 4;
	const uint8_t *bytes = take(reader, length);

	if (!bytes || !take(reader, padding))
		return (struct fake_view){ "", 0 };
	return (struct fake_view){ bytes, length };
}
