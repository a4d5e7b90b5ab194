#include "nfs4_walk.h"

#include <endian.h>
#include <glob.h>
#include <stdlib.h>

#include "auth_flavor.h"
#include "nfs4_player.h"
#include "rpc_bytes.h"
#include "rpc_limits.h"
#include "unit_test.h"

enum { CALLS_MAX = 5000, FIRST_OP_AT = 12, FLAVOR_GSS = 6 };

/* What servers send. */

static void add_results(struct strbuf *out, uint32_t status, uint32_t count)
{
	xdr_write_u32(out, status);
	xdr_write_bytes(out, STR(""));
	xdr_write_u32(out, count);
}

static void add_result(struct strbuf *out, uint32_t op, uint32_t status)
{
	xdr_write_u32(out, op);
	xdr_write_u32(out, status);
}

static void add_fsid(struct strbuf *out, uint64_t fsid)
{
	xdr_write_u64(out, fsid);
	xdr_write_u64(out, 0);
}

static void add_attributes(struct strbuf *out, uint32_t type, uint64_t fsid)
{
	xdr_write_u32(out, 1);
	xdr_write_u32(out, 1 << NFS4_TYPE | 1 << NFS4_FSID_ATTRIBUTE);
	xdr_write_u32(out, 4 + NFS4_FSID);
	xdr_write_u32(out, type);
	add_fsid(out, fsid);
}

/* PUTROOTFH, LOOKUPs, GETATTR, and the head of READDIR. */
static void begin_list(struct strbuf *out, uint32_t depth, uint64_t fsid)
{
	add_results(out, NFS4_OK, depth + 3);
	add_result(out, NFS4_OP_PUTROOTFH, NFS4_OK);
	for (uint32_t i = 0; i < depth; i++)
		add_result(out, NFS4_OP_LOOKUP, NFS4_OK);
	add_result(out, NFS4_OP_GETATTR, NFS4_OK);
	add_attributes(out, NF4DIR, fsid);
	add_result(out, NFS4_OP_READDIR, NFS4_OK);
	xdr_write_u64(out, 0);
}

/* The same for the next page. */
static void begin_page(struct strbuf *out)
{
	add_results(out, NFS4_OK, 2);
	add_result(out, NFS4_OP_PUTROOTFH, NFS4_OK);
	add_result(out, NFS4_OP_READDIR, NFS4_OK);
	xdr_write_u64(out, 0);
}

static void begin_entry(struct strbuf *out, uint64_t cookie, struct str name)
{
	xdr_write_u32(out, 1);
	xdr_write_u64(out, cookie);
	xdr_write_bytes(out, name);
}

static void add_entry(struct strbuf *out, uint64_t cookie, struct str name,
		      uint32_t type, uint64_t fsid)
{
	begin_entry(out, cookie, name);
	add_attributes(out, type, fsid);
}

static void add_refused_entry(struct strbuf *out, uint64_t cookie,
			      struct str name, uint32_t error)
{
	begin_entry(out, cookie, name);
	xdr_write_u32(out, 1);
	xdr_write_u32(out, 1 << NFS4_RDATTR_ERROR);
	xdr_write_u32(out, 4);
	xdr_write_u32(out, error);
}

static void end_list(struct strbuf *out, bool is_end)
{
	xdr_write_u32(out, 0);
	xdr_write_u32(out, is_end);
}

/* A server is a function of the number of the call. */
typedef void answer_fn(struct strbuf *out, unsigned call, uint32_t first_op);

struct server {
	answer_fn *answer;
	unsigned calls;
	uint32_t last_ops[2]; /* the first ones of the last two calls */
};

static bool serve(void *context, struct str arguments, struct strbuf *message)
{
	struct server *server = context;
	uint32_t op;

	memcpy(&op, arguments.data + FIRST_OP_AT, sizeof(op));
	server->last_ops[0] = server->last_ops[1];
	server->last_ops[1] = be32toh(op);
	add_reply_head(message, 0);
	server->answer(message, server->calls++, be32toh(op));
	return true;
}

static void check_walk(answer_fn *answer, uint32_t exports_max, unsigned calls,
		       const char *expected)
{
	struct server server = { .answer = answer };
	struct arena *arena = arena_new();
	struct nfs4_walk *walk =
		nfs4_walk_new(arena, nfs4_player_owner, exports_max);
	struct strbuf text = { 0 };

	assert_int_equal(nfs4_player_run(walk, serve, &server, CALLS_MAX),
			 calls);
	nfs4_player_print(walk, &text);
	assert_string_equal(text.data, expected);
	if (nfs4_walk_listing(walk)->minor) {
		assert_int_equal(server.last_ops[0], NFS4_OP_DESTROY_SESSION);
		assert_int_equal(server.last_ops[1], NFS4_OP_DESTROY_CLIENTID);
	}
	strbuf_free(&text);
	nfs4_walk_free(walk);
	arena_free(arena);
}

