#include "server_report.h"

#include <stdlib.h>

#include "nfs4_listing.h"
#include "nfsd_client_parser.h"
#include "unit_test.h"

static struct server_answer *answer_new(const char *via)
{
	struct ip_address address;
	struct server_answer *answer;

	assert_true(ip_address_parse(STR("10.0.0.1"), &address));
	answer = server_answer_new(address);
	answer->complete = answer->gives_list = true;
	answer->via = via;
	answer->milliseconds = 17;
	return answer;
}

/* Adds words to the bytes of an answer, which have room for them. */
static struct answer_text add(struct server_answer *answer, struct str word)
{
	enum { ROOM = 4096 };
	char *bytes = (char *)answer->bytes.data;
	struct answer_text text = { (uint32_t)answer->bytes.length,
				    (uint32_t)word.length };

	if (!bytes)
		bytes = arena_alloc(answer->arena, ROOM);
	assert_true(answer->bytes.length + word.length <= ROOM);
	memcpy(bytes + answer->bytes.length, word.data, word.length);
	answer->bytes.data = bytes;
	answer->bytes.length += word.length;
	return text;
}

/* group NULL: everyone. */
static void add_export(struct server_answer *answer, const char *path,
		       const char *group)
{
	struct listed_export *export =
		ARRAY_ADD(answer->arena, &answer->exports);

	export->path = add(answer, str_of(path));
	export->first_group = (uint32_t)answer->groups.count;
	export->group_count = group != NULL;
	if (group)
		*ARRAY_ADD(answer->arena, &answer->groups) =
			add(answer, str_of(group));
}

static void add_mount(struct server_answer *answer, const char *client,
		      const char *path)
{
	*ARRAY_ADD(answer->arena, &answer->mounts) = (struct listed_mount){
		.client = add(answer, str_of(client)),
		.path = add(answer, str_of(path)),
	};
}

/* What a format prints of one result. */
static char *print(const char *name, const struct server_report *report,
		   const struct server_result *result)
{
	const struct server_format *format = NULL;
	size_t length = 0;
	char *text = NULL;
	FILE *out = open_memstream(&text, &length);

	for (size_t i = 0; server_format_names[i]; i++)
		if (strcmp(server_format_names[i], name) == 0)
			format = server_formats[i];
	assert_non_null(format);
	if (format->begin)
		format->begin(out, report);
	format->write(out, report, result, 0);
	if (format->end)
		format->end(out, report);
	fclose(out);
	return text;
}

static void expect(const char *format, const struct server_report *report,
		   struct server_answer *answer,
		   const struct nfsd_clients *clients, const char *expected)
{
	struct server_result result = {
		.name = "nas1",
		.answer = answer,
		.clients = clients,
	};
	char *text = print(format, report, &result);

	assert_string_equal(text, expected);
	free(text);
}

static void test_orders(void **state)
{
	struct server_answer *answer = answer_new("mount3/tcp");
	struct server_report report = { .ask = ASK_EXPORTS, .alone = true };

	(void)state;
	add_export(answer, "/b", "10.0.0.1");
	add_export(answer, "/a/b", NULL);
	add_export(answer, "/b", "@group");
	add_export(answer, "/a", "*");
	expect("table", &report, answer, NULL,
	       "PATH  CLIENTS\n"
	       "/b    10.0.0.1\n"
	       "/a/b  (everyone)\n"
	       "/b    @group (netgroup)\n"
	       "/a    * (everyone)\n"
	       "  from mount3/tcp\n");
	report.sorted = true;
	expect("table", &report, answer, NULL,
	       "PATH  CLIENTS\n"
	       "/a    * (everyone)\n"
	       "/a/b  (everyone)\n"
	       "/b    10.0.0.1\n"
	       "/b    @group (netgroup)\n"
	       "  from mount3/tcp\n");
	expect("showmount", &report, answer, NULL,
	       "/b   10.0.0.1\n"
	       "/a/b (everyone)\n"
	       "/b   @group\n"
	       "/a   *\n");
	arena_free(answer->arena);
}

