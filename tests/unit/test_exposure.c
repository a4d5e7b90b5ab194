#include "exposure.h"

#include "prng.h"
#include "table_fixture.h"
#include "unit_test.h"

enum { ROUNDS = 600, ADDRESSES_AROUND = 64 };

static const struct fixture_name known_names[] = {
	{ "alpha", "alpha.example.com", "10.1.0.1" },
	{ "multi", "multi.example.com", "10.1.0.3 10.1.0.9 fd00::9" },
	{ 0 },
};

static const char *const clients[] = {
	"10.1.0.1",
	"10.1.0.9",
	"10.1.0.0/28",
	"10.1.0.4/30",
	"10.1.0.0/16",
	"10.1.0.8/29",
	"10.1.0.32/27",
	"0.0.0.0/0",
	"0.0.0.0/0.0.0.0",
	"255.255.255.255",
	"255.255.255.0/24",
	"fd00::9",
	"fd00::/124",
	"fd00::8/125",
	"::/::",
	"alpha",
	"multi",
	"*",
	"",
	"*.lan",
	"*.lab.lan",
	"w?b*",
	"10.1.0.*",
	"@grp",
	"@other",
	"10.1.0.1/255.255.0.255",
	"gss/krb5",
};
static const char *const options[] = {
	"ro",
	"rw",
	"rw,no_root_squash",
	"ro,no_root_squash",
	"rw,all_squash",
	"rw,all_squash,anonuid=7",
	"rw,anonuid=7",
	"ro,anonuid=0",
	"rw,sec=krb5:krb5p,sec=sys,ro",
	"sec=krb5,rw,no_root_squash,sec=sys,root_squash",
	"ro,crossmnt",
	"ro,fsid=0",
};
static const char *const paths[] = { "/p", "/p/q", "/p/q/r", "/", "/x" };

static void random_table(struct prng *random, struct strbuf *text)
{
	size_t lines = 1 + prng_below(random, 4);

	for (size_t i = 0; i < lines; i++) {
		size_t count = 1 + prng_below(random, 7);

		strbuf_add_text(text, PRNG_PICK(random, paths));
		for (size_t k = 0; k < count; k++)
			strbuf_printf(text, " %s(%s)",
				      PRNG_PICK(random, clients),
				      PRNG_PICK(random, options));
		strbuf_add_char(text, '\n');
	}
}

/* What is compared: a table, a path, and what was found for it. */
struct trial {
	struct table_fixture fixture;
	struct export_index index;
	struct export_question question;
	struct access_wish wish;
	struct exposure exposure;
	unsigned checked;
};

static const struct export_client *client_of(const struct trial *trial,
					     const struct export_entry *entry)
{
	return &trial->fixture.table.clients.list.items[entry->client];
}

static bool has_address(const struct export_client *client,
			struct ip_address address)
{
	struct client_network network;
	struct ip_address own;

	for (uint32_t i = 0; i < client->address_count; i++)
		if (ip_address_equal(client->addresses[i], address))
			return true;
	if (client->type == CLIENT_HOST)
		return ip_address_parse_host(client->name, &own) &&
		       ip_address_equal(own, address);
	if (client->type != CLIENT_NETWORK ||
	    client_network_parse(client->name, &network) != CLIENT_FINE ||
	    network.address.family != address.family)
		return false;
	for (unsigned i = 0; i < ip_address_size(address); i++)
		if ((network.address.bytes[i] ^ address.bytes[i]) &
		    network.mask.bytes[i])
			return false;
	return true;
}

/* Obviously right for mountd: at the path, then at each above it, the types in
 * their order and the entries in theirs. symbolic, if not NULL, is the one
 * client that matches more than the address. */
static const struct export_entry *
naive_decision(const struct trial *trial, struct str path,
	       struct ip_address address, const struct export_client *symbolic)
{
	const struct export_table *table = &trial->fixture.table;

	do {
		for (int type = 0; type < CLIENT_TYPES; type++)
			for (size_t i = 0; i < table->entries.count; i++) {
				const struct export_entry *entry =
					&table->entries.items[i];
				const struct export_client *client;

				if (entry->state != EXPORT_LOADED ||
				    !str_equal(export_table_path(table,
								 entry->path),
					       path))
					continue;
				client = client_of(trial, entry);
				if (client->type != type)
					continue;
				if (client->type == CLIENT_ANONYMOUS ||
				    client == symbolic ||
				    (!client_is_symbolic(client) &&
				     has_address(client, address)))
					return entry;
			}
	} while (export_path_parent(&path));
	return NULL;
}

