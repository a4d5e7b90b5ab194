#include "rpcbind_protocol.h"

#include "rpc_bytes.h"
#include "rpc_limits.h"
#include "unit_test.h"

enum { NFS = 100003, MOUNT = 100005 };

static void expect_call(struct rpcbind_question question, uint32_t procedure,
			struct str arguments)
{
	struct strbuf buffer = { 0 };
	struct rpc_call call = rpcbind_call(&question, &buffer);

	assert_int_equal(call.program, 100000);
	assert_int_equal(call.version, question.rpcbind_version);
	assert_int_equal(call.procedure, procedure);
	assert_int_equal(call.credential, RPC_CREDENTIAL_NONE);
	assert_true(str_equal(call.arguments, arguments));
	strbuf_free(&buffer);
}

static void what_is_asked(void **state)
{
	(void)state;
	expect_call((struct rpcbind_question){ 2, MOUNT, 3, EVENT_TCP, IP_V4 },
		    3, STR("\0\1\x86\xa5\0\0\0\3\0\0\0\6\0\0\0\0"));
	expect_call((struct rpcbind_question){ 2, MOUNT, 1, EVENT_UDP, IP_V4 },
		    3, STR("\0\1\x86\xa5\0\0\0\1\0\0\0\x11\0\0\0\0"));
	expect_call((struct rpcbind_question){ 4, MOUNT, 3, EVENT_TCP, IP_V4 },
		    3,
		    STR("\0\1\x86\xa5\0\0\0\3\0\0\0\3tcp\0"
			"\0\0\0\0\0\0\0\0"));
	expect_call((struct rpcbind_question){ 3, MOUNT, 3, EVENT_UDP, IP_V4 },
		    3,
		    STR("\0\1\x86\xa5\0\0\0\3\0\0\0\3udp\0"
			"\0\0\0\0\0\0\0\0"));
	expect_call((struct rpcbind_question){ 4, MOUNT, 3, EVENT_TCP, IP_V6 },
		    3,
		    STR("\0\1\x86\xa5\0\0\0\3\0\0\0\4tcp6"
			"\0\0\0\0\0\0\0\0"));
	expect_call((struct rpcbind_question){ 4, MOUNT, 3, EVENT_UDP, IP_V6 },
		    3,
		    STR("\0\1\x86\xa5\0\0\0\3\0\0\0\4udp6"
			"\0\0\0\0\0\0\0\0"));
}

static enum sink_need take(uint32_t version, struct str results, bool complete,
			   struct rpcbind_answer *answer)
{
	struct rpcbind_sink sink = { .rpcbind_version = version };
	struct strbuf message = { 0 };
	enum sink_need need;

	strbuf_add(&message, STR("head"));
	strbuf_add(&message, results);
	need = rpcbind_take(&sink, strbuf_str(&message), 4, complete);
	*answer = sink.answer;
	strbuf_free(&message);
	return need;
}

static void portmap_names_a_port(void **state)
{
	static const struct {
		struct str results;
		uint16_t port;
		bool is_bad;
	} cases[] = {
		{ STR("\0\0\x4e\x50"), 20048, false },
		{ STR("\0\0\0\0"), 0, false },
		{ STR("\0\0\xff\xff"), 65535, false },
		{ STR("\0\1\0\0"), 0, true },
		{ STR("\0\1\0\x6f"), 0, true },
		{ STR("\xff\xff\xff\xff"), 0, true },
		{ STR("\0\0\0\x6fmore"), 111, false },
	};
	struct rpcbind_answer answer;

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		assert_int_equal(take(2, cases[i].results, true, &answer),
				 SINK_DONE);
		assert_int_equal(answer.port, cases[i].port);
		assert_int_equal(answer.is_bad, cases[i].is_bad);
		assert_int_equal(answer.address.family, IP_NONE);
	}
	assert_int_equal(take(2, STR("\0\0\0"), false, &answer), SINK_MORE);
	assert_int_equal(take(2, STR("\0\0\0"), true, &answer), SINK_BAD);
}