static void test_several_servers(void **state)
{
	struct server_answer *answer = answer_new("mount1/udp");
	struct server_report report = { .ask = ASK_EXPORTS, .timing = true };

	(void)state;
	add_export(answer, "/a", NULL);
	answer->complete = false;
	answer->status = ANSWER_TIMEOUT;
	answer->error = "mountd is slow";
	expect("table", &report, answer, NULL,
	       "nas1 (10.0.0.1):\n"
	       "PATH  CLIENTS\n"
	       "/a    (everyone)\n"
	       "  from mount1/udp, in 17 ms, not complete\n");
	expect("showmount", &report, answer, NULL,
	       "Export list for nas1:\n"
	       "/a (everyone)\n");
	report.partial = true;
	expect("json", &report, answer, NULL,
	       "{\"schema\":\"exportctl-exports/1\",\"partial\":true,"
	       "\"servers\":[\n"
	       "{\"host\":\"nas1\",\"address\":\"10.0.0.1\",\"status\":"
	       "\"timeout\",\"complete\":false,\"error\":\"mountd is slow\","
	       "\"via\":\"mount1/udp\",\"milliseconds\":17,\"exports\":[\n"
	       "{\"path\":\"/a\",\"clients\":[]}]}]}\n");
	arena_free(answer->arena);
}

static void test_no_list(void **state)
{
	struct server_answer *answer = answer_new(NULL);
	struct server_report report = { .ask = ASK_MOUNTS };

	(void)state;
	answer->complete = answer->gives_list = false;
	answer->status = ANSWER_REFUSED;
	answer->address = (struct ip_address){ 0 };
	expect("table", &report, answer, NULL, "");
	expect("showmount", &report, answer, NULL, "");
	expect("jsonl", &report, answer, NULL,
	       "{\"schema\":\"exportctl-mounts/1\",\"host\":\"nas1\","
	       "\"address\":null,\"status\":\"refused\",\"complete\":false,"
	       "\"error\":null,\"via\":null,\"mounts\":[]}\n");
	arena_free(answer->arena);
}

static void test_nfs4(void **state)
{
	static const char *const names[] = { "krb5", "sys" };
	struct server_answer *answer = answer_new("nfs4.1");
	struct nfs4_listing listing = { .minor = 1 };
	struct server_report report = {
		.ask = ASK_EXPORTS,
		.alone = true,
		.sorted = true,
	};

	(void)state;
	*ARRAY_ADD(answer->arena, &listing.exports) = (struct nfs4_export){
		.path = STR("/b"),
		.state = NFS4_STATE_DENIED,
	};
	*ARRAY_ADD(answer->arena, &listing.exports) = (struct nfs4_export){
		.path = STR("/a\n"),
		.flavors = { names, 2 },
	};
	answer->nfs4 = &listing;
	expect("table", &report, answer, NULL,
	       "PATH    SECURITY  STATE\n"
	       "/a\\012  krb5:sys\n"
	       "/b                denied\n"
	       "  from nfs4.1: what this host may see; who else may mount it "
	       "is not told\n");
	expect("jsonl", &report, answer, NULL,
	       "{\"schema\":\"exportctl-exports/1\",\"host\":\"nas1\","
	       "\"address\":\"10.0.0.1\",\"status\":\"ok\",\"complete\":true,"
	       "\"error\":null,\"via\":\"nfs4.1\",\"exports\":["
	       "{\"path\":\"/a\\n\",\"clients\":null,\"sec\":[\"krb5\","
	       "\"sys\"],\"state\":\"ok\"},"
	       "{\"path\":\"/b\",\"clients\":null,\"state\":\"denied\"}]}\n");
	arena_free(answer->arena);
}

static void test_mounts(void **state)
{
	struct server_answer *answer = answer_new("mount3/tcp");
	struct nfsd_clients clients = { 0 };
	struct server_report report = {
		.ask = ASK_MOUNTS,
		.alone = true,
		.sorted = true,
	};

	(void)state;
	add_mount(answer, "host2", "/a");
	add_mount(answer, "host1", "/b");
	add_mount(answer, "host1", "/a");
	expect("table", &report, answer, NULL,
	       "PATH  CLIENT\n"
	       "/a    host1\n"
	       "/a    host2\n"
	       "/b    host1\n"
	       "  from mount3/tcp, as noted by the server: clients that "
	       "crashed stay in it, NFSv4 clients do not appear here\n");
	expect("table", &report, answer, &clients,
	       "PATH  CLIENT\n"
	       "/a    host1\n"
	       "/a    host2\n"
	       "/b    host1\n"
	       "  from mount3/tcp, as noted by the server: clients that "
	       "crashed stay in it\n"
	       "there are no NFSv4 clients\n"
	       "  from /proc/fs/nfsd/clients\n");
	arena_free(answer->arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_orders),
		cmocka_unit_test(test_several_servers),
		cmocka_unit_test(test_no_list),
		cmocka_unit_test(test_nfs4),
		cmocka_unit_test(test_mounts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
