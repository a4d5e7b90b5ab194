/* What we ask rpcbind and read of its answers compared with rpcgen's stubs: the
 * same, but that we take no text above LIMIT_UADDR_BYTES. */
#include "rpc_limits.h"
#include "rpcbind_protocol.h"
#include "stub_values.h"
#include "unit_test.h"

#include "rpcbind.h"

enum { ROUNDS = 3000, NFS_PROGRAM = 100003, MOUNT_PROGRAM = 100005 };

#define STUB(name) ((xdrproc_t)(void (*)(void))xdr_##name)

static struct prng prng;

static void the_arguments_are_read_by_stubs(void **state)
{
	static const char *const netids[] = { "tcp", "udp", "tcp6", "udp6" };

	(void)state;
	for (unsigned i = 0; i < 3 * 4; i++) {
		struct rpcbind_question question = {
			.rpcbind_version = 2 + i / 4,
			.program = MOUNT_PROGRAM,
			.version = 1 + i % 3,
			.transport = i & 1 ? EVENT_UDP : EVENT_TCP,
			.family = i & 2 ? IP_V6 : IP_V4,
		};
		struct strbuf buffer = { 0 };
		struct rpc_call call = rpcbind_call(&question, &buffer);
		struct portmap_entry old = { 0 };
		struct rpcbind_entry new = { 0 };

		assert_int_equal(call.procedure, PORTMAP_GETPORT);
		if (call.version == PORTMAP_V2) {
			assert_true(stub_decode(call.arguments,
						STUB(portmap_entry), &old));
			assert_int_equal(old.prog, question.program);
			assert_int_equal(old.vers, question.version);
			assert_int_equal(old.prot, i & 1 ? 17 : 6);
			assert_int_equal(old.port, 0);
		} else {
			assert_true(stub_decode(call.arguments,
						STUB(rpcbind_entry), &new));
			assert_int_equal(new.r_prog, question.program);
			assert_int_equal(new.r_vers, question.version);
			assert_string_equal(new.r_netid, netids[i % 4]);
			assert_string_equal(new.r_addr, "");
			assert_string_equal(new.r_owner, "");
			xdr_free(STUB(rpcbind_entry), &new);
		}
		strbuf_free(&buffer);
	}
}

static uint32_t random_program(void)
{
	static const uint32_t programs[] = { 0, 100000, NFS_PROGRAM,
					     MOUNT_PROGRAM };

	return PRNG_PICK(&prng, programs);
}

static portmap_list random_portmap(void)
{
	static const uint32_t protocols[] = { 6, 17, 132 };
	portmap_list first = NULL;

	while (prng_chance(&prng, 80)) {
		portmap_list node = calloc(1, sizeof(*node));

		assert_non_null(node);
		node->map = (struct portmap_entry){
			.prog = random_program(),
			.vers = (uint32_t)prng_below(&prng, 5),
			.prot = PRNG_PICK(&prng, protocols),
			.port = (uint32_t)prng_below(&prng, 70000),
		};
		node->next = first;
		first = node;
	}
	return first;
}

static char *random_uaddr(void)
{
	static const char *const uaddrs[] = { "0.0.0.0.8.1", "::.8.1",
					      "10.0.0.9.78.80", "none",
					      "/run/rpcbind.sock" };

	if (prng_chance(&prng, 30))
		return stub_string(&prng, LIMIT_UADDR_BYTES);
	return strdup(PRNG_PICK(&prng, uaddrs));
}

static char *random_netid(void)
{
	static const char *const netids[] = { "tcp", "udp", "tcp6", "udp6",
					      "local" };

	return strdup(PRNG_PICK(&prng, netids));
}

static rpcbind_list random_rpcbind(void)
{
	rpcbind_list first = NULL;

	while (prng_chance(&prng, 80)) {
		rpcbind_list node = calloc(1, sizeof(*node));

		assert_non_null(node);
		node->map = (struct rpcbind_entry){
			.r_prog = random_program(),
			.r_vers = (uint32_t)prng_below(&prng, 5),
			.r_netid = random_netid(),
			.r_addr = random_uaddr(),
			.r_owner = stub_string(&prng, LIMIT_UADDR_BYTES),
		};
		node->next = first;
		first = node;
	}
	return first;
}

/* What we keep is, in their order, the entries for NFS and MOUNT that have a
 * port. */
static void expect_entry(const struct rpcbind_dump_sink *ours, size_t *next,
			 struct rpcbind_mapping theirs)
{
	const struct rpcbind_mapping *mapping = &ours->mappings[*next];

	if ((theirs.program != NFS_PROGRAM &&
	     theirs.program != MOUNT_PROGRAM) ||
	    !theirs.port || *next == RPCBIND_MAPPINGS_MAX)
		return;
	assert_in_range(*next, 0, ours->count - 1);
	assert_int_equal(mapping->program, theirs.program);
	assert_int_equal(mapping->version, theirs.version);
	assert_int_equal(mapping->transport, theirs.transport);
	assert_int_equal(mapping->port, theirs.port);
	++*next;
}

static void expect_portmap(const struct rpcbind_dump_sink *ours,
			   portmap_list node)
{
	size_t next = 0, nodes = 0;

	for (; node; node = node->next, nodes++)
		if ((node->map.prot == 6 || node->map.prot == 17) &&
		    node->map.port <= UINT16_MAX)
			expect_entry(ours, &next,
				     (struct rpcbind_mapping){
					     node->map.prog, node->map.vers,
					     node->map.prot == 6 ? EVENT_TCP
								 : EVENT_UDP,
					     (uint16_t)node->map.port });
	assert_int_equal(ours->count, next);
	assert_int_equal(ours->nodes, nodes);
}