/* Flavors are not told. */
static void refuse_flavors(struct strbuf *out)
{
	add_results(out, NFS4ERR_NOENT, 1);
	add_result(out, NFS4_OP_PUTROOTFH, NFS4ERR_NOENT);
}

static void answer_garbage(struct strbuf *out, unsigned call, uint32_t first_op)
{
	(void)call, (void)first_op;
	strbuf_add(out, STR("garbage"));
}

static void answer_too_many(struct strbuf *out, unsigned call,
			    uint32_t first_op)
{
	(void)call, (void)first_op;
	add_results(out, NFS4_OK, UINT32_MAX);
	for (int i = 0; i < 100; i++)
		add_result(out, NFS4_OP_PUTROOTFH, NFS4_OK);
}

static void answer_too_few(struct strbuf *out, unsigned call, uint32_t first_op)
{
	(void)call, (void)first_op;
	add_results(out, NFS4_OK, 1);
	add_result(out, NFS4_OP_PUTROOTFH, NFS4_OK);
}

static void answer_wrong_op(struct strbuf *out, unsigned call,
			    uint32_t first_op)
{
	(void)call, (void)first_op;
	add_results(out, NFS4_OK, 3);
	add_result(out, NFS4_OP_SAVEFH, NFS4_OK);
	add_result(out, NFS4_OP_SAVEFH, NFS4_OK);
	add_result(out, NFS4_OP_SAVEFH, NFS4_OK);
}

static void answer_early_failure(struct strbuf *out, unsigned call,
				 uint32_t first_op)
{
	(void)call, (void)first_op;
	add_results(out, NFS4_OK, 3);
	add_result(out, NFS4_OP_PUTROOTFH, NFS4ERR_ACCESS);
	add_result(out, NFS4_OP_GETATTR, NFS4_OK);
}

static void answer_large_bitmap(struct strbuf *out, unsigned call,
				uint32_t first_op)
{
	(void)call, (void)first_op;
	begin_list(out, 0, 7);
	begin_entry(out, 1, STR("a"));
	xdr_write_u32(out, 0x7fffffff);
}

static void answer_unasked_attribute(struct strbuf *out, unsigned call,
				     uint32_t first_op)
{
	(void)call, (void)first_op;
	begin_list(out, 0, 7);
	begin_entry(out, 1, STR("a"));
	xdr_write_u32(out, 1);
	xdr_write_u32(out, 1 << NFS4_TYPE | 1 << 4);
	xdr_write_u32(out, 12);
	xdr_write_u32(out, NF4DIR);
	xdr_write_u64(out, 1);
	end_list(out, true);
}

static void answer_long_attributes(struct strbuf *out, unsigned call,
				   uint32_t first_op)
{
	(void)call, (void)first_op;
	begin_list(out, 0, 7);
	begin_entry(out, 1, STR("a"));
	xdr_write_u32(out, 1);
	xdr_write_u32(out, 1 << NFS4_TYPE);
	xdr_write_u32(out, 8);
	xdr_write_u32(out, NF4DIR);
	xdr_write_u32(out, 0);
	end_list(out, true);
}

static void what_is_no_answer_ends_the_walk(void **state)
{
	static answer_fn *const answers[] = {
		answer_garbage,		  answer_too_many,
		answer_too_few,		  answer_wrong_op,
		answer_early_failure,	  answer_large_bitmap,
		answer_unasked_attribute, answer_long_attributes,
	};

	(void)state;
	for (size_t i = 0; i < COUNT(answers); i++)
		check_walk(answers[i], 10, 1,
			   "protocol-error by 4.0: what the NFS server sends "
			   "is no answer\n"
			   "incomplete: what the NFS server sends is no "
			   "answer\n");
}

/* One export, then the reply is cut. */
static void answer_cut(struct strbuf *out, unsigned call, uint32_t first_op)
{
	(void)call, (void)first_op;
	begin_list(out, 0, 7);
	add_entry(out, 1, STR("a"), NF4DIR, 8);
	begin_entry(out, 2, STR("b"));
}

static void what_came_before_the_end_is_kept(void **state)
{
	(void)state;
	check_walk(answer_cut, 10, 1,
		   "protocol-error by 4.0: what the NFS server sends is no "
		   "answer\n"
		   "incomplete: what the NFS server sends is no answer\n"
		   "/a ok ?\n");
}

static void answer_mismatch(struct strbuf *out, unsigned call,
			    uint32_t first_op)
{
	(void)call, (void)first_op;
	add_results(out, NFS4ERR_MINOR_VERS_MISMATCH, 0);
}

