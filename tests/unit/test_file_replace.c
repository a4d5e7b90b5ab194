#include "file_replace.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "unit_test.h"

/* An ACL as the kernel stores it: version 2, then tag, permissions and id of
 * user, user 1234, group, mask and others. */
static const unsigned char acl[] = {
	2, 0,	 0,   0,   1,	0,   6,	 0, 255, 255, 255, 255, 2,   0,	  4,
	0, 0xd2, 4,   0,   0,	4,   0,	 4, 0,	 255, 255, 255, 255, 16,  0,
	4, 0,	 255, 255, 255, 255, 32, 0, 0,	 0,   255, 255, 255, 255,
};

static char folder[32];
static struct failure failure;

static int set_up(void **state)
{
	(void)state;
	snprintf(folder, sizeof(folder), "/tmp/replace-XXXXXX");
	failure.text[0] = '\0';
	return !mkdtemp(folder) || chdir(folder) < 0;
}

static int tear_down(void **state)
{
	DIR *directory = opendir(folder);
	struct dirent *entry;

	(void)state;
	while ((entry = readdir(directory)))
		unlinkat(dirfd(directory), entry->d_name, 0);
	closedir(directory);
	return chdir("/") < 0 || rmdir(folder) < 0;
}

static void write_file(const char *name, const char *text)
{
	int fd = open(name, O_WRONLY | O_CREAT | O_TRUNC, 0644);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), strlen(text));
	close(fd);
}

static void expect_file(const char *name, const char *text)
{
	char bytes[64] = { 0 };
	int fd = open(name, O_RDONLY);

	assert_true(fd >= 0);
	assert_true(read(fd, bytes, sizeof(bytes) - 1) >= 0);
	assert_string_equal(bytes, text);
	close(fd);
}

static unsigned count_files(void)
{
	DIR *directory = opendir(folder);
	struct dirent *entry;
	unsigned count = 0;

	while ((entry = readdir(directory)))
		count += strcmp(entry->d_name, ".") != 0 &&
			 strcmp(entry->d_name, "..") != 0;
	closedir(directory);
	return count;
}

static bool replace(const char *name, const char *old, const char *text)
{
	int fd = open(name, O_RDONLY);
	bool ok;

	assert_true(fd >= 0);
	ok = file_replace(fd, name, str_of(old), str_of(text), &failure);
	close(fd);
	return ok;
}

static void mode_and_owner_are_kept(void **state)
{
	struct stat now;

	(void)state;
	write_file("f", "old\n");
	assert_int_equal(chmod("f", 0462), 0);
	if (geteuid() == 0)
		assert_int_equal(chown("f", 1234, 4321), 0);
	assert_true(replace("f", "old\n", "new text\n"));
	expect_file("f", "new text\n");
	assert_int_equal(stat("f", &now), 0);
	assert_int_equal(now.st_mode & 07777, 0462);
	if (geteuid() == 0) {
		assert_int_equal(now.st_uid, 1234);
		assert_int_equal(now.st_gid, 4321);
	}
	assert_int_equal(count_files(), 1);
}

static void a_link_stays_one(void **state)
{
	struct stat now;

	(void)state;
	write_file("f", "old");
	assert_int_equal(symlink("f", "g"), 0);
	assert_int_equal(symlink("g", "h"), 0);
	assert_true(replace("h", "old", ""));
	expect_file("f", "");
	assert_int_equal(lstat("h", &now), 0);
	assert_true(S_ISLNK(now.st_mode));
	assert_int_equal(count_files(), 3);
}

static void attributes_are_kept(void **state)
{
	char value[64];

	(void)state;
	write_file("f", "old");
	if (setxattr("f", "user.note", "kept", 4, 0) < 0 ||
	    setxattr("f", "system.posix_acl_access", acl, sizeof(acl), 0) < 0) {
		print_message("the file system of /tmp has no attributes\n");
		skip();
	}
	assert_true(replace("f", "old", "new"));
	assert_int_equal(getxattr("f", "user.note", value, sizeof(value)), 4);
	assert_memory_equal(value, "kept", 4);
	assert_int_equal(
		getxattr("f", "system.posix_acl_access", value, sizeof(value)),
		sizeof(acl));
	assert_memory_equal(value, acl, sizeof(acl));
}

static void the_folder_gives_nothing(void **state)
{
	char value[64];

	(void)state;
	write_file("f", "old");
	if (setxattr(folder, "system.posix_acl_default", acl, sizeof(acl), 0) <
	    0) {
		print_message("the file system of /tmp has no ACLs\n");
		skip();
	}
	assert_true(replace("f", "old", "new"));
	assert_int_equal(
		getxattr("f", "system.posix_acl_access", value, sizeof(value)),
		-1);
	assert_int_equal(errno, ENODATA);
}

static void refuse(const char *name, const char *old, const char *why)
{
	assert_false(replace(name, old, "new"));
	if (!strstr(failure.text, why))
		fail_msg("%s", failure.text);
}

static void what_changed_is_left_alone(void **state)
{
	int fd;

	(void)state;
	write_file("f", "other");
	refuse("f", "old", "has changed");
	refuse("f", "othe", "has changed");
	refuse("f", "otherwise", "has changed");
	expect_file("f", "other");

	fd = open("f", O_RDONLY);
	write_file("g", "other");
	assert_int_equal(rename("g", "f"), 0);
	assert_false(file_replace(fd, "f", STR("other"), STR("new"), &failure));
	close(fd);
	expect_file("f", "other");
	assert_int_equal(count_files(), 1);
}

static void one_at_a_time(void **state)
{
	int fd;

	(void)state;
	write_file("f", "old");
	fd = open("f", O_RDONLY);
	assert_int_equal(flock(fd, LOCK_EX), 0);
	refuse("f", "old", "another program");
	close(fd);
	assert_true(replace("f", "old", "new"));
}

static void what_is_no_plain_file_is_left_alone(void **state)
{
	(void)state;
	write_file("f", "old");
	assert_int_equal(link("f", "g"), 0);
	refuse("f", "old", "hard link");
	refuse(".", "", "not a regular file");
	expect_file("f", "old");
	assert_int_equal(count_files(), 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(mode_and_owner_are_kept, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(a_link_stays_one, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(attributes_are_kept, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(the_folder_gives_nothing,
						set_up, tear_down),
		cmocka_unit_test_setup_teardown(what_changed_is_left_alone,
						set_up, tear_down),
		cmocka_unit_test_setup_teardown(one_at_a_time, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(
			what_is_no_plain_file_is_left_alone, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