/* Universal addresses and what becomes of them. text: the address, "-" for
 * none. */
static const struct uaddr_case {
	struct str uaddr;
	const char *text;
	uint16_t port;
	bool is_bad;
} uaddrs[] = {
	{ STR(""), "-", 0, false }, /* not registered */
	{ STR("0.0.0.0.78.80"), "-", 20048, false },
	{ STR("::.78.80"), "-", 20048, false },
	{ STR("10.0.0.9.0.111"), "10.0.0.9", 111, false },
	{ STR("10.0.0.9.255.255"), "10.0.0.9", 65535, false },
	{ STR("2001:db8::9.78.80"), "2001:db8::9", 20048, false },
	{ STR("::ffff:10.0.0.9.8.1"), "::ffff:10.0.0.9", 2049, false },
	{ STR("10.0.0.9.008.01"), "10.0.0.9", 2049, false },
	{ STR("10.0.0.9.0.0"), "-", 0, true },
	{ STR("10.0.0.9.256.1"), "-", 0, true },
	{ STR("10.0.0.9.1.256"), "-", 0, true },
	{ STR("10.0.0.9.1.99999999999999999999999"), "-", 0, true },
	{ STR("10.0.0.9.18446744073709551617.1"), "-", 0, true },
	{ STR("10.0.0.9.1"), "-", 0, true },
	{ STR("10.0.0.9"), "-", 0, true },
	{ STR("10.0.0.9.1."), "-", 0, true },
	{ STR("10.0.0.9..1"), "-", 0, true },
	{ STR("10.0.0.9.-1.1"), "-", 0, true },
	{ STR("10.0.0.9.+1.1"), "-", 0, true },
	{ STR("10.0.0.9. 1.1"), "-", 0, true },
	{ STR("10.0.0.9.0x1.1"), "-", 0, true },
	{ STR("10.0.0.9.8.1 "), "-", 0, true },
	{ STR("10.0.0.9.8.1\n"), "-", 0, true },
	{ STR("10.0.0.9.8.1\0"), "-", 0, true },
	{ STR("10.0.0\0.9.8.1"), "-", 0, true },
	{ STR(" 10.0.0.9.8.1"), "-", 0, true },
	{ STR("10.0.9.8.1"), "-", 0, true },
	{ STR("010.0.0.9.8.1"), "-", 0, true },
	{ STR("fe80::1%eth0.8.1"), "-", 0, true },
	{ STR("[::1].8.1"), "-", 0, true },
	{ STR("server.example.org.8.1"), "-", 0, true },
	{ STR("/run/rpcbind.sock"), "-", 0, true },
	{ STR("/run/rpcbind.8.1"), "-", 0, true },
	{ STR("."), "-", 0, true },
	{ STR(".."), "-", 0, true },
	{ STR(".8.1"), "-", 0, true },
	{ STR("8.1"), "-", 0, true },
	{ STR("1"), "-", 0, true },
	{ STR("\0"), "-", 0, true },
	{ STR("\xff\xfe.8.1"), "-", 0, true },
};

static void rpcbind_names_an_address(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(uaddrs); i++) {
		struct strbuf results = { 0 };
		struct rpcbind_answer answer;
		char text[IP_ADDRESS_TEXT] = "-";

		xdr_write_bytes(&results, uaddrs[i].uaddr);
		for (uint32_t version = 3; version <= 4; version++) {
			assert_int_equal(take(version, strbuf_str(&results),
					      true, &answer),
					 SINK_DONE);
			if (answer.address.family != IP_NONE)
				ip_address_text(answer.address, text);
			assert_string_equal(text, uaddrs[i].text);
			assert_int_equal(answer.port, uaddrs[i].port);
			assert_int_equal(answer.is_bad, uaddrs[i].is_bad);
		}
		strbuf_free(&results);
	}
}