static void minor_versions_come_to_an_end(void **state)
{
	struct server server = { .answer = answer_mismatch };
	struct arena *arena = arena_new();
	struct nfs4_walk *walk = nfs4_walk_new(arena, nfs4_player_owner, 10);

	(void)state;
	assert_int_equal(nfs4_player_run(walk, serve, &server, CALLS_MAX), 3);
	assert_int_equal(nfs4_walk_result(walk).status,
			 ANSWER_NO_MOUNT_SERVICE);
	assert_false(nfs4_walk_listing(walk)->has_root);
	nfs4_walk_free(walk);
	arena_free(arena);
}

static void answer_delay(struct strbuf *out, unsigned call, uint32_t first_op)
{
	(void)first_op;
	add_results(out, call % 2 ? NFS4ERR_GRACE : NFS4ERR_DELAY, 1);
	add_result(out, NFS4_OP_PUTROOTFH,
		   call % 2 ? NFS4ERR_GRACE : NFS4ERR_DELAY);
}

static void delays_come_to_an_end(void **state)
{
	(void)state;
	check_walk(answer_delay, 10, 1 + LIMIT_NFS4_DELAYS,
		   "timeout by 4.0: the server wants to be asked later\n"
		   "incomplete: the server can't show all (NFSv4 error "
		   "10013)\n");
}

static void delays_grow(void **state)
{
	static const unsigned expected[] = { 0, 100, 200, 400 };
	struct arena *arena = arena_new();
	struct nfs4_walk *walk = nfs4_walk_new(arena, nfs4_player_owner, 10);
	struct strbuf results = { 0 };
	struct nfs4_call call;

	(void)state;
	answer_delay(&results, 0, 0);
	for (size_t i = 0; i < COUNT(expected); i++) {
		assert_true(nfs4_walk_next(walk, &call));
		assert_int_equal(call.milliseconds, expected[i]);
		nfs4_walk_take(walk, strbuf_str(&results));
	}
	assert_false(nfs4_walk_next(walk, &call));
	strbuf_free(&results);
	nfs4_walk_free(walk);
	arena_free(arena);
}

static void answer_refusal(struct strbuf *out, unsigned call, uint32_t first_op)
{
	(void)call, (void)first_op;
	add_results(out, NFS4ERR_WRONGSEC, 1);
	add_result(out, NFS4_OP_PUTROOTFH, NFS4ERR_WRONGSEC);
}

static void a_root_may_need_another_flavor(void **state)
{
	(void)state;
	check_walk(answer_refusal, 10, 1,
		   "denied by 4.0: the root of the server needs another "
		   "security flavor\n"
		   "incomplete: the root of the server needs another security "
		   "flavor\n"
		   "/ wrong-security directory ?\n");
}

static void answer_circle(struct strbuf *out, unsigned call, uint32_t first_op)
{
	(void)first_op;
	if (call == 0)
		begin_list(out, 0, 7);
	else
		begin_page(out);
	add_refused_entry(out, 1 + call % 2, STR("a"), NFS4ERR_NOENT);
	end_list(out, false);
}

static void cookies_do_not_go_in_a_circle(void **state)
{
	(void)state;
	check_walk(answer_circle, 10, 3,
		   "protocol-error by 4.0: the server lists a directory in a "
		   "circle\n"
		   "incomplete: the server lists a directory in a circle\n");
}

static void answer_no_end(struct strbuf *out, unsigned call, uint32_t first_op)
{
	(void)call, (void)first_op;
	begin_list(out, 0, 7);
	end_list(out, false);
}

static void an_empty_page_is_the_last(void **state)
{
	(void)state;
	check_walk(answer_no_end, 10, 1,
		   "protocol-error by 4.0: the server does not come to the end "
		   "of a directory\n"
		   "incomplete: the server does not come to the end of a "
		   "directory\n");
}

static void answer_endless(struct strbuf *out, unsigned call, uint32_t first_op)
{
	char name[16];

	if (first_op != NFS4_OP_PUTROOTFH)
		return;
	if (call == 0)
		begin_list(out, 0, 7);
	else
		begin_page(out);
	for (unsigned i = 0; i < 3000; i++) {
		unsigned number = call * 3000 + i;

		snprintf(name, sizeof(name), "%u", number);
		add_refused_entry(out, number + 1, str_of(name),
				  number < 3 ? NFS4ERR_ACCESS : NFS4ERR_NOENT);
	}
	end_list(out, false);
}