static void expect_rpcbind(const struct rpcbind_dump_sink *ours,
			   rpcbind_list node)
{
	size_t next = 0, nodes = 0;

	for (; node; node = node->next, nodes++) {
		bool is_tcp = !strcmp(node->map.r_netid, "tcp");
		struct ip_address address;
		uint16_t port;

		if ((is_tcp || !strcmp(node->map.r_netid, "udp")) &&
		    rpcbind_parse_uaddr(str_of(node->map.r_addr), &address,
					&port))
			expect_entry(ours, &next,
				     (struct rpcbind_mapping){
					     node->map.r_prog, node->map.r_vers,
					     is_tcp ? EVENT_TCP : EVENT_UDP,
					     port });
	}
	assert_int_equal(ours->count, next);
	assert_int_equal(ours->nodes, nodes);
}

static bool is_longer_than_ours(rpcbind_list node)
{
	for (; node; node = node->next)
		if (strlen(node->map.r_netid) > LIMIT_UADDR_BYTES ||
		    strlen(node->map.r_addr) > LIMIT_UADDR_BYTES ||
		    strlen(node->map.r_owner) > LIMIT_UADDR_BYTES)
			return true;
	return false;
}

static struct rpcbind_dump_sink new_sink(uint32_t version)
{
	return (struct rpcbind_dump_sink){
		.rpcbind_version = version,
		.family = IP_V4,
		.programs = { NFS_PROGRAM, MOUNT_PROGRAM },
	};
}

static bool compare_portmap(const struct strbuf *message)
{
	struct rpcbind_dump_sink ours = new_sink(2);
	portmap_list theirs = NULL;
	bool is_list =
		stub_decode(strbuf_str(message), STUB(portmap_list), &theirs);

	assert_int_equal(rpcbind_take_dump(&ours, strbuf_str(message), 0, true),
			 is_list ? SINK_DONE : SINK_BAD);
	if (is_list)
		expect_portmap(&ours, theirs);
	xdr_free(STUB(portmap_list), &theirs);
	return is_list;
}

static bool compare_rpcbind(const struct strbuf *message)
{
	struct rpcbind_dump_sink ours = new_sink(4);
	rpcbind_list theirs = NULL;
	bool is_list =
		stub_decode(strbuf_str(message), STUB(rpcbind_list), &theirs);
	enum sink_need need =
		rpcbind_take_dump(&ours, strbuf_str(message), 0, true);

	if (!is_list)
		assert_int_equal(need, SINK_BAD);
	else if (need == SINK_DONE)
		expect_rpcbind(&ours, theirs);
	else
		assert_true(is_longer_than_ours(theirs));
	xdr_free(STUB(rpcbind_list), &theirs);
	return is_list;
}

static void lists_of_portmap(void **state)
{
	unsigned values = 0;

	(void)state;
	prng.state = 1;
	for (unsigned i = 0; i < ROUNDS; i++) {
		portmap_list value = random_portmap();

		values += stub_try(&prng, 0, STUB(portmap_list), &value,
				   compare_portmap);
	}
	assert_in_range(values, ROUNDS / 10, ROUNDS * 19 / 20);
}

static void lists_of_rpcbind(void **state)
{
	unsigned values = 0;

	(void)state;
	prng.state = 2;
	for (unsigned i = 0; i < ROUNDS; i++) {
		rpcbind_list value = random_rpcbind();

		values += stub_try(&prng, 0, STUB(rpcbind_list), &value,
				   compare_rpcbind);
	}
	assert_in_range(values, ROUNDS / 10, ROUNDS * 19 / 20);
}

/* A text with a NUL is an address to a stub, perhaps, but not to us. */
static void expect_address(const struct rpcbind_answer *ours, uint32_t length,
			   const char *theirs)
{
	struct ip_address address;
	uint16_t port = 0;

	if (length == strlen(theirs))
		rpcbind_parse_uaddr(str_of(theirs), &address, &port);
	assert_int_equal(ours->port, port);
}

static bool compare_address(const struct strbuf *message)
{
	struct rpcbind_sink ours = { .rpcbind_version = 4 };
	universal_address theirs = NULL;
	u_int length = 0;
	bool is_text = stub_decode(strbuf_str(message), STUB(universal_address),
				   &theirs);
	enum sink_need need = rpcbind_take(&ours, strbuf_str(message), 0, true);

	stub_decode(strbuf_str(message), (xdrproc_t)xdr_u_int, &length);
	assert_int_equal(need, is_text && length <= LIMIT_UADDR_BYTES
				       ? SINK_DONE
				       : SINK_BAD);
	if (need == SINK_DONE)
		expect_address(&ours.answer, length, theirs);
	xdr_free(STUB(universal_address), &theirs);
	return is_text;
}

static void answers_to_getaddr(void **state)
{
	unsigned values = 0;

	(void)state;
	prng.state = 3;
	for (unsigned i = 0; i < ROUNDS; i++) {
		universal_address value = random_uaddr();

		values += stub_try(&prng, 0, STUB(universal_address), &value,
				   compare_address);
	}
	assert_in_range(values, ROUNDS / 10, ROUNDS * 19 / 20);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_arguments_are_read_by_stubs),
		cmocka_unit_test(lists_of_portmap),
		cmocka_unit_test(lists_of_rpcbind),
		cmocka_unit_test(answers_to_getaddr),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
