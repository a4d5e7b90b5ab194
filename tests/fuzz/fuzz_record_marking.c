/* Records do not depend on the pieces in which a stream arrives, and are what
 * a look at all of it finds. The first byte of an input is the seed of the
 * pieces, the second one the limit. */
#include "chunks.h"
#include "fuzz_target.h"
#include "record_marking.h"
#include "rpc_limits.h"

struct outcome {
	struct strbuf bytes; /* of all records, in their order */
	size_t records;
	enum record_event end;
};

static void read_pieces(struct record_reader *reader, struct str input,
			struct outcome *outcome)
{
	struct str piece;

	do {
		outcome->end = record_read(reader, &input, &piece);
		if (outcome->end == RECORD_BYTES) {
			REQUIRE(piece.length > 0);
			REQUIRE(reader->length <= reader->limit);
			strbuf_add(&outcome->bytes, piece);
		} else if (outcome->end == RECORD_END) {
			REQUIRE(!record_is_begun(reader));
			outcome->records++;
		}
	} while (outcome->end == RECORD_BYTES || outcome->end == RECORD_END);
	REQUIRE(outcome->end != RECORD_MORE || input.length == 0);
}

static struct outcome read_stream(struct str stream, size_t limit,
				  unsigned seed)
{
	struct chunks chunks = { .left = stream, .seed = seed };
	struct outcome outcome = { .end = RECORD_MORE };
	struct record_reader reader;
	struct str piece;

	record_reader_init(&reader, limit);
	while (chunks_next(&chunks, &piece))
		if (outcome.end == RECORD_MORE)
			read_pieces(&reader, piece, &outcome);
	return outcome;
}

/* Adds what of a fragment is there and within the limit, and gives the end;
 * RECORD_BYTES: the fragment is complete. */
static enum record_event add_fragment(struct str *stream, size_t length,
				      size_t left, struct strbuf *bytes)
{
	size_t there = stream->length < length ? stream->length : length;

	strbuf_add(bytes,
		   (struct str){ stream->data, there < left ? there : left });
	*stream = str_skip(*stream, there);
	if (there > left)
		return RECORD_TOO_LARGE;
	return there < length ? RECORD_MORE : RECORD_BYTES;
}

/* The same again, with all of the stream at hand. */
static struct outcome look_at_all(struct str stream, size_t limit)
{
	struct outcome outcome = { .end = RECORD_BYTES };
	size_t left = limit, empty = 0, length;
	const unsigned char *mark;

	while (outcome.end == RECORD_BYTES) {
		if (stream.length < 4) {
			outcome.end = RECORD_MORE;
			break;
		}
		mark = (const unsigned char *)stream.data;
		length = (size_t)(mark[0] & 0x7f) << 24 | mark[1] << 16 |
			 mark[2] << 8 | mark[3];
		stream = str_skip(stream, 4);
		if (!length && ++empty > LIMIT_EMPTY_FRAGMENTS) {
			outcome.end = RECORD_BROKEN;
			break;
		}
		outcome.end =
			add_fragment(&stream, length, left, &outcome.bytes);
		left -= length < left ? length : left;
		if (outcome.end == RECORD_BYTES && mark[0] & 0x80) {
			outcome.records++;
			left = limit;
			empty = 0;
		}
	}
	return outcome;
}

static void expect_same(const struct outcome *a, const struct outcome *b)
{
	REQUIRE(a->end == b->end);
	REQUIRE(a->records == b->records);
	REQUIRE(str_equal(strbuf_str(&a->bytes), strbuf_str(&b->bytes)));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str stream;
	struct outcome whole, pieces, expected;

	if (size < 2)
		return 0;
	stream = (struct str){ (const char *)data + 2, size - 2 };
	whole = read_stream(stream, data[1], 0);
	pieces = read_stream(stream, data[1], data[0]);
	expected = look_at_all(stream, data[1]);
	expect_same(&whole, &expected);
	expect_same(&pieces, &expected);
	strbuf_free(&whole.bytes);
	strbuf_free(&pieces.bytes);
	strbuf_free(&expected.bytes);
	return 0;
}
