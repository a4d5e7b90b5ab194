#include "rpc_message.h"

#include <rpc/rpc.h>

#include "rpc_limits.h"
#include "unit_test.h"
#include "xdr_encode.h"

/* Bytes of a reply up to the limit on its verifier's body. */
enum { REPLY_MAX = 24 + LIMIT_AUTH_BYTES + 8 };

static void expect_call(const struct rpc_call *call, struct str bytes)
{
	struct strbuf out = { 0 };

	strbuf_add_text(&out, "before");
	rpc_call_encode(&out, call, 0x01020304);
	assert_int_equal(out.length, 6 + bytes.length);
	assert_memory_equal(out.data + 6, bytes.data, bytes.length);
	strbuf_free(&out);
}

static void a_call_says_nothing_of_the_caller(void **state)
{
	const struct rpc_call call = {
		.program = 100005,
		.version = 3,
		.procedure = 5,
		.uid = 1000,
		.gid = 1000,
		.arguments = STR("args"),
	};

	(void)state;
	expect_call(&call, STR("\1\2\3\4\0\0\0\0\0\0\0\2\0\1\x86\xa5"
			       "\0\0\0\3\0\0\0\5"
			       "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0args"));
}

static void auth_sys_has_a_neutral_name_and_no_groups(void **state)
{
	const struct rpc_call call = {
		.program = 100003,
		.version = 4,
		.procedure = 1,
		.credential = RPC_CREDENTIAL_SYS,
		.uid = 65534,
		.gid = 65533,
	};

	(void)state;
	expect_call(&call, STR("\1\2\3\4\0\0\0\0\0\0\0\2\0\1\x86\xa3"
			       "\0\0\0\4\0\0\0\1"
			       "\0\0\0\1\0\0\0\x20"
			       "\0\0\0\0\0\0\0\11localhost\0\0\0"
			       "\0\0\xff\xfe\0\0\xff\xfd\0\0\0\0"
			       "\0\0\0\0\0\0\0\0"));
}

static void auth_tls_has_no_body(void **state)
{
	const struct rpc_call call = {
		.program = 100003,
		.version = 4,
		.credential = RPC_CREDENTIAL_TLS,
	};

	(void)state;
	expect_call(&call, STR("\1\2\3\4\0\0\0\0\0\0\0\2\0\1\x86\xa3"
			       "\0\0\0\4\0\0\0\0"
			       "\0\0\0\7\0\0\0\0\0\0\0\0\0\0\0\0"));
}

#define ACCEPTED "\1\2\3\4\0\0\0\1\0\0\0\0"
#define DENIED "\1\2\3\4\0\0\0\1\0\0\0\1"
#define NO_VERIFIER "\0\0\0\0\0\0\0\0"

static const struct reply_case {
	struct str message;
	struct rpc_reply reply;
	const char *text;
} replies[] = {
	{ STR(ACCEPTED NO_VERIFIER "\0\0\0\0"),
	  { .kind = RPC_REPLY_SUCCESS, .results = 24 },
	  "the server answered" },
	{ STR(ACCEPTED NO_VERIFIER "\0\0\0\1"),
	  { .kind = RPC_REPLY_PROG_UNAVAIL, .results = 24 },
	  "the server has no such program" },
	{ STR(ACCEPTED NO_VERIFIER "\0\0\0\2\0\0\0\1\0\0\0\3"),
	  { .kind = RPC_REPLY_PROG_MISMATCH,
	    .low = 1,
	    .high = 3,
	    .results = 32 },
	  "the server has versions 1 to 3 of the program only" },
	{ STR(ACCEPTED NO_VERIFIER "\0\0\0\2\xff\xff\xff\xff\0\0\0\0"),
	  { .kind = RPC_REPLY_PROG_MISMATCH, .low = UINT32_MAX, .results = 32 },
	  "the server has versions 4294967295 to 0 of the program only" },
	{ STR(ACCEPTED NO_VERIFIER "\0\0\0\3"),
	  { .kind = RPC_REPLY_PROC_UNAVAIL, .results = 24 },
	  "the server has no such procedure" },
	{ STR(ACCEPTED NO_VERIFIER "\0\0\0\4"),
	  { .kind = RPC_REPLY_GARBAGE_ARGS, .results = 24 },
	  "the server could not read the arguments of the call" },
	{ STR(ACCEPTED NO_VERIFIER "\0\0\0\5"),
	  { .kind = RPC_REPLY_SYSTEM_ERR, .results = 24 },
	  "the server has a problem of its own (SYSTEM_ERR)" },
	{ STR(DENIED "\0\0\0\0\0\0\0\3\0\0\0\4"),
	  { .kind = RPC_REPLY_RPC_MISMATCH,
	    .low = 3,
	    .high = 4,
	    .results = 24 },
	  "the server speaks versions 3 to 4 of RPC only" },
	{ STR(DENIED "\0\0\0\1\0\0\0\1"),
	  { .kind = RPC_REPLY_AUTH_ERROR, .auth_error = 1, .results = 20 },
	  "the server denies the call (AUTH_ERROR 1)" },
	{ STR(DENIED "\0\0\0\1\xff\xff\xff\xff"),
	  { .kind = RPC_REPLY_AUTH_ERROR,
	    .auth_error = UINT32_MAX,
	    .results = 20 },
	  "the server denies the call (AUTH_ERROR 4294967295)" },
	/* the answer to AUTH_TLS (RFC 9289) */
	{ STR(ACCEPTED "\0\0\0\0\0\0\0\10STARTTLS\0\0\0\0"),
	  { .verifier = { 'S', 'T', 'A', 'R', 'T', 'T', 'L', 'S' },
	    .verifier_length = 8,
	    .results = 32 },
	  "the server answered" },
	{ STR(ACCEPTED "\xff\xff\xff\xff\0\0\0\3abcX\0\0\0\1"),
	  { .kind = RPC_REPLY_PROG_UNAVAIL,
	    .verifier_flavor = UINT32_MAX,
	    .verifier = { 'a', 'b', 'c' },
	    .verifier_length = 3,
	    .results = 28 },
	  "the server has no such program" },
};

