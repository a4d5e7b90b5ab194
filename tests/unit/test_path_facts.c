#include "path_facts.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

enum { PATHS = 6000, TREES = 6, TEXT_MAX = 2048 };

static char tree[] = "/tmp/path_facts.XXXXXX";

static int make_tree(void **state)
{
	(void)state;
	return mkdtemp(tree) && chdir("/") == 0 ? 0 : -1;
}

static int remove_tree(void **state)
{
	char command[128];

	(void)state;
	snprintf(command, sizeof(command), "chmod -R u+rwx %s; rm -rf %s", tree,
		 tree);
	return system(command);
}

static const char *in_tree(const char *path)
{
	static char text[4][sizeof(tree) + PATH_MAX];
	static unsigned turn;
	char *buffer = text[turn++ % 4];

	snprintf(buffer, sizeof(*text), "%s/%s", tree, path);
	return buffer;
}

static void make_directory(const char *path)
{
	assert_int_equal(mkdir(in_tree(path), 0755), 0);
}

static void make_file(const char *path)
{
	int fd = open(in_tree(path), O_CREAT | O_WRONLY, 0644);

	assert_true(fd >= 0);
	close(fd);
}

static void make_link(const char *path, const char *target)
{
	assert_int_equal(symlink(target, in_tree(path)), 0);
}

static uint32_t seed = 1;

static uint32_t below(uint32_t bound)
{
	seed = seed * 1664525u + 1013904223u;
	return (seed >> 8) % bound;
}

static const char *const names[] = {
	"a",  "b",   "c",	"d",	    "file", "l1", "l2",
	"l3", "l4",  "l5",	"loop",	    ".",    "..", "",
	"..", "...", "nothing", "\xff\x01", "fifo",
};

static void random_path(char text[TEXT_MAX], bool absolute, const char *base)
{
	size_t length = 0;
	unsigned count = 1 + below(7);

	text[0] = '\0';
	if (absolute)
		length = (size_t)snprintf(text, TEXT_MAX, "%s/", base);
	for (unsigned i = 0; i < count; i++)
		length += (size_t)snprintf(
			text + length, TEXT_MAX - length, "%s%s",
			names[below(sizeof(names) / sizeof(*names))],
			i + 1 < count || below(6) == 0 ? "/" : "");
}

/* Directories four deep, with files, and links with random targets. */
static void fill_tree(const char *base, const char *link_base, unsigned depth)
{
	static const char *const directories[] = { "a", "b", "c", "d" };
	char path[PATH_MAX], target[TEXT_MAX];

	for (unsigned i = 1; i <= 5; i++) {
		random_path(target, below(3) == 0, link_base);
		snprintf(path, sizeof(path), "%s/l%u", base, i);
		if (target[0])
			make_link(path, target);
	}
	snprintf(path, sizeof(path), "%s/loop", base);
	make_link(path, "../a/loop");
	snprintf(path, sizeof(path), "%s/file", base);
	make_file(path);
	snprintf(path, sizeof(path), "%s/fifo", base);
	assert_int_equal(mkfifo(in_tree(path), 0600), 0);
	for (unsigned i = 0; i < 4 && depth; i++) {
		if (below(4) == 0)
			continue;
		snprintf(path, sizeof(path), "%s/%s", base, directories[i]);
		make_directory(path);
		fill_tree(path, link_base, depth - 1);
	}
}

/* What realpath(3) and stat(2) say. */
struct expected {
	bool found;
	enum path_kind kind;
	char real[PATH_MAX];
};

static void ask_realpath(const char *path, struct expected *expected)
{
	struct stat state;

	expected->found = realpath(path, expected->real) != NULL;
	if (!expected->found) {
		expected->kind = errno == EACCES ? PATH_HIDDEN : PATH_MISSING;
		return;
	}
	if (lstat(expected->real, &state) < 0)
		abort();
	expected->kind = S_ISDIR(state.st_mode)	  ? PATH_DIRECTORY
			 : S_ISREG(state.st_mode) ? PATH_FILE
						  : PATH_OTHER;
}