/* The flags of a flavor that a row shows. */
static bool is_in_row(const struct trial *trial, const struct exposure_row *row,
		      const struct export_entry *entry)
{
	const struct export_policy *policy =
		&trial->fixture.table.policies.list.items[entry->policy];
	struct flavor_entry flavors[SECURITY_FLAVORS_MAX];
	unsigned count = export_policy_flavors(policy, flavors);
	unsigned found = 0;

	for (unsigned i = 0; i < count; i++) {
		uint32_t flags = flavors[i].flags;
		bool kept = !(flags & (EXPORT_ROOT_SQUASH | EXPORT_ALL_SQUASH));
		bool root = kept || policy->anonuid == 0;
		bool read_only = flags & EXPORT_READ_ONLY;
		enum exposure_right right = root	? EXPOSURE_ROOT
					    : read_only ? EXPOSURE_READ_ONLY
							: EXPOSURE_READ_WRITE;

		if (row->right != right || row->read_only != read_only ||
		    row->root_squash == kept ||
		    row->all_squash != !!(flags & EXPORT_ALL_SQUASH))
			continue;
		for (unsigned k = 0; k < row->flavor_count; k++)
			found += row->flavors[k] == flavors[i].flavor;
	}
	return found == row->flavor_count && row->anonuid == policy->anonuid;
}

static unsigned rows_of(const struct trial *trial,
			const struct export_entry *entry)
{
	unsigned count = 0;

	for (size_t i = 0; i < trial->exposure.rows.count; i++)
		count +=
			is_in_row(trial, &trial->exposure.rows.items[i], entry);
	return count;
}

static bool has_exception(const struct exposure_crowd *crowd, struct str name)
{
	for (size_t i = 0; i < crowd->exceptions.count; i++)
		if (crowd->exceptions.items[i].data == name.data)
			return true;
	return false;
}

/* Whoever has that address and is such a client, too, is in the rows of the
 * address, or an exception to them. */
static void check_exceptions(struct trial *trial, struct ip_address address)
{
	const struct export_table *table = &trial->fixture.table;

	for (size_t c = 0; c < table->clients.list.count; c++) {
		const struct access_client client = {
			.address = address,
			.suppose = SUPPOSE_ONLY,
			.only = &table->clients.list.items[c],
		};
		struct export_question question = trial->question;
		struct export_selection selected;

		if (!client_is_symbolic(client.only) ||
		    client.only->type == CLIENT_WILDCARD)
			continue;
		question.client = &client;
		selected = export_select(&question);
		for (size_t i = 0; i < trial->exposure.rows.count; i++) {
			struct exposure_row *row =
				&trial->exposure.rows.items[i];
			bool stays = selected.reason == SELECT_ENTRY &&
				     is_in_row(trial, row, selected.entry);

			if (address_set_has(&row->crowd.addresses, address) &&
			    !stays)
				assert_true(has_exception(&row->crowd,
							  client.only->name));
		}
	}
}

static void check_address(struct trial *trial, struct ip_address address)
{
	const struct access_client client = { .address = address,
					      .suppose = SUPPOSE_ONLY };
	struct export_question question = trial->question;
	struct export_selection selected;
	const struct export_entry *entry = NULL;

	question.client = &client;
	question.slowly = true;
	selected = export_select(&question);
	if (selected.reason == SELECT_ENTRY)
		entry = selected.entry;
	if (question.nfs_version == 3)
		assert_ptr_equal(entry, naive_decision(trial, question.path,
						       address, NULL));
	for (size_t i = 0; i < trial->exposure.rows.count; i++) {
		struct exposure_row *row = &trial->exposure.rows.items[i];

		assert_int_equal(
			address_set_has(&row->crowd.addresses, address),
			entry && is_in_row(trial, row, entry));
	}
	if (entry)
		assert_true(rows_of(trial, entry) > 0);
	assert_int_equal(
		address_set_has(&trial->exposure.undecided.addresses, address),
		selected.reason == SELECT_FILE_SYSTEMS);
	check_exceptions(trial, address);
	trial->checked++;
}

/* At both ends of each range, and right outside of it. */
static void check_ends(struct trial *trial, struct address_set *set,
		       enum ip_family family)
{
	const struct address_ranges *ranges = address_set_ranges(set, family);

