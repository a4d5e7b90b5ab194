#include "json_bytes.h"

#include "unit_test.h"

/* The object as text, with the one key "k". */
static char *dump(struct str bytes)
{
	json_t *object = json_object();
	char *text;

	json_set_bytes(object, "k", bytes);
	text = json_dumps(object,
			  JSON_COMPACT | JSON_ENSURE_ASCII | JSON_SORT_KEYS);
	json_decref(object);
	return text;
}

/* The same, written without a tree. */
static char *write(struct str bytes)
{
	size_t length = 0;
	char *text = NULL;
	FILE *out = open_memstream(&text, &length);

	putc('{', out);
	json_write_bytes(out, "k", bytes);
	putc('}', out);
	fclose(out);
	return text;
}

static void test_bytes(void **state)
{
	static const struct {
		struct str bytes;
		const char *text;
	} rows[] = {
		{ STR(""), "{\"k\":\"\"}" },
		{ STR("a\"b"), "{\"k\":\"a\\\"b\"}" },
		{ STR("\xc3\xa9"), "{\"k\":\"\\u00E9\"}" },
		{ STR("\xf0\x9f\x98\x80"), "{\"k\":\"\\uD83D\\uDE00\"}" },
		{ STR("\x1b\n"), "{\"k\":\"\\u001B\\n\"}" },
		{ STR("\xff"), "{\"k\":\"\\uFFFD\",\"k_base64\":\"/w==\"}" },
		{ STR("a\xff"), "{\"k\":\"a\\uFFFD\",\"k_base64\":\"Yf8=\"}" },
		{ STR("\xc3\xa9\xff"),
		  "{\"k\":\"\\u00E9\\uFFFD\",\"k_base64\":\"w6n/\"}" },
		{ STR("\xf0\x9f\x98\x80\xff"),
		  "{\"k\":\"\\uD83D\\uDE00\\uFFFD\","
		  "\"k_base64\":\"8J+YgP8=\"}" },
		/* overlong, a surrogate, a cut sequence */
		{ STR("\xc0\x80"),
		  "{\"k\":\"\\uFFFD\\uFFFD\",\"k_base64\":\"wIA=\"}" },
		{ STR("\xed\xa0\x80"), "{\"k\":\"\\uFFFD\\uFFFD\\uFFFD\","
				       "\"k_base64\":\"7aCA\"}" },
		{ STR("\xe2\x82"),
		  "{\"k\":\"\\uFFFD\\uFFFD\",\"k_base64\":\"4oI=\"}" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		char *text = dump(rows[i].bytes);

		assert_string_equal(text, rows[i].text);
		free(text);
		text = write(rows[i].bytes);
		assert_string_equal(text, rows[i].text);
		free(text);
	}
}

static void test_what_json_lets_stand(void **state)
{
	static const struct {
		struct str bytes;
		const char *text;
	} rows[] = {
		{ STR("\177"), "{\"k\":\"\\u007F\"}" },
		{ STR("a\0b"), "{\"k\":\"a\\u0000b\"}" },
		{ STR("a\\b/c"), "{\"k\":\"a\\\\b/c\"}" },
		{ { NULL, 0 }, "{\"k\":\"\"}" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		char *text = write(rows[i].bytes);

		assert_string_equal(text, rows[i].text);
		free(text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_bytes),
		cmocka_unit_test(test_what_json_lets_stand),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