static bool agrees(struct str path, const struct expected *expected,
		   const struct resolved_path *resolved)
{
	bool same =
		resolved->kind == expected->kind &&
		(resolved->real.data != NULL) == expected->found &&
		(!expected->found || str_is(resolved->real, expected->real));

	if (!same)
		printf("%.*s: realpath %s (%d), here %.*s (%d)\n",
		       STR_ARG(path),
		       expected->found ? expected->real : "fails",
		       expected->kind, STR_ARG(resolved->real),
		       (int)resolved->kind);
	return same;
}

static struct root host_root(void)
{
	struct root root;

	assert_true(root_open("/", &root, NULL));
	return root;
}

static size_t count_found(const struct resolved_path *resolved, size_t count)
{
	size_t found = 0;

	for (size_t i = 0; i < count; i++)
		found += resolved[i].kind != PATH_MISSING;
	return found;
}

/* Number of paths on which both differ, all asked at once. */
static size_t differences(const struct str *paths, size_t count)
{
	struct arena *arena = arena_new();
	struct resolved_path *resolved =
		arena_alloc_array(arena, count, sizeof(*resolved));
	struct expected *expected = arena_alloc(arena, sizeof(*expected));
	struct root root = host_root();
	size_t wrong = 0;

	path_facts_gather(arena, &root, paths, count, resolved);
	/* else the paths would test little */
	assert_true(count_found(resolved, count) > count / 20);
	for (size_t i = 0; i < count; i++) {
		ask_realpath(paths[i].data, expected);
		wrong += !agrees(paths[i], expected, &resolved[i]);
	}
	root_close(&root);
	arena_free(arena);
	return wrong;
}

static void generated_paths_are_as_realpath_has_them(void **state)
{
	(void)state;
	for (unsigned round = 0; round < TREES; round++) {
		struct arena *arena = arena_new();
		struct str *paths =
			arena_alloc_array(arena, PATHS, sizeof(*paths));
		char base[32], whole[PATH_MAX], text[TEXT_MAX];

		seed = round + 1;
		snprintf(base, sizeof(base), "t%u", round);
		snprintf(whole, sizeof(whole), "%s/%s", tree, base);
		make_directory(base);
		fill_tree(base, whole, 3);
		for (unsigned i = 0; i < PATHS; i++) {
			random_path(text, true, whole);
			/* "/" is where a relative path starts */
			paths[i] =
				str_of(arena_copy(arena, text, strlen(text)));
			if (below(5) == 0)
				paths[i] = str_skip(paths[i], 1);
		}
		assert_int_equal(differences(paths, PATHS), 0);
		arena_free(arena);
	}
}

static void shared_results_share_bytes(void **state)
{
	struct arena *arena = arena_new();
	struct root root = host_root();
	struct str paths[] = { STR("/"), STR("/usr/bin"), STR("/usr//bin"),
			       STR("usr"), STR("") };
	struct resolved_path resolved[5];

	(void)state;
	path_facts_gather(arena, &root, paths, 5, resolved);
	assert_ptr_equal(resolved[0].real.data, paths[0].data);
	assert_ptr_equal(resolved[1].real.data, paths[1].data);
	assert_true(str_is(resolved[2].real, "/usr/bin"));
	assert_true(str_is(resolved[3].real, "/usr"));
	assert_int_equal(resolved[4].kind, PATH_MISSING);
	assert_null(resolved[4].real.data);
	root_close(&root);
	arena_free(arena);
}

/* c1 -> c2 -> ... -> c60 -> end: chains of 60 to 1 links, met from both ends,
 * with and without a link before them. */
static void forty_links_are_the_limit(void **state)
{
	static char texts[240][PATH_MAX];
	struct str paths[240];
	size_t count = 0;

	(void)state;
	make_directory("chain");
	make_directory("chain/end");
	make_link("chain/up", ".");
	for (unsigned i = 1; i <= 60; i++) {
		char name[32], target[32];

		snprintf(name, sizeof(name), "chain/c%u", i);
		snprintf(target, sizeof(target), i < 60 ? "c%u" : "end", i + 1);
		make_link(name, target);
	}
	for (unsigned i = 0; i < 120; i++) {
		unsigned link = i < 60 ? i + 1 : 120 - i;

		snprintf(texts[count], PATH_MAX, "%s/chain/c%u/..", tree, link);
		paths[count] = str_of(texts[count]);
		count++;
		snprintf(texts[count], PATH_MAX, "%s/chain/up/up/c%u", tree,
			 link);
		paths[count] = str_of(texts[count]);
		count++;
	}
	assert_int_equal(differences(paths, count), 0);
}

