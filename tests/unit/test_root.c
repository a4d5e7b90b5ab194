#include "root.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

/* OUTER/secret must stay out of reach, OUTER/in is the root. */
static char outer[] = "/tmp/root.XXXXXX";
static struct root root;

static void put(const char *name, const char *text)
{
	char path[PATH_MAX + 64];
	int fd;

	snprintf(path, sizeof(path), "%s/%s", outer, name);
	fd = open(path, O_CREAT | O_WRONLY, 0644);
	if (fd < 0 || write(fd, text, strlen(text)) < 0)
		abort();
	close(fd);
}

static void put_link(const char *name, const char *target)
{
	char path[PATH_MAX + 64];

	snprintf(path, sizeof(path), "%s/in/%s", outer, name);
	if (symlink(target, path) < 0)
		abort();
}

static void put_directory(const char *name)
{
	char path[PATH_MAX + 64];

	snprintf(path, sizeof(path), "%s/%s", outer, name);
	if (mkdir(path, 0755) < 0)
		abort();
}

static int make_tree(void **state)
{
	char path[PATH_MAX], target[PATH_MAX];

	(void)state;
	if (!mkdtemp(outer))
		return -1;
	put_directory("in");
	put_directory("in/etc");
	put_directory("in/a");
	put_directory("in/a/b");
	put("secret", "secret");
	put("in/file", "top");
	put("in/etc/file", "etc");
	put("in/a/b/file", "deep");
	put_link("absolute", "/etc/file");
	put_link("up", "../../../../../../secret");
	snprintf(target, sizeof(target), "%s/secret", outer);
	put_link("real", target);
	put_link("upfile", "../../../file");
	put_link("a/b/mixed", "../..//../a/./b/../../etc/file");
	put_link("a/b/deep", "/etc/file");
	put_link("rootlink", "/");
	put_link("a/rootlink", "/");
	put_link("dotdot", "..");
	put_link("loop1", "loop2");
	put_link("loop2", "/loop1");
	put_link("slash", "a/b/");
	put_link("fileslash", "file/");
	put_link("gone", "nothing");
	for (int i = 1; i <= 45; i++) {
		snprintf(path, sizeof(path), "chain%d", i);
		snprintf(target, sizeof(target), i < 45 ? "chain%d" : "file",
			 i + 1);
		put_link(path, target);
	}
	snprintf(path, sizeof(path), "%s/in", outer);
	return root_open(path, &root, NULL) ? 0 : -1;
}

static int remove_tree(void **state)
{
	char command[64];

	(void)state;
	root_close(&root);
	snprintf(command, sizeof(command), "rm -rf %s", outer);
	return system(command);
}

typedef int opener(const struct root *, const char *, int);

static opener *const openers[] = { root_open_file, root_open_file_stepwise };

/* What can be read at path, or the negative errno. */
static int read_path(opener *open_it, const char *path, char text[16])
{
	int fd = open_it(&root, path, O_RDONLY);
	ssize_t got;

	memset(text, 0, 16);
	if (fd < 0)
		return -errno;
	got = read(fd, text, 15);
	close(fd);
	return got < 0 ? -errno : (int)got;
}

static void paths_stay_inside(void **state)
{
	static const struct {
		const char *path, *text;
		int error;
	} cases[] = {
		{ "/file", "top", 0 },
		{ "file", "top", 0 },
		{ "//a//b/.././b/file", "deep", 0 },
		{ "/../../../file", "top", 0 },
		{ "/a/../../etc/file", "etc", 0 },
		{ "/absolute", "etc", 0 },
		{ "/up", NULL, ENOENT },
		{ "/real", NULL, ENOENT },
		{ "/upfile", "top", 0 },
		{ "/a/b/mixed", "etc", 0 },
		{ "/a/b/deep", "etc", 0 },
		{ "/rootlink/rootlink/etc/file", "etc", 0 },
		{ "/a/rootlink/a/rootlink/file", "top", 0 },
		{ "/dotdot/dotdot/../file", "top", 0 },
		{ "/dotdot/secret", NULL, ENOENT },
		{ "/../secret", NULL, ENOENT },
		{ "/loop1", NULL, ELOOP },
		{ "/loop2/x", NULL, ELOOP },
		{ "/chain6", "top", 0 },
		{ "/chain5", NULL, ELOOP },
		{ "/slash/file", "deep", 0 },
		{ "/slash", NULL, EISDIR },
		{ "/fileslash", NULL, ENOTDIR },
		{ "/file/", NULL, ENOTDIR },
		{ "/file/.", NULL, ENOTDIR },
		{ "/file/..", NULL, ENOTDIR },
		{ "/file/x", NULL, ENOTDIR },
		{ "/gone", NULL, ENOENT },
		{ "/", NULL, EISDIR },
		{ "", NULL, ENOENT },
		{ "/a/b/", NULL, EISDIR },
		{ "/a/b/..", NULL, EISDIR },
	};
	char text[16];

	(void)state;
	for (size_t o = 0; o < 2; o++) {
		for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
			int got = read_path(openers[o], cases[i].path, text);

			if (cases[i].error != (got < 0 ? -got : 0))
				fail_msg("%s: %s", cases[i].path,
					 strerror(got < 0 ? -got : 0));
			if (cases[i].text)
				assert_string_equal(text, cases[i].text);
		}
	}
}

