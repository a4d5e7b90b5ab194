#include "assert_outcomes.h"

#include "access_assert.h"
#include "local_paths.h"
#include "netgroup_parser.h"
#include "prng.h"
#include "table_fixture.h"
#include "unit_test.h"

enum { ROUNDS = 3000, PATTERNS = 2, GROUPS = 2, MOUNTS = 3 };
enum { WORLDS = 1 << (PATTERNS + GROUPS + MOUNTS) };

static const char *const clients[] = {
	"*.lan",       "*.org",	   "@a",	  "@b",
	"10.1.2.0/30", "10.1.2.1", "10.1.0.0/16", "*",
};
static const char *const options[] = {
	"ro",
	"rw",
	"ro,crossmnt",
	"rw,crossmnt",
	"rw,no_root_squash",
	"ro,fsid=0",
	"rw,sec=krb5",
};
static const char *const lines[] = {
	"allow x /p",	    "deny x /p",      "allow write x /p",
	"deny write x /p",  "expect ro x /p", "deny root x /p",
	"allow mount x /p",
};
static const char *const paths[MOUNTS] = { "/p", "/p/q", "/p/q/r" };

static void random_table(struct prng *random, struct strbuf *text)
{
	size_t common = prng_below(random, COUNT(options));

	for (size_t i = 0; i < COUNT(paths); i++) {
		if (prng_chance(random, 40))
			continue;
		strbuf_add_text(text, paths[i]);
		for (size_t k = 0; k <= prng_below(random, 4); k++)
			strbuf_printf(text, " %s(%s)",
				      PRNG_PICK(random, clients),
				      prng_chance(random, 70)
					      ? options[common]
					      : PRNG_PICK(random, options));
		strbuf_add_char(text, '\n');
	}
}

/* What somebody might find out: what the client is called, who is in the
 * netgroups, and where file systems are mounted. */
struct world {
	struct str names[1 + PATTERNS];
	struct netgroups netgroups;
	struct local_paths local;
	struct access_client client;
};

static void make_world(struct arena *arena, unsigned bits, struct world *world)
{
	static const char *const pattern_names[PATTERNS] = { "x.lan", "x.org" };
	struct strbuf groups = { 0 }, mounts = { 0 };

	*world = (struct world){ .local.mounts_known = true };
	world->names[world->client.name_count++] = STR("n.nowhere");
	for (unsigned i = 0; i < PATTERNS; i++, bits >>= 1)
		if (bits & 1)
			world->names[world->client.name_count++] =
				str_of(pattern_names[i]);
	for (unsigned i = 0; i < GROUPS; i++, bits >>= 1)
		strbuf_printf(&groups, "%c (%s,,)\n", "ab"[i],
			      bits & 1 ? "n.nowhere" : "-");
	strbuf_add_text(&mounts, "21 1 8:1 / / rw - ext4 /dev/sda1 rw\n");
	for (unsigned i = 0; i < MOUNTS; i++, bits >>= 1)
		if (bits & 1)
			strbuf_printf(&mounts,
				      "%u 21 8:%u / %s rw - ext4 /dev/x rw\n",
				      30 + i, 17 + i, paths[i]);
	netgroups_parse(arena,
			str_of(arena_copy(arena, groups.data, groups.length)),
			&world->netgroups);
	mountinfo_parse(arena,
			str_of(arena_copy(arena, mounts.data, mounts.length)),
			&world->local.mounts);
	local_paths_index(arena, &world->local);
	world->client.names = world->names;
	world->client.names_known = true;
	world->client.netgroups = &world->netgroups;
	strbuf_free(&groups);
	strbuf_free(&mounts);
}

static unsigned count_passes(struct arena *arena, struct world *worlds,
			     const struct export_question *question,
			     const struct assertion *assertion,
			     const struct access_wish *wish)
{
	unsigned passes = 0;

	for (unsigned i = 0; i < WORLDS; i++) {
		struct export_question asked = *question;
		enum assert_result result;

		worlds[i].client.address = question->client->address;
		asked.client = &worlds[i].client;
		asked.local = &worlds[i].local;
		result = access_assert_one(arena, &asked, assertion, wish)
				 .result;
		assert_int_not_equal(result, ASSERT_UNDECIDED);
		passes += result == ASSERT_PASSES;
	}
	return passes;
}

/* What is settled is so in all worlds, and most of what is so in all worlds is
 * settled. */
static void test_all_worlds(void **state)
{
	struct arena *arena = arena_new();
	struct world *worlds =
		arena_alloc_array(arena, WORLDS, sizeof(*worlds));
	unsigned settled[2] = { 0 }, missed = 0;
	struct prng random = { 11 };

	(void)state;
	for (unsigned i = 0; i < WORLDS; i++)
		make_world(arena, i, &worlds[i]);
	for (unsigned round = 0; round < ROUNDS; round++) {
		struct access_client client = {
			.address = { .family = IP_V4,
				     .bytes = { 10, 1, 2,
						(uint8_t)prng_below(&random,
								    6) } },
		};
		struct access_wish wish = { .port = 700 };
		struct table_fixture fixture;
		struct export_index index;
		struct export_question question = {
			.index = &index,
			.client = &client,
			.path = str_of(PRNG_PICK(&random, paths)),
			.nfs_version = prng_chance(&random, 40) ? 3 : 4,
		};
		struct strbuf text = { 0 };
		struct source source = {
			.name = "policy",
			.text = str_of(PRNG_PICK(&random, lines)),
		};
		struct assertions assertions;
		enum assert_result result;
		unsigned passes;

		random_table(&random, &text);
		strbuf_add_text(&text, "");
		table_fixture_of(&fixture, text.data);
		export_index_build(fixture.arena, &fixture.table, &index);
		assertions_parse(fixture.arena, &source, &assertions);
		/* mounts below the exports are not guessed */
		while (question.path.length > 1 &&
		       !export_index_path(&index, question.path))
			if (!export_path_parent(&question.path))
				break;
		result = assert_outcomes_settle(
				 assert_outcomes_new(fixture.arena, &question,
						     &assertions.list.items[0],
						     &wish),
				 client.address)
				 .result;
		passes = count_passes(fixture.arena, worlds, &question,
				      &assertions.list.items[0], &wish);
		if ((result == ASSERT_PASSES && passes != WORLDS) ||
		    (result == ASSERT_FAILS && passes != 0))
			fail_msg("%s%s for .%u at %.*s, NFSv%u: %s, but it "
				 "holds in %u of %u worlds",
				 text.data, source.text.data,
				 client.address.bytes[3],
				 STR_ARG(question.path), question.nfs_version,
				 assert_result_name(result), passes, WORLDS);
		if (result != ASSERT_UNDECIDED)
			settled[result]++;
		else if (passes == 0 || passes == WORLDS)
			missed++;
		strbuf_free(&text);
		table_fixture_free(&fixture);
	}
	print_message("settled %u and %u, missed %u\n", settled[ASSERT_PASSES],
		      settled[ASSERT_FAILS], missed);
	assert_true(settled[ASSERT_PASSES] > ROUNDS / 10);
	assert_true(settled[ASSERT_FAILS] > ROUNDS / 10);
	assert_true(missed < ROUNDS / 20);
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_all_worlds),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
