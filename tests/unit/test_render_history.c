#include "audit_changes_report.h"
#include "prng.h"
#include "text_width_check.h"
#include "unit_test.h"

enum { ROUNDS = 200, RUNS = 5 };

/* As many digits as numbers have, and as numbers may have. */
static uint32_t some_number(struct prng *prng, unsigned bits)
{
	return (uint32_t)(prng_next(prng) >> (64 - bits));
}

static void make_run(struct prng *prng, unsigned bits, struct audit_run *run)
{
	*run = (struct audit_run){
		.time = 1800000000,
		.exports = some_number(prng, bits),
		.clients = some_number(prng, bits),
		.appeared = some_number(prng, bits),
		.vanished = some_number(prng, bits),
		.servers = some_number(prng, bits),
		.answered = some_number(prng, bits),
		.exposure = (int32_t)prng_below(prng, 102) - 1,
	};
	for (int i = 0; i < AUDIT_SEVERITIES; i++)
		run->counts[i] = some_number(prng, bits);
}

static char *render(const struct audit_history_report *report)
{
	char *text = NULL;
	size_t length;
	FILE *out = open_memstream(&text, &length);

	assert_non_null(out);
	render_history_text(out, report);
	fclose(out);
	return text;
}

static size_t count(const char *text, const char *word)
{
	size_t found = 0;

	for (; (text = strstr(text, word)); text++)
		found++;
	return found;
}

static void check(struct prng *prng, unsigned bits, const char *host)
{
	static const char *const titles[] = { "CRITICAL", "HIGH",  "MEDIUM",
					      "LOW",	  "INFO",  "EXPOSURE",
					      "NEW",	  "FIXED", "EXPORTS",
					      "CLIENTS" };
	struct audit_run runs[RUNS];
	const struct audit_history_report report = { host, runs, RUNS, false };
	char *text;

	for (int i = 0; i < RUNS; i++)
		make_run(prng, bits, &runs[i]);
	text = render(&report);
	assert_null(text_width_check(text));
	for (size_t i = 0; i < COUNT(titles); i++)
		assert_int_equal(count(text, titles[i]), 1);
	assert_int_equal(count(text, "SERVERS"), host ? 0 : 1);
	assert_int_equal(count(text, "ANSWERED"), host ? 0 : 1);
	assert_int_equal(count(text, "2027-01-15T08:00:00Z"),
			 RUNS * count(text, "TIME"));
	free(text);
}

static void test_fits_a_mail(void **state)
{
	struct prng prng = { 1 };

	(void)state;
	for (int i = 0; i < ROUNDS; i++) {
		unsigned bits = 1 + (unsigned)prng_below(&prng, 32);

		check(&prng, bits, NULL);
		check(&prng, bits, "nas1");
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_fits_a_mail),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