static void expect_reply(const struct rpc_reply *reply,
			 const struct rpc_reply *expected)
{
	assert_int_equal(reply->kind, expected->kind);
	assert_int_equal(reply->low, expected->low);
	assert_int_equal(reply->high, expected->high);
	assert_int_equal(reply->auth_error, expected->auth_error);
	assert_int_equal(reply->verifier_flavor, expected->verifier_flavor);
	assert_int_equal(reply->verifier_length, expected->verifier_length);
	assert_memory_equal(reply->verifier, expected->verifier,
			    sizeof(reply->verifier));
	assert_int_equal(reply->results, expected->results);
}

static void every_kind_of_reply(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(replies); i++)
		for (int complete = 0; complete <= 1; complete++) {
			struct rpc_reply reply;

			assert_int_equal(rpc_reply_decode(replies[i].message,
							  complete, &reply),
					 XDR_NO_TROUBLE);
			expect_reply(&reply, &replies[i].reply);
		}
}

static void what_replies_say_to_people(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(replies); i++) {
		char text[160], small[8];

		assert_string_equal(
			rpc_reply_text(&replies[i].reply, text, sizeof(text)),
			replies[i].text);
		rpc_reply_text(&replies[i].reply, small, sizeof(small));
		assert_string_equal(small, "the ser");
	}
}

static void a_cut_reply_is_one_only_if_more_can_come(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(replies); i++)
		for (size_t size = 0; size < replies[i].message.length;
		     size++) {
			char *block = malloc(size + 1);
			struct str cut = { block, size };
			struct rpc_reply reply;

			assert_non_null(block);
			memcpy(block, replies[i].message.data, size);
			assert_int_equal(rpc_reply_decode(cut, false, &reply),
					 XDR_CUT);
			assert_int_equal(rpc_reply_decode(cut, true, &reply),
					 XDR_BAD);
			free(block);
		}
}

static void what_is_no_reply(void **state)
{
	static const struct str messages[] = {
		STR("\1\2\3\4\0\0\0\0\0\0\0\2\0\1\x86\xa5\0\0\0\3\0\0\0\5"),
		STR("\1\2\3\4\0\0\0\2\0\0\0\0" NO_VERIFIER "\0\0\0\0"),
		STR("\1\2\3\4\0\0\0\1\0\0\0\2" NO_VERIFIER "\0\0\0\0"),
		STR(ACCEPTED NO_VERIFIER "\0\0\0\6\0\0\0\0\0\0\0\0"),
		STR(ACCEPTED NO_VERIFIER "\xff\xff\xff\xff\0\0\0\0\0\0\0\0"),
		STR(DENIED "\0\0\0\2\0\0\0\0\0\0\0\0"),
		STR(ACCEPTED "\0\0\0\0\xff\xff\xff\xff\0\0\0\0"),
		STR("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"),
	};

	(void)state;
	for (size_t i = 0; i < COUNT(messages); i++) {
		char long_one[REPLY_MAX] = { 0 };
		struct rpc_reply reply;

		assert_int_equal(rpc_reply_decode(messages[i], true, &reply),
				 XDR_BAD);
		/* it does not take all of a record to see this */
		memcpy(long_one, messages[i].data, messages[i].length);
		assert_int_equal(
			rpc_reply_decode(
				(struct str){ long_one, sizeof(long_one) },
				false, &reply),
			XDR_BAD);
	}
}

static enum xdr_trouble decode_with_verifier(uint32_t length,
					     struct rpc_reply *reply)
{
	char body[LIMIT_AUTH_BYTES + 4];
	struct strbuf message = { 0 };
	enum xdr_trouble trouble;

	memset(body, 'v', sizeof(body));
	strbuf_add(&message, STR(ACCEPTED "\0\0\0\6"));
	xdr_write_bytes(&message, (struct str){ body, length });
	xdr_write_u32(&message, 5);
	trouble = rpc_reply_decode(strbuf_str(&message), true, reply);
	strbuf_free(&message);
	return trouble;
}

