#include "text_escape.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

#include "unicode_ranges.h"

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

static char *escaped(struct str text)
{
	struct strbuf buffer = { 0 };

	strbuf_reserve(&buffer, 0);
	buffer.data[0] = '\0';
	text_escape(&buffer, text);
	return buffer.data;
}

static void check_text(struct str text, const char *wanted, size_t width)
{
	char *found = escaped(text);

	assert_string_equal(found, wanted);
	assert_int_equal(text_is_plain(text),
			 str_is(text, wanted) ? true : false);
	assert_int_equal(text_width(text), width);
	free(found);
}

static void test_examples(void **state)
{
	(void)state;
	check_text(STR(""), "", 0);
	check_text((struct str){ 0 }, "", 0);
	check_text(STR("/srv/data"), "/srv/data", 9);
	check_text(STR("a\tb\nc"), "a\\011b\\012c", 11);
	check_text(STR("\033[31m"), "\\033[31m", 8);
	check_text(STR("\0"), "\\000", 4);
	check_text(STR("\x7f"), "\\177", 4);
	check_text(STR("\xc2\x9b"), "\\302\\233", 8);
	check_text(STR("sm\xc3\xb8rrebr\xc3\xb8"
		       "d"),
		   "sm\xc3\xb8rrebr\xc3\xb8"
		   "d",
		   10);
	check_text(STR("\xff\xfe"), "\\377\\376", 8);
	check_text(STR("\xed\xa0\x80"), "\\355\\240\\200", 12);
	check_text(STR("\xc0\xaf"), "\\300\\257", 8);
	check_text(STR("\xe2\x80\xaetxt"), "\\342\\200\\256txt", 15);
	check_text(STR("\xe2\x80"), "\\342\\200", 8);
	check_text(STR("\xf4\x90\x80\x80"), "\\364\\220\\200\\200", 16);
	check_text(STR("\xf0\x9f\x98\x80"), "\xf0\x9f\x98\x80", 2);
	check_text(STR("\xf3\xa0\x80\xa1"), "\\363\\240\\200\\241", 16);
	check_text(STR("\xf0\x9f\xbf\xbf"), "\\360\\237\\277\\277", 16);
}

static void test_width(void **state)
{
	(void)state;
	/* e with a combining acute accent; two ideographs; halfwidth kana */
	assert_int_equal(text_width(STR("e\xcc\x81")), 1);
	assert_int_equal(text_width(STR("\xe6\x97\xa5\xe6\x9c\xac")), 4);
	assert_int_equal(text_width(STR("\xef\xbd\xb1")), 1);
	assert_int_equal(text_width(STR("\xed\x95\x9c")), 2);
}

static void test_backslash(void **state)
{
	(void)state;
	check_text(STR("a\\b"), "a\\b", 3);
	check_text(STR("\\"), "\\", 1);
	check_text(STR("a\\040b"), "a\\040b", 6);
	check_text(STR("\\043"), "\\043", 4);
	check_text(STR("\\033"), "\\134033", 7);
	check_text(STR("\\134"), "\\134134", 7);
	check_text(STR("\\377"), "\\134377", 7);
	check_text(STR("\\400"), "\\400", 4);
	check_text(STR("\\03"), "\\03", 3);
	check_text(STR("\\039"), "\\039", 4);
	check_text(STR("\\\033"), "\\\\033", 5);
}

/* Code points that must never be printed, whatever the tables say. */
static const struct code_range never[] = {
	{ 0x00, 0x1f },	    { 0x7f, 0x9f },	{ 0x200b, 0x200f },
	{ 0x202a, 0x202e }, { 0x2060, 0x2069 }, { 0xfeff, 0xfeff },
	{ 0x2028, 0x2029 }, { 0x061c, 0x061c },
};