static void a_cut_address_could_go_on(void **state)
{
	struct strbuf results = { 0 };
	struct rpcbind_answer answer;

	(void)state;
	xdr_write_bytes(&results, STR("10.0.0.9.8.1"));
	for (size_t size = 0; size < results.length; size++) {
		struct str cut = { results.data, size };

		assert_int_equal(take(4, cut, false, &answer), SINK_MORE);
		assert_int_equal(take(4, cut, true, &answer), SINK_BAD);
		assert_int_equal(answer.port, 0);
	}
	strbuf_free(&results);
}

static void addresses_have_a_limit(void **state)
{
	char text[LIMIT_UADDR_BYTES + 1];
	struct rpcbind_answer answer;

	(void)state;
	memset(text, '1', sizeof(text));
	for (size_t over = 0; over <= 1; over++) {
		struct strbuf results = { 0 };

		xdr_write_bytes(&results,
				(struct str){ text, sizeof(text) - 1 + over });
		assert_int_equal(take(4, strbuf_str(&results), true, &answer),
				 over ? SINK_BAD : SINK_DONE);
		assert_int_equal(answer.port, 0);
		strbuf_free(&results);
	}
}

static void add_portmap(struct strbuf *out, uint32_t program, uint32_t version,
			uint32_t protocol, uint32_t port)
{
	xdr_write_u32(out, 1);
	xdr_write_u32(out, program);
	xdr_write_u32(out, version);
	xdr_write_u32(out, protocol);
	xdr_write_u32(out, port);
}

static void add_rpcbind(struct strbuf *out, uint32_t program, uint32_t version,
			const char *netid, const char *uaddr)
{
	xdr_write_u32(out, 1);
	xdr_write_u32(out, program);
	xdr_write_u32(out, version);
	xdr_write_bytes(out, str_of(netid));
	xdr_write_bytes(out, str_of(uaddr));
	xdr_write_bytes(out, STR("superuser"));
}

static struct rpcbind_dump_sink dump_sink(uint32_t version,
					  enum ip_family family)
{
	return (struct rpcbind_dump_sink){
		.rpcbind_version = version,
		.family = family,
		.programs = { NFS, MOUNT },
	};
}

static void expect_mappings(const struct rpcbind_dump_sink *sink,
			    const char *expected)
{
	struct strbuf text = { 0 };

	for (size_t i = 0; i < sink->count; i++)
		strbuf_printf(&text, "%s%u v%u %s %u", i ? ", " : "",
			      sink->mappings[i].program,
			      sink->mappings[i].version,
			      sink->mappings[i].transport == EVENT_TCP ? "tcp"
								       : "udp",
			      sink->mappings[i].port);
	assert_string_equal(text.data, expected);
	strbuf_free(&text);
}

/* Shows the sink one byte more each time. */
static enum sink_need drip(struct rpcbind_dump_sink *sink,
			   const struct strbuf *results)
{
	enum sink_need need = SINK_MORE;

	for (size_t size = 0; size <= results->length; size++) {
		char *block = malloc(size + 4);

		assert_non_null(block);
		assert_int_equal(need, SINK_MORE);
		memcpy(block + 4, results->data, size);
		need = rpcbind_take_dump(sink, (struct str){ block, size + 4 },
					 4, size == results->length);
		free(block);
	}
	return need;
}

static void portmap_lists_what_is_registered(void **state)
{
	struct rpcbind_dump_sink sink = dump_sink(2, IP_V4);
	struct strbuf results = { 0 };

	(void)state;
	add_portmap(&results, 100000, 2, 6, 111);
	add_portmap(&results, NFS, 3, 6, 2049);
	add_portmap(&results, NFS, 3, 132, 2049); /* SCTP */
	add_portmap(&results, NFS, 4, 6, 0);
	add_portmap(&results, NFS, 4, 6, 65537);
	add_portmap(&results, 0, 4, 6, 5);
	add_portmap(&results, MOUNT, 1, 17, 20048);
	add_list_end(&results);
	assert_int_equal(drip(&sink, &results), SINK_DONE);
	expect_mappings(&sink, "100003 v3 tcp 2049, 100005 v1 udp 20048");
	assert_int_equal(sink.nodes, 7);
	strbuf_free(&results);
}

