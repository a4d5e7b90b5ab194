#include "sha1.h"

#include "strbuf.h"
#include "unit_test.h"

/* Digests that sha1sum(1) prints. */
static const struct {
	size_t length; /* of a text of 'a' */
	const char *digest;
} cases[] = {
	{ 0, "da39a3ee5e6b4b0d3255bfef95601890afd80709" },
	{ 1, "86f7e437faa5a7fce15d1ddcb9eaeaea377667b8" },
	{ 55, "c1c8bbdc22796e28c0e15163d20899b65621d65a" },
	{ 56, "c2db330f6083854c99d4b5bfb6e8f29f201be699" },
	{ 63, "03f09f5b158a7a8cdad920bddc29b81c18a551f5" },
	{ 64, "0098ba824b5c16427bd7a1122a5a442a25ec644d" },
	{ 65, "11655326c708d70319be2610e8a57d9a5b959d3b" },
	{ 119, "ee971065aaa017e0632a8ca6c77bb3bf8b1dfc56" },
	{ 120, "f34c1488385346a55709ba056ddd08280dd4c6d6" },
	{ 1000, "291e9a6c66994949b57ba5e650361e98fc36b1ba" },
};

static void digests_are_those_of_the_standard(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct strbuf text = { 0 }, hex = { 0 };
		unsigned char digest[SHA1_BYTES];

		while (text.length < cases[i].length)
			strbuf_add_char(&text, 'a');
		sha1(strbuf_str(&text), digest);
		for (size_t k = 0; k < SHA1_BYTES; k++)
			strbuf_printf(&hex, "%02x", digest[k]);
		assert_string_equal(hex.data, cases[i].digest);
		strbuf_free(&text);
		strbuf_free(&hex);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(digests_are_those_of_the_standard),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
