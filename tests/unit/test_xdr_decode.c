#include "xdr_decode.h"

#include "unit_test.h"
#include "xdr_encode.h"

static struct xdr_reader reader_of(struct str bytes)
{
	struct xdr_reader reader;

	xdr_reader_init(&reader, bytes.data, bytes.length);
	return reader;
}

static void numbers_are_big_endian(void **state)
{
	struct xdr_reader reader = reader_of(
		STR("\x01\x02\x03\x84\x81\x82\x83\x84\x85\x86\x87\x88"));
	uint32_t small;
	uint64_t large;

	(void)state;
	assert_true(xdr_read_u32(&reader, &small));
	assert_int_equal(small, 0x01020384);
	assert_int_equal(xdr_reader_position(&reader), 4);
	assert_true(xdr_read_u64(&reader, &large));
	assert_true(large == UINT64_C(0x8182838485868788));
	assert_int_equal(xdr_reader_position(&reader), 12);
	assert_int_equal(reader.trouble, XDR_NO_TROUBLE);
}

static void any_number_but_zero_is_true(void **state)
{
	struct xdr_reader reader =
		reader_of(STR("\0\0\0\0\0\0\0\1\x80\0\0\0\xff\xff\xff\xff"));
	bool value;

	(void)state;
	assert_true(xdr_read_bool(&reader, &value));
	assert_false(value);
	for (int i = 0; i < 3; i++) {
		assert_true(xdr_read_bool(&reader, &value));
		assert_true(value);
	}
	assert_false(xdr_read_bool(&reader, &value));
}

static void bytes_are_views(void **state)
{
	static const char message[] =
		"\0\0\0\5a\0\n\xff!pad\0\0\0\0\0\0\0\4abcd";
	struct xdr_reader reader =
		reader_of((struct str){ message, sizeof(message) - 1 });
	struct str bytes;

	(void)state;
	assert_true(xdr_read_bytes(&reader, 5, &bytes));
	assert_ptr_equal(bytes.data, message + 4);
	assert_true(str_equal(bytes, STR("a\0\n\xff!")));
	assert_int_equal(xdr_reader_position(&reader), 12);
	assert_true(xdr_read_bytes(&reader, 5, &bytes));
	assert_int_equal(bytes.length, 0);
	assert_true(xdr_read_bytes(&reader, 5, &bytes));
	assert_true(str_equal(bytes, STR("abcd")));
	assert_int_equal(xdr_reader_position(&reader), sizeof(message) - 1);
}

static void fixed_bytes_are_views_too(void **state)
{
	struct xdr_reader reader = reader_of(STR("abc\1defg"));
	struct str bytes;

	(void)state;
	assert_true(xdr_read_fixed(&reader, 3, &bytes));
	assert_true(str_equal(bytes, STR("abc")));
	assert_true(xdr_read_fixed(&reader, 0, &bytes));
	assert_int_equal(bytes.length, 0);
	assert_true(xdr_read_fixed(&reader, 4, &bytes));
	assert_true(str_equal(bytes, STR("defg")));
	assert_false(xdr_read_fixed(&reader, 1, &bytes));
	assert_int_equal(reader.trouble, XDR_CUT);
}

static bool read_one_of_each(struct xdr_reader *reader)
{
	uint32_t small;
	uint64_t large;
	struct str bytes;
	bool value;

	return xdr_read_u32(reader, &small) && xdr_read_bool(reader, &value) &&
	       xdr_read_bytes(reader, 8, &bytes) &&
	       xdr_read_fixed(reader, 5, &bytes) &&
	       xdr_read_u64(reader, &large);
}

/* Each message ends exactly where its block of memory ends, so that sanitizers
 * see a read behind it, and begins at an odd address. */
static void a_cut_message_could_go_on(void **state)
{
	struct strbuf whole = { 0 };

	(void)state;
	xdr_write_u32(&whole, 7);
	xdr_write_u32(&whole, 1);
	xdr_write_bytes(&whole, STR("five!"));
	xdr_write_fixed(&whole, STR("five!"));
	xdr_write_u64(&whole, 9);
	for (size_t size = 0; size <= whole.length; size++) {
		char *block = malloc(size + 1);
		struct xdr_reader reader;

		assert_non_null(block);
		memcpy(block + 1, whole.data, size);
		xdr_reader_init(&reader, block + 1, size);
		assert_int_equal(read_one_of_each(&reader),
				 size == whole.length);
		assert_int_equal(reader.trouble, size == whole.length
							 ? XDR_NO_TROUBLE
							 : XDR_CUT);
		free(block);
	}
	strbuf_free(&whole);
}

static void no_bytes_help_a_length_above_its_bound(void **state)
{
	static const struct {
		struct str message;
		uint32_t max;
		enum xdr_trouble trouble;
	} cases[] = {
		{ STR("\0\0\0\4"), 3, XDR_BAD },
		{ STR("\0\0\0\4abcd"), 3, XDR_BAD },
		{ STR("\0\0\0\4abc"), 4, XDR_CUT },
		{ STR("\xff\xff\xff\xff"), 255, XDR_BAD },
		{ STR("\x80\0\0\0"), 255, XDR_BAD },
		/* sizes that padding could wrap around */
		{ STR("\xff\xff\xff\xff"), UINT32_MAX, XDR_CUT },
		{ STR("\xff\xff\xff\xfd"), UINT32_MAX, XDR_CUT },
		{ STR("\x7f\xff\xff\xff"), UINT32_MAX, XDR_CUT },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct xdr_reader reader = reader_of(cases[i].message);
		struct str bytes;

		assert_false(xdr_read_bytes(&reader, cases[i].max, &bytes));
		assert_int_equal(reader.trouble, cases[i].trouble);
	}
}

static void trouble_stays(void **state)
{
	struct xdr_reader reader = reader_of(STR("\0\0\0\7\0\0\0\1"));
	struct str bytes;
	uint32_t value;

	(void)state;
	assert_false(xdr_read_bytes(&reader, 6, &bytes));
	assert_false(xdr_read_u32(&reader, &value));
	assert_false(xdr_read_fixed(&reader, 0, &bytes));
	assert_int_equal(reader.trouble, XDR_BAD);

	reader = reader_of(STR("\0\0\0\7"));
	assert_false(xdr_read_fail(&reader));
	assert_false(xdr_read_u32(&reader, &value));
	assert_int_equal(reader.trouble, XDR_BAD);
}

static void nothing_can_be_read_from_nothing(void **state)
{
	struct xdr_reader reader = reader_of((struct str){ NULL, 0 });
	uint32_t value;

	(void)state;
	assert_false(xdr_read_u32(&reader, &value));
	assert_int_equal(reader.trouble, XDR_CUT);
	assert_int_equal(xdr_reader_position(&reader), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_are_big_endian),
		cmocka_unit_test(any_number_but_zero_is_true),
		cmocka_unit_test(bytes_are_views),
		cmocka_unit_test(fixed_bytes_are_views_too),
		cmocka_unit_test(a_cut_message_could_go_on),
		cmocka_unit_test(no_bytes_help_a_length_above_its_bound),
		cmocka_unit_test(trouble_stays),
		cmocka_unit_test(nothing_can_be_read_from_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
