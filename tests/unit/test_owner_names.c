#include "owner_names.h"

#include <fcntl.h>
#include <grp.h>
#include <limits.h>
#include <pwd.h>
#include <setjmp.h>
#include <stdarg.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static char tree[] = "/tmp/owner_names.XXXXXX";
static struct root root, host;
static struct arena *arena;

static void put(const char *name, const char *text)
{
	char path[PATH_MAX];
	int fd;

	snprintf(path, sizeof(path), "%s/%s", tree, name);
	fd = open(path, O_CREAT | O_TRUNC | O_WRONLY, 0644);
	if (fd < 0 || write(fd, text, strlen(text)) < 0)
		abort();
	close(fd);
}

static int make_tree(void **state)
{
	char path[PATH_MAX];

	(void)state;
	if (!mkdtemp(tree))
		return -1;
	snprintf(path, sizeof(path), "%s/etc", tree);
	if (mkdir(path, 0755) < 0)
		return -1;
	put("etc/passwd", "root:x:0:0:root:/root:/bin/sh\n"
			  "toor:x:0:0:second:/root:/bin/sh\n"
			  "\n"
			  "#note:x:7:7::/:\n"
			  "+compat:x:8:8::/:\n"
			  ":x:9:9::/:\n"
			  "bad:x:1x:1::/:\n"
			  "huge:x:4294967296:1::/:\n"
			  "short:x\n"
			  "empty:x::1::/:\n"
			  "nobody:x:65534:65534::/:\n"
			  "most:x:4294967295:1::/:\n"
			  "f\xe9:x:1000:1::/:");
	put("etc/group", "wheel:x:0:\nstaff:x:50:a,b\n");
	arena = arena_new();
	return root_open(tree, &root, NULL) && root_open(NULL, &host, NULL)
		       ? 0
		       : -1;
}

static int remove_tree(void **state)
{
	char command[64];

	(void)state;
	arena_free(arena);
	root_close(&root);
	root_close(&host);
	snprintf(command, sizeof(command), "rm -rf %s", tree);
	return system(command);
}

static void names_come_from_the_files(void **state)
{
	struct owner_names *names = owner_names_new(arena, &root, false);

	(void)state;
	assert_string_equal(owner_names_user(names, 0), "root");
	assert_string_equal(owner_names_user(names, 65534), "nobody");
	assert_string_equal(owner_names_user(names, UINT32_MAX), "most");
	assert_string_equal(owner_names_user(names, 1000), "f\xe9");
	for (uint32_t id = 1; id < 10; id++)
		assert_null(owner_names_user(names, id));
	assert_string_equal(owner_names_group(names, 0), "wheel");
	assert_string_equal(owner_names_group(names, 50), "staff");
	assert_null(owner_names_group(names, 65534));
}

static void files_are_read_late_and_once(void **state)
{
	struct owner_names *names = owner_names_new(arena, &root, false);

	(void)state;
	put("etc/group", "late:x:77:\n");
	assert_string_equal(owner_names_group(names, 77), "late");
	put("etc/group", "later:x:78:\n");
	assert_null(owner_names_group(names, 78));
	assert_string_equal(owner_names_group(names, 77), "late");
}

static void missing_files_know_nobody(void **state)
{
	struct owner_names *names = owner_names_new(arena, &root, false);
	char path[PATH_MAX];

	(void)state;
	snprintf(path, sizeof(path), "%s/etc/passwd", tree);
	assert_int_equal(unlink(path), 0);
	assert_null(owner_names_user(names, 0));
}

/* Without files to hide it, libnfsidmap answers as getpwuid(3) does. */
static void the_mapping_is_asked_last(void **state)
{
	struct owner_names *names = owner_names_new(arena, &root, true);
	const char *user = owner_names_user(names, 0);

	(void)state;
	assert_string_equal(user, getpwuid(0)->pw_name);
	assert_ptr_equal(owner_names_user(names, 0), user);
	assert_string_equal(owner_names_group(names, 0), getgrgid(0)->gr_name);
	assert_null(owner_names_user(names, 3999999999u));
	assert_null(owner_names_user(names, 3999999999u));
}

static void the_host_has_its_own_names(void **state)
{
	struct owner_names *names = owner_names_new(arena, &host, false);

	(void)state;
	assert_string_equal(owner_names_user(names, 0), "root");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_come_from_the_files),
		cmocka_unit_test(files_are_read_late_and_once),
		cmocka_unit_test(missing_files_know_nobody),
		cmocka_unit_test(the_mapping_is_asked_last),
		cmocka_unit_test(the_host_has_its_own_names),
	};

	return cmocka_run_group_tests(tests, make_tree, remove_tree);
}