static void entries_are_bounded(void **state)
{
	struct server server = { .answer = answer_endless };
	struct arena *arena = arena_new();
	struct nfs4_walk *walk = nfs4_walk_new(arena, nfs4_player_owner, 10);

	(void)state;
	/* 4 pages, and one call for flavors, which gets nonsense */
	assert_int_equal(nfs4_player_run(walk, serve, &server, CALLS_MAX), 5);
	assert_string_equal(nfs4_walk_listing(walk)->incomplete,
			    "a directory has more entries than the limit");
	assert_int_equal(nfs4_walk_listing(walk)->exports.count, 3);
	nfs4_walk_free(walk);
	arena_free(arena);
}

static void answer_names(struct strbuf *out, unsigned call, uint32_t first_op)
{
	char long_name[LIMIT_NFS4_NAME + 1];
	struct str names[] = {
		STR(""),	STR("."),   STR(".."),
		STR("a/b"),	STR("/"),   STR("n\0l"),
		STR("\x1b[2J"), STR("..."), { long_name, sizeof(long_name) },
	};

	(void)first_op;
	if (call > 0) {
		refuse_flavors(out);
		return;
	}
	memset(long_name, 'x', sizeof(long_name));
	begin_list(out, 0, 7);
	for (size_t i = 0; i < COUNT(names); i++)
		add_entry(out, i + 1, names[i], NF4DIR, 8);
	end_list(out, true);
}

static void names_that_are_none_are_left_out(void **state)
{
	(void)state;
	check_walk(answer_names, 10, 2,
		   "ok by 4.0\ncomplete\nforeign names: 7\n"
		   "/\x1b[2J ok ?\n/... ok ?\n");
}

static void answer_deep(struct strbuf *out, unsigned call, uint32_t first_op)
{
	(void)first_op;
	begin_list(out, call, 7);
	add_entry(out, 1, STR("d"), NF4DIR, 7);
	end_list(out, true);
}

static void depth_is_bounded(void **state)
{
	(void)state;
	check_walk(answer_deep, 10, 1 + LIMIT_NFS4_DEPTH,
		   "too-large by 4.0: pseudo directories are nested deeper "
		   "than the limit\n"
		   "incomplete: pseudo directories are nested deeper than the "
		   "limit\n");
}

/* The root has many directories, which are empty. */
static void answer_wide(struct strbuf *out, unsigned call, uint32_t first_op)
{
	char name[16];

	(void)first_op;
	begin_list(out, call > 0, 7);
	for (unsigned i = 0; call == 0 && i < 2000; i++) {
		snprintf(name, sizeof(name), "%u", i);
		add_entry(out, i + 1, str_of(name), NF4DIR, 7);
	}
	end_list(out, true);
}

static void directories_are_bounded(void **state)
{
	(void)state;
	check_walk(answer_wide, 10, LIMIT_NFS4_DIRECTORIES,
		   "too-large by 4.0: the server has more pseudo directories "
		   "than the limit\n"
		   "incomplete: the server has more pseudo directories than "
		   "the limit\n");
}

static void answer_exports(struct strbuf *out, unsigned call, uint32_t first_op)
{
	(void)first_op;
	if (call > 0) {
		refuse_flavors(out);
		return;
	}
	begin_list(out, 0, 7);
	add_entry(out, 1, STR("a"), NF4DIR, 8);
	add_entry(out, 2, STR("b"), NF4DIR, 9);
	add_entry(out, 3, STR("link"), NF4LNK, 9);
	add_entry(out, 4, STR("c"), NF4DIR, 10);
	end_list(out, true);
}

static void exports_are_bounded(void **state)
{
	(void)state;
	check_walk(answer_exports, 10, 2,
		   "ok by 4.0\ncomplete\n/a ok ?\n/b ok ?\n/c ok ?\n");
	check_walk(answer_exports, 2, 2,
		   "too-large by 4.0: the server has more exports than the "
		   "limit\n"
		   "incomplete: the server has more exports than the limit\n"
		   "/a ok ?\n/b ok ?\n");
}

/* Directories full of exports with the longest names. */
static void answer_long_paths(struct strbuf *out, unsigned call,
			      uint32_t first_op)
{
	char name[LIMIT_NFS4_NAME + 1];

	(void)first_op;
	if (call > 7) {
		refuse_flavors(out);
		return;
	}
	begin_list(out, call > 0, 7);
	for (unsigned i = 0; i < (call ? LIMIT_NFS4_ENTRIES : 7); i++) {
		snprintf(name, sizeof(name), "%0*u", LIMIT_NFS4_NAME, i);
		add_entry(out, i + 1, str_of(call ? name : name + 250), NF4DIR,
			  call ? 8 : 7);
	}
	end_list(out, true);
}