	for (size_t i = 0; i < ranges->list.count; i++) {
		struct address_range range = ranges->list.items[i];
		struct address_number before = range.first, after;

		check_address(trial, address_of_number(range.first, family));
		check_address(trial, address_of_number(range.last, family));
		if (before.low--) {
			check_address(trial, address_of_number(before, family));
		}
		if (address_number_next(range.last, &after) &&
		    (family == IP_V6 || after.low <= UINT32_MAX))
			check_address(trial, address_of_number(after, family));
	}
}

static void check_addresses(struct trial *trial)
{
	for (size_t i = 0; i < trial->exposure.rows.count; i++) {
		struct exposure_crowd *crowd =
			&trial->exposure.rows.items[i].crowd;

		check_ends(trial, &crowd->addresses, IP_V4);
		check_ends(trial, &crowd->addresses, IP_V6);
	}
	for (unsigned i = 0; i < ADDRESSES_AROUND; i++) {
		struct ip_address v4 = { .family = IP_V4,
					 .bytes = { 10, 1, 0, (uint8_t)i } };
		struct ip_address v6 = {
			.family = IP_V6,
			.bytes = { [0] = 0xfd, [15] = (uint8_t)i }
		};

		check_address(trial, v4);
		check_address(trial, v6);
	}
}

static bool lists(const struct exposure_crowd *crowd, struct str name)
{
	bool found = false;

	for (size_t i = 0; i < crowd->names.count; i++)
		found |= crowd->names.items[i].data == name.data;
	for (size_t i = 0; i < crowd->netgroups.count; i++)
		found |= crowd->netgroups.items[i].data == name.data;
	for (size_t i = 0; i < crowd->scattered.count; i++)
		found |= crowd->scattered.items[i].data == name.data;
	return found;
}

/* For mountd: a client for whom an entry of its own decides is in its rows and
 * in no other. Patterns are left out, which others may cover. */
static void check_symbolic(struct trial *trial)
{
	const struct export_table *table = &trial->fixture.table;

	for (size_t c = 0; c < table->clients.list.count; c++) {
		const struct export_client *client =
			&table->clients.list.items[c];
		const struct export_entry *entry;

		if (!client_is_symbolic(client) ||
		    client->type == CLIENT_WILDCARD)
			continue;
		entry = naive_decision(trial, trial->question.path,
				       (struct ip_address){ 0 }, client);
		for (size_t i = 0; i < trial->exposure.rows.count; i++) {
			const struct exposure_row *row =
				&trial->exposure.rows.items[i];

			assert_int_equal(
				lists(&row->crowd, client->name),
				entry && client_of(trial, entry) == client &&
					is_in_row(trial, row, entry));
		}
	}
}

static void begin_trial(struct trial *trial, const char *text)
{
	table_fixture_of(&trial->fixture, text);
	export_index_build(trial->fixture.arena, &trial->fixture.table,
			   &trial->index);
	trial->question = (struct export_question){ .index = &trial->index,
						    .path = STR("/p"),
						    .nfs_version = 3 };
	trial->wish = (struct access_wish){ .port = 700 };
}

static void find(struct trial *trial)
{
	exposure_find(trial->fixture.arena, &trial->question, &trial->wish,
		      &trial->exposure);
}

static void test_random_tables(void **state)
{
	struct prng random = { 20261126 };
	struct trial trial = { 0 };

	(void)state;
	for (unsigned round = 0; round < ROUNDS; round++) {
		struct strbuf text = { 0 };

		random_table(&random, &text);
		table_fixture_init(&trial.fixture);
		trial.fixture.names = round % 2 ? known_names : NULL;
		table_fixture_add(&trial.fixture, strbuf_str(&text));
		table_fixture_build(&trial.fixture);
		export_index_build(trial.fixture.arena, &trial.fixture.table,
				   &trial.index);
		for (size_t i = 0; i < COUNT(paths); i++) {
			trial.question = (struct export_question){
				.index = &trial.index,
				.path = str_of(paths[i]),
				.nfs_version = round % 3 ? 3 : 4,
			};
			find(&trial);
			check_addresses(&trial);
			if (trial.question.nfs_version == 3)
				check_symbolic(&trial);
		}
		strbuf_free(&text);
		table_fixture_free(&trial.fixture);
	}
	assert_true(trial.checked > 100000);
}

static struct exposure_row *row_with(struct exposure *exposure,
				     enum exposure_right right)
{
	for (size_t i = 0; i < exposure->rows.count; i++)
		if (exposure->rows.items[i].right == right)
			return &exposure->rows.items[i];
	return NULL;
}

