#include "exports_files.h"

#include <fcntl.h>
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "strbuf.h"

static char tree[32];
static struct arena *arena;
static struct root root;
static struct exports_files files;

static const char *in_tree(const char *path)
{
	static char text[PATH_MAX];

	snprintf(text, sizeof(text), "%s/%s", tree, path);
	return text;
}

static int set_up(void **state)
{
	(void)state;
	snprintf(tree, sizeof(tree), "/tmp/exports.XXXXXX");
	arena = arena_new();
	files = (struct exports_files){ 0 };
	if (!mkdtemp(tree) || mkdir(in_tree("etc"), 0755) < 0 ||
	    chmod(tree, 0755) < 0)
		return -1;
	return root_open(tree, &root, NULL) ? 0 : -1;
}

static int tear_down(void **state)
{
	char command[64];

	(void)state;
	root_close(&root);
	arena_free(arena);
	snprintf(command, sizeof(command), "rm -rf %s", tree);
	return system(command);
}

static void put(const char *path, const char *text)
{
	int fd = open(in_tree(path), O_CREAT | O_WRONLY, 0644);

	assert_int_equal(write(fd, text, strlen(text)), strlen(text));
	close(fd);
}

static void put_link(const char *path, const char *target)
{
	assert_int_equal(symlink(target, in_tree(path)), 0);
}

static void put_socket(const char *path)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);

	snprintf(address.sun_path, sizeof(address.sun_path), "%s/%s", tree,
		 path);
	assert_int_equal(bind(fd, (struct sockaddr *)&address, sizeof(address)),
			 0);
	close(fd);
}

/* All that files holds as text; "@" stands for the tree. */
static void expect(const char *expected)
{
	struct strbuf out = { 0 }, short_out = { 0 };
	size_t length = strlen(tree);

	strbuf_add_text(&out, files.main_missing ? "missing\n" : "");
	for (size_t i = 0; i < files.sources.count; i++)
		strbuf_printf(&out, "%s=%.*s\n", files.sources.items[i].name,
			      STR_ARG(files.sources.items[i].text));
	for (size_t i = 0; i < files.failures.count; i++)
		strbuf_printf(&out, "failure %s\n", files.failures.items[i]);
	for (size_t i = 0; i < files.notes.count; i++)
		strbuf_printf(&out, "note %s\n", files.notes.items[i]);
	for (const char *at = strbuf_str(&out).data; *at;) {
		bool is_tree = strncmp(at, tree, length) == 0;

		strbuf_add_char(&short_out, is_tree ? '@' : *at);
		at += is_tree ? length : 1;
	}
	assert_string_equal(strbuf_str(&short_out).data, expected);
	strbuf_free(&out);
	strbuf_free(&short_out);
}

static void nothing_is_an_empty_table(void **state)
{
	(void)state;
	exports_files_read_system(arena, &root, &files);
	expect("missing\n");
}

static void files_come_in_load_order(void **state)
{
	(void)state;
	put("etc/exports", "main");
	assert_int_equal(mkdir(in_tree("etc/exports.d"), 0755), 0);
	put("etc/exports.d/10.exports", "ten");
	put("etc/exports.d/9.exports", "nine");
	put("etc/exports.d/010.exports", "");
	put("etc/exports.d/a.exports~", "no");
	put("etc/exports.d/.hidden.exports", "no");
	put("etc/exports.d/readme", "no");
	exports_files_read_system(arena, &root, &files);
	expect("/etc/exports=main\n"
	       "/etc/exports.d/010.exports=\n"
	       "/etc/exports.d/9.exports=nine\n"
	       "/etc/exports.d/10.exports=ten\n");
}

/* One of each kind of file; links go where they go after chroot. */
static void put_every_kind(void)
{
	assert_int_equal(mkdir(in_tree("etc/exports.d"), 0755), 0);
	assert_int_equal(mkdir(in_tree("etc/exports.d/dir.exports"), 0755), 0);
	assert_int_equal(mkfifo(in_tree("etc/exports.d/fifo.exports"), 0644),
			 0);
	put_socket("etc/exports.d/sock.exports");
	put("etc/file", "file");
	put("etc/exports.d/z.exports", "z");
	put_link("etc/exports.d/absolute.exports", "/etc/file");
	put_link("etc/exports.d/dangling.exports", "nothing");
	put_link("etc/exports.d/loop.exports", "loop.exports");
	put_link("etc/exports.d/relative.exports", "../../../../etc/file");
	put_link("etc/exports.d/todir.exports", "dir.exports");
	put_link("etc/exports.d/tofifo.exports", "fifo.exports");
	put_link("etc/exports.d/tosock.exports", "sock.exports");
}

static void one_bad_file_does_not_hide_others(void **state)
{
	(void)state;
	put_every_kind();
	exports_files_read_system(arena, &root, &files);
	expect("missing\n"
	       "/etc/exports.d/absolute.exports=file\n"
	       "/etc/exports.d/relative.exports=file\n"
	       "/etc/exports.d/z.exports=z\n"
	       "failure /etc/exports.d/dangling.exports: "
	       "No such file or directory\n"
	       "failure /etc/exports.d/loop.exports: "
	       "Too many levels of symbolic links\n"
	       "failure /etc/exports.d/todir.exports: is a directory\n"
	       "failure /etc/exports.d/tofifo.exports: "
	       "is not a regular file\n"
	       "failure /etc/exports.d/tosock.exports: "
	       "No such device or address\n");
}

