#include "text_escape.h"

#include <stdint.h>

#include "unicode_ranges.h"

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

enum { ESCAPE_WIDTH = 4 };

/* One row for each length of a sequence with its leading byte's fixed bits,
 * and the least code point that needs that length. */
struct utf8_form {
	uint8_t mask, lead;
	uint32_t least;
};

static const struct utf8_form utf8_forms[] = {
	{ 0x80, 0x00, 0x0 },
	{ 0xe0, 0xc0, 0x80 },
	{ 0xf0, 0xe0, 0x800 },
	{ 0xf8, 0xf0, 0x10000 },
};

/* Decodes the code point that text (not empty) begins with; gives its length
 * in bytes, or 0 if that is not UTF-8. */
static size_t utf8_decode(struct str text, uint32_t *code_point)
{
	uint8_t lead = (uint8_t)text.data[0];
	size_t extra = 0;
	uint32_t value;

	while (extra < COUNT(utf8_forms) &&
	       (lead & utf8_forms[extra].mask) != utf8_forms[extra].lead)
		extra++;
	if (extra == COUNT(utf8_forms) || extra >= text.length)
		return 0;
	value = lead & (uint8_t)~utf8_forms[extra].mask;
	for (size_t i = 1; i <= extra; i++) {
		uint8_t next = (uint8_t)text.data[i];

		if ((next & 0xc0) != 0x80)
			return 0;
		value = value << 6 | (next & 0x3f);
	}
	if (value < utf8_forms[extra].least || value > 0x10ffff ||
	    (value >= 0xd800 && value <= 0xdfff))
		return 0;
	*code_point = value;
	return extra + 1;
}

static bool in_ranges(const struct code_range *ranges, size_t count,
		      uint32_t code_point)
{
	size_t low = 0, high = count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (code_point > ranges[middle].last)
			low = middle + 1;
		else
			high = middle;
	}
	return low < count && code_point >= ranges[low].first;
}

static bool is_invisible(uint32_t code_point)
{
	/* the last two of every plane are noncharacters */
	return (code_point & 0xfffe) == 0xfffe ||
	       in_ranges(invisible_ranges, COUNT(invisible_ranges), code_point);
}

static size_t code_point_width(uint32_t code_point)
{
	if (code_point < 0x300)
		return 1;
	if (in_ranges(combining_ranges, COUNT(combining_ranges), code_point))
		return 0;
	return in_ranges(wide_ranges, COUNT(wide_ranges), code_point) ? 2 : 1;
}

static bool is_plain_ascii(char c)
{
	return c >= 0x20 && c < 0x7f && c != '\\';
}

static unsigned octal_digit(char c)
{
	return c >= '0' && c <= '7' ? (unsigned)(c - '0') : 8;
}

/* True if the backslash that text begins with looks like an escape that this
 * module writes. */
static bool backslash_misleads(struct str text)
{
	unsigned value = 0;

	if (text.length < 4)
		return false;
	for (size_t i = 1; i < 4; i++) {
		unsigned digit = octal_digit(text.data[i]);

		if (digit > 7)
			return false;
		value = value * 8 + digit;
	}
	return value <= 0xff && !is_plain_ascii((char)value);
}

/* Bytes of the character that text (not empty) begins with, or 0 if its first
 * byte is to be escaped. The rest of a character that may not be shown begins
 * with a continuation byte, which is never valid alone: so all of its bytes
 * are escaped. */
static size_t plain_step(struct str text, size_t *width)
{
	uint32_t code_point = 0;
	size_t length;

	*width = 1;
	if (is_plain_ascii(text.data[0]))
		return 1;
	if (text.data[0] == '\\')
		return backslash_misleads(text) ? 0 : 1;
	length = utf8_decode(text, &code_point);
	if (length < 2 || is_invisible(code_point))
		return 0;
	*width = code_point_width(code_point);
	return length;
}

/* Bytes at the beginning of text that are printed as they are. */
static size_t plain_prefix(struct str text)
{
	size_t done = 0, width;

	while (done < text.length) {
		size_t step = 1;

		/* nearly all bytes are of this kind */
		if (!is_plain_ascii(text.data[done]))
			step = plain_step(str_skip(text, done), &width);
		if (!step)
			break;
		done += step;
	}
	return done;
}

bool text_is_plain(struct str text)
{
	return plain_prefix(text) == text.length;
}

static void format_escape(char byte, char escape[ESCAPE_WIDTH])
{
	unsigned value = (uint8_t)byte;

	escape[0] = '\\';
	escape[1] = (char)('0' + (value >> 6));
	escape[2] = (char)('0' + (value >> 3 & 7));
	escape[3] = (char)('0' + (value & 7));
}

/* Hands the escaped text piece by piece to add. */
static void escape_pieces(struct str text,
			  void (*add)(void *out, struct str piece), void *out)
{
	while (text.length) {
		size_t plain = plain_prefix(text);
		char escape[ESCAPE_WIDTH];

		if (plain)
			add(out, (struct str){ text.data, plain });
		text = str_skip(text, plain);
		if (!text.length)
			break;
		format_escape(text.data[0], escape);
		add(out, (struct str){ escape, ESCAPE_WIDTH });
		text = str_skip(text, 1);
	}
}

static void add_to_buffer(void *out, struct str piece)
{
	strbuf_add(out, piece);
}

static void add_to_stream(void *out, struct str piece)
{
	fwrite(piece.data, 1, piece.length, out);
}

void text_escape(struct strbuf *out, struct str text)
{
	escape_pieces(text, add_to_buffer, out);
}

void text_escape_write(FILE *out, struct str text)
{
	escape_pieces(text, add_to_stream, out);
}

size_t text_width(struct str text)
{
	size_t total = 0;

	while (text.length) {
		size_t width;
		size_t step = plain_step(text, &width);

		total += step ? width : ESCAPE_WIDTH;
		text = str_skip(text, step ? step : 1);
	}
	return total;
}
