#include "netgroup_parser.h"

#include <fcntl.h>
#include <netdb.h>
#include <sched.h>
#include <setjmp.h>
#include <stdarg.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "strbuf.h"

static void add_field(struct strbuf *out, struct str field)
{
	strbuf_printf(out, "%.*s", STR_ARG(field));
}

/* The triples of a group as one text. */
static void describe(struct strbuf *out, struct arena *arena,
		     const struct netgroups *groups, const char *name)
{
	struct netgroup_answer answer;

	strbuf_printf(out, "%s:", name);
	if (!netgroups_find(arena, groups, str_of(name), &answer))
		strbuf_add_text(out, " none");
	for (size_t i = 0; i < answer.triples.count; i++) {
		strbuf_add_text(out, " (");
		add_field(out, answer.triples.items[i]->host);
		strbuf_add_char(out, ',');
		add_field(out, answer.triples.items[i]->user);
		strbuf_add_char(out, ',');
		add_field(out, answer.triples.items[i]->domain);
		strbuf_add_char(out, ')');
	}
	strbuf_add_char(out, '\n');
}

static void expect(const char *file, const char *name, const char *expected)
{
	struct arena *arena = arena_new();
	struct netgroups groups;
	struct strbuf out = { 0 };

	netgroups_parse(arena, str_of(file), &groups);
	describe(&out, arena, &groups, name);
	assert_string_equal(out.data, expected);
	strbuf_free(&out);
	arena_free(arena);
}

static void groups_are_those_of_the_file(void **state)
{
	static const char file[] = "lab (a,,) ( b , u , d )\n"
				   "all lab more (c,-,)\n"
				   "more\t(-,x,) all \\\n(d,,)\\\n"
				   "(e,,)\n"
				   "lab (second,,)\n"
				   " indented (a,,)\n"
				   "empty\n"
				   "half (a,,) (b,, (c,,)\n"
				   "torn (a,,\n"
				   "hash (a,,) #c\n"
				   "world (,,)\n"
				   "last (z,,)\\";

	(void)state;
	expect(file, "lab", "lab: (a,,) (b,u,d)\n");
	expect(file, "all", "all: (c,-,) (-,x,) (d,,) (e,,) (a,,) (b,u,d)\n");
	expect(file, "indented", "indented: none\n");
	expect(file, "empty", "empty:\n");
	expect(file, "half", "half: (a,,) (b,,(c,,)\n");
	expect(file, "torn", "torn:\n");
	expect(file, "hash", "hash: (a,,)\n");
	expect(file, "world", "world: (,,)\n");
	expect(file, "last", "last: (z,,)\n");
	expect(file, "LAB", "LAB: none\n");
	expect(file, "", ": none\n");
	expect("", "lab", "lab: none\n");
	expect("lab", "lab", "lab: none\n");
}

static void groups_may_hold_each_other(void **state)
{
	struct strbuf file = { 0 };

	(void)state;
	for (int i = 0; i < 20000; i++)
		strbuf_printf(&file, "g%d g%d g0 g%d\n", i, i + 1, i / 2);
	strbuf_add_text(&file, "g20000 (deep,,) g0\n");
	expect(file.data, "g0", "g0: (deep,,)\n");
	strbuf_free(&file);
}

static uint32_t seed = 5;

static uint32_t below(uint32_t bound)
{
	seed = seed * 1664525u + 1013904223u;
	return (seed >> 8) % bound;
}

static const char *const names[] = { "lab", "all", "more", "#x", "LAB" };
enum { NAMES = sizeof(names) / sizeof(*names) };

static void generate(struct strbuf *file)
{
	static const char *const pieces[] = {
		" ",	   "\t",      "(a,,)",	"(,u,)",    "( b , , d )",
		"(-,,)",   "\\\n",    "\\\n  ", " ",	    "(c,x)",
		"(,,)",	   "(d e,,)", "\r",	"#",	    " (a,b,c) ",
		" lab ",   " all ",   " more ", " nobody ", "\v",
		"(f,\\\n", "g,)",     " x",	" (h,,)",   " LAB ",
	};

	strbuf_clear(file);
	for (uint32_t line = 1 + below(5); line; line--) {
		if (below(9) == 0)
			strbuf_add_char(file, ' ');
		strbuf_add_text(file, names[below(NAMES)]);
		for (uint32_t piece = below(7); piece; piece--)
			strbuf_add_text(file, pieces[below(25)]);
		if (line > 1 || below(2))
			strbuf_add_char(file, '\n');
	}
}

static void write_file(const char *path, struct str text)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0644);

	if (fd < 0 || write(fd, text.data, text.length) != (ssize_t)text.length)
		_exit(3);
	close(fd);
}

/* What getnetgrent(3) answers, described in the same way. */
static void describe_real(struct strbuf *out, const char *name)
{
	char *host, *user, *domain;

	strbuf_printf(out, "%s:", name);
	if (!setnetgrent(name))
		strbuf_add_text(out, " none");
	else
		while (getnetgrent(&host, &user, &domain))
			strbuf_printf(out, " (%s,%s,%s)", host ? host : "",
				      user ? user : "", domain ? domain : "");
	endnetgrent();
	strbuf_add_char(out, '\n');
}

static void compare(struct strbuf *ours, struct strbuf *real, struct str file)
{
	struct arena *arena = arena_new();
	struct netgroups groups;

	strbuf_clear(ours);
	strbuf_clear(real);
	write_file("/etc/netgroup", file);
	netgroups_parse(arena, file, &groups);
	for (size_t i = 0; i < NAMES; i++) {
		describe(ours, arena, &groups, names[i]);
		describe_real(real, names[i]);
	}
	arena_free(arena);
}

/* Runs in namespaces of its own. */
static void compare_generated(void)
{
	struct strbuf file = { 0 }, ours = { 0 }, real = { 0 };

	for (int round = 0; round < 3000; round++) {
		generate(&file);
		compare(&ours, &real, strbuf_str(&file));
		if (strcmp(ours.data, real.data) == 0)
			continue;
		fprintf(stderr, "of\n%s\nwe say\n%sreal\n%s", file.data,
			ours.data, real.data);
		_exit(1);
	}
	_exit(0);
}

static void libc_answers_the_same(void **state)
{
	enum { CANNOT = 77 };
	pid_t child = fork();
	int status;

	(void)state;
	if (child == 0) {
		if (unshare(CLONE_NEWNS) != 0 ||
		    mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0 ||
		    mount("tmpfs", "/etc", "tmpfs", 0, NULL) != 0)
			_exit(CANNOT);
		write_file("/etc/nsswitch.conf", STR("netgroup: files\n"));
		compare_generated();
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	if (WEXITSTATUS(status) == CANNOT)
		skip();
	assert_int_equal(WEXITSTATUS(status), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(groups_are_those_of_the_file),
		cmocka_unit_test(groups_may_hold_each_other),
		cmocka_unit_test(libc_answers_the_same),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
