#include "record_marking.h"

#include "rpc_limits.h"
#include "unit_test.h"
#include "xdr_encode.h"

enum { NO_LIMIT = 1 << 20 };

/* A reader that is fed in pieces, and what it told: bytes as they are, '|' at
 * the end of a record. */
struct feed {
	struct record_reader reader;
	struct strbuf told;
	enum record_event last;
};

static struct feed feed_new(size_t limit)
{
	struct feed feed = { 0 };

	record_reader_init(&feed.reader, limit);
	return feed;
}

static void feed_piece(struct feed *feed, struct str input)
{
	struct str piece;

	do {
		feed->last = record_read(&feed->reader, &input, &piece);
		if (feed->last == RECORD_BYTES) {
			assert_in_range(piece.length, 1, NO_LIMIT);
			strbuf_add(&feed->told, piece);
		} else if (feed->last == RECORD_END) {
			strbuf_add_char(&feed->told, '|');
		}
	} while (feed->last == RECORD_BYTES || feed->last == RECORD_END);
	if (feed->last == RECORD_MORE)
		assert_int_equal(input.length, 0);
}

/* Feeds chunks of that many bytes, each a block of its own. */
static void feed_chunks(struct feed *feed, struct str stream, size_t chunk)
{
	while (stream.length) {
		size_t size = stream.length < chunk ? stream.length : chunk;
		char *block = malloc(size);

		assert_non_null(block);
		memcpy(block, stream.data, size);
		feed_piece(feed, (struct str){ block, size });
		free(block);
		stream = str_skip(stream, size);
	}
}

static void expect(struct feed *feed, enum record_event last, const char *told)
{
	assert_int_equal(feed->last, last);
	assert_true(str_is(strbuf_str(&feed->told), told));
	strbuf_free(&feed->told);
}

static void add_fragment(struct strbuf *out, struct str bytes, bool is_last)
{
	xdr_write_u32(out,
		      (uint32_t)bytes.length | (is_last ? 0x80000000u : 0));
	strbuf_add(out, bytes);
}

/* The text in fragments, cut behind byte i where bit i of cuts is set. */
static void add_record(struct strbuf *out, struct str text, unsigned cuts)
{
	size_t begin = 0;

	for (size_t i = 0; i + 1 < text.length; i++)
		if (cuts & 1u << i) {
			add_fragment(out,
				     (struct str){ text.data + begin,
						   i + 1 - begin },
				     false);
			begin = i + 1;
		}
	add_fragment(out, str_skip(text, begin), true);
}

static void fragments_and_chunks_of_any_size(void **state)
{
	struct str text = STR("fragment");
	struct strbuf stream = { 0 };

	(void)state;
	for (unsigned cuts = 0; cuts < 1u << (text.length - 1); cuts++) {
		strbuf_clear(&stream);
		add_record(&stream, text, cuts);
		add_record(&stream, STR("next"), cuts & 7);
		for (size_t chunk = 1; chunk <= stream.length; chunk++) {
			struct feed feed = feed_new(NO_LIMIT);

			feed_chunks(&feed, strbuf_str(&stream), chunk);
			expect(&feed, RECORD_MORE, "fragment|next|");
		}
	}
	strbuf_free(&stream);
}

static void a_record_ends_with_its_last_byte(void **state)
{
	struct strbuf stream = { 0 };
	struct feed feed = feed_new(NO_LIMIT);
	struct str input, piece;

	(void)state;
	add_fragment(&stream, STR("ab"), true);
	input = strbuf_str(&stream);
	assert_int_equal(record_read(&feed.reader, &input, &piece),
			 RECORD_BYTES);
	assert_true(str_is(piece, "ab"));
	assert_int_equal(record_read(&feed.reader, &input, &piece), RECORD_END);
	assert_int_equal(record_read(&feed.reader, &input, &piece),
			 RECORD_MORE);
	strbuf_free(&stream);
}

