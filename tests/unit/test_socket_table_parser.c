#include "socket_table_parser.h"

#include "unit_test.h"

static void expect(const struct socket_entry *entry, const char *local,
		   uint16_t port, const char *remote)
{
	char text[IP_ADDRESS_TEXT];

	assert_string_equal(ip_address_text(entry->local, text), local);
	assert_int_equal(entry->local_port, port);
	assert_string_equal(ip_address_text(entry->remote, text), remote);
}

/* As a kernel on a little-endian machine prints them. */
static void test_sockets(void **state)
{
	static const char v4[] =
		"  sl  local_address rem_address   st tx_queue rx_queue tr\n"
		"   0: 00000000:0801 00000000:0000 0A 00000000:00000000 00\n"
		"   1: 0100007F:0801 0A01A8C0:029C 01 00000000:00000000 "
		"00:00000000 00000000     0        0 4117 1 00000000 20\n"
		"   2: nonsense\n";
	static const char v6[] = "   0: 00000000000000000000000000000000:0801 "
				 "00000000000000000000000000000000:0000 0A 0\n"
				 "   1: 0000000000000000FFFF00000100007F:0801 "
				 "0000000000000000FFFF00000A01A8C0:0300 01 0\n"
				 "   2: B80D0120000000000000000001000000:0801 "
				 "B80D0120000000000000000002000000:0300 01 0\n";
	struct arena *arena = arena_new();
	struct socket_table sockets = { 0 };

	(void)state;
	socket_table_parse(arena, str_of(v4), &sockets);
	assert_int_equal(sockets.list.count, 2);
	assert_int_equal(sockets.list.items[0].state, SOCKET_LISTEN);
	expect(&sockets.list.items[0], "0.0.0.0", 2049, "0.0.0.0");
	assert_int_equal(sockets.list.items[1].state, SOCKET_ESTABLISHED);
	expect(&sockets.list.items[1], "127.0.0.1", 2049, "192.168.1.10");
	assert_int_equal(sockets.list.items[1].remote_port, 668);
	assert_int_equal(sockets.list.items[0].inode, 0);
	assert_int_equal(sockets.list.items[1].inode, 4117);
	socket_table_parse(arena, str_of(v6), &sockets);
	assert_int_equal(sockets.list.count, 5);
	expect(&sockets.list.items[2], "::", 2049, "::");
	expect(&sockets.list.items[3], "127.0.0.1", 2049, "192.168.1.10");
	expect(&sockets.list.items[4], "2001:db8::1", 2049, "2001:db8::2");
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sockets),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
