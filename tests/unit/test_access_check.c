#include "access_check.h"

#include "exports_generator.h"
#include "live_reach.h"
#include "local_paths.h"
#include "netgroup_parser.h"
#include "prng.h"
#include "table_fixture.h"
#include "unit_test.h"

enum { QUERIES = 100000 };

static const struct fixture_name names[] = {
	{ "alpha", "alpha.example.com", "10.1.0.1" },
	{ "multi", "multi.example.com", "10.1.0.3 10.1.0.4" },
	{ 0 },
};

static void set_address(struct access_client *client, const char *text)
{
	if (!ip_address_parse(str_of(text), &client->address))
		fail_msg("%s is no address", text);
}

static const char *word_of(const struct access_answer *answer)
{
	if (answer->verdict != ACCESS_ALLOWED)
		return access_verdict_name(answer->verdict);
	return answer->rights[0].read_only ? "ro" : "rw";
}

/* What a client may do in a table, in a word. */
static const char *judge(struct table_fixture *fixture,
			 struct export_index *index,
			 const struct access_client *client, const char *path,
			 unsigned version)
{
	struct export_question question = {
		.index = index,
		.client = client,
		.path = str_of(path),
		.nfs_version = version,
	};
	struct access_wish wish = { .port = 700 };
	struct access_answer answer =
		access_check(fixture->arena, &question, &wish);

	return word_of(&answer);
}

