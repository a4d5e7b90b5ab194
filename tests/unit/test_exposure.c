#include "exposure.h"

#include "exports_generator.h"
#include "prng.h"
#include "table_fixture.h"
#include "unit_test.h"

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
	struct table_fixture fixture;
	struct export_index index;
	struct export_question question = { .index = &index,
					    .path = STR("/p"),
					    .nfs_version = 4 };
	struct access_wish wish = { .port = 700 };
	struct exposure exposure;
	struct exposure_row *row;

	(void)state;
	table_fixture_of(&fixture, "/p 10.0.0.0/8(ro) 10.1.0.0/16(rw) "
				   "10.1.2.3(rw,no_root_squash) *.lan(ro) "
				   "@grp(rw) alpha(rw)\n");
	export_index_build(fixture.arena, &fixture.table, &index);
	exposure_find(fixture.arena, &question, &wish, &exposure);
	assert_int_equal(exposure.rows.count, 3);
	row = row_with(&exposure, EXPOSURE_ROOT);
	assert_string_equal(
		address_set_count(fixture.arena, &row->addresses, IP_V4), "1");
	row = row_with(&exposure, EXPOSURE_READ_WRITE);
	assert_true(address_set_is_empty(&row->addresses));
	assert_int_equal(row->names.count, 1);
	assert_int_equal(row->netgroups.count, 1);
	row = row_with(&exposure, EXPOSURE_READ_ONLY);
	assert_string_equal(
		address_set_count(fixture.arena, &row->addresses, IP_V4),
		"16777215");
	assert_true(str_is(row->names.items[0], "*.lan"));
	wish.can = CAN_ROOT;
	exposure_find(fixture.arena, &question, &wish, &exposure);
	assert_int_equal(exposure.rows.count, 1);
	table_fixture_free(&fixture);
}

/* Every address is in the rows of the rights that it has, and in no other. */
static void check_address(struct table_fixture *fixture,
			  const struct export_question *question,
			  const struct access_wish *wish,
			  struct exposure *exposure, struct ip_address address)
{
	struct access_client client = { .address = address,
					.names_known = true,
					.names_are_hosts = true };
	struct export_question asked = *question;
	struct access_answer answer;

	asked.client = &client;
	asked.slowly = true;
	answer = access_check(fixture->arena, &asked, wish);
	if (answer.selection.reason == SELECT_NAMES)
		return;
	for (size_t i = 0; i < exposure->rows.count; i++) {
		struct exposure_row *row = &exposure->rows.items[i];
		bool has = false;

		for (unsigned k = 0; k < answer.right_count; k++) {
			const struct access_right *right = &answer.rights[k];
			bool root = !right->root_squash && !right->all_squash;

			has |= row->policy_number ==
				       answer.selection.entry->policy &&
			       (row->right == EXPOSURE_ROOT) == root &&
			       (root || (row->right == EXPOSURE_READ_ONLY) ==
						right->read_only);
		}
		assert_int_equal(address_set_has(&row->addresses, address),
				 has);
	}
}

static void test_addresses_are_exact(void **state)
{
	struct prng random = { 7 };
	size_t checked = 0;

	(void)state;
	for (uint64_t seed = 0; seed < 300; seed++) {
		struct exports_generator_options options = {
			.seed = seed, .lines = 20, .many_clients = seed % 2
		};
		struct access_wish wish = { .port = 700 };
		struct strbuf text = { 0 };
		struct table_fixture fixture;
		struct export_index index;
		const struct text_set *paths;

		exports_generate(&options, &text);
		table_fixture_of(&fixture, strbuf_str(&text).data);
		export_index_build(fixture.arena, &fixture.table, &index);
		paths = &fixture.table.input.lookups->paths;
		for (unsigned i = 0; i < 4 && paths->list.count; i++) {
			struct export_question question = {
				.index = &index,
				.path = paths->list.items[prng_below(
					&random, paths->list.count)],
				.nfs_version = i % 2 ? 3 : 4,
			};
			struct exposure exposure;

			exposure_find(fixture.arena, &question, &wish,
				      &exposure);
			if (exposure.scattered)
				continue;
			for (unsigned k = 0; k < 50; k++, checked++)
				check_address(
					&fixture, &question, &wish, &exposure,
					(struct ip_address){
						.family = IP_V4,
						.bytes = {
							10,
							(uint8_t)prng_below(
								&random, 4),
							(uint8_t)prng_below(
								&random, 4),
							(uint8_t)prng_below(
								&random, 6),
						},
					});
		}
		strbuf_free(&text);
		table_fixture_free(&fixture);
	}
	assert_true(checked > 10000);
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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rights),
		cmocka_unit_test(test_addresses_are_exact),
		cmocka_unit_test(test_networks_of_a_range),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
