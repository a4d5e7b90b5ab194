#include "live_reach.h"

#include "local_paths.h"
#include "strbuf.h"
#include "table_fixture.h"
#include "unit_test.h"

/* "/a 3,4 rw root, /b 3 ro, /c 4 depends" */
static void describe_exports(const struct reached_exports *exports,
			     struct strbuf *out)
{
	for (size_t i = 0; i < exports->list.count; i++) {
		const struct reached_export *reached = &exports->list.items[i];

		strbuf_printf(out, "%s%.*s %s %s%s%s", i ? ", " : "",
			      STR_ARG(reached->path),
			      reached->versions == 0x18	 ? "3,4"
			      : reached->versions == 0x8 ? "3"
							 : "4",
			      reached->verdict == ACCESS_DEPENDS ? "depends"
			      : reached->writes			 ? "rw"
								 : "ro",
			      reached->root ? " root" : "",
			      reached->kerberos ? " kerberos" : "");
	}
	if (!exports->complete)
		strbuf_add_text(out, " and more");
}

static void describe(const struct live_reach *reach,
		     const struct live_clients *clients, struct strbuf *out)
{
	static const char *const verdicts[] = {
		[ACCESS_ALLOWED] = "",
		[ACCESS_DENIED] = " lost",
		[ACCESS_DEPENDS] = " perhaps",
	};

	for (size_t i = 0; i < clients->list.count; i++) {
		const struct live_client *client = &clients->list.items[i];
		const struct client_reach_now *now = &reach->clients[i];

		strbuf_printf(out, "%.*s ", STR_ARG(client->name));
		if (now->reach == UINT32_MAX)
			strbuf_add_text(out, "unknown");
		else
			describe_exports(&reach->list.items[now->reach], out);
		for (size_t k = 0; now->mounts && k < client->mounts.count; k++)
			strbuf_printf(out, "; %.*s%s",
				      STR_ARG(client->mounts.items[k]->path),
				      verdicts[now->mounts[k]]);
		strbuf_add_char(out, '\n');
	}
}

struct server {
	struct table_fixture table;
	struct rmtab rmtab;
	struct socket_table tcp;
	struct kernel_clients kernel;
	struct live_state live;
	struct live_clients clients;
	struct live_reach reach;
};

static void begin(struct server *server, const char *exports,
		  const char *mounts, const char *kernel)
{
	*server = (struct server){ 0 };
	table_fixture_init(&server->table);
	server->table.all_exist = true;
	table_fixture_add(&server->table, str_of(exports));
	table_fixture_build(&server->table);
	rmtab_parse(server->table.arena, str_of(mounts), &server->rmtab);
	kernel_clients_parse(server->table.arena, str_of(kernel),
			     &server->kernel);
	server->live.rmtab = &server->rmtab;
	server->live.kernel_clients = &server->kernel;
	live_clients_merge(server->table.arena, &server->live,
			   &server->clients);
	live_reach_build(server->table.arena, &server->table.table, NULL, NULL,
			 &server->clients, &server->reach);
}

static void expect(struct server *server, const char *wanted)
{
	struct strbuf text = { 0 };

	describe(&server->reach, &server->clients, &text);
	assert_string_equal(text.data, wanted);
	strbuf_free(&text);
	table_fixture_free(&server->table);
}

static void test_addresses(void **state)
{
	struct server server;

	(void)state;
	begin(&server,
	      "/a 10.1.0.0/16(ro) 10.1.2.3(rw,no_root_squash)\n"
	      "/b *(ro)\n/b/c 10.9.0.0/16(rw)\n",
	      "10.1.2.3:/a:0x1\n10.1.2.4:/a/sub:0x1\n10.9.9.9:/a:0x1\n"
	      "10.1.2.5:/a:0x1\nhost:/a:0x1\n",
	      "");
	assert_int_equal(server.reach.list.count, 3);
	expect(&server, "host unknown\n"
			"10.1.2.3 /a 3,4 rw root, /b 3,4 ro; /a\n"
			"10.1.2.4 /a 3,4 ro, /b 3,4 ro; /a/sub\n"
			"10.1.2.5 /a 3,4 ro, /b 3,4 ro; /a\n"
			"10.9.9.9 /b 3,4 ro, /b/c 3 rw; /a lost\n");
}

static void test_names(void **state)
{
	struct server server;

	(void)state;
	begin(&server, "/a alpha(rw) *.example.com(ro)\n/b @group(rw) *(ro)\n",
	      "10.1.2.3:/a:0x1\n10.1.2.4:/a:0x1\n10.1.2.5:/a:0x1\n"
	      "10.1.2.6:/b:0x1\n",
	      "nfsd 10.1.2.3 *,*.example.com,@group,alpha\n"
	      "nfsd 10.1.2.4 *,*.EXAMPLE.com\nnfsd 10.1.2.5 *\n");
	expect(&server,
	       "10.1.2.3 /a 3,4 rw, /b 3,4 rw; /a\n"
	       "10.1.2.4 /a 3,4 ro, /b 3,4 ro; /a\n"
	       "10.1.2.5 /b 3,4 ro; /a lost\n"
	       "10.1.2.6 /a 3,4 depends, /b 3,4 depends; /b perhaps\n");
}