static void long_paths_fail(void **state)
{
	static char path[PATH_MAX + 1], text[16];

	(void)state;
	memset(path, '/', PATH_MAX);
	for (size_t o = 0; o < 2; o++) {
		assert_int_equal(read_path(openers[o], path, text),
				 -ENAMETOOLONG);
		memset(path + 1, 'n', 300);
		path[301] = '\0';
		assert_int_equal(read_path(openers[o], path, text),
				 -ENAMETOOLONG);
		memset(path, '/', PATH_MAX);
	}
}

static void last_link_can_be_opened_itself(void **state)
{
	struct stat stat;

	(void)state;
	for (size_t o = 0; o < 2; o++) {
		int fd = openers[o](&root, "/up", O_PATH | O_NOFOLLOW);

		assert_true(fd >= 0);
		assert_int_equal(fstat(fd, &stat), 0);
		assert_true(S_ISLNK(stat.st_mode));
		close(fd);
		assert_int_equal(openers[o](&root, "/up", O_NOFOLLOW), -1);
		assert_int_equal(errno, ELOOP);
	}
}

/* Every path of a few random names: both ways, and open(2) after chroot(2). */
static void generated_paths_are_as_after_chroot(void **state)
{
	static const char *const names[] = {
		"a",	  "b",	    "file",  "etc",    "absolute", "..",
		".",	  "up",	    "real",  "upfile", "mixed",	   "rootlink",
		"dotdot", "loop1",  "slash", "gone",   "chain20",  "",
		"a",	  "secret", "deep",
	};
	enum { NAMES = sizeof(names) / sizeof(*names), PATHS = 20000 };
	int results[2], status;
	uint32_t seed = 7;
	pid_t child;
	FILE *from;

	(void)state;
	if (geteuid() != 0) {
		print_message("only root can chroot\n");
		skip();
	}
	assert_int_equal(pipe(results), 0);
	child = fork();
	from = fdopen(results[child == 0], child ? "r" : "w");
	close(results[child != 0]);
	if (child == 0 && (fchdir(root.fd) != 0 || chroot(".") != 0))
		_exit(1);
	for (int i = 0; i < PATHS; i++) {
		char path[256] = "", line[32], text[16];
		size_t length = 0;
		int got;

		for (int n = 0; n < 5; n++) {
			seed = seed * 1664525u + 1013904223u;
			length += (size_t)snprintf(path + length,
						   sizeof(path) - length, "/%s",
						   names[(seed >> 8) % NAMES]);
		}
		if (child == 0) {
			int fd = open(path, O_RDONLY);

			memset(text, 0, sizeof(text));
			got = fd < 0 ? -errno : (int)read(fd, text, 15);
			if (got < 0 && fd >= 0)
				got = -errno;
			close(fd);
			fprintf(from, "%d %s\n", got, text);
			continue;
		}
		assert_non_null(fgets(line, sizeof(line), from));
		for (size_t o = 0; o < 2; o++) {
			char here[32];

			got = read_path(openers[o], path, text);
			snprintf(here, sizeof(here), "%d %s\n", got, text);
			if (strcmp(here, line) != 0)
				fail_msg("%s: %s instead of %s", path, here,
					 line);
		}
	}
	fclose(from);
	if (child == 0)
		_exit(0);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
}

static void the_host_is_recognised(void **state)
{
	struct failure failure;
	struct root other;

	(void)state;
	assert_false(root.is_host);
	assert_true(root_open(NULL, &other, NULL));
	assert_true(other.is_host);
	assert_string_equal(other.path, "/");
	root_close(&other);
	assert_true(root_open("/tmp/..//", &other, NULL));
	assert_true(other.is_host);
	root_close(&other);
	assert_false(root_open("/nothing", &other, &failure));
	assert_string_equal(failure.text,
			    "/nothing: No such file or directory");
	assert_false(root_open("/etc/passwd", &other, &failure));
	assert_string_equal(failure.text, "/etc/passwd: Not a directory");
}

static void descriptors_are_closed(void **state)
{
	char text[16];
	int first = dup(0), second;

	(void)state;
	close(first);
	for (size_t o = 0; o < 2; o++) {
		read_path(openers[o], "/a/b/mixed", text);
		read_path(openers[o], "/a/b/../../loop1", text);
		read_path(openers[o], "/a/b/nothing/x", text);
	}
	second = dup(0);
	close(second);
	assert_int_equal(first, second);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(paths_stay_inside),
		cmocka_unit_test(long_paths_fail),
		cmocka_unit_test(last_link_can_be_opened_itself),
		cmocka_unit_test(generated_paths_are_as_after_chroot),
		cmocka_unit_test(the_host_is_recognised),
		cmocka_unit_test(descriptors_are_closed),
	};

	return cmocka_run_group_tests(tests, make_tree, remove_tree);
}