static void odd_files_are_named(void **state)
{
	int fd;

	(void)state;
	assert_int_equal(mkdir(in_tree("etc/exports"), 0755), 0);
	put("etc/exports.d", "");
	exports_files_read_system(arena, &root, &files);
	expect("failure /etc/exports: is a directory\n"
	       "note /etc/exports.d: is not a directory\n");
	assert_int_equal(rmdir(in_tree("etc/exports")), 0);
	fd = open(in_tree("etc/exports"), O_CREAT | O_WRONLY, 0644);
	assert_int_equal(ftruncate(fd, ((off_t)1 << 30) + 1), 0);
	close(fd);
	files = (struct exports_files){ 0 };
	exports_files_read_system(arena, &root, &files);
	expect("failure /etc/exports: larger than 1073741824 bytes\n"
	       "note /etc/exports.d: is not a directory\n");
}

static void unreadable_files_are_failures(void **state)
{
	int status;
	pid_t child;

	(void)state;
	put("etc/exports", "main");
	assert_int_equal(mkdir(in_tree("etc/exports.d"), 0755), 0);
	put("etc/exports.d/a.exports", "a");
	put("etc/exports.d/b.exports", "b");
	assert_int_equal(chmod(in_tree("etc/exports.d/a.exports"), 0), 0);
	child = fork();
	if (child == 0) {
		if (geteuid() == 0 && setuid(65534) != 0)
			_exit(2);
		exports_files_read_system(arena, &root, &files);
		_exit(files.sources.count != 2 || files.failures.count != 1 ||
		      strcmp(files.failures.items[0],
			     "/etc/exports.d/a.exports: Permission denied") !=
			      0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
}

static void operands_are_named_as_given(void **state)
{
	(void)state;
	put("one", "1");
	assert_int_equal(mkdir(in_tree("d"), 0755), 0);
	put("d/2.exports", "2");
	put("d/10.exports", "10");
	put("d/other", "no");
	exports_files_read_operand(arena, in_tree("one"), &files);
	exports_files_read_operand(arena, in_tree("d"), &files);
	exports_files_read_operand(arena, in_tree("d/"), &files);
	exports_files_read_operand(arena, in_tree("nothing"), &files);
	exports_files_read_file(arena, in_tree("d"), &files);
	exports_files_read_directory(arena, in_tree("one"), &files);
	expect("@/one=1\n"
	       "@/d/2.exports=2\n@/d/10.exports=10\n"
	       "@/d/2.exports=2\n@/d/10.exports=10\n"
	       "failure @/nothing: No such file or directory\n"
	       "failure @/d: is a directory\n"
	       "failure @/one: Not a directory\n");
}

static void pipes_and_standard_input_are_read(void **state)
{
	int ends[2], kept = dup(STDIN_FILENO);
	char operand[32];

	(void)state;
	assert_int_equal(pipe(ends), 0);
	assert_int_equal(write(ends[1], "piped", 5), 5);
	close(ends[1]);
	snprintf(operand, sizeof(operand), "/dev/fd/%d", ends[0]);
	exports_files_read_operand(arena, operand, &files);
	close(ends[0]);
	put("in", "input");
	assert_int_equal(open(in_tree("in"), O_RDONLY), ends[0]);
	dup2(ends[0], STDIN_FILENO);
	exports_files_read_operand(arena, "-", &files);
	dup2(kept, STDIN_FILENO);
	close(kept);
	close(ends[0]);
	assert_int_equal(files.sources.count, 2);
	assert_string_equal(files.sources.items[0].name, operand);
	assert_true(str_is(files.sources.items[0].text, "piped"));
	assert_string_equal(files.sources.items[1].name, "-");
	assert_true(str_is(files.sources.items[1].text, "input"));
}

static void masked_files_are_empty(void **state)
{
	(void)state;
	assert_int_equal(mkdir(in_tree("d"), 0755), 0);
	put_link("d/a.exports", "/dev/null");
	exports_files_read_operand(arena, in_tree("d"), &files);
	expect("@/d/a.exports=\n");
}

static void descriptors_are_closed(void **state)
{
	int first = dup(0), second;

	(void)state;
	close(first);
	put("etc/exports", "main");
	put_every_kind();
	exports_files_read_system(arena, &root, &files);
	exports_files_read_operand(arena, in_tree("etc/exports"), &files);
	exports_files_read_operand(arena, in_tree("etc/exports.d"), &files);
	second = dup(0);
	close(second);
	assert_int_equal(first, second);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(nothing_is_an_empty_table),
		TEST(files_come_in_load_order),
		TEST(one_bad_file_does_not_hide_others),
		TEST(odd_files_are_named),
		TEST(unreadable_files_are_failures),
		TEST(operands_are_named_as_given),
		TEST(pipes_and_standard_input_are_read),
		TEST(masked_files_are_empty),
		TEST(descriptors_are_closed),
	};

	alarm(60);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
