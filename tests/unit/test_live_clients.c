#include "live_clients.h"

#include "unit_test.h"

static void describe(const struct live_clients *clients, struct strbuf *out)
{
	for (size_t i = 0; i < clients->list.count; i++) {
		const struct live_client *client = &clients->list.items[i];

		strbuf_printf(out, "%.*s %s %zu\n", STR_ARG(client->name),
			      client_state_name(client->state),
			      client->mounts.count);
	}
}

static void test_merge(void **state)
{
	static const char tcp[] = "   0: 00000000:0801 00000000:0000 0A 0\n"
				  "   1: 0101010A:0801 0302010A:0300 01 0\n"
				  "   2: 0101010A:0801 0302010A:0301 01 0\n"
				  "   3: 0101010A:0801 0902010A:0300 06 0\n"
				  "   4: 0101010A:0016 0802010A:0300 01 0\n"
				  "   5: 0101010A:0801 0702010A:0300 01 0\n";
	static const char mounts[] = "10.1.2.9:/a:0x1\n10.1.2.3:/a:0x1\n"
				     "10.1.2.3:/b:0x1\nhost:/a:0x1\n";
	struct arena *arena = arena_new();
	struct socket_table sockets = { 0 };
	struct rmtab rmtab;
	struct live_state live = { .rmtab = &rmtab, .tcp = &sockets };
	struct live_clients clients;
	struct strbuf text = { 0 };

	(void)state;
	socket_table_parse(arena, str_of(tcp), &sockets);
	rmtab_parse(arena, str_of(mounts), &rmtab);
	live_clients_merge(arena, &live, &clients);
	describe(&clients, &text);
	assert_string_equal(text.data, "host unknown 1\n10.1.2.3 live 2\n"
				       "10.1.2.7 live 0\n10.1.2.9 stale 1\n");
	strbuf_clear(&text);
	live.tcp = NULL;
	live_clients_merge(arena, &live, &clients);
	describe(&clients, &text);
	assert_string_equal(text.data, "host unknown 1\n10.1.2.3 unknown 2\n"
				       "10.1.2.9 unknown 1\n");
	live.rmtab = NULL;
	live_clients_merge(arena, &live, &clients);
	assert_int_equal(clients.list.count, 0);
	strbuf_free(&text);
	arena_free(arena);
}

static void test_nfs4(void **state)
{
	struct nfsd_clients nfs4 = { 0 };
	struct arena *arena = arena_new();
	struct live_state live = { .nfs4_clients = &nfs4 };
	struct live_clients clients;
	struct strbuf text = { 0 };
	static const char *const infos[] = {
		"address: \"10.1.2.3:742\"\nstatus: confirmed\n",
		"address: \"10.1.2.3:743\"\nstatus: courtesy\n",
		"address: \"10.1.2.4:742\"\nstatus: courtesy\n",
		"address: \"10.1.2.5:742\"\nstatus: unconfirmed\n",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(infos); i++)
		assert_true(nfsd_client_parse(str_of(infos[i]),
					      ARRAY_ADD(arena, &nfs4.list)));
	live_clients_merge(arena, &live, &clients);
	describe(&clients, &text);
	assert_string_equal(text.data, "10.1.2.3 live 0\n10.1.2.4 courtesy 0\n"
				       "10.1.2.5 unknown 0\n");
	assert_int_equal(clients.list.items[0].nfs4.count, 2);
	strbuf_free(&text);
	arena_free(arena);
}

/* A client of NFSv4 whose lease has ended keeps its connection for a while, and
 * one of NFSv3 closes its own when it does nothing. */
static void test_connections(void **state)
{
	static const char tcp[] =
		"   0: 00000000:1801 00000000:0000 0A 0\n"
		"   1: 0101010A:1801 0302010A:0300 01 0\n"  /* 10.1.2.3:768 */
		"   2: 0101010A:1801 0402010A:0300 01 0\n"  /* 10.1.2.4:768 */
		"   3: 0101010A:1801 0402010A:0301 01 0\n"  /* 10.1.2.4:769 */
		"   4: 0101010A:0801 0502010A:0300 01 0\n"; /* another port */
	static const char kernel[] = "nfsd 10.1.2.6 *,10.1.0.0/16\n"
				     "# nfsd 10.1.2.7 -no-domain-\n"
				     "nfsd 10.1.2.8 $10.1.2.8\n";
	static const char mounts[] = "10.1.2.5:/a:0x1\n10.1.2.6:/a:0x1\n"
				     "10.1.2.7:/a:0x1\n10.1.2.8:/a:0x1\n";
	static const char *const infos[] = {
		"address: \"10.1.2.3:768\"\nstatus: courtesy\n",
		"address: \"10.1.2.4:768\"\nstatus: courtesy\n",
	};
	struct arena *arena = arena_new();
	struct socket_table sockets = { 0 };
	struct nfsd_clients nfs4 = { 0 };
	struct kernel_clients asked;
	struct nfsd_ports ports;
	struct rmtab rmtab;
	struct live_state live = {
		.rmtab = &rmtab,
		.tcp = &sockets,
		.nfs4_clients = &nfs4,
		.kernel_clients = &asked,
		.ports = &ports,
	};
	struct live_clients clients;
	struct strbuf text = { 0 };

	(void)state;
	for (size_t i = 0; i < COUNT(infos); i++)
		assert_true(nfsd_client_parse(str_of(infos[i]),
					      ARRAY_ADD(arena, &nfs4.list)));
	socket_table_parse(arena, str_of(tcp), &sockets);
	rmtab_parse(arena, str_of(mounts), &rmtab);
	kernel_clients_parse(arena, str_of(kernel), &asked);
	nfsd_ports_parse(arena, STR("tcp 6145\n"), &ports);
	live_clients_merge(arena, &live, &clients);
	describe(&clients, &text);
	assert_string_equal(text.data,
			    "10.1.2.3 courtesy 0\n10.1.2.4 live 0\n"
			    "10.1.2.5 stale 1\n10.1.2.6 unknown 1\n"
			    "10.1.2.7 stale 1\n10.1.2.8 unknown 1\n");
	assert_true(clients.list.items[0].connected);
	assert_null(clients.list.items[2].domain.data);
	assert_true(str_is(clients.list.items[3].domain, "*,10.1.0.0/16"));
	assert_true(str_is(clients.list.items[4].domain, ""));
	assert_non_null(clients.list.items[4].domain.data);
	assert_null(clients.list.items[5].domain.data);
	/* who comes by UDP has no connection that shows */
	nfsd_ports_parse(arena, STR("tcp 6145\nudp 6145\n"), &ports);
	live_clients_merge(arena, &live, &clients);
	assert_int_equal(clients.list.items[2].state, CLIENT_UNKNOWN);
	strbuf_free(&text);
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_merge),
		cmocka_unit_test(test_nfs4),
		cmocka_unit_test(test_connections),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
