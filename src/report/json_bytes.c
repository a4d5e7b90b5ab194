#include "json_bytes.h"

#include <stdint.h>

#include "strbuf.h"

/* Length of the valid UTF-8 sequence (RFC 3629) at the start of bytes, or 0.
 * jansson itself is the judge. */
static size_t sequence_length(struct str bytes)
{
	for (size_t length = 1; length <= 4 && length <= bytes.length;
	     length++) {
		json_t *string = json_stringn(bytes.data, length);

		if (!string)
			continue;
		json_decref(string);
		return length;
	}
	return 0;
}

json_t *json_lossy_string(struct str bytes)
{
	json_t *string =
		json_stringn(bytes.data ? bytes.data : "", bytes.length);
	struct strbuf text = { 0 };

	if (string)
		return string;
	while (bytes.length) {
		size_t length = sequence_length(bytes);

		if (length)
			strbuf_add(&text, (struct str){ bytes.data, length });
		else
			strbuf_add_text(&text, "\xef\xbf\xbd");
		bytes = str_skip(bytes, length ? length : 1);
	}
	string = json_stringn(text.data, text.length);
	strbuf_free(&text);
	return string;
}

static void add_base64(struct strbuf *out, struct str bytes)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				     "abcdefghijklmnopqrstuvwxyz"
				     "0123456789+/";

	for (size_t i = 0; i < bytes.length; i += 3) {
		size_t left = bytes.length - i;
		uint32_t group = 0;

		for (size_t k = 0; k < 3; k++)
			group = group << 8 |
				(k < left ? (unsigned char)bytes.data[i + k]
					  : 0);
		for (size_t k = 0; k < 4; k++)
			strbuf_add_char(
				out,
				k <= left ? digits[group >> (18 - 6 * k) & 63]
					  : '=');
	}
}

void json_set_bytes(json_t *object, const char *key, struct str bytes)
{
	json_t *exact =
		json_stringn(bytes.data ? bytes.data : "", bytes.length);
	struct strbuf name = { 0 }, base64 = { 0 };

	json_object_set_new(object, key,
			    exact ? exact : json_lossy_string(bytes));
	if (exact)
		return;
	strbuf_printf(&name, "%s_base64", key);
	add_base64(&base64, bytes);
	json_object_set_new(object, name.data,
			    json_stringn(base64.data, base64.length));
	strbuf_free(&name);
	strbuf_free(&base64);
}

/* DEL can only be inside a string. */
static int write_piece(const char *bytes, size_t size, void *context)
{
	FILE *out = context;
	struct str rest = { bytes, size };

	for (;;) {
		size_t plain = str_find(rest, '\177');

		fwrite(rest.data, 1, plain, out);
		if (plain == rest.length)
			return 0;
		fputs("\\u007F", out);
		rest = str_skip(rest, plain + 1);
	}
}

/* Digits that a number with one decimal needs to be told as such. */
enum { REAL_DIGITS = 15 };

void json_write(FILE *out, json_t *value)
{
	json_dump_callback(value, write_piece, out,
			   JSON_COMPACT | JSON_ENSURE_ASCII | JSON_ENCODE_ANY |
				   JSON_REAL_PRECISION(REAL_DIGITS));
	json_decref(value);
}

void json_write_after(FILE *out, const char *before, json_t *value)
{
	fputs(before, out);
	json_write(out, value);
}

/* Are all bytes those that a JSON string may hold as they are? */
static bool is_plain(struct str bytes)
{
	for (size_t i = 0; i < bytes.length; i++) {
		unsigned char c = (unsigned char)bytes.data[i];

		if (c < ' ' || c >= 0x7f || c == '"' || c == '\\')
			return false;
	}
	return true;
}

bool json_write_text(FILE *out, struct str bytes)
{
	json_t *exact;

	if (is_plain(bytes)) {
		putc('"', out);
		if (bytes.length)
			fwrite(bytes.data, 1, bytes.length, out);
		putc('"', out);
		return true;
	}
	exact = json_stringn(bytes.data, bytes.length);
	json_write(out, exact ? exact : json_lossy_string(bytes));
	return exact != NULL;
}

void json_write_base64(FILE *out, struct str bytes)
{
	struct strbuf text = { 0 };

	add_base64(&text, bytes);
	fprintf(out, "\"%s\"", text.data ? text.data : "");
	strbuf_free(&text);
}

void json_write_bytes(FILE *out, const char *key, struct str bytes)
{
	fprintf(out, "\"%s\":", key);
	if (json_write_text(out, bytes))
		return;
	fprintf(out, ",\"%s_base64\":", key);
	json_write_base64(out, bytes);
}
