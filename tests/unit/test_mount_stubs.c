/* What we read of MOUNT compared with what rpcgen's stubs read: the same, but
 * that we read more than 32 flavors as an error, and texts beyond a NUL. */
#include "mount_protocol.h"
#include "rpc_limits.h"
#include "stub_values.h"
#include "unit_test.h"

#include "mount.h"

enum { ROUNDS = 3000, HEAD = 4 };

#define STUB(name) ((xdrproc_t)(void (*)(void))xdr_##name)

static struct prng prng;

static groups random_groups(void)
{
	groups first = NULL;

	while (prng_chance(&prng, 60)) {
		groups node = calloc(1, sizeof(*node));

		assert_non_null(node);
		node->gr_name = stub_string(&prng, MNTNAMLEN);
		node->gr_next = first;
		first = node;
	}
	return first;
}

static exports random_exports(void)
{
	exports first = NULL;

	while (prng_chance(&prng, 75)) {
		exports node = calloc(1, sizeof(*node));

		assert_non_null(node);
		node->ex_dir = stub_string(&prng, MNTPATHLEN);
		node->ex_groups = random_groups();
		node->ex_next = first;
		first = node;
	}
	return first;
}

static mountlist random_mounts(void)
{
	mountlist first = NULL;

	while (prng_chance(&prng, 75)) {
		mountlist node = calloc(1, sizeof(*node));

		assert_non_null(node);
		node->ml_hostname = stub_string(&prng, MNTNAMLEN);
		node->ml_directory = stub_string(&prng, MNTPATHLEN);
		node->ml_next = first;
		first = node;
	}
	return first;
}

/* A text that we read, and a string of a stub, which ends at a NUL. */
static void expect_text(const struct server_answer *answer,
			struct answer_text text, const char *string)
{
	struct str ours = answer_text(answer, text);

	ours.length = str_find(ours, '\0');
	assert_true(str_is(ours, string));
}

static void expect_exports(const struct server_answer *answer, exports node)
{
	for (size_t i = 0; i < answer->exports.count; i++) {
		const struct listed_export *export = &answer->exports.items[i];
		groups group = node->ex_groups;

		expect_text(answer, export->path, node->ex_dir);
		for (uint32_t g = 0; g < export->group_count; g++) {
			assert_non_null(group);
			expect_text(
				answer,
				answer->groups.items[export->first_group + g],
				group->gr_name);
			group = group->gr_next;
		}
		assert_null(group);
		node = node->ex_next;
		assert_true(node || i + 1 == answer->exports.count);
	}
	assert_null(answer->exports.count ? node : NULL);
}

static void expect_mounts(const struct server_answer *answer, mountlist node)
{
	for (size_t i = 0; i < answer->mounts.count; i++) {
		assert_non_null(node);
		expect_text(answer, answer->mounts.items[i].client,
			    node->ml_hostname);
		expect_text(answer, answer->mounts.items[i].path,
			    node->ml_directory);
		node = node->ml_next;
	}
	assert_null(node);
}

/* Reads a list both ways, and compares. True if it is one. */
static bool compare_exports(const struct strbuf *message)
{
	struct server_answer *answer =
		server_answer_new((struct ip_address){ 0 });
	struct mount_list_sink sink = { .answer = answer,
					.max_nodes = LIMIT_LIST_NODES };
	exports theirs = NULL;
	enum sink_need need =
		mount_take_exports(&sink, strbuf_str(message), HEAD, true);
	bool is_list = stub_decode(str_skip(strbuf_str(message), HEAD),
				   STUB(exports), &theirs);

	answer->bytes = strbuf_str(message);
	assert_int_equal(need, is_list ? SINK_DONE : SINK_BAD);
	if (is_list && theirs)
		expect_exports(answer, theirs);
	else if (is_list)
		assert_int_equal(answer->exports.count, 0);
	xdr_free(STUB(exports), &theirs);
	arena_free(answer->arena);
	return is_list;
}

static bool compare_mounts(const struct strbuf *message)
{
	struct server_answer *answer =
		server_answer_new((struct ip_address){ 0 });
	struct mount_list_sink sink = { .answer = answer,
					.max_nodes = LIMIT_LIST_NODES };
	mountlist theirs = NULL;
	enum sink_need need =
		mount_take_mounts(&sink, strbuf_str(message), HEAD, true);
	bool is_list = stub_decode(str_skip(strbuf_str(message), HEAD),
				   STUB(mountlist), &theirs);

	answer->bytes = strbuf_str(message);
	assert_int_equal(need, is_list ? SINK_DONE : SINK_BAD);
	if (is_list)
		expect_mounts(answer, theirs);
	xdr_free(STUB(mountlist), &theirs);
	arena_free(answer->arena);
	return is_list;
}

static void lists_of_exports(void **state)
{
	unsigned lists = 0;

	(void)state;
	prng.state = 1;
	for (unsigned i = 0; i < ROUNDS; i++) {
		exports value = random_exports();

		lists += stub_try(&prng, HEAD, STUB(exports), &value,
				  compare_exports);
	}
	/* of both kinds there are many */
	assert_in_range(lists, ROUNDS / 10, ROUNDS * 9 / 10);
}

static void lists_of_mounts(void **state)
{
	unsigned lists = 0;

	(void)state;
	prng.state = 2;
	for (unsigned i = 0; i < ROUNDS; i++) {
		mountlist value = random_mounts();

		lists += stub_try(&prng, HEAD, STUB(mountlist), &value,
				  compare_mounts);
	}
	assert_in_range(lists, ROUNDS / 10, ROUNDS * 9 / 10);
}