static void test_rights(void **state)
{
	struct trial trial = { 0 };
	struct exposure_row *row;

	(void)state;
	begin_trial(&trial, "/p 10.0.0.0/8(ro) 10.1.0.0/16(rw) "
			    "10.1.2.3(rw,no_root_squash) *.lan(ro) "
			    "@grp(rw) alpha(rw)\n");
	find(&trial);
	assert_int_equal(trial.exposure.rows.count, 3);
	row = row_with(&trial.exposure, EXPOSURE_ROOT);
	assert_string_equal(address_set_count(trial.fixture.arena,
					      &row->crowd.addresses, IP_V4),
			    "1");
	assert_false(row->crowd.has_exceptions);
	row = row_with(&trial.exposure, EXPOSURE_READ_WRITE);
	assert_true(address_set_is_empty(&row->crowd.addresses));
	assert_int_equal(row->crowd.names.count, 1);
	assert_int_equal(row->crowd.netgroups.count, 1);
	row = row_with(&trial.exposure, EXPOSURE_READ_ONLY);
	assert_string_equal(address_set_count(trial.fixture.arena,
					      &row->crowd.addresses, IP_V4),
			    "16777215");
	assert_true(row->crowd.has_exceptions);
	assert_true(str_is(row->crowd.names.items[0], "*.lan"));
	assert_int_equal(trial.exposure.idle.count, 1);
	trial.wish.can = CAN_ROOT;
	find(&trial);
	assert_int_equal(trial.exposure.rows.count, 1);
	table_fixture_free(&trial.fixture);
}

/* Adds the client of an entry if a row has it, and text has not. */
static void add_name(struct strbuf *text, const struct trial *trial,
		     const struct export_entry *entry)
{
	const char *name = arena_printf(trial->fixture.arena, "%.*s",
					STR_ARG(client_of(trial, entry)->name));
	bool listed = false;

	for (size_t i = 0; i < trial->exposure.rows.count; i++)
		listed |= lists(&trial->exposure.rows.items[i].crowd,
				client_of(trial, entry)->name);
	if (listed && !strstr(text->data ? text->data : "", name))
		strbuf_printf(text, "%s%s", text->length ? " " : "", name);
}