static void fragments_may_be_empty(void **state)
{
	struct strbuf stream = { 0 };
	struct feed feed = feed_new(NO_LIMIT);

	(void)state;
	for (int record = 0; record < 3; record++) {
		for (int i = 0; i < LIMIT_EMPTY_FRAGMENTS / 2; i++)
			add_fragment(&stream, STR(""), false);
		add_fragment(&stream, STR("a"), false);
		for (int i = 1; i < LIMIT_EMPTY_FRAGMENTS / 2; i++)
			add_fragment(&stream, STR(""), false);
		add_fragment(&stream, STR(""), true);
	}
	add_fragment(&stream, STR(""), true);
	feed_chunks(&feed, strbuf_str(&stream), 3);
	expect(&feed, RECORD_MORE, "a|a|a||");
	strbuf_free(&stream);
}

static void but_not_without_end(void **state)
{
	struct strbuf stream = { 0 };
	struct feed feed = feed_new(NO_LIMIT);

	(void)state;
	add_fragment(&stream, STR("a"), false);
	for (int i = 0; i < LIMIT_EMPTY_FRAGMENTS; i++)
		add_fragment(&stream, STR(""), false);
	feed_chunks(&feed, strbuf_str(&stream), 5);
	assert_int_equal(feed.last, RECORD_MORE);
	strbuf_clear(&stream);
	add_fragment(&stream, STR(""), true);
	feed_piece(&feed, strbuf_str(&stream));
	expect(&feed, RECORD_BROKEN, "a");
	strbuf_free(&stream);
}

static void a_record_may_be_as_long_as_its_limit(void **state)
{
	struct strbuf stream = { 0 };

	(void)state;
	add_record(&stream, STR("12345"), 1 << 2);
	add_record(&stream, STR("67890"), 0);
	for (size_t chunk = 1; chunk <= stream.length; chunk++) {
		struct feed feed = feed_new(5);

		feed_chunks(&feed, strbuf_str(&stream), chunk);
		expect(&feed, RECORD_MORE, "12345|67890|");
	}
	strbuf_free(&stream);
}

/* What came before the limit is told, however the record is cut. */
static void a_longer_record_is_too_large(void **state)
{
	struct str text = STR("1234567");
	struct strbuf stream = { 0 };

	(void)state;
	for (unsigned cuts = 0; cuts < 1u << (text.length - 1); cuts++) {
		strbuf_clear(&stream);
		add_record(&stream, text, cuts);
		for (size_t limit = 0; limit < text.length; limit++) {
			struct feed feed = feed_new(limit);

			feed_piece(&feed, strbuf_str(&stream));
			assert_int_equal(feed.last, RECORD_TOO_LARGE);
			assert_true(
				str_equal(strbuf_str(&feed.told),
					  (struct str){ text.data, limit }));
			strbuf_free(&feed.told);
		}
	}
	strbuf_free(&stream);
}

static void a_giant_fragment_gives_no_more_than_its_bytes(void **state)
{
	static const char *const marks[] = { "\x7f\xff\xff\xff",
					     "\xff\xff\xff\xff" };

	(void)state;
	for (size_t i = 0; i < COUNT(marks); i++) {
		struct feed feed = feed_new(4);

		feed_piece(&feed, (struct str){ marks[i], 4 });
		assert_int_equal(feed.last, RECORD_MORE);
		feed_piece(&feed, STR("123"));
		assert_int_equal(feed.last, RECORD_MORE);
		feed_piece(&feed, STR("456"));
		expect(&feed, RECORD_TOO_LARGE, "1234");
	}
}

static void the_mark_of_one_fragment(void **state)
{
	struct strbuf out = { 0 };

	(void)state;
	record_mark(&out, 0x28);
	assert_int_equal(out.length, 4);
	assert_memory_equal(out.data, "\x80\0\0\x28", 4);
	strbuf_free(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fragments_and_chunks_of_any_size),
		cmocka_unit_test(a_record_ends_with_its_last_byte),
		cmocka_unit_test(fragments_may_be_empty),
		cmocka_unit_test(but_not_without_end),
		cmocka_unit_test(a_record_may_be_as_long_as_its_limit),
		cmocka_unit_test(a_longer_record_is_too_large),
		cmocka_unit_test(a_giant_fragment_gives_no_more_than_its_bytes),
		cmocka_unit_test(the_mark_of_one_fragment),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