static void paths_are_bounded(void **state)
{
	struct server server = { .answer = answer_long_paths };
	struct arena *arena = arena_new();
	struct nfs4_walk *walk =
		nfs4_walk_new(arena, nfs4_player_owner, LIMIT_NFS4_EXPORTS);
	const struct nfs4_listing *listing = nfs4_walk_listing(walk);
	size_t bytes = 0;

	(void)state;
	nfs4_player_run(walk, serve, &server, CALLS_MAX);
	assert_int_equal(nfs4_walk_result(walk).status, ANSWER_TOO_LARGE);
	for (size_t i = 0; i < listing->exports.count; i++)
		bytes += listing->exports.items[i].path.length;
	assert_in_range(bytes, LIMIT_NFS4_PATH_BYTES - 1000,
			LIMIT_NFS4_PATH_BYTES);
	nfs4_walk_free(walk);
	arena_free(arena);
}

/* SECINFO of the names of answer_flavors_list, all in one call. */
static void answer_secinfo(struct strbuf *out)
{
	static const struct str kerberos =
		STR("\x2a\x86\x48\x86\xf7\x12\x01\x02\x02");

	add_results(out, NFS4_OK, 7);
	add_result(out, NFS4_OP_PUTROOTFH, NFS4_OK);
	add_result(out, NFS4_OP_SAVEFH, NFS4_OK);
	add_result(out, NFS4_OP_SECINFO, NFS4_OK);
	xdr_write_u32(out, 1);
	xdr_write_u32(out, AUTH_FLAVOR_SYS);
	add_result(out, NFS4_OP_RESTOREFH, NFS4_OK);
	add_result(out, NFS4_OP_SECINFO, NFS4_OK);
	xdr_write_u32(out, 2);
	xdr_write_u32(out, FLAVOR_GSS);
	xdr_write_bytes(out, kerberos);
	xdr_write_u32(out, 0);
	xdr_write_u32(out, 3); /* privacy */
	xdr_write_u32(out, AUTH_FLAVOR_NONE);
	add_result(out, NFS4_OP_RESTOREFH, NFS4_OK);
	add_result(out, NFS4_OP_SECINFO, NFS4_OK);
	xdr_write_u32(out, 0);
}

static void answer_flavors(struct strbuf *out, unsigned call, uint32_t first_op)
{
	(void)first_op;
	if (call > 0) {
		answer_secinfo(out);
		return;
	}
	begin_list(out, 0, 7);
	add_refused_entry(out, 1, STR("tls"), NFS4ERR_WRONGSEC);
	add_refused_entry(out, 2, STR("krb"), NFS4ERR_WRONGSEC);
	add_refused_entry(out, 3, STR("away"), NFS4ERR_MOVED);
	end_list(out, true);
}

static void flavors_are_told(void **state)
{
	(void)state;
	check_walk(answer_flavors, 10, 2,
		   "ok by 4.0\ncomplete\n"
		   "/tls wrong-security tls sys\n"
		   "/krb wrong-security krb5p:none\n"
		   "/away ok moved outside\n");
}

/* A Linux server whose pseudo directories are on the same file system as the
 * exports in them, and which does not tell its filehandles:
 * / -> srv -> a (has a file), b (is empty), link */
static void answer_linux(struct strbuf *out, unsigned call, uint32_t first_op)
{
	(void)first_op;
	if (call > 3) {
		refuse_flavors(out);
		return;
	}
	begin_list(out, call > 1 ? 2 : call, call ? 8 : 0);
	if (call == 0)
		add_entry(out, 1, STR("srv"), NF4DIR, 8);
	if (call == 1) {
		add_entry(out, 1, STR("a"), NF4DIR, 8);
		add_entry(out, 2, STR("link"), NF4LNK, 8);
		add_entry(out, 3, STR("b"), NF4DIR, 8);
	}
	if (call == 2)
		add_entry(out, 1, STR("file"), NF4DIR - 1, 8);
	end_list(out, true);
}

static void exports_are_inferred_where_nothing_tells(void **state)
{
	(void)state;
	check_walk(answer_linux, 10, 5,
		   "ok by 4.0\ncomplete\n"
		   "/srv/a ok inferred ?\n"
		   "/srv/b ok inferred ?\n");
}

static void add_handle_entry(struct strbuf *out, struct str name,
			     struct str handle)
{
	begin_entry(out, 1, name);
	xdr_write_u32(out, 1);
	xdr_write_u32(out, 1 << NFS4_TYPE | 1 << NFS4_FSID_ATTRIBUTE |
				   1 << NFS4_FILEHANDLE);
	xdr_write_u32(out, (uint32_t)(4 + NFS4_FSID + 4 + handle.length));
	xdr_write_u32(out, NF4DIR);
	add_fsid(out, 8);
	xdr_write_bytes(out, handle);
}