/* Rights of different flavors are not added up. */
static void test_flavors(void **state)
{
	struct server server;

	(void)state;
	begin(&server,
	      "/a *(rw,sec=krb5p)\n/b *(sec=sys,ro,sec=krb5,rw)\n"
	      "/c *(sec=krb5:sys,rw)\n"
	      "/d *(sec=sys,rw,sec=krb5,ro,no_root_squash)\n"
	      "/e *(sec=krb5,ro,no_root_squash,sec=sys,rw,root_squash)\n"
	      "/f *(sec=krb5i,ro,sec=sys,ro)\n",
	      "10.1.2.3:/a:0x1\n", "");
	expect(&server,
	       "10.1.2.3 /a 3,4 rw kerberos, /b 3,4 rw kerberos, /c 3,4 rw, "
	       "/d 3,4 rw, /e 3,4 rw, /f 3,4 ro; /a\n");
}

/* With a comma in a name the kernel's list can't be taken apart. */
static void test_comma(void **state)
{
	struct server server;

	(void)state;
	begin(&server, "/a host[a,b]*(ro)\n", "10.1.2.3:/a:0x1\n",
	      "nfsd 10.1.2.3 host[a,b]*\n");
	expect(&server, "10.1.2.3 /a 3,4 depends; /a perhaps\n");
}

/* Entries that lead to nothing. */
static void test_nothing_there(void **state)
{
	struct local_paths paths = { .mounts_known = true };
	struct server server;

	(void)state;
	begin(&server, "/a *(rw)\n/b *(rw,mountpoint)\n", "10.1.2.3:/b:0x1\n",
	      "");
	mountinfo_parse(server.table.arena,
			STR("21 1 8:1 / / rw - ext4 /dev/sda1 rw\n"),
			&paths.mounts);
	local_paths_index(server.table.arena, &paths);
	live_reach_build(server.table.arena, &server.table.table, &paths, NULL,
			 &server.clients, &server.reach);
	expect(&server, "10.1.2.3 /a 3,4 rw; /b\n");
}

/* What is too much to be listed is not listed in part. */
static void test_too_many(void **state)
{
	struct strbuf exports = { 0 };
	struct server server;

	(void)state;
	for (int i = 0; i < 80000; i++)
		strbuf_printf(&exports, "/e%d 10.0.0.0/8(ro)\n", i);
	strbuf_add_text(&exports, "/x 10.1.2.3(ro)\n");
	begin(&server, exports.data,
	      "10.1.2.4:/e1:0x1\n10.1.2.3:/e1:0x1\n10.1.2.5:/e1:0x1\n", "");
	assert_int_equal(server.reach.list.count, 2);
	assert_int_equal(server.reach.clients[1].reach,
			 server.reach.clients[2].reach);
	assert_true(server.reach.list.items[0].complete);
	assert_false(server.reach.list.items[1].complete);
	assert_int_equal(server.reach.list.items[1].list.count, 0);
	strbuf_free(&exports);
	table_fixture_free(&server.table);
}

/* The versions that are served, and what fsid=0 does to NFSv4. */
static void test_versions(void **state)
{
	static const struct nfsd_versions only_4 = { .served = 1 << 4 };
	struct server server;

	(void)state;
	begin(&server, "/root *(ro,fsid=0)\n/root/a 10.1.2.3(rw)\n/out *(rw)\n",
	      "10.1.2.3:/out:0x1\n10.1.2.4:/out:0x1\n", "");
	live_reach_build(server.table.arena, &server.table.table, NULL, &only_4,
			 &server.clients, &server.reach);
	expect(&server, "10.1.2.3 /root 4 ro, /root/a 4 depends; /out\n"
			"10.1.2.4 /root 4 ro; /out\n");
	begin(&server, "/root *(ro,fsid=0)\n/root/a 10.1.2.3(rw)\n/out *(rw)\n",
	      "10.1.2.3:/out:0x1\n10.1.2.4:/out:0x1\n", "");
	expect(&server, "10.1.2.3 /out 3 rw, /root 3,4 ro, /root/a 3 rw; /out\n"
			"10.1.2.4 /out 3 rw, /root 3,4 ro; /out\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_addresses),
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_flavors),
		cmocka_unit_test(test_comma),
		cmocka_unit_test(test_versions),
		cmocka_unit_test(test_nothing_there),
		cmocka_unit_test(test_too_many),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
