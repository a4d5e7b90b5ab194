#include "network_forest.h"

#include "prng.h"
#include "table_fixture.h"
#include "unit_test.h"

enum { ADDRESSES = 64 };

/* One path with random hosts and networks among 10.0.0.0 to 10.0.0.63. */
static const char *random_line(struct arena *arena, struct prng *prng)
{
	const char *line = "/srv";
	size_t count = 1 + prng_below(prng, 12);

	while (count-- > 0) {
		unsigned host = (unsigned)prng_below(prng, ADDRESSES);
		unsigned bits = 26 + (unsigned)prng_below(prng, 7);

		line = prng_chance(prng, 30)
			       ? arena_printf(arena, "%s 10.0.0.%u", line, host)
			       : arena_printf(arena, "%s 10.0.0.%u/%u", line,
					      host, bits);
	}
	return line;
}

static bool matches(const struct rule_run *run,
		    const struct export_entry *entry, struct ip_address address)
{
	const struct export_client *client = rule_client(run, entry);
	struct client_network network;
	struct ip_address host;

	if (client->type == CLIENT_HOST)
		return ip_address_parse(client->name, &host) &&
		       ip_address_equal(host, address);
	assert_int_equal(client_network_parse(client->name, &network),
			 CLIENT_FINE);
	return !((address.bytes[3] ^ network.address.bytes[3]) &
		 network.mask.bytes[3]);
}

/* The entry that decides, found by trying all. */
static const struct export_entry *decide(const struct rule_run *run,
					 const struct path_group *group,
					 struct ip_address address)
{
	for (unsigned type = CLIENT_HOST; type <= CLIENT_NETWORK; type++)
		for (size_t i = 0; i < group->count; i++) {
			const struct export_entry *entry =
				path_group_entry(run, group, i);

			if (rule_client(run, entry)->type == type &&
			    matches(run, entry, address))
				return entry;
		}
	return NULL;
}

static const struct export_entry *
decide_by_forest(const struct network_forest *forest, struct ip_address address)
{
	struct address_number number = address_number_of(address);
	uint32_t node = network_forest_find(
		forest, IP_V4, (struct address_range){ number, number });
	const struct forest_node *found;
	uint32_t member;

	if (node == FOREST_NONE)
		return NULL;
	found = &forest->nodes.items[node];
	member = found->host != FOREST_NONE ? found->host : found->winner;
	return member == FOREST_NONE ? NULL
				     : forest->members.items[member].entry;
}

static void check_line(const char *line)
{
	struct table_fixture fixture;
	struct network_forest forest;
	struct rule_run run = { 0 };
	struct path_groups groups;
	const struct path_group *group;
	bool wins[16] = { false };

	table_fixture_of(&fixture, line);
	run.arena = fixture.arena;
	run.table = &fixture.table;
	groups = path_groups_of(&run);
	assert_int_equal(groups.count, 1);
	group = &groups.by_path[0];
	network_forest_build(&run, group, &forest);
	for (unsigned i = 0; i < ADDRESSES; i++) {
		struct ip_address address = { IP_V4,
					      { 10, 0, 0, (uint8_t)i },
					      0 };
		const struct export_entry *entry = decide(&run, group, address);

		if (decide_by_forest(&forest, address) != entry)
			fail_msg("10.0.0.%u in %s", i, line);
		if (entry)
			wins[entry - fixture.table.entries.items] = true;
	}
	for (size_t i = 0; i < forest.members.count; i++) {
		const struct forest_member *member = &forest.members.items[i];

		if (!member->host &&
		    member->wins !=
			    wins[member->entry - fixture.table.entries.items])
			fail_msg("member %zu of %s", i, line);
	}
	table_fixture_free(&fixture);
}

static void test_against_model(void **state)
{
	struct prng prng = { 5 };

	(void)state;
	for (unsigned round = 0; round < 5000; round++) {
		struct arena *arena = arena_new();

		check_line(random_line(arena, &prng));
		arena_free(arena);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_against_model),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