static void test_verdicts(void **state)
{
	static const struct {
		const char *exports, *address, *name, *path;
		unsigned version;
		const char *verdict;
	} rows[] = {
		/* the kind of client decides, not the order or the width */
		{ "/p *(ro) 10.1.0.1(rw)", "10.1.0.1", NULL, "/p", 4, "rw" },
		{ "/p *(rw) 10.1.0.1(ro)", "10.1.0.1", NULL, "/p", 4, "ro" },
		{ "/p 10.0.0.0/8(ro) 10.1.0.0/16(rw)", "10.1.0.1", NULL, "/p",
		  4, "ro" },
		{ "/p 10.1.0.0/16(rw) 10.0.0.0/8(ro)", "10.1.0.1", NULL, "/p",
		  4, "rw" },
		{ "/p *(ro) 10.1.0.0/16(rw)", "10.1.0.1", NULL, "/p", 4, "rw" },
		{ "/p *(ro) alpha(rw)", "10.1.0.1", "", "/p", 4, "rw" },
		{ "/p multi(rw)", "10.1.0.4", "", "/p", 4, "rw" },
		{ "/p multi(rw)", "10.1.0.5", "", "/p", 4, "denied" },
		/* patterns are for names */
		{ "/p 192.168.1.*(rw) *(ro)", "192.168.1.5", "", "/p", 4,
		  "ro" },
		{ "/p 192.168.1.*(rw) *(ro)", "192.168.1.5", NULL, "/p", 4,
		  "ro" },
		{ "/p *.lan(rw) *(ro)", "192.168.1.5", NULL, "/p", 4,
		  "depends" },
		{ "/p *.example.com(rw) *(ro)", "10.9.9.9", "x.example.com",
		  "/p", 4, "rw" },
		{ "/p *.example.com(rw) *(ro)", "10.9.9.9", "x.example.org",
		  "/p", 4, "ro" },
		{ "/p **(rw)", "10.9.9.9", "", "/p", 4, "denied" },
		/* netgroups */
		{ "/p @trusted(rw)", "10.9.9.9", "one.example.com", "/p", 4,
		  "rw" },
		{ "/p @trusted(rw)", "10.9.9.9", "two.example.com", "/p", 4,
		  "denied" },
		{ "/p @trusted(rw)", "10.9.9.9", "short.example.com", "/p", 4,
		  "rw" },
		{ "/p @trusted(rw)", "10.7.7.7", "", "/p", 4, "denied" },
		{ "/p @trusted(rw)", "10.7.7.7", "any", "/p", 4, "rw" },
		{ "/p @outer(rw)", "10.9.9.9", "one.example.com", "/p", 4,
		  "rw" },
		/* prefixes */
		{ "/p 0.0.0.0/0(rw)", "10.1.0.1", "", "/p", 4, "denied" },
		{ "/p 0.0.0.0/0.0.0.0(rw)", "10.1.0.1", "", "/p", 4, "rw" },
		{ "/p 10.1.0.1/24(rw)", "10.1.0.77", "", "/p", 4, "rw" },
		{ "/p 10.0.0.5/255.0.0.255(rw)", "10.9.8.5", "", "/p", 4,
		  "rw" },
		{ "/p fd00::/64(rw)", "fd00::1", "", "/p", 4, "rw" },
		{ "/p fd00::/64(rw)", "fd01::1", "", "/p", 4, "denied" },
		{ "/p ::ffff:10.1.0.1(rw)", "10.1.0.1", "", "/p", 4, "denied" },
		{ "/p (rw)", "10.1.0.1", "", "/p", 4, "rw" },
		/* directories below and above */
		{ "/p *(rw)", "10.1.0.1", "", "/p/q/r", 4, "rw" },
		{ "/p *(rw)", "10.1.0.1", "", "/pq", 4, "denied" },
		{ "/p/q *(rw)", "10.1.0.1", "", "/p", 4, "denied" },
		{ "/p *(ro)\n/p/q 10.1.0.1(rw)", "10.1.0.1", "", "/p/q", 3,
		  "rw" },
		{ "/p *(ro)\n/p/q 10.1.0.1(rw)", "10.1.0.2", "", "/p/q", 3,
		  "ro" },
		{ "/p *(ro)\n/p/q 10.1.0.1(rw)", "10.1.0.1", "", "/p/q", 4,
		  "depends" },
		{ "/p *(ro)\n/p/q 10.1.0.1(ro)", "10.1.0.1", "", "/p/q", 4,
		  "ro" },
		{ "/ *(ro)", "10.1.0.1", "", "/any/where", 4, "ro" },
		/* fsid=0 */
		{ "/r *(ro,fsid=0)\n/x *(rw)", "10.1.0.1", "", "/x", 4,
		  "denied" },
		{ "/r *(ro,fsid=0)\n/x *(rw)", "10.1.0.1", "", "/x", 3, "rw" },
		{ "/r 10.1.0.9(ro,fsid=0)\n/x *(rw)", "10.1.0.1", "", "/x", 4,
		  "denied" },
		{ "/r *(ro,fsid=0)", "10.1.0.1", "", "/r/below", 4, "ro" },
	};
	static const char groups[] =
		"trusted (one.example.com,,) (short,,) (10.7.7.7,,)\n"
		"outer trusted (-,,)\n";

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct access_client client = { 0 };
		struct netgroups netgroups = { 0 };
		struct export_index index;
		struct table_fixture fixture;
		struct str name = str_of(rows[i].name);

		table_fixture_init(&fixture);
		fixture.names = names;
		table_fixture_add(&fixture, str_of(rows[i].exports));
		table_fixture_build(&fixture);
		export_index_build(fixture.arena, &fixture.table, &index);
		netgroups_parse(fixture.arena, str_of(groups), &netgroups);
		set_address(&client, rows[i].address);
		client.names = &name;
		client.name_count = name.length != 0;
		client.names_known = name.data != NULL;
		client.netgroups = &netgroups;
		if (strcmp(judge(&fixture, &index, &client, rows[i].path,
				 rows[i].version),
			   rows[i].verdict) != 0)
			fail_msg("%s: %s at %s is not %s", rows[i].exports,
				 rows[i].address, rows[i].path,
				 rows[i].verdict);
		table_fixture_free(&fixture);
	}
}

/* As a kernel server was seen to decide, where /srv/top/vol is a file system of
 * its own and /srv/top/sub is not. */
