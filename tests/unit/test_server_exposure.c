#include "server_exposure.h"

#include "table_fixture.h"
#include "unit_test.h"

static void find(struct table_fixture *fixture, const char *text,
		 struct server_exposure *exposure)
{
	static const struct local_state local = { 0 };

	table_fixture_init(fixture);
	fixture->rules.target = (struct target){
		.nfs_utils = VERSION_NUMBER(2, 8, 0),
		.kernel = VERSION_NUMBER(6, 8, 0),
	};
	table_fixture_add(fixture, str_of(text));
	table_fixture_build(fixture);
	server_exposure_find(fixture->arena, &fixture->table, &local, exposure);
}

/* Also checks that no reason gets less than a lighter one. */
static unsigned export_sum(const struct export_exposure *exposure)
{
	unsigned sum = 0;

	for (unsigned i = 0; i < exposure->count; i++) {
		const struct export_reason *reason = &exposure->reasons[i];

		sum += reason->tenths;
		for (unsigned k = 0; k < exposure->count; k++)
			assert_true(reason->tenths >=
					    exposure->reasons[k].tenths ||
				    exposure_traits[reason->trait].weight <=
					    exposure_traits[exposure->reasons[k]
								    .trait]
						    .weight);
	}
	return sum;
}

/* The numbers add up, and the server has that of its most exposed export. */
static void check_sums(const struct server_exposure *exposure)
{
	size_t count = 0;

	for (size_t i = 0; i < exposure->exports.count; i++) {
		const struct export_exposure *one = &exposure->exports.items[i];

		assert_int_equal(export_sum(one), one->tenths);
		assert_true(one->tenths <= EXPOSURE_MAX);
		assert_true(one->tenths <= exposure->tenths);
		assert_true(!i || one->tenths <= one[-1].tenths);
	}
	for (int i = 0; i < EXPOSURE_LEVELS; i++)
		count += exposure->levels[i];
	assert_int_equal(count, exposure->exports.count);
}

static unsigned tenths_of(const char *text)
{
	struct server_exposure exposure;
	struct table_fixture fixture;

	find(&fixture, text, &exposure);
	check_sums(&exposure);
	table_fixture_free(&fixture);
	return exposure.tenths;
}

/* "number clients: reasons" of the most exposed export. */
static const char *story_of(struct table_fixture *fixture, const char *text)
{
	struct server_exposure exposure;
	const struct export_exposure *first;
	char number[EXPOSURE_TEXT];
	const char *story;

	find(fixture, text, &exposure);
	check_sums(&exposure);
	if (!exposure.exports.count)
		return "nothing";
	first = &exposure.exports.items[0];
	story = arena_printf(fixture->arena,
			     "%s %s:", exposure_text(first->tenths, number),
			     exposure_clients[first->clients].id);
	for (unsigned i = 0; i < first->count; i++) {
		const struct export_reason *reason = &first->reasons[i];

		story = arena_printf(fixture->arena, "%s %s %s", story,
				     exposure_traits[reason->trait].id,
				     exposure_text(reason->tenths, number));
	}
	return story;
}

