#include "nfsd_client_parser.h"

#include "strbuf.h"
#include "unit_test.h"

static struct nfsd_client parse(const char *text)
{
	struct nfsd_client client;

	assert_true(nfsd_client_parse(str_of(text), &client));
	return client;
}

static void test_info(void **state)
{
	struct nfsd_client client =
		parse("clientid: 0x435eba06b02a713\n"
		      "address: \"192.168.1.10:742\"\n"
		      "status: confirmed\n"
		      "seconds from last renew: 17\n"
		      "name: \"Linux NFSv4.2 nfslab\\x22: x\"\n"
		      "minor version: 2\n"
		      "Implementation domain: \"kernel.org\"\n"
		      "callback address: 10.9.9.9:0\n");
	char text[IP_ADDRESS_TEXT];

	(void)state;
	assert_true(str_is(client.address_text, "192.168.1.10"));
	assert_int_equal(client.port, 742);
	assert_string_equal(ip_address_text(client.address, text),
			    "192.168.1.10");
	assert_true(str_is(client.name, "Linux NFSv4.2 nfslab\\x22: x"));
	assert_int_equal(client.minor, 2);
	assert_int_equal(client.renewed, 17);
	assert_string_equal(nfsd_client_state(&client), "live");
	assert_false(client.has_states);
}

static void test_addresses(void **state)
{
	static const struct {
		const char *info, *text;
		bool is_address;
	} rows[] = {
		{ "address: \"[2001:db8::6]:742\"\n", "2001:db8::6", true },
		{ "address: \"10.0.0.1:0\"", "10.0.0.1", true },
		{ "address: (einval)\naddress: \"10.0.0.1:1\"\n", "10.0.0.1",
		  true },
		{ "address: \"[fe80::1%eth0]:742\"\n", "fe80::1%eth0", false },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct nfsd_client client = parse(rows[i].info);

		assert_true(str_is(client.address_text, rows[i].text));
		assert_int_equal(client.address.family != IP_NONE,
				 rows[i].is_address);
	}
}

static void test_states_of_a_client(void **state)
{
	static const struct {
		const char *info, *state;
	} rows[] = {
		{ "address: \"10.0.0.1:1\"\nstatus: confirmed\n", "live" },
		{ "address: \"10.0.0.1:1\"\nstatus: courtesy\n", "courtesy" },
		{ "address: \"10.0.0.1:1\"\nstatus: expirable\n", "stale" },
		{ "address: \"10.0.0.1:1\"\nstatus: unconfirmed\n", "unknown" },
		{ "address: \"10.0.0.1:1\"\nstatus: another\n", "unknown" },
		{ "address: \"10.0.0.1:1\"\n", "unknown" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct nfsd_client client = parse(rows[i].info);

		assert_string_equal(nfsd_client_state(&client), rows[i].state);
		assert_int_equal(client.renewed, -1);
	}
}

static void test_what_is_no_client(void **state)
{
	static const struct str texts[] = {
		STR(""),
		STR("status: confirmed\n"),
		STR("address:\n"),
		STR("address: \"\"\n"),
		STR("\0\0\xff: :\n"),
	};
	struct nfsd_client client;

	(void)state;
	for (size_t i = 0; i < COUNT(texts); i++)
		assert_false(nfsd_client_parse(texts[i], &client));
}

static void test_what_a_client_holds(void **state)
{
	static const uint32_t expected[] = {
		[NFSD_STATE_OPEN] = 4,
		[NFSD_STATE_LOCK] = 1,
		[NFSD_STATE_DELEGATION] = 2,
		[NFSD_STATE_LAYOUT] = 1,
	};
	struct nfsd_client client = { 0 };

	(void)state;
	nfsd_states_parse(
		STR("- 0x0000000213a7026b: { type: open, access: rw, deny: --, "
		    "superblock: \"07:00:16\", filename: \"/a\", owner: "
		    "\"open id:\\x00\" }\n"
		    "- 0x01: { type: open, access: r-, filename: \"/\", { "
		    "type: "
		    "lock, \" }\n"
		    "- 0x02: { type: deleg, access: r }\n"
		    "- 0x03: { type: lock, superblock: \"07:00:16\" }\n"
		    "- 0x04: { type: layout, x }\n"
		    "- 0x05: { type: another, x }\n"
		    "- 0x06: { type: open }\n"
		    "- 0x07\n"
		    "- 0x08: { type: another, superblock: \"09:00:1\" }\n"
		    "- 0x09: { type: deleg, superblock: \"0xfe:00:1\" }\n"
		    "- 0x0a: { type: open, superblock: \"fe:1f:7\", filename: "
		    "\"superblock: \"01:02:3\"\" }\n"
		    "- 0x0b: { type: open, superblock: \"fe\n"
		    "{ type: open, }\n"
		    "\xff\0\n"),
		&client);
	assert_true(client.has_states);
	assert_memory_equal(client.states, expected, sizeof(expected));
	assert_int_equal(client.device_count, 2);
	assert_int_equal(client.devices[0].major, 7);
	assert_int_equal(client.devices[0].minor, 0);
	assert_int_equal(client.devices[1].major, 0xfe);
	assert_int_equal(client.devices[1].minor, 0x1f);
}

static void test_many_file_systems(void **state)
{
	struct nfsd_client client = { 0 };
	struct strbuf text = { 0 };

	(void)state;
	for (int i = 0; i < 2 * NFSD_DEVICES_MAX; i++)
		strbuf_printf(
			&text,
			"- 0x%x: { type: open, superblock: \"08:%x:1\" }\n",
			i + 1, i);
	nfsd_states_parse(strbuf_str(&text), &client);
	assert_int_equal(client.states[NFSD_STATE_OPEN], 2 * NFSD_DEVICES_MAX);
	assert_int_equal(client.device_count, NFSD_DEVICES_MAX);
	strbuf_free(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_info),
		cmocka_unit_test(test_addresses),
		cmocka_unit_test(test_states_of_a_client),
		cmocka_unit_test(test_what_is_no_client),
		cmocka_unit_test(test_what_a_client_holds),
		cmocka_unit_test(test_many_file_systems),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