static void test_file_systems(void **state)
{
	static const char mounts[] =
		"21 1 8:1 / / rw - ext4 /dev/sda1 rw\n"
		"30 21 8:17 / /srv/top/vol rw - ext4 /dev/sdb1 rw\n";
	static const struct {
		const char *exports, *address, *path;
		unsigned version;
		const char *verdict;
	} rows[] = {
		/* parent ro to the world, child rw to one host */
		{ "/srv/top *(ro)\n/srv/top/sub 10.1.0.1(rw)", "10.1.0.1",
		  "/srv/top/sub", 3, "rw" },
		{ "/srv/top *(ro)\n/srv/top/sub 10.1.0.1(rw)", "10.1.0.1",
		  "/srv/top/sub", 4, "ro" },
		{ "/srv/top *(ro)\n/srv/top/sub 10.1.0.1(rw)", "10.1.0.2",
		  "/srv/top/sub", 4, "ro" },
		/* a child that is narrower restricts nobody over NFSv4 */
		{ "/srv/top *(rw)\n/srv/top/sub 10.1.0.1(ro)", "10.1.0.1",
		  "/srv/top/sub", 4, "rw" },
		{ "/srv/top *(rw)\n/srv/top/sub 10.1.0.1(ro)", "10.1.0.1",
		  "/srv/top/sub", 3, "ro" },
		{ "/srv/top *(rw)\n/srv/top/sub 10.1.0.1(ro)", "10.1.0.2",
		  "/srv/top/sub", 3, "rw" },
		/* another file system */
		{ "/srv/top *(rw)", "10.1.0.1", "/srv/top/vol/d", 4, "denied" },
		/* mountd grants it, and MNT fails all the same */
		{ "/srv/top *(rw)", "10.1.0.1", "/srv/top/vol/d", 3, "rw" },
		{ "/srv/top *(rw,crossmnt)", "10.1.0.1", "/srv/top/vol/d", 4,
		  "rw" },
		{ "/srv/top *(rw,crossmnt)", "10.1.0.1", "/srv/top/vol/d", 3,
		  "rw" },
		{ "/srv/top *(rw)\n/srv/top/vol *(ro)", "10.1.0.1",
		  "/srv/top/vol/d", 4, "ro" },
		/* crossmnt, and the child is listed for fewer */
		{ "/srv/top *(rw,crossmnt)\n/srv/top/vol 10.1.0.1(ro)",
		  "10.1.0.1", "/srv/top/vol", 4, "ro" },
		{ "/srv/top *(rw,crossmnt)\n/srv/top/vol 10.1.0.1(ro)",
		  "10.1.0.2", "/srv/top/vol", 4, "rw" },
		{ "/srv/top *(rw)\n/srv/top/vol 10.1.0.1(ro)", "10.1.0.2",
		  "/srv/top/vol", 4, "denied" },
		/* mountpoint */
		{ "/srv/top/vol *(rw,mountpoint)", "10.1.0.1", "/srv/top/vol",
		  4, "rw" },
		{ "/srv/top *(rw,mountpoint)", "10.1.0.1", "/srv/top", 4,
		  "denied" },
		{ "/srv/top *(rw,mp=/srv/top/vol)", "10.1.0.1", "/srv/top", 3,
		  "rw" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct access_client client = { .names_known = true };
		struct local_paths local = { .mounts_known = true };
		struct export_index index;
		struct table_fixture fixture;
		struct export_question question = {
			.index = &index,
			.local = &local,
			.client = &client,
			.path = str_of(rows[i].path),
			.nfs_version = rows[i].version,
		};
		struct access_wish wish = { .port = 700 };
		struct access_answer answer;

		table_fixture_of(&fixture, rows[i].exports);
		export_index_build(fixture.arena, &fixture.table, &index);
		mountinfo_parse(fixture.arena, str_of(mounts), &local.mounts);
		local_paths_index(fixture.arena, &local);
		set_address(&client, rows[i].address);
		answer = access_check(fixture.arena, &question, &wish);
		if (strcmp(word_of(&answer), rows[i].verdict) != 0)
			fail_msg("%s: %s at %s over NFSv%u is not %s",
				 rows[i].exports, rows[i].address, rows[i].path,
				 rows[i].version, rows[i].verdict);
		table_fixture_free(&fixture);
	}
}

static struct ip_address random_address(struct prng *random)
{
	struct ip_address address = {
		.family = IP_V4,
		.bytes = { 10, (uint8_t)prng_below(random, 4),
			   (uint8_t)prng_below(random, 4),
			   (uint8_t)prng_below(random, 6) },
	};

	if (prng_chance(random, 90))
		return address;
	return (struct ip_address){
		.family = IP_V6,
		.bytes = { 0xfd, [15] = (uint8_t)prng_below(random, 8) },
	};
}

/* Clients of a table that the server may take a host for, which is most of the
 * time not known: two at the most, with names that are not those of others. */
static struct str random_domain(struct prng *random, struct arena *arena,
				const struct export_table *table)
{
	uint32_t count = (uint32_t)table->clients.list.count;
	struct strbuf text = { 0 };
	struct str domain = { 0 };

	if (!count || !live_reach_domains_fit(table) || prng_chance(random, 70))
		return domain;
	for (size_t i = prng_below(random, 3); i; i--) {
		if (text.length)
			strbuf_add_char(&text, ',');
		strbuf_add(&text,
			   table->clients.list.items[prng_below(random, count)]
				   .name);
	}
	domain.data =
		arena_copy(arena, text.length ? text.data : "", text.length);
	domain.length = text.length;
	strbuf_free(&text);
	return domain;
}

static int compare_numbers(const void *left, const void *right)
{
	uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;

	return (a > b) - (a < b);
}

/* All clients that match, with the index and without. */
static void compare_matches(struct export_index *index,
			    const struct access_client *client)
{
	const struct export_table *table = index->table;
	struct client_numbers found = { 0 }, wanted = { 0 };

	for (size_t i = 0; i < index->clients.list.count; i++) {
		uint32_t number =
			table->entries.items[index->clients.list.items[i]]
				.client;

		if (client_match(&table->clients.list.items[number], client)
			    .answer == MATCH_YES)
			*ARRAY_ADD(index->arena, &wanted.list) = number;
	}
	if (wanted.list.count)
		qsort(wanted.list.items, wanted.list.count,
		      sizeof(*wanted.list.items), compare_numbers);
	export_index_matches(index, client, &found);
	assert_int_equal(found.list.count, wanted.list.count);
	for (size_t i = 0; i < found.list.count; i++)
		assert_int_equal(found.list.items[i], wanted.list.items[i]);
}

/* Asks twice for a random client at a path. */
static void compare(struct prng *random, struct export_index *index,
		    const struct netgroups *netgroups, struct str path)
{
	static const char *const host_names[] = {
		"host1.example.com",
		"alpha.example.org",
		"www.lan",
		"a.b.example.org",
		"x",
		"beta.example.org",
	};
	struct str known[] = {
		str_of(host_names[prng_below(random, COUNT(host_names))]),
		str_of(host_names[prng_below(random, COUNT(host_names))]),
	};
	struct access_client client = {
		.address = random_address(random),
		.names = known,
		.name_count = prng_below(random, COUNT(known) + 1),
		.names_known = prng_below(random, 2),
		.netgroups = prng_chance(random, 70) ? netgroups : NULL,
		.taken_for = random_domain(random, index->arena, index->table),
	};
	struct export_question question = {
		.index = index,
		.client = &client,
		.path = path,
		.nfs_version = prng_chance(random, 50) ? 3 : 4,
	};
	struct export_selection fast = export_select(&question), slow;

	question.slowly = true;
	slow = export_select(&question);
	assert_int_equal(fast.reason, slow.reason);
	assert_ptr_equal(fast.entry, slow.entry);
	assert_int_equal(fast.no_client, slow.no_client);
	compare_matches(index, &client);
}

/* The answers of the index are those of going through all entries. */
static void test_index_is_right(void **state)
{
	static const char groups[] =
		"grp (alpha.example.org,,) (10.1.2.3,,) (-,,)\n"
		"Grp (x,,) (host1,,)\nGRP (,,)\n"
		"other-group grp (WWW.lan,,)\na/b (fd00::5,,)\n";
	struct prng random = { 20261126 };
	unsigned queries = 0;

	(void)state;
	for (uint64_t seed = 0; queries < QUERIES; seed++) {
		struct exports_generator_options options = {
			.seed = seed,
			.lines = 40,
			.many_clients = seed % 2,
		};
		struct strbuf text = { 0 };
		struct netgroups netgroups = { 0 };
		struct table_fixture fixture;
		struct export_index index;
		const struct text_set *paths;

		exports_generate(&options, &text);
		table_fixture_init(&fixture);
		fixture.names = seed % 3 ? names : NULL;
		table_fixture_add(&fixture, strbuf_str(&text));
		table_fixture_build(&fixture);
		export_index_build(fixture.arena, &fixture.table, &index);
		netgroups_parse(fixture.arena, str_of(groups), &netgroups);
		paths = &fixture.table.input.lookups->paths;
		for (unsigned i = 0; paths->list.count && i < 500;
		     i++, queries++)
			compare(&random, &index, &netgroups,
				paths->list.items[prng_below(
					&random, (uint32_t)paths->list.count)]);
		strbuf_free(&text);
		table_fixture_free(&fixture);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_verdicts),
		cmocka_unit_test(test_file_systems),
		cmocka_unit_test(test_index_is_right),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