static void test_stories(void **state)
{
	static const struct {
		const char *text, *story;
	} rows[] = {
		{ "", "nothing" },
		{ "/ *(rw,no_root_squash,insecure,crossmnt)",
		  "10.0 everybody: read 1.5 write 2.0 unproven 1.5 users 1.0 "
		  "root 2.0 clear 0.5 ports 0.5 root-directory 0.8 "
		  "mounts 0.2" },
		{ "/tmp *(rw,no_root_squash)",
		  "8.5 everybody: read 1.5 write 2.0 unproven 1.5 users 1.0 "
		  "root 2.0 clear 0.5" },
		/* a pattern of digits lets in nobody, * everybody */
		{ "/home/test 192.168.1.*(rw) *(ro)",
		  "4.5 everybody: read 1.5 unproven 1.5 users 1.0 clear 0.5" },
		{ "/home/test 192.168.1.*(rw)",
		  "0.0 nobody: read 0.0 write 0.0 unproven 0.0 users 0.0 "
		  "clear 0.0" },
		{ "/s 10.1.0.0/24(rw)",
		  "3.3 small-network: read 0.8 write 1.0 unproven 0.8 "
		  "users 0.5 clear 0.2" },
		{ "/s 10.1.0.7(rw,no_root_squash)",
		  "2.6 address: read 0.5 write 0.6 unproven 0.5 users 0.3 "
		  "root 0.6 clear 0.1" },
		{ "/s *(ro,sec=krb5p)", "1.5 everybody: read 1.5" },
		{ "/s *(ro,sec=krb5i)", "2.0 everybody: read 1.5 clear 0.5" },
		{ "/s *(ro,sec=krb5)",
		  "2.4 everybody: read 1.5 changeable 0.4 clear 0.5" },
		{ "/s *(ro,sec=krb5,xprtsec=tls)", "1.5 everybody: read 1.5" },
		{ "/s *(ro,sec=krb5,xprtsec=none:tls)",
		  "2.4 everybody: read 1.5 changeable 0.4 clear 0.5" },
		{ "/s *(ro,xprtsec=mtls)",
		  "3.3 everybody: read 1.5 certificate 0.8 users 1.0" },
		/* the flavor counts by which most can be done */
		{ "/s *(sec=krb5p,rw,sec=sys,ro)",
		  "4.5 everybody: read 1.5 unproven 1.5 users 1.0 clear 0.5" },
		{ "/s *(ro,sec=krb5p,no_root_squash)",
		  "2.5 everybody: read 1.5 root-ticket 1.0" },
		{ "/s *(ro,all_squash,insecure)",
		  "3.5 everybody: read 1.5 unproven 1.5 clear 0.5" },
		{ "/s *(ro,all_squash,anonuid=0)",
		  "5.5 everybody: read 1.5 unproven 1.5 root 2.0 clear 0.5" },
		{ "/s *(ro,sec=krb5p,anonuid=0)",
		  "3.5 everybody: read 1.5 root 2.0" },
		{ "/s *(ro,sec=none,no_root_squash,insecure)",
		  "3.5 everybody: read 1.5 unproven 1.5 clear 0.5" },
		{ "/etc *(ro,sec=krb5p)",
		  "2.0 everybody: read 1.5 system-directory 0.5" },
		{ "/home *(ro,sec=krb5p)", "1.5 everybody: read 1.5" },
		{ "/s gss/krb5p(ro)", "1.5 tickets: read 1.5" },
		{ "/s gss/krb5(ro)",
		  "2.4 tickets: read 1.5 changeable 0.4 clear 0.5" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct table_fixture fixture;

		assert_string_equal(story_of(&fixture, rows[i].text),
				    rows[i].story);
		table_fixture_free(&fixture);
	}
}

static void test_clients(void **state)
{
	/* each has all hosts of the one before it in its row */
	static const char *const rows[][6] = {
		{ "10.1.2.3", "10.1.2.0/24", "10.1.0.0/16", "10.0.0.0/8",
		  "8.0.0.0/5", "*" },
		{ "192.0.0.7", "192.0.0.0/8", "0.0.0.0/1", "0.0.0.0/0.0.0.0" },
		{ "192.168.3.4/32", "192.168.0.0/16", "192.0.0.0/8", "*" },
		{ "fd00::1", "fd00::/64", "fd00::/48", "fd00::/16", "::/1" },
		{ "::1", "::/8", "*" },
		{ "127.0.0.1", "127.0.0.0/8", "64.0.0.0/2", "*" },
		{ "8.8.8.8", "8.8.8.8/30", "*" },
		{ "a.example.org", "*.example.org", "*.org", "*.*", "*" },
		{ "a.example.org", "@all", "*" },
		{ "0.0.0.0", "*" },
		{ "::ffff:10.1.2.3", "*" },
		{ "10.1.*", "*" },
		{ "0.0.0.0/0", "*" },
		{ "@", "@a" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		unsigned before = 0;

		for (size_t k = 0; k < COUNT(rows[i]) && rows[i][k]; k++) {
			char text[80];
			unsigned tenths;

			snprintf(text, sizeof(text), "/s %s(rw)\n", rows[i][k]);
			tenths = tenths_of(text);
			if (k ? tenths < before : tenths > 42)
				fail_msg("%s: %u after %u", text, tenths,
					 before);
			before = tenths;
		}
		assert_true(before >= 39);
	}
	assert_int_equal(tenths_of("/s 0.0.0.0(rw)"), 0);
	assert_int_equal(tenths_of("/s 0.0.0.0/0(rw)"), 0);
	assert_int_equal(tenths_of("/s @(rw)"), 0);
	assert_int_equal(tenths_of("/s ::ffff:10.1.2.3(rw)"), 0);
	assert_int_equal(tenths_of("/s [fe80::1]*(rw)"), 0);
}

/* Entries that never decide are no way in. */
static void test_shadowed(void **state)
{
	(void)state;
	assert_int_equal(tenths_of("/s *(ro)\n/s (rw)\n"), 45);
	assert_int_equal(tenths_of("/s 10.0.0.0/8(ro) 10.1.0.0/16(rw)\n"),
			 tenths_of("/s 10.0.0.0/8(ro)\n"));
	assert_int_equal(tenths_of("/s *.a.org(ro) b*.a.org(rw)\n"),
			 tenths_of("/s *.a.org(ro)\n"));
	assert_int_equal(tenths_of("/s 10.1.0.0/16(rw) 10.0.0.0/8(ro)\n"),
			 tenths_of("/s 10.1.0.0/16(rw)\n"));
}

/* A thousand harmless exports don't hide an open one. */
static void test_worst(void **state)
{
	struct strbuf text = { 0 };

	(void)state;
	for (int i = 0; i < 1000; i++)
		strbuf_printf(&text, "/s%d 10.1.2.3(ro,sec=krb5p)\n", i);
	assert_int_equal(tenths_of(text.data), 5);
	strbuf_printf(&text, "/open *(rw,no_root_squash)\n");
	assert_int_equal(tenths_of(text.data), 85);
	strbuf_free(&text);
}

/* What an export may be like, from the strict to the lax. */
static const char *const clients[] = {
	"127.0.0.1", "10.1.2.3", "10.1.2.0/24", "10.1.0.0/16", "10.0.0.0/8",
	"8.0.0.0/5", "*"
};
static const char *const access_options[] = { "ro", "rw" };
static const char *const squashes[] = { "root_squash", "no_root_squash" };
static const char *const flavors[] = { "krb5p", "krb5i", "krb5", "sys" };
static const char *const ports[] = { "secure", "insecure" };
static const char *const transports[] = { "mtls", "tls", "none" };

static const struct {
	const char *const *values;
	unsigned count;
} scales[] = {
	{ clients, COUNT(clients) },
	{ access_options, 2 },
	{ squashes, 2 },
	{ flavors, COUNT(flavors) },
	{ ports, 2 },
	{ transports, COUNT(transports) },
};

/* What else there may be: nothing of it may turn a scale around. */
static const char *const others[] = { "",
				      ",all_squash",
				      ",anonuid=0",
				      ",anongid=0",
				      ",crossmnt",
				      ",all_squash,anonuid=0",
				      ",anonuid=0,anongid=0,crossmnt" };
static const char *const paths[] = { "/", "/etc", "/home", "/srv", "/usr" };

struct setting {
	unsigned at[COUNT(scales)], other, path;
};

static uint32_t random_below(uint32_t *seed, uint32_t count)
{
	*seed = *seed * 1664525 + 1013904223;
	return (*seed >> 8) % count;
}

static struct setting random_setting(uint32_t *seed)
{
	struct setting setting = { .other = random_below(seed, COUNT(others)),
				   .path = random_below(seed, COUNT(paths)) };

	for (size_t i = 0; i < COUNT(scales); i++)
		setting.at[i] = random_below(seed, scales[i].count);
	return setting;
}

static void add_line(struct strbuf *text, const struct setting *setting)
{
	const unsigned *at = setting->at;

	strbuf_printf(text, "%s %s(%s,%s,sec=%s,%s,xprtsec=%s%s)\n",
		      paths[setting->path], clients[at[0]],
		      access_options[at[1]], squashes[at[2]], flavors[at[3]],
		      ports[at[4]], transports[at[5]], others[setting->other]);
}

/* Other exports, of paths of their own. */
static void add_others(struct strbuf *text, uint32_t *seed)
{
	for (uint32_t i = random_below(seed, 4); i > 0; i--)
		strbuf_printf(text, "/other%u %s(%s,sec=%s)\n", i,
			      clients[random_below(seed, COUNT(clients))],
			      access_options[random_below(seed, 2)],
			      flavors[random_below(seed, COUNT(flavors))]);
}

static unsigned tenths_with(const struct strbuf *rest,
			    const struct setting *setting)
{
	struct strbuf text = { 0 };
	unsigned tenths;

	strbuf_add(&text, strbuf_str(rest));
	add_line(&text, setting);
	tenths = tenths_of(text.data);
	strbuf_free(&text);
	return tenths;
}

static void check_laxer(const struct strbuf *rest, struct setting setting)
{
	unsigned before = tenths_with(rest, &setting);

	for (size_t i = 0; i < COUNT(scales); i++) {
		struct setting lax = setting;

		while (++lax.at[i] < scales[i].count)
			if (tenths_with(rest, &lax) < before)
				fail_msg("%s is less exposed than %s (path "
					 "%s%s)",
					 scales[i].values[lax.at[i]],
					 scales[i].values[setting.at[i]],
					 paths[setting.path],
					 others[setting.other]);
	}
}

static void test_monotone(void **state)
{
	uint32_t seed = 6;

	(void)state;
	for (int i = 0; i < 2000; i++) {
		struct strbuf rest = { 0 };

		add_others(&rest, &seed);
		check_laxer(&rest, random_setting(&seed));
		strbuf_free(&rest);
	}
}

/* A flavor more is one way in more. */
static void test_more_flavors(void **state)
{
	uint32_t seed = 7;

	(void)state;
	for (int i = 0; i < 500; i++) {
		const char *one = flavors[random_below(&seed, 4)];
		const char *more = flavors[random_below(&seed, 4)];
		const char *rights = access_options[random_below(&seed, 2)];
		char few[80], many[80];

		snprintf(few, sizeof(few), "/s *(%s,sec=%s)", rights, one);
		snprintf(many, sizeof(many), "/s *(%s,sec=%s:%s)", rights, one,
			 more);
		assert_true(tenths_of(few) <= tenths_of(many));
	}
}

/* All that can be done with an export is the highest number. */
static void test_weights(void **state)
{
	unsigned share = 0;

	(void)state;
	for (int i = 0; i < EXPOSURE_CLIENTS; i++) {
		assert_true(exposure_clients[i].weight >= share);
		share = exposure_clients[i].weight;
	}
	assert_int_equal(share, 100);
	assert_int_equal(tenths_of("/ *(rw,no_root_squash,insecure,crossmnt)"),
			 EXPOSURE_MAX);
}

static void test_levels(void **state)
{
	static const struct {
		unsigned tenths;
		const char *name;
	} rows[] = { { 0, "closed" },	 { 1, "guarded" },  { 34, "guarded" },
		     { 35, "moderate" }, { 55, "exposed" }, { 74, "exposed" },
		     { 75, "unsafe" },	 { 100, "unsafe" } };

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		assert_string_equal(
			exposure_levels[exposure_level_of(rows[i].tenths)].name,
			rows[i].name);
}

/* Nothing is known of the server here, and that is said. */
static void test_not_counted(void **state)
{
	struct server_exposure exposure;
	struct table_fixture fixture;

	(void)state;
	find(&fixture, "/s *(ro)\n/t *(ro)\n", &exposure);
	assert_int_equal(exposure.not_counted.count, 5);
	assert_string_equal(exposure.not_counted.items[0],
			    "the file systems of 2 of 2 exports");
	table_fixture_free(&fixture);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_stories),
		cmocka_unit_test(test_clients),
		cmocka_unit_test(test_shadowed),
		cmocka_unit_test(test_worst),
		cmocka_unit_test(test_monotone),
		cmocka_unit_test(test_more_flavors),
		cmocka_unit_test(test_weights),
		cmocka_unit_test(test_levels),
		cmocka_unit_test(test_not_counted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
