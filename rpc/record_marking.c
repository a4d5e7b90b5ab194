#include "record_marking.h"

#include "rpc_limits.h"
#include "xdr_encode.h"

enum { MARK_BYTES = 4 };

static const uint32_t last_fragment = UINT32_C(1) << 31;

void record_reader_init(struct record_reader *reader, size_t limit)
{
	*reader = (struct record_reader){ .limit = limit };
}

bool record_is_begun(const struct record_reader *reader)
{
	return reader->mark_length || reader->length;
}

void record_mark(struct strbuf *out, size_t length)
{
	xdr_write_u32(out, last_fragment | (uint32_t)length);
}

/* True if all of the mark has come. */
static bool read_mark(struct record_reader *reader, struct str *input)
{
	while (reader->mark_length < MARK_BYTES && input->length) {
		reader->mark[reader->mark_length++] =
			(unsigned char)*input->data;
		*input = str_skip(*input, 1);
	}
	return reader->mark_length == MARK_BYTES;
}

static enum record_event begin_fragment(struct record_reader *reader)
{
	uint32_t mark = (uint32_t)reader->mark[0] << 24 |
			(uint32_t)reader->mark[1] << 16 |
			(uint32_t)reader->mark[2] << 8 | reader->mark[3];

	reader->is_last = mark & last_fragment;
	reader->left = mark & ~last_fragment;
	if (!reader->left && ++reader->empty > LIMIT_EMPTY_FRAGMENTS)
		return RECORD_BROKEN;
	return RECORD_MORE;
}

static struct str take_piece(struct record_reader *reader, struct str *input)
{
	struct str piece = *input;

	if (piece.length > reader->left)
		piece.length = reader->left;
	if (piece.length > reader->limit - reader->length)
		piece.length = reader->limit - reader->length;
	reader->left -= (uint32_t)piece.length;
	reader->length += piece.length;
	*input = str_skip(*input, piece.length);
	return piece;
}

enum record_event record_read(struct record_reader *reader, struct str *input,
			      struct str *piece)
{
	for (;;) {
		if (reader->mark_length < MARK_BYTES) {
			enum record_event event;

			if (!read_mark(reader, input))
				return RECORD_MORE;
			event = begin_fragment(reader);
			if (event != RECORD_MORE)
				return event;
		}
		if (reader->left && input->length) {
			*piece = take_piece(reader, input);
			return piece->length ? RECORD_BYTES : RECORD_TOO_LARGE;
		}
		if (reader->left)
			return RECORD_MORE;
		reader->mark_length = 0;
		if (reader->is_last) {
			record_reader_init(reader, reader->limit);
			return RECORD_END;
		}
	}
}