static bool listed(const struct code_range *ranges, size_t count,
		   uint32_t code_point)
{
	for (size_t i = 0; i < count; i++)
		if (code_point >= ranges[i].first &&
		    code_point <= ranges[i].last)
			return true;
	return false;
}

static bool oracle_shows(uint32_t code_point)
{
	return !listed(never, COUNT(never), code_point) &&
	       !listed(invisible_ranges, COUNT(invisible_ranges), code_point) &&
	       (code_point & 0xfffe) != 0xfffe &&
	       (code_point < 0xd800 || code_point > 0xdfff);
}

static void encode(struct strbuf *out, uint32_t c)
{
	if (c < 0x80) {
		strbuf_add_char(out, (char)c);
		return;
	}
	if (c < 0x800) {
		strbuf_add_char(out, (char)(0xc0 | c >> 6));
	} else {
		if (c < 0x10000) {
			strbuf_add_char(out, (char)(0xe0 | c >> 12));
		} else {
			strbuf_add_char(out, (char)(0xf0 | c >> 18));
			strbuf_add_char(out, (char)(0x80 | (c >> 12 & 0x3f)));
		}
		strbuf_add_char(out, (char)(0x80 | (c >> 6 & 0x3f)));
	}
	strbuf_add_char(out, (char)(0x80 | (c & 0x3f)));
}

/* shown[n] holds a byte for each n-byte number: whether those bytes are one
 * character that may be printed. Filled by encoding, not by decoding. */
static uint8_t *shown[4];

static void fill_shown(void)
{
	struct strbuf buffer = { 0 };

	for (unsigned n = 1; n <= 3; n++)
		shown[n] = calloc(1, (size_t)1 << 8 * n);
	for (uint32_t c = 0; c < 0x10000; c++) {
		uint32_t number = 0;

		if (!oracle_shows(c))
			continue;
		strbuf_clear(&buffer);
		encode(&buffer, c);
		for (size_t i = 0; i < buffer.length; i++)
			number = number << 8 | (uint8_t)buffer.data[i];
		shown[buffer.length][number] = 1;
	}
	strbuf_free(&buffer);
}

static size_t oracle_step(const uint8_t *bytes, size_t length)
{
	uint32_t number = 0;

	for (size_t n = 1; n <= length; n++) {
		number = number << 8 | bytes[n - 1];
		if (shown[n][number])
			return n;
	}
	return 0;
}

static size_t oracle(const uint8_t *bytes, size_t length, char *out)
{
	size_t at = 0, written = 0;

	while (at < length) {
		size_t step = oracle_step(bytes + at, length - at);

		if (step) {
			memcpy(out + written, bytes + at, step);
			written += step;
			at += step;
			continue;
		}
		written += (size_t)snprintf(out + written, 5, "\\%03o",
					    bytes[at++]);
	}
	return written;
}

static void check_number(struct strbuf *buffer, uint32_t number, size_t length)
{
	uint8_t bytes[3];
	char wanted[16];
	size_t wanted_length;
	struct str text = { (const char *)bytes, length };

	for (size_t i = 0; i < length; i++)
		bytes[i] = (uint8_t)(number >> 8 * (length - 1 - i));
	strbuf_clear(buffer);
	text_escape(buffer, text);
	wanted_length = oracle(bytes, length, wanted);
	if (buffer->length != wanted_length ||
	    memcmp(buffer->data, wanted, wanted_length) != 0)
		fail_msg("%06x: got %s", number, buffer->data);
	if (text_is_plain(text) != (wanted_length == length))
		fail_msg("%06x: text_is_plain", number);
}

static void test_all_short_sequences(void **state)
{
	struct strbuf buffer = { 0 };

	(void)state;
	fill_shown();
	for (size_t length = 1; length <= 3; length++)
		for (uint32_t n = 0; n < (uint32_t)1 << 8 * length; n++)
			check_number(&buffer, n, length);
	for (unsigned n = 1; n <= 3; n++)
		free(shown[n]);
	strbuf_free(&buffer);
}