static mountres3 random_mountres3(void)
{
	mountres3 value = { 0 };
	mountres3_ok *info = &value.mountres3_u.mountinfo;

	if (prng_chance(&prng, 20)) {
		value.fhs_status = MNT3ERR_ACCES;
		return value;
	}
	info->fhandle.fhandle3_len = (u_int)prng_below(&prng, FHSIZE3 + 1);
	info->fhandle.fhandle3_val = calloc(1, FHSIZE3);
	info->auth_flavors.auth_flavors_len =
		(u_int)prng_below(&prng, MOUNT_FLAVORS_MAX + 1);
	info->auth_flavors.auth_flavors_val =
		calloc(MOUNT_FLAVORS_MAX, sizeof(int));
	for (u_int i = 0; i < info->auth_flavors.auth_flavors_len; i++)
		info->auth_flavors.auth_flavors_val[i] = (int)prng_next(&prng);
	return value;
}

static void expect_flavors(const struct mount_mnt_sink *ours,
			   const mountres3 *theirs)
{
	const mountres3_ok *info = &theirs->mountres3_u.mountinfo;

	assert_int_equal(ours->status, (uint32_t)theirs->fhs_status);
	if (ours->status)
		return;
	assert_int_equal(ours->flavor_count,
			 info->auth_flavors.auth_flavors_len);
	for (u_int i = 0; i < ours->flavor_count; i++)
		assert_int_equal(
			ours->flavors[i],
			(uint32_t)info->auth_flavors.auth_flavors_val[i]);
}

static bool compare_mnt3(const struct strbuf *message)
{
	struct mount_mnt_sink ours = { .version = 3 };
	mountres3 theirs = { 0 };
	enum sink_need need =
		mount_take_mnt(&ours, strbuf_str(message), HEAD, true);
	bool is_result = stub_decode(str_skip(strbuf_str(message), HEAD),
				     STUB(mountres3), &theirs);

	if (need == SINK_DONE) {
		assert_true(is_result);
		expect_flavors(&ours, &theirs);
	} else if (is_result) {
		assert_true(theirs.mountres3_u.mountinfo.auth_flavors
				    .auth_flavors_len > MOUNT_FLAVORS_MAX);
	}
	xdr_free(STUB(mountres3), &theirs);
	return is_result;
}

static void results_of_mnt(void **state)
{
	unsigned results = 0;

	(void)state;
	prng.state = 3;
	for (unsigned i = 0; i < ROUNDS; i++) {
		mountres3 value = random_mountres3();

		results += stub_try(&prng, HEAD, STUB(mountres3), &value,
				    compare_mnt3);
	}
	assert_in_range(results, ROUNDS / 10, ROUNDS * 19 / 20);
}

static bool compare_mnt1(const struct strbuf *message)
{
	struct mount_mnt_sink ours = { .version = 1 };
	fhstatus theirs = { 0 };
	enum sink_need need =
		mount_take_mnt(&ours, strbuf_str(message), HEAD, true);
	bool is_result = stub_decode(str_skip(strbuf_str(message), HEAD),
				     STUB(fhstatus), &theirs);

	assert_int_equal(need, is_result ? SINK_DONE : SINK_BAD);
	if (is_result)
		assert_int_equal(ours.status, theirs.fhs_status);
	return is_result;
}

static void results_of_the_old_mnt(void **state)
{
	unsigned results = 0;

	(void)state;
	prng.state = 4;
	for (unsigned i = 0; i < ROUNDS; i++) {
		fhstatus value = { .fhs_status = (u_int)prng_below(&prng, 2) };

		results += stub_try(&prng, HEAD, STUB(fhstatus), &value,
				    compare_mnt1);
	}
	assert_in_range(results, ROUNDS / 10, ROUNDS * 19 / 20);
}

static void the_argument_of_mnt(void **state)
{
	(void)state;
	prng.state = 5;
	for (unsigned i = 0; i < ROUNDS / 10; i++) {
		struct strbuf ours = { 0 }, theirs = { 0 };
		dirpath path = stub_string(&prng, MNTPATHLEN);

		mount_add_path(&ours, str_of(path));
		stub_encode(&theirs, STUB(dirpath), &path);
		assert_true(str_equal(strbuf_str(&ours), strbuf_str(&theirs)));
		strbuf_free(&ours);
		strbuf_free(&theirs);
		free(path);
	}
}

static void the_numbers_are_those_of_the_definition(void **state)
{
	(void)state;
	assert_int_equal(MOUNT_PROGRAM, MOUNT_PROG);
	assert_int_equal(MOUNT_MNT, MOUNTPROC3_MNT);
	assert_int_equal(MOUNT_DUMP, MOUNTPROC3_DUMP);
	assert_int_equal(MOUNT_UMNT, MOUNTPROC3_UMNT);
	assert_int_equal(MOUNT_EXPORT, MOUNTPROC3_EXPORT);
	assert_int_equal(LIMIT_MOUNT_PATH, MNTPATHLEN);
	assert_int_equal(LIMIT_MOUNT_NAME, MNTNAMLEN);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lists_of_exports),
		cmocka_unit_test(lists_of_mounts),
		cmocka_unit_test(results_of_mnt),
		cmocka_unit_test(results_of_the_old_mnt),
		cmocka_unit_test(the_argument_of_mnt),
		cmocka_unit_test(the_numbers_are_those_of_the_definition),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