/* The same, but filehandles tell: / -> srv -> a -> (somebody's) home */
static void answer_handles(struct strbuf *out, unsigned call, uint32_t first_op)
{
	(void)first_op;
	if (call > 2) {
		refuse_flavors(out);
		return;
	}
	begin_list(out, call, call ? 8 : 0);
	if (call == 0)
		add_entry(out, 1, STR("srv"), NF4DIR, 8);
	if (call == 1)
		add_handle_entry(out, STR("a"), STR("\1\0\7\0data"));
	if (call == 2)
		add_handle_entry(out, STR("home"),
				 STR("\1\0\7\x4d"
				     "data"));
	end_list(out, call < 2);
}

static void filehandles_tell_exports(void **state)
{
	(void)state;
	check_walk(answer_handles, 10, 4, "ok by 4.0\ncomplete\n/srv/a ok ?\n");
}

/* A Linux server with more pseudo directories than there may be, which are
 * found out one by one: in each is a link, and in the last one a directory. */
static void answer_many(struct strbuf *out, unsigned call, uint32_t first_op)
{
	char name[16];

	(void)first_op;
	begin_list(out, call > 0, call ? 8 : 0);
	for (unsigned i = 0; call == 0 && i < LIMIT_NFS4_DIRECTORIES; i++) {
		snprintf(name, sizeof(name), "%u", i);
		add_entry(out, i + 1, str_of(name), NF4DIR, 8);
	}
	if (call > 0)
		add_entry(out, 1, STR("link"), NF4LNK, 8);
	if (call == LIMIT_NFS4_DIRECTORIES)
		add_entry(out, 2, STR("too-many"), NF4DIR, 8);
	end_list(out, true);
}

static void settled_candidates_are_bounded(void **state)
{
	(void)state;
	check_walk(answer_many, 10, 1 + LIMIT_NFS4_DIRECTORIES,
		   "too-large by 4.0: the server has more pseudo directories "
		   "than the limit\n"
		   "incomplete: the server has more pseudo directories than "
		   "the limit\n");
}

/* A mount point of the same fsid, and a directory that is none. */
static void answer_mounts(struct strbuf *out, unsigned call, uint32_t first_op)
{
	(void)first_op;
	if (call > 1) {
		refuse_flavors(out);
		return;
	}
	begin_list(out, call > 0, 7);
	for (uint64_t i = 1; call == 0 && i <= 2; i++) {
		begin_entry(out, i, i == 1 ? STR("mounted") : STR("inside"));
		xdr_write_u32(out, 2);
		xdr_write_u32(out, 1 << NFS4_TYPE | 1 << NFS4_FSID_ATTRIBUTE |
					   1 << NFS4_FILEID);
		xdr_write_u32(out, 1 << (NFS4_MOUNTED_ON_FILEID - 32));
		xdr_write_u32(out, 4 + NFS4_FSID + 8 + 8);
		xdr_write_u32(out, NF4DIR);
		add_fsid(out, 7);
		xdr_write_u64(out, 2);
		xdr_write_u64(out, i == 1 ? 1 : 2);
	}
	end_list(out, true);
}

static void mount_points_are_exports(void **state)
{
	(void)state;
	check_walk(answer_mounts, 10, 3,
		   "ok by 4.0\ncomplete\n/mounted ok ?\n");
}

/* A candidate that wants another source port; one that is closed. */
static void answer_closed(struct strbuf *out, unsigned call, uint32_t first_op)
{
	static const uint32_t errors[] = { 0, NFS4ERR_PERM, NFS4ERR_ACCESS,
					   NFS4ERR_NOENT, 5 };

	(void)first_op;
	if (call >= COUNT(errors)) {
		refuse_flavors(out);
		return;
	}
	if (call > 0) {
		add_results(out, errors[call], 3);
		add_result(out, NFS4_OP_PUTROOTFH, NFS4_OK);
		add_result(out, NFS4_OP_LOOKUP, NFS4_OK);
		add_result(out, NFS4_OP_GETATTR, errors[call]);
		return;
	}
	begin_list(out, 0, 0);
	add_entry(out, 1, STR("secure"), NF4DIR, 8);
	add_entry(out, 2, STR("closed"), NF4DIR, 8);
	add_entry(out, 3, STR("gone"), NF4DIR, 8);
	add_entry(out, 4, STR("broken"), NF4DIR, 8);
	end_list(out, true);
}

static void candidates_may_be_closed(void **state)
{
	(void)state;
	check_walk(answer_closed, 10, 6,
		   "protocol-error by 4.0: the server can't show all (NFSv4 "
		   "error 5)\n"
		   "incomplete: the server can't show all (NFSv4 error 5)\n"
		   "/secure ok outside ?\n"
		   "/closed denied inferred ?\n"
		   "/broken ok inferred outside ?\n");
}