/* Every code point, encoded: printed or not, and how wide. */
static void test_all_code_points(void **state)
{
	struct strbuf buffer = { 0 };

	(void)state;
	for (uint32_t c = 0; c < 0x110000; c++) {
		size_t width = 1;

		if (c == '\\')
			continue;
		strbuf_clear(&buffer);
		encode(&buffer, c);
		if (text_is_plain(strbuf_str(&buffer)) != oracle_shows(c))
			fail_msg("U+%04X", c);
		if (listed(wide_ranges, COUNT(wide_ranges), c))
			width = 2;
		if (listed(combining_ranges, COUNT(combining_ranges), c))
			width = 0;
		if (!oracle_shows(c))
			width = 4 * buffer.length;
		if (text_width(strbuf_str(&buffer)) != width)
			fail_msg("U+%04X: width", c);
	}
	strbuf_free(&buffer);
}

static void test_ranges_are_sorted(void **state)
{
	(void)state;
	for (size_t i = 1; i < COUNT(invisible_ranges); i++)
		assert_true(invisible_ranges[i - 1].last <
			    invisible_ranges[i].first);
	for (size_t i = 1; i < COUNT(combining_ranges); i++)
		assert_true(combining_ranges[i - 1].last <
			    combining_ranges[i].first);
	for (size_t i = 1; i < COUNT(wide_ranges); i++)
		assert_true(wide_ranges[i - 1].last < wide_ranges[i].first);
}

/* Turns escapes back as a reader would: the values that are never written
 * as escapes stay as they are. */
static void unescape(struct strbuf *out, struct str text)
{
	while (text.length) {
		unsigned value = 256;

		if (text.data[0] == '\\' && text.length >= 4 &&
		    strspn(text.data + 1, "01234567") >= 3)
			value = (unsigned)(text.data[1] - '0') * 64 +
				(unsigned)(text.data[2] - '0') * 8 +
				(unsigned)(text.data[3] - '0');
		if (value < 0x20 || value == '\\' ||
		    (value > 0x7e && value < 256)) {
			strbuf_add_char(out, (char)value);
			text = str_skip(text, 4);
		} else {
			strbuf_add_char(out, text.data[0]);
			text = str_skip(text, 1);
		}
	}
}

static void test_turns_back(void **state)
{
	static const char alphabet[] = "\\0137a\033\xc3\xb8";
	const size_t letters = sizeof(alphabet) - 1;
	struct strbuf forth = { 0 }, back = { 0 };

	(void)state;
	for (size_t number = 0; number < 9 * 9 * 9 * 9 * 9 * 9; number++) {
		char text[6];
		size_t rest = number;

		for (size_t i = 0; i < sizeof(text); i++) {
			text[i] = alphabet[rest % letters];
			rest /= letters;
		}
		strbuf_clear(&forth);
		strbuf_clear(&back);
		text_escape(&forth, (struct str){ text, sizeof(text) });
		unescape(&back, strbuf_str(&forth));
		assert_int_equal(back.length, sizeof(text));
		assert_memory_equal(back.data, text, sizeof(text));
	}
	strbuf_free(&forth);
	strbuf_free(&back);
}

static void test_stream(void **state)
{
	char *text = NULL;
	size_t length = 0;
	FILE *out = open_memstream(&text, &length);

	(void)state;
	assert_non_null(out);
	text_escape_write(out, STR("a\033b\\c\xff"));
	fclose(out);
	assert_string_equal(text, "a\\033b\\c\\377");
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_examples),
		cmocka_unit_test(test_width),
		cmocka_unit_test(test_backslash),
		cmocka_unit_test(test_all_short_sequences),
		cmocka_unit_test(test_all_code_points),
		cmocka_unit_test(test_ranges_are_sorted),
		cmocka_unit_test(test_turns_back),
		cmocka_unit_test(test_stream),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