/* 15 directories with names of 250 bytes, and leaves that bring the path to
 * the limits of PATH_MAX and NAME_MAX. */
static void long_paths_end_where_realpath_ends(void **state)
{
	static const char *const tails[] = { "",    "/",     "/.",    "/./",
					     "/..", "/../x", "/../.", "//" };
	static char texts[4096][PATH_MAX + 300];
	static struct str paths[4096];
	char name[300], whole[PATH_MAX];
	size_t count = 0, length;
	int fd = open(tree, O_RDONLY | O_DIRECTORY);

	(void)state;
	memset(name, 'n', sizeof(name));
	length = (size_t)snprintf(whole, sizeof(whole), "%s", tree);
	for (unsigned i = 0; i < 15; i++) {
		int next;

		name[250] = '\0';
		assert_int_equal(mkdirat(fd, name, 0755), 0);
		next = openat(fd, name, O_RDONLY | O_DIRECTORY);
		assert_true(next >= 0);
		close(fd);
		fd = next;
		length += (size_t)snprintf(whole + length,
					   sizeof(whole) - length, "/%s", name);
	}
	memset(name, 'n', sizeof(name));
	/* whole is about 3,790 bytes: two more levels reach the limit */
	name[200] = '\0';
	assert_int_equal(mkdirat(fd, name, 0755), 0);
	length += (size_t)snprintf(whole + length, sizeof(whole) - length,
				   "/%s", name);
	name[200] = 'n';
	int last = openat(fd, ".", O_RDONLY);
	close(fd);
	name[200] = '\0';
	fd = openat(last, name, O_RDONLY | O_DIRECTORY);
	name[200] = 'n';
	close(last);
	for (size_t leaf = 1; leaf < 258; leaf++) {
		bool near = length + 1 + leaf > PATH_MAX - 6 &&
			    length + 1 + leaf < PATH_MAX + 6;

		if (!near && leaf < 250 && leaf > 2)
			continue;
		name[leaf] = '\0';
		mkdirat(fd, name, 0755);
		for (size_t t = 0; t < sizeof(tails) / sizeof(*tails); t++) {
			snprintf(texts[count], sizeof(texts[count]), "%s/%s%s",
				 whole, name, tails[t]);
			paths[count] = str_of(texts[count]);
			count++;
		}
		name[leaf] = 'n';
	}
	close(fd);
	assert_true(count > 80);
	assert_int_equal(differences(paths, count), 0);
}