static void verifiers_have_a_limit(void **state)
{
	struct rpc_reply reply;

	(void)state;
	for (uint32_t length = 0; length <= LIMIT_AUTH_BYTES; length++) {
		assert_int_equal(decode_with_verifier(length, &reply),
				 XDR_NO_TROUBLE);
		assert_int_equal(reply.kind, RPC_REPLY_SYSTEM_ERR);
		assert_int_equal(reply.verifier_flavor, 6);
		assert_int_equal(reply.verifier_length, length);
		assert_int_equal(reply.results, 24 + (length + 3) / 4 * 4);
	}
	assert_int_equal(decode_with_verifier(LIMIT_AUTH_BYTES + 1, &reply),
			 XDR_BAD);
}

static void the_xid_comes_first(void **state)
{
	uint32_t xid = 0;

	(void)state;
	assert_int_equal(rpc_reply_xid(STR("\x81\2\3\4more"), &xid),
			 XDR_NO_TROUBLE);
	assert_int_equal(xid, 0x81020304);
	assert_int_equal(rpc_reply_xid(STR("\x81\2\3"), &xid), XDR_CUT);
}

static void libtirpc_reads_our_calls(void **state)
{
	static const int flavors[] = { AUTH_NONE, AUTH_SYS, 7 };

	(void)state;
	for (unsigned i = 0; i < 3; i++) {
		struct rpc_call call = {
			.program = 100003 + i,
			.version = 4 - i,
			.procedure = i,
			.credential = (enum rpc_credential)i,
		};
		struct rpc_msg read = { 0 };
		struct strbuf out = { 0 };
		struct xdr_reader reader;

		rpc_call_encode(&out, &call, 77 + i);
		xdr_reader_init(&reader, out.data, out.length);
		assert_true(xdr_callmsg(&reader.stream, &read));
		assert_int_equal(xdr_reader_position(&reader), out.length);
		assert_int_equal(read.rm_xid, 77 + i);
		assert_int_equal(read.rm_call.cb_rpcvers, 2);
		assert_int_equal(read.rm_call.cb_prog, call.program);
		assert_int_equal(read.rm_call.cb_vers, call.version);
		assert_int_equal(read.rm_call.cb_proc, call.procedure);
		assert_int_equal(read.rm_call.cb_cred.oa_flavor, flavors[i]);
		assert_int_equal(read.rm_call.cb_verf.oa_flavor, AUTH_NONE);
		assert_int_equal(read.rm_call.cb_verf.oa_length, 0);
		free(read.rm_call.cb_cred.oa_base);
		free(read.rm_call.cb_verf.oa_base);
		strbuf_free(&out);
	}
}

/* What a server with libtirpc sends. */
static void we_read_replies_of_libtirpc(void **state)
{
	char verifier[] = "verifier";

	(void)state;
	for (int status = SUCCESS; status <= SYSTEM_ERR; status++) {
		struct rpc_msg message = {
			.rm_xid = 77,
			.rm_direction = REPLY,
			.acpted_rply.ar_verf = { AUTH_DES, verifier, 8 },
			.acpted_rply.ar_stat = (enum accept_stat)status,
			.acpted_rply.ar_results.proc =
				(xdrproc_t)(void (*)(void))xdr_void,
		};
		struct rpc_reply reply;
		char bytes[100];
		XDR stream;

		if (status == PROG_MISMATCH) {
			message.acpted_rply.ar_vers.low = 1;
			message.acpted_rply.ar_vers.high = 3;
		}
		xdrmem_create(&stream, bytes, sizeof(bytes), XDR_ENCODE);
		assert_true(xdr_replymsg(&stream, &message));
		assert_int_equal(
			rpc_reply_decode(
				(struct str){ bytes, XDR_GETPOS(&stream) },
				true, &reply),
			XDR_NO_TROUBLE);
		assert_int_equal(reply.kind, status);
		assert_int_equal(reply.verifier_flavor, AUTH_DES);
		assert_memory_equal(reply.verifier, verifier, 8);
		assert_int_equal(reply.results, XDR_GETPOS(&stream));
		assert_int_equal(reply.high, status == PROG_MISMATCH ? 3 : 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_call_says_nothing_of_the_caller),
		cmocka_unit_test(auth_sys_has_a_neutral_name_and_no_groups),
		cmocka_unit_test(auth_tls_has_no_body),
		cmocka_unit_test(every_kind_of_reply),
		cmocka_unit_test(what_replies_say_to_people),
		cmocka_unit_test(a_cut_reply_is_one_only_if_more_can_come),
		cmocka_unit_test(what_is_no_reply),
		cmocka_unit_test(verifiers_have_a_limit),
		cmocka_unit_test(the_xid_comes_first),
		cmocka_unit_test(libtirpc_reads_our_calls),
		cmocka_unit_test(we_read_replies_of_libtirpc),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