/* The names of all rows, and in parentheses those without effect. */
static void test_names(void **state)
{
	static const struct {
		const char *exports, *path, *names;
	} rows[] = {
		{ "/p *.lan(rw)", "/p", "*.lan" },
		{ "/p *.lan(rw)", "/p/q/r", "*.lan" },
		/* an entry above counts, unless the path has one */
		{ "/p *.lan(rw)\n/p/q 10.0.0.1(ro)", "/p/q", "*.lan" },
		{ "/p *.lan(rw)\n/p/q *.lan(ro)", "/p/q", "*.lan" },
		{ "/p *.lan(rw)\n/p/q *(ro)", "/p/q", "" },
		/* patterns that an earlier one covers */
		{ "/p *.lan(ro) *.lab.lan(rw)", "/p", "*.lan (*.lab.lan)" },
		{ "/p *.lab.lan(rw) *.lan(ro)", "/p", "*.lab.lan *.lan" },
		{ "/p [a-z]*.lan(rw) b.*(ro)", "/p", "[a-z]*.lan b.*" },
		{ "/p *(ro) **(rw) w*(ro)", "/p", "** (w*)" },
		/* what matches nobody */
		{ "/p 192.168.1.*(rw) *(ro)", "/p", " (192.168.1.*)" },
		{ "/p gss/krb5(rw) @a(ro)", "/p", "@a (gss/krb5)" },
		{ "/p 10.0.0.0/8(ro) 10.1.0.0/16(rw)", "/p", " (10.1.0.0/16)" },
		{ "/p 10.0.0.5/255.0.0.255(rw)", "/p", "10.0.0.5/255.0.0.255" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct trial trial = { 0 };
		struct strbuf text = { 0 };

		begin_trial(&trial, rows[i].exports);
		trial.question.path = str_of(rows[i].path);
		find(&trial);
		for (size_t k = 0; k < trial.exposure.symbolic.count; k++)
			add_name(&text, &trial,
				 trial.exposure.symbolic.items[k]);
		for (size_t k = 0; k < trial.exposure.idle.count; k++)
			strbuf_printf(
				&text, " (%.*s)",
				STR_ARG(client_of(&trial,
						  trial.exposure.idle.items[k]
							  .entry)
						->name));
		if (!str_equal(strbuf_str(&text), str_of(rows[i].names)))
			fail_msg("%s at %s: '%.*s'", rows[i].exports,
				 rows[i].path, STR_ARG(strbuf_str(&text)));
		strbuf_free(&text);
		table_fixture_free(&trial.fixture);
	}
}

static void test_networks_of_a_range(void **state)
{
	static const struct {
		const char *first, *last, *networks;
	} rows[] = {
		{ "10.0.0.0", "10.255.255.255", "10.0.0.0/8 " },
		{ "10.0.0.1", "10.0.0.1", "10.0.0.1/32 " },
		{ "10.0.0.1", "10.0.0.4",
		  "10.0.0.1/32 10.0.0.2/31 10.0.0.4/32 " },
		{ "0.0.0.0", "255.255.255.255", "0.0.0.0/0 " },
		{ "255.255.255.254", "255.255.255.255", "255.255.255.254/31 " },
		{ "::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "::/0 " },
		{ "::1", "::3", "::1/128 ::2/127 " },
		{ "8000::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
		  "8000::/1 " },
		{ "fd00::", "fd00:0:0:1:ffff:ffff:ffff:ffff", "fd00::/63 " },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct ip_address first, last, network;
		struct address_range range;
		struct strbuf text = { 0 };
		char name[IP_ADDRESS_TEXT];
		unsigned prefix;
		bool more;

		assert_true(ip_address_parse(str_of(rows[i].first), &first));
		assert_true(ip_address_parse(str_of(rows[i].last), &last));
		range.first = address_number_of(first);
		range.last = address_number_of(last);
		do {
			more = address_range_take_network(
				&range, (enum ip_family)first.family, &network,
				&prefix);
			strbuf_printf(&text, "%s/%u ",
				      ip_address_text(network, name), prefix);
		} while (more);
		assert_string_equal(text.data, rows[i].networks);
		strbuf_free(&text);
	}
}

/* The exceptions of the row that has addresses. */
static void test_exceptions(void **state)
{
	static const struct {
		const char *exports, *path;
		unsigned version;
		const char *exceptions;
	} rows[] = {
		{ "/p *.lan(rw) *(ro)", "/p", 4, "*.lan" },
		{ "/p *.lan(ro) *(ro)", "/p", 4, "" },
		/* networks come before patterns, names of hosts before both */
		{ "/p *.lan(rw) @a(rw) 10.0.0.0/8(ro)", "/p", 4, "" },
		{ "/p 10.0.0.0/8(ro) alpha(rw)", "/p", 4, "alpha" },
		{ "/p 10.0.0.1(ro) alpha(rw)", "/p", 4, "" },
		{ "/p alpha(rw) 10.0.0.1(ro)", "/p", 4, "alpha" },
		{ "/p 10.0.0.0/8(ro) 10.0.0.1/255.0.0.255(rw)", "/p", 4, "" },
		{ "/p 10.0.0.1/255.0.0.255(rw) 10.0.0.0/8(ro)", "/p", 4,
		  "10.0.0.1/255.0.0.255" },
		/* mountd goes up, and a client of NFSv4 walks down */
		{ "/p *.lan(rw)\n/p/q *(ro)", "/p/q", 3, "" },
		{ "/p *(ro)\n/p/q *.lan(rw)", "/p/q", 3, "*.lan" },
		{ "/p *(ro)\n/p/q *(rw)\n/x @a(fsid=0)", "/p/q", 3, "" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct trial trial = { 0 };
		struct strbuf text = { 0 };

		begin_trial(&trial, rows[i].exports);
		trial.question.path = str_of(rows[i].path);
		trial.question.nfs_version = rows[i].version;
		find(&trial);
		for (size_t k = 0; k < trial.exposure.rows.count; k++) {
			const struct exposure_crowd *crowd =
				&trial.exposure.rows.items[k].crowd;

			if (address_set_is_empty(&crowd->addresses))
				continue;
			for (size_t m = 0; m < crowd->exceptions.count; m++)
				strbuf_printf(
					&text, "%s%.*s", text.length ? " " : "",
					STR_ARG(crowd->exceptions.items[m]));
		}
		if (!str_equal(strbuf_str(&text), str_of(rows[i].exceptions)))
			fail_msg("%s at %s: '%.*s'", rows[i].exports,
				 rows[i].path, STR_ARG(strbuf_str(&text)));
		strbuf_free(&text);
		table_fixture_free(&trial.fixture);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rights),
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_exceptions),
		cmocka_unit_test(test_random_tables),
		cmocka_unit_test(test_networks_of_a_range),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