static void unreadable_directories_hide_what_is_below(void **state)
{
	struct str paths[8];
	unsigned count = 0;
	int status;
	pid_t child;

	(void)state;
	chmod(tree, 0755);
	make_directory("shut");
	make_directory("shut/inside");
	make_link("into", "shut/inside");
	make_link("back", "shut/..");
	for (const char *const *path =
		     (const char *const[]){ "shut", "shut/", "shut/.",
					    "shut/..", "shut/inside", "into",
					    "back", NULL };
	     *path; path++)
		paths[count++] = str_of(strdup(in_tree(*path)));
	assert_int_equal(chmod(in_tree("shut"), 0), 0);
	child = fork();
	if (child == 0) {
		if (geteuid() == 0 && setuid(65534) != 0)
			_exit(2);
		_exit(access(in_tree("shut/inside"), F_OK) == 0
			      ? 3
			      : differences(paths, count) != 0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
	chmod(in_tree("shut"), 0755);
	while (count)
		free((char *)(uintptr_t)paths[--count].data);
}

static void other_roots_are_as_after_chroot(void **state)
{
	enum { COUNT = 4000 };
	struct arena *arena = arena_new();
	struct str *paths = arena_alloc_array(arena, COUNT, sizeof(*paths));
	struct resolved_path *resolved =
		arena_alloc_array(arena, COUNT, sizeof(*resolved));
	struct expected *expected =
		mmap(NULL, COUNT * sizeof(*expected), PROT_READ | PROT_WRITE,
		     MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	char text[TEXT_MAX];
	struct root root;
	size_t wrong = 0;
	int status;
	pid_t child;

	(void)state;
	if (geteuid() != 0) {
		print_message("only root can chroot\n");
		munmap(expected, COUNT * sizeof(*expected));
		arena_free(arena);
		skip();
	}
	make_directory("jail");
	make_directory("jail/inner");
	fill_tree("jail/inner", "", 3);
	make_link("jail/inner/out", "../../../../../etc/passwd");
	make_link("jail/inner/abs", "/etc/passwd");
	for (unsigned i = 0; i < COUNT; i++) {
		random_path(text, below(2) == 0, "");
		paths[i] = str_of(arena_copy(arena, text, strlen(text)));
	}
	paths[0] = STR("/out");
	paths[1] = STR("/abs");
	paths[2] = STR("../../../etc/passwd");
	child = fork();
	if (child == 0) {
		if (chroot(in_tree("jail/inner")) != 0 || chdir("/") != 0)
			_exit(1);
		for (unsigned i = 0; i < COUNT; i++)
			ask_realpath(paths[i].data, &expected[i]);
		_exit(0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
	assert_true(root_open(in_tree("jail/inner"), &root, NULL));
	assert_false(root.is_host);
	path_facts_gather(arena, &root, paths, COUNT, resolved);
	for (unsigned i = 0; i < COUNT; i++)
		wrong += !agrees(paths[i], &expected[i], &resolved[i]);
	assert_int_equal(wrong, 0);
	assert_true(count_found(resolved, COUNT) > COUNT / 20);
	assert_int_equal(resolved[0].kind, PATH_MISSING);
	assert_int_equal(resolved[1].kind, PATH_MISSING);
	root_close(&root);
	munmap(expected, COUNT * sizeof(*expected));
	arena_free(arena);
}

static double now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/* A million paths below a directory that is missing, then below one that is
 * there. */
static void a_million_paths_are_quick(void **state)
{
	enum { COUNT = 1000000 };
	static const char *const formats[] = { "%s/nothing/x%u/data",
					       "%s/many/x%u" };

	(void)state;
	make_directory("many");
	for (unsigned f = 0; f < 2; f++) {
		struct arena *arena = arena_new();
		struct str *paths =
			arena_alloc_array(arena, COUNT, sizeof(*paths));
		struct resolved_path *resolved =
			arena_alloc_array(arena, COUNT, sizeof(*resolved));
		struct root root = host_root();
		struct rusage before, after;
		double begin;

		for (unsigned i = 0; i < COUNT; i++)
			paths[i] = str_of(
				arena_printf(arena, formats[f], tree, i));
		memset(resolved, 1, COUNT * sizeof(*resolved));
		getrusage(RUSAGE_SELF, &before);
		begin = now();
		path_facts_gather(arena, &root, paths, COUNT, resolved);
		begin = now() - begin;
		getrusage(RUSAGE_SELF, &after);
		print_message("%.3f s, %ld KiB more\n", begin,
			      after.ru_maxrss - before.ru_maxrss);
		assert_int_equal(count_found(resolved, COUNT), 0);
		assert_true(begin < (f ? 20 : 3));
		root_close(&root);
		arena_free(arena);
	}
}

static void no_descriptor_is_left(void **state)
{
	struct arena *arena = arena_new();
	struct root root = host_root();
	struct str paths[] = { STR("/usr/share/doc/x"),	    STR("/etc/a/b"),
			       STR("/var/lib/dpkg/info/x"), STR("/usr/lib/a"),
			       STR("/usr/bin/env"),	    STR("/tmp/x"),
			       STR("/var/log/x"),	    STR("/root/x") };
	struct resolved_path resolved[8];
	int first = dup(0), second;

	(void)state;
	close(first);
	path_facts_gather(arena, &root, paths, 8, resolved);
	second = dup(0);
	close(second);
	assert_int_equal(first, second);
	root_close(&root);
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(generated_paths_are_as_realpath_has_them),
		cmocka_unit_test(shared_results_share_bytes),
		cmocka_unit_test(forty_links_are_the_limit),
		cmocka_unit_test(long_paths_end_where_realpath_ends),
		cmocka_unit_test(unreadable_directories_hide_what_is_below),
		cmocka_unit_test(other_roots_are_as_after_chroot),
		cmocka_unit_test(a_million_paths_are_quick),
		cmocka_unit_test(no_descriptor_is_left),
	};

	return cmocka_run_group_tests(tests, make_tree, remove_tree);
}
