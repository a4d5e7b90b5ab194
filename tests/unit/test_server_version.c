#include "server_version.h"

#include <fcntl.h>
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <cmocka.h>

static char tree[] = "/tmp/server_version.XXXXXX";
static struct root root;

static const char *in_tree(const char *path)
{
	static char text[PATH_MAX];

	snprintf(text, sizeof(text), "%s/%s", tree, path);
	return text;
}

static void put(const char *path, const char *bytes, size_t length)
{
	int fd = open(in_tree(path), O_CREAT | O_TRUNC | O_WRONLY, 0644);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, bytes, length), length);
	close(fd);
}

static int make_tree(void **state)
{
	static const char *const directories[] = { "usr", "usr/sbin", "proc",
						   "proc/fs", "proc/fs/nfsd" };

	(void)state;
	if (!mkdtemp(tree))
		return -1;
	for (size_t i = 0; i < 5; i++)
		if (mkdir(in_tree(directories[i]), 0755) < 0)
			return -1;
	return root_open(tree, &root, NULL) ? 0 : -1;
}

static int remove_tree(void **state)
{
	char command[64];

	(void)state;
	root_close(&root);
	snprintf(command, sizeof(command), "rm -rf %s", tree);
	return system(command);
}

static void versions_are_found_in_bytes(void **state)
{
	static const struct {
		struct str bytes;
		version_number version; /* 0: none */
	} cases[] = {
		{ STR("\0%s version 2.6.2\n\0"), VERSION_NUMBER(2, 6, 2) },
		{ STR("since version 1.0.x\0%s version 2.8.3"),
		  VERSION_NUMBER(2, 8, 3) },
		{ STR("version 1.2.3\0Version 2.7.1 starting"),
		  VERSION_NUMBER(2, 7, 1) },
		{ STR("Version 1.1.1 starting\0%s version 2.7.1-rc2"),
		  VERSION_NUMBER(2, 7, 1) },
		{ STR("rpc.mountd version 2.9"), VERSION_NUMBER(2, 9, 0) },
		{ STR("%s version 2.9.1"), VERSION_NUMBER(2, 9, 1) },
		{ STR("%s version 2"), 0 },
		{ STR("%s version 2."), 0 },
		{ STR("%s version 2.6."), 0 },
		{ STR("%s version 2.6.2x"), 0 },
		{ STR("%s version "), 0 },
		{ STR("version"), 0 },
		{ STR(""), 0 },
	};
	version_number version;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		bool found = server_version_find(cases[i].bytes, &version);

		assert_int_equal(found ? version : 0, cases[i].version);
	}
	assert_false(server_version_find((struct str){ 0 }, &version));
}

static void another_root_has_its_own_version(void **state)
{
	static char large[(16 << 20) + 1] = "%s version 2.5.4";
	struct target target;

	(void)state;
	server_version_detect(&root, &target);
	assert_int_equal(target.nfs_utils, NFS_UTILS_NEWEST);
	assert_int_equal(target.kernel, KERNEL_NEWEST);
	put("usr/sbin/rpc.mountd", large, sizeof(large) - 1);
	server_version_detect(&root, &target);
	assert_int_equal(target.nfs_utils, VERSION_NUMBER(2, 5, 4));
	put("usr/sbin/rpc.mountd", large, sizeof(large));
	server_version_detect(&root, &target);
	assert_int_equal(target.nfs_utils, NFS_UTILS_NEWEST);
	put("usr/sbin/rpc.mountd", "\0%s version 0.0.0", 17);
	server_version_detect(&root, &target);
	assert_int_equal(target.nfs_utils, NFS_UTILS_NEWEST);
	unlink(in_tree("usr/sbin/rpc.mountd"));
	/* would block */
	assert_int_equal(mkfifo(in_tree("usr/sbin/rpc.mountd"), 0644), 0);
	server_version_detect(&root, &target);
	assert_int_equal(target.nfs_utils, NFS_UTILS_NEWEST);
}

static void the_host_has_its_kernel(void **state)
{
	version_number version;
	struct target target;
	struct utsname name;
	struct root host;

	(void)state;
	assert_true(root_open(NULL, &host, NULL));
	server_version_detect(&host, &target);
	uname(&name);
	assert_true(version_parse(str_of(name.release), &version));
	assert_int_equal(target.kernel, version);
	assert_int_not_equal(target.nfs_utils, 0);
	root_close(&host);
}

static void the_flavor_mask_is_the_second_word(void **state)
{
	static const struct {
		const char *text;
		uint32_t mask;
	} cases[] = {
		{ "0x3feff 0xf\n", 0xf },
		{ "3feff 2f", 0x2f },
		{ "0x1 0xffffffff", UINT32_MAX },
		{ "0x1 0x1ffffffff", 0xd },
		{ "0x3feff\n", 0xd },
		{ "", 0xd },
		{ "0x3feff 0xg\n", 0xd },
		{ "x 0xf\n", 0xd },
		{ "0x3feff -1\n", 0xd },
		{ " 0x1\t0x7 0x9\n", 0x7 },
	};

	(void)state;
	assert_int_equal(server_version_flavor_mask(&root), 0xd);
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		put("proc/fs/nfsd/export_features", cases[i].text,
		    strlen(cases[i].text));
		assert_int_equal(server_version_flavor_mask(&root),
				 cases[i].mask);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(versions_are_found_in_bytes),
		cmocka_unit_test(another_root_has_its_own_version),
		cmocka_unit_test(the_host_has_its_kernel),
		cmocka_unit_test(the_flavor_mask_is_the_second_word),
	};

	alarm(60);
	return cmocka_run_group_tests(tests, make_tree, remove_tree);
}
