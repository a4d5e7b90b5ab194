#include "access_assert.h"

#include "netgroup_parser.h"
#include "prng.h"
#include "table_fixture.h"
#include "unit_test.h"

/* Tables and networks that are small enough to look at each address. */
static const char *const clients[] = {
	"10.1.2.3",
	"10.1.2.4",
	"10.1.2.0/25",
	"10.1.2.0/30",
	"10.1.2.128/26",
	"10.1.0.0/16",
	"*",
	"10.1.2.0/255.255.255.3",
	"10.1.2.0/0.0.0.7",
	"fd00::/120",
	"*.lan",
	"@grp",
};
static const char *const options[] = { "ro", "rw", "rw,no_root_squash",
				       "rw,sec=krb5", "ro,no_root_squash" };
static const char *const lines[] = {
	"allow",     "deny",	  "allow write", "deny write",
	"expect ro", "expect rw", "allow ro",	 "deny root",
};

static void add_path(struct prng *random, struct strbuf *text, const char *path)
{
	strbuf_add_text(text, path);
	for (size_t i = 0; i < 1 + prng_below(random, 4); i++)
		strbuf_printf(text, " %s(%s)", PRNG_PICK(random, clients),
			      PRNG_PICK(random, options));
	strbuf_add_char(text, '\n');
}

/* The same, address by address. */
static enum assert_result brute_force(struct arena *arena,
				      const struct export_question *question,
				      const struct assertion *assertion,
				      const struct access_wish *wish,
				      struct ip_address network)
{
	enum assert_result result = ASSERT_PASSES;

	for (unsigned i = 0; i < 256; i++) {
		struct access_client client = *question->client;
		struct export_question asked = *question;
		enum assert_result one;

		client.address = network;
		client.address.bytes[ip_address_size(network) - 1] = (uint8_t)i;
		asked.client = &client;
		asked.slowly = true;
		one = access_assert_one(arena, &asked, assertion, wish).result;
		if (one == ASSERT_FAILS)
			return one;
		if (one != ASSERT_PASSES)
			result = one;
	}
	return result;
}

static void test_ranges_are_exact(void **state)
{
	struct prng random = { 5 };
	unsigned results[3] = { 0 };
	struct arena *arena = arena_new();
	struct netgroups netgroups;
	struct str name = STR("x.org");

	(void)state;
	netgroups_parse(arena, STR("grp (10.1.2.9,,) (10.1.2.77,,) (y,,)\n"),
			&netgroups);
	for (unsigned round = 0; round < 1500; round++) {
		struct access_client client = {
			.names_known = prng_chance(&random, 50),
			.names = &name,
			.netgroups =
				prng_chance(&random, 50) ? &netgroups : NULL,
		};
		struct access_wish wish = { .port = 700 };
		struct export_index index;
		struct export_question question = {
			.index = &index,
			.client = &client,
			.path = prng_chance(&random, 50) ? STR("/p")
							 : STR("/p/q"),
			.nfs_version = prng_chance(&random, 50) ? 3 : 4,
		};
		struct ip_address network, last;
		struct strbuf text = { 0 };
		struct table_fixture fixture;
		struct assertions assertions;
		struct source source = { .name = "policy" };
		struct assert_outcome outcome;
		enum assert_result wanted;

		client.name_count =
			client.names_known && prng_chance(&random, 50);
		add_path(&random, &text, "/p");
		if (prng_chance(&random, 40))
			add_path(&random, &text, "/p/q");
		table_fixture_of(&fixture, strbuf_str(&text).data);
		export_index_build(fixture.arena, &fixture.table, &index);
		source.text = str_of(arena_printf(fixture.arena, "%s x /p",
						  PRNG_PICK(&random, lines)));
		assertions_parse(fixture.arena, &source, &assertions);
		assert_int_equal(assertions.list.count, 1);
		assert_true(ip_address_parse(prng_chance(&random, 80)
						     ? STR("10.1.2.0")
						     : STR("fd00::"),
					     &network));
		last = network;
		last.bytes[ip_address_size(last) - 1] = 255;
		outcome = access_assert_range(
			fixture.arena, &question, &assertions.list.items[0],
			&wish, (enum ip_family)network.family,
			(struct address_range){ address_number_of(network),
						address_number_of(last) });
		wanted = brute_force(fixture.arena, &question,
				     &assertions.list.items[0], &wish, network);
		if (outcome.result != wanted)
			fail_msg("%s%.*s: %s, not %s", text.data,
				 STR_ARG(source.text),
				 assert_result_name(outcome.result),
				 assert_result_name(wanted));
		results[wanted]++;
		strbuf_free(&text);
		table_fixture_free(&fixture);
	}
	for (size_t i = 0; i < COUNT(results); i++)
		assert_true(results[i] > 20);
	arena_free(arena);
}

static enum assert_result result_of(const char *export, const char *line)
{
	struct access_client client = { .names_known = true };
	struct access_wish wish = { .port = 700 };
	struct table_fixture fixture;
	struct export_index index;
	struct export_question question = {
		.index = &index,
		.client = &client,
		.path = STR("/p"),
		.nfs_version = 4,
	};
	struct assertions assertions;
	struct source source = { .name = "policy", .text = str_of(line) };
	struct address_range all = { .last = { 0, UINT32_MAX } };
	enum assert_result result;

	table_fixture_of(&fixture, export);
	export_index_build(fixture.arena, &fixture.table, &index);
	assertions_parse(fixture.arena, &source, &assertions);
	assert_int_equal(assertions.list.count, 1);
	result = access_assert_range(fixture.arena, &question,
				     &assertions.list.items[0], &wish, IP_V4,
				     all)
			 .result;
	table_fixture_free(&fixture);
	return result;
}

/* Which verb and right hold for everybody in what exports. */
static void test_verbs(void **state)
{
	static const char *const asked[] = {
		"allow x /p",	   "allow ro x /p",    "allow rw x /p",
		"allow root x /p", "deny x /p",	       "deny ro x /p",
		"deny rw x /p",	   "deny root x /p",   "expect ro x /p",
		"expect rw x /p",  "expect root x /p",
	};
	static const struct {
		const char *export, *holds; /* a letter for each line */
	} rows[] = {
		{ "/p *(ro)", "++----+++--" },
		{ "/p *(rw)", "+++----+-+-" },
		{ "/p *(rw,no_root_squash)", "++++------+" },
		{ "/p *(ro,no_root_squash)", "++-+--+---+" },
		{ "/p *(rw,no_root_squash,all_squash)", "+++----+-+-" },
		{ "/q *(rw)", "----++++---" },
		{ "/p *(rw) 10.0.0.7(ro)", "++-----+---" },
		{ "/p *(ro) @g(rw)", "++u---u+uu-" },
		{ "/p *(ro) 10.0.0.7/255.0.0.255(rw)", "++-----+---" },
		{ "/p *(ro) 10.0.0.7/0.0.0.255(rw)", "uu-----u---" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		for (size_t k = 0; k < COUNT(asked); k++)
			if ("+-u"[result_of(rows[i].export, asked[k])] !=
			    rows[i].holds[k])
				fail_msg("%s: %s is not %c", rows[i].export,
					 asked[k], rows[i].holds[k]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_ranges_are_exact),
		cmocka_unit_test(test_verbs),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