static void add_both_families(struct strbuf *results)
{
	add_rpcbind(results, 100000, 4, "local", "/run/rpcbind.sock");
	add_rpcbind(results, NFS, 4, "tcp", "0.0.0.0.8.1");
	add_rpcbind(results, NFS, 4, "tcp6", "::.8.2");
	add_rpcbind(results, NFS, 4, "rdma", "0.0.0.0.78.81");
	add_rpcbind(results, NFS, 3, "tcp", "nonsense");
	add_rpcbind(results, MOUNT, 3, "udp", "0.0.0.0.78.80");
	add_rpcbind(results, MOUNT, 3, "udp6", "::.78.81");
	add_list_end(results);
}

static void rpcbind_lists_one_family(void **state)
{
	struct rpcbind_dump_sink four = dump_sink(4, IP_V4),
				 six = dump_sink(3, IP_V6);
	struct strbuf results = { 0 };

	(void)state;
	add_both_families(&results);
	assert_int_equal(drip(&four, &results), SINK_DONE);
	expect_mappings(&four, "100003 v4 tcp 2049, 100005 v3 udp 20048");
	assert_int_equal(drip(&six, &results), SINK_DONE);
	expect_mappings(&six, "100003 v4 tcp 2050, 100005 v3 udp 20049");
	strbuf_free(&results);
}

static void registrations_have_a_limit(void **state)
{
	(void)state;
	for (uint32_t version = 2; version <= 4; version++)
		for (unsigned over = 0; over <= 1; over++) {
			struct rpcbind_dump_sink sink =
				dump_sink(version, IP_V4);
			struct strbuf results = { 0 };

			for (unsigned i = 0; i < LIMIT_RPCBIND_MAPPINGS + over;
			     i++)
				if (version == 2)
					add_portmap(&results, NFS, i, 6, 2049);
				else
					add_rpcbind(&results, NFS, i, "tcp",
						    "0.0.0.0.8.1");
			add_list_end(&results);
			assert_int_equal(rpcbind_take_dump(&sink,
							   strbuf_str(&results),
							   0, true),
					 over ? SINK_TOO_LARGE : SINK_DONE);
			assert_int_equal(sink.count, RPCBIND_MAPPINGS_MAX);
			strbuf_free(&results);
		}
}

static void texts_of_registrations_have_a_limit(void **state)
{
	char text[LIMIT_UADDR_BYTES + 2] = { 0 };

	(void)state;
	memset(text, 'x', LIMIT_UADDR_BYTES + 1);
	for (unsigned over = 0; over <= 1; over++) {
		struct rpcbind_dump_sink sink = dump_sink(4, IP_V4);
		struct strbuf results = { 0 };

		text[LIMIT_UADDR_BYTES] = over ? 'x' : '\0';
		add_rpcbind(&results, MOUNT, 1, "tcp", "0.0.0.0.8.1");
		add_rpcbind(&results, NFS, 3, text, text);
		add_list_end(&results);
		assert_int_equal(
			rpcbind_take_dump(&sink, strbuf_str(&results), 0, true),
			over ? SINK_BAD : SINK_DONE);
		expect_mappings(&sink, "100005 v1 tcp 2049");
		strbuf_free(&results);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_asked),
		cmocka_unit_test(portmap_names_a_port),
		cmocka_unit_test(rpcbind_names_an_address),
		cmocka_unit_test(a_cut_address_could_go_on),
		cmocka_unit_test(addresses_have_a_limit),
		cmocka_unit_test(portmap_lists_what_is_registered),
		cmocka_unit_test(rpcbind_lists_one_family),
		cmocka_unit_test(registrations_have_a_limit),
		cmocka_unit_test(texts_of_registrations_have_a_limit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