/* Sessions, up to the first call in one. */
static void add_channel(struct strbuf *out, uint32_t operations)
{
	xdr_write_u32(out, 0);
	xdr_write_u32(out, 4096);
	xdr_write_u32(out, 4096);
	xdr_write_u32(out, 0);
	xdr_write_u32(out, operations);
	xdr_write_u32(out, 1);
	xdr_write_u32(out, 0);
}

static void add_session(struct strbuf *out, uint32_t first_op,
			uint32_t operations)
{
	add_results(out, NFS4_OK, 1);
	add_result(out, first_op, NFS4_OK);
	if (first_op == NFS4_OP_EXCHANGE_ID) {
		xdr_write_u64(out, 77);
		xdr_write_u32(out, 1);
		xdr_write_u64(out, 0); /* flags, no protection */
		xdr_write_u64(out, 0);
		xdr_write_bytes(out, STR("server"));
		xdr_write_bytes(out, STR("scope"));
		xdr_write_u32(out, 0);
	}
	if (first_op == NFS4_OP_CREATE_SESSION) {
		xdr_write_fixed(out, STR("sixteen letters."));
		xdr_write_u64(out, 1);
		add_channel(out, operations);
		add_channel(out, operations);
	}
}

static void begin_session(struct strbuf *out, unsigned call, uint32_t first_op,
			  uint32_t operations)
{
	if (call == 0)
		answer_mismatch(out, 0, 0);
	else if (first_op != NFS4_OP_SEQUENCE)
		add_session(out, first_op, operations);
}

static void answer_session_garbage(struct strbuf *out, unsigned call,
				   uint32_t first_op)
{
	begin_session(out, call, first_op, 16);
	if (first_op == NFS4_OP_SEQUENCE)
		answer_garbage(out, 0, 0);
}

static void answer_small_session(struct strbuf *out, unsigned call,
				 uint32_t first_op)
{
	begin_session(out, call, first_op, 3);
}

static void sessions_are_destroyed_after_trouble(void **state)
{
	(void)state;
	check_walk(answer_session_garbage, 10, 6,
		   "protocol-error by 4.2: what the NFS server sends is no "
		   "answer\n"
		   "incomplete: what the NFS server sends is no answer\n");
	check_walk(answer_small_session, 10, 5,
		   "protocol-error by 4.2: the server grants a session too few "
		   "operations\n"
		   "incomplete: the server grants a session too few "
		   "operations\n");
}

static void expect_op(struct nfs4_walk *walk, uint32_t op, bool makes_state,
		      bool ends_state)
{
	struct nfs4_call call;
	uint32_t first;

	assert_true(nfs4_walk_next(walk, &call));
	memcpy(&first, call.arguments.data + FIRST_OP_AT, sizeof(first));
	assert_int_equal(be32toh(first), op);
	assert_int_equal(call.makes_state, makes_state);
	assert_int_equal(call.ends_state, ends_state);
}

static void give(struct nfs4_walk *walk, unsigned call, uint32_t first_op)
{
	struct strbuf results = { 0 };

	answer_session_garbage(&results, call, first_op);
	nfs4_walk_take(walk, strbuf_str(&results));
	strbuf_free(&results);
}

static void a_walk_that_is_stopped_leaves_nothing(void **state)
{
	struct query_result stop = { ANSWER_INTERRUPTED, "stopped" };

	(void)state;
	for (int when = 0; when < 3; when++) {
		struct arena *arena = arena_new();
		struct nfs4_walk *walk =
			nfs4_walk_new(arena, nfs4_player_owner, 10);
		struct nfs4_call call;

		expect_op(walk, NFS4_OP_PUTROOTFH, false, false);
		give(walk, 0, NFS4_OP_PUTROOTFH);
		expect_op(walk, NFS4_OP_EXCHANGE_ID, true, false);
		if (when == 0)
			nfs4_walk_stop(walk, stop);
		give(walk, 1, NFS4_OP_EXCHANGE_ID);
		if (when > 0) {
			expect_op(walk, NFS4_OP_CREATE_SESSION, true, false);
			if (when == 1)
				nfs4_walk_stop(walk, stop);
			give(walk, 2, NFS4_OP_CREATE_SESSION);
			if (when == 2) {
				expect_op(walk, NFS4_OP_SEQUENCE, false, false);
				nfs4_walk_stop(walk, stop);
			}
			expect_op(walk, NFS4_OP_DESTROY_SESSION, false, true);
			nfs4_walk_give_up(walk);
		}
		expect_op(walk, NFS4_OP_DESTROY_CLIENTID, false, true);
		give(walk, 4, NFS4_OP_DESTROY_CLIENTID);
		assert_false(nfs4_walk_next(walk, &call));
		assert_int_equal(nfs4_walk_result(walk).status,
				 ANSWER_INTERRUPTED);
		nfs4_walk_free(walk);
		arena_free(arena);
	}
}

