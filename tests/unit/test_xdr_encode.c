#include "xdr_encode.h"

#include "unit_test.h"

static void expect(struct strbuf *out, struct str bytes)
{
	assert_int_equal(out->length, bytes.length);
	assert_memory_equal(out->data, bytes.data, bytes.length);
	strbuf_free(out);
}

static void numbers_are_big_endian(void **state)
{
	struct strbuf out = { 0 };

	(void)state;
	xdr_write_u32(&out, 0x01020384);
	xdr_write_u64(&out, UINT64_C(0x8182838485868788));
	expect(&out, STR("\x01\x02\x03\x84\x81\x82\x83\x84\x85\x86\x87\x88"));
}

static void bytes_are_padded_with_zeros(void **state)
{
	static const struct {
		struct str bytes, encoded;
	} cases[] = {
		{ STR(""), STR("\0\0\0\0") },
		{ STR("a"), STR("\0\0\0\1a\0\0\0") },
		{ STR("ab"), STR("\0\0\0\2ab\0\0") },
		{ STR("abc"), STR("\0\0\0\3abc\0") },
		{ STR("abcd"), STR("\0\0\0\4abcd") },
		{ STR("a\0\n\xff!"), STR("\0\0\0\5a\0\n\xff!\0\0\0") },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct strbuf variable = { 0 }, fixed = { 0 };

		xdr_write_bytes(&variable, cases[i].bytes);
		expect(&variable, cases[i].encoded);
		xdr_write_fixed(&fixed, cases[i].bytes);
		expect(&fixed, str_skip(cases[i].encoded, 4));
	}
}

static void what_is_there_stays(void **state)
{
	struct strbuf out = { 0 };

	(void)state;
	strbuf_add_text(&out, "abc");
	xdr_write_u32(&out, 1);
	/* padding is counted from the item, not from the buffer */
	xdr_write_bytes(&out, STR("x"));
	expect(&out, STR("abc\0\0\0\1\0\0\0\1x\0\0\0"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_are_big_endian),
		cmocka_unit_test(bytes_are_padded_with_zeros),
		cmocka_unit_test(what_is_there_stays),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