static void a_part_of_a_list_is_kept(void **state)
{
	struct arena *arena = arena_new();
	struct nfs4_walk *walk = nfs4_walk_new(arena, nfs4_player_owner, 10);
	struct strbuf results = { 0 };
	struct nfs4_call call;

	(void)state;
	assert_true(nfs4_walk_next(walk, &call));
	answer_cut(&results, 0, 0);
	nfs4_walk_take_part(walk, strbuf_str(&results));
	nfs4_walk_stop(walk, (struct query_result){ ANSWER_TIMEOUT, "late" });
	assert_int_equal(nfs4_walk_listing(walk)->exports.count, 1);
	assert_true(nfs4_walk_listing(walk)->has_root);
	assert_false(nfs4_walk_listing(walk)->complete);
	assert_false(nfs4_walk_next(walk, &call));
	strbuf_free(&results);
	nfs4_walk_free(walk);
	arena_free(arena);
}

/* Recordings of real servers: comments, replies in hexadecimal, and what the
 * walk has to make of them. */

struct recording {
	FILE *file;
	char line[256];
};

static bool next_line(struct recording *recording)
{
	return fgets(recording->line, sizeof(recording->line), recording->file);
}

static void add_hex(struct strbuf *out, const char *line)
{
	unsigned byte;

	for (; *line && *line != '\n'; line++) {
		if (*line == ' ' || *line == '\t')
			continue;
		assert_int_equal(sscanf(line, "%2x", &byte), 1);
		strbuf_add_char(out, (char)byte);
		line++;
	}
}

/* The line behind "reply" has been read already when this is called. */
static bool play(void *context, struct str arguments, struct strbuf *message)
{
	struct recording *recording = context;

	(void)arguments;
	assert_string_equal(recording->line, "reply\n");
	while (next_line(recording) && recording->line[0] == '\t')
		add_hex(message, recording->line);
	return true;
}

static void check_recording(const char *path)
{
	struct recording recording = { .file = fopen(path, "r") };
	struct arena *arena = arena_new();
	struct nfs4_walk *walk =
		nfs4_walk_new(arena, nfs4_player_owner, LIMIT_NFS4_EXPORTS);
	struct strbuf text = { 0 }, expected = { 0 };

	assert_non_null(recording.file);
	while (next_line(&recording) && recording.line[0] == '#')
		;
	nfs4_player_run(walk, play, &recording, CALLS_MAX);
	assert_string_equal(recording.line, "expect\n");
	while (next_line(&recording))
		strbuf_add_text(&expected, recording.line);
	nfs4_player_print(walk, &text);
	assert_string_equal(text.data, expected.data);
	strbuf_free(&text);
	strbuf_free(&expected);
	nfs4_walk_free(walk);
	arena_free(arena);
	fclose(recording.file);
}

static void recordings_of_servers_are_understood(void **state)
{
	glob_t found;

	(void)state;
	assert_int_equal(
		glob("tests/fixtures/replay/nfs4/*.txt", 0, NULL, &found), 0);
	for (size_t i = 0; i < found.gl_pathc; i++) {
		print_message("%s\n", found.gl_pathv[i]);
		check_recording(found.gl_pathv[i]);
	}
	globfree(&found);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_no_answer_ends_the_walk),
		cmocka_unit_test(what_came_before_the_end_is_kept),
		cmocka_unit_test(minor_versions_come_to_an_end),
		cmocka_unit_test(delays_come_to_an_end),
		cmocka_unit_test(delays_grow),
		cmocka_unit_test(a_root_may_need_another_flavor),
		cmocka_unit_test(cookies_do_not_go_in_a_circle),
		cmocka_unit_test(an_empty_page_is_the_last),
		cmocka_unit_test(entries_are_bounded),
		cmocka_unit_test(names_that_are_none_are_left_out),
		cmocka_unit_test(depth_is_bounded),
		cmocka_unit_test(directories_are_bounded),
		cmocka_unit_test(exports_are_bounded),
		cmocka_unit_test(paths_are_bounded),
		cmocka_unit_test(settled_candidates_are_bounded),
		cmocka_unit_test(mount_points_are_exports),
		cmocka_unit_test(flavors_are_told),
		cmocka_unit_test(exports_are_inferred_where_nothing_tells),
		cmocka_unit_test(filehandles_tell_exports),
		cmocka_unit_test(candidates_may_be_closed),
		cmocka_unit_test(sessions_are_destroyed_after_trouble),
		cmocka_unit_test(a_walk_that_is_stopped_leaves_nothing),
		cmocka_unit_test(a_part_of_a_list_is_kept),
		cmocka_unit_test(recordings_of_servers_are_understood),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
