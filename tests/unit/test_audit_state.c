#include "audit_state.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "strbuf.h"
#include "unit_test.h"

struct fixture {
	struct arena *arena;
	char folder[32];
	const char *file;
	struct audit_facts seen;
};

static int set_up(void **state)
{
	struct fixture *fixture = calloc(1, sizeof(*fixture));

	snprintf(fixture->folder, sizeof(fixture->folder),
		 "/tmp/audit_state.XXXXXX");
	assert_non_null(mkdtemp(fixture->folder));
	fixture->arena = arena_new();
	fixture->file =
		arena_printf(fixture->arena, "%s/state", fixture->folder);
	*state = fixture;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *fixture = *state;

	unlink(fixture->file);
	assert_int_equal(rmdir(fixture->folder), 0);
	arena_free(fixture->arena);
	free(fixture);
	return 0;
}

static void see(struct fixture *fixture, enum audit_kind kind, const char *key,
		const char *value)
{
	struct audit_fact *fact =
		ARRAY_ADD(fixture->arena, &fixture->seen.list[kind]);

	for (unsigned i = 0; i < audit_kinds[kind].columns; i++)
		fact->text[i] =
			str_of(i < audit_kinds[kind].keys ? key : value);
}

static void see_nothing(struct fixture *fixture)
{
	fixture->seen = (struct audit_facts){ 0 };
}

static bool would_see(const struct audit_sight *sight, enum audit_kind kind,
		      const struct audit_fact *fact, bool out_of_sight)
{
	(void)sight;
	(void)fact;
	return !out_of_sight || kind == AUDIT_UNCHECKED;
}

static struct audit_state *open_state(struct fixture *fixture, const char *name,
				      const char *server)
{
	struct audit_state *state;
	struct failure failure;

	if (!audit_state_open(fixture->arena, name, server, 0, &state,
			      &failure))
		fail_msg("%s", failure.text);
	return state;
}

/* "kind how key", a line for each change. */
static void describe(const struct audit_changes *changes, struct strbuf *out)
{
	static const char marks[CHANGE_KINDS] = { '+', '-', '~', '.' };

	for (int kind = 0; kind < AUDIT_KINDS; kind++)
		for (size_t i = 0; i < changes->list[kind].count; i++) {
			const struct audit_change *change =
				&changes->list[kind].items[i];
			const struct audit_fact *fact =
				change->after ? change->after : change->before;

			strbuf_printf(out, "%c%s %.*s\n", marks[change->how],
				      audit_kinds[kind].table,
				      STR_ARG(fact->text[0]));
		}
}

/* A run on an open state, which is closed; what changed must be expected. */
static void run_in(struct fixture *fixture, struct audit_state *state,
		   bool keep, const char *expected)
{
	static const struct audit_sight sight = { would_see };
	struct audit_run run = {
		.time = 1,
		.counts = { 1, 2, 3, 4, 5 },
		.exposure = AUDIT_NO_EXPOSURE,
	};
	struct audit_changes changes;
	struct audit_facts known;
	struct failure failure;
	struct strbuf text = { 0 };
	bool any;

	assert_true(audit_state_known(state, &known, &any, &failure));
	audit_changes_find(fixture->arena, &known, &fixture->seen, &sight,
			   &changes);
	describe(&changes, &text);
	assert_string_equal(strbuf_str(&text).data, expected);
	strbuf_free(&text);
	if (keep)
		assert_true(audit_state_note(state, &run, &changes, &failure) &&
			    audit_state_commit(state, &failure));
	audit_state_close(state);
}

static void run(struct fixture *fixture, const char *expected)
{
	run_in(fixture, open_state(fixture, fixture->file, "/"), true,
	       expected);
}

static void test_memory(void **state)
{
	struct fixture *fixture = *state;

	see(fixture, AUDIT_CLIENT, "10.1.2.3", NULL);
	run_in(fixture, open_state(fixture, ":memory:", "/"), true,
	       "+clients 10.1.2.3\n");
	run_in(fixture, open_state(fixture, ":memory:", "/"), true,
	       "+clients 10.1.2.3\n");
}

static void test_changes(void **state)
{
	struct fixture *fixture = *state;
	struct stat file;

	see(fixture, AUDIT_FINDING, "0001", "high");
	see(fixture, AUDIT_EXPORT, "/a\377\n", "ro");
	see(fixture, AUDIT_CLIENT, "10.1.2.3", NULL);
	run(fixture, "+findings 0001\n+exports /a\377\n\n"
		     "+clients 10.1.2.3\n");
	assert_int_equal(stat(fixture->file, &file), 0);
	assert_int_equal(file.st_mode & 0777, 0600);
	run(fixture, "");
	fixture->seen.list[AUDIT_FINDING].items[0].text[FINDING_MESSAGE] =
		STR("moved");
	fixture->seen.list[AUDIT_EXPORT].items[0].text[EXPORT_OPTIONS_TEXT] =
		STR("rw");
	run(fixture, ".findings 0001\n~exports /a\377\n\n");
	run(fixture, "");
	see_nothing(fixture);
	run(fixture, "-findings 0001\n-exports /a\377\n\n"
		     "-clients 10.1.2.3\n");
	run(fixture, "");
}

/* What only moved is the same finding, with what is known of it now. */
static void test_noted(void **state)
{
	struct fixture *fixture = *state;
	struct audit_state *opened;
	struct audit_facts known;
	struct audit_fact *fact;
	struct failure failure;
	bool any;

	see(fixture, AUDIT_FINDING, "0001", "high");
	run(fixture, "+findings 0001\n");
	fixture->seen.list[AUDIT_FINDING].items[0].text[FINDING_PLACE] =
		STR("/etc/exports:2");
	run(fixture, ".findings 0001\n");
	opened = open_state(fixture, fixture->file, "/");
	assert_true(audit_state_known(opened, &known, &any, &failure));
	audit_state_close(opened);
	assert_true(any);
	assert_int_equal(known.list[AUDIT_FINDING].count, 1);
	fact = &known.list[AUDIT_FINDING].items[0];
	assert_int_equal(fact->since, 1);
	assert_true(str_is(fact->text[FINDING_PLACE], "/etc/exports:2"));
}

static void test_link(void **state)
{
	struct fixture *fixture = *state;
	struct audit_state *opened;
	struct failure failure;

	assert_int_equal(symlink("elsewhere", fixture->file), 0);
	assert_false(audit_state_open(fixture->arena, fixture->file, "/", 0,
				      &opened, &failure));
}

static void test_not_kept(void **state)
{
	struct fixture *fixture = *state;

	see(fixture, AUDIT_EXPORT, "/a", "ro");
	run_in(fixture, open_state(fixture, fixture->file, "/"), false,
	       "+exports /a\n");
	run(fixture, "+exports /a\n");
	see_nothing(fixture);
	run_in(fixture, open_state(fixture, fixture->file, "/"), false,
	       "-exports /a\n");
	run(fixture, "-exports /a\n");
}

static void test_servers(void **state)
{
	struct fixture *fixture = *state;

	see(fixture, AUDIT_EXPORT, "/a", "ro");
	run(fixture, "+exports /a\n");
	run_in(fixture, open_state(fixture, fixture->file, "/image"), true,
	       "+exports /a\n");
	see_nothing(fixture);
	run(fixture, "-exports /a\n");
	see(fixture, AUDIT_EXPORT, "/a", "ro");
	run_in(fixture, open_state(fixture, fixture->file, "/image"), true, "");
}

/* What was found before something went out of sight may still be there; what
 * was found since is judged by the same means. */
static void test_out_of_sight(void **state)
{
	struct fixture *fixture = *state;

	see(fixture, AUDIT_CLIENT, "old", NULL);
	run(fixture, "+clients old\n");
	see_nothing(fixture);
	see(fixture, AUDIT_UNCHECKED, "/proc", "gone");
	see(fixture, AUDIT_CLIENT, "new", NULL);
	run(fixture, "+clients new\n+unchecked /proc\n");
	see_nothing(fixture);
	see(fixture, AUDIT_UNCHECKED, "/proc", "gone");
	run(fixture, "-clients new\n");
	see_nothing(fixture);
	run(fixture, "-clients old\n-unchecked /proc\n");
}

static void test_one_after_the_other(void **state)
{
	struct fixture *fixture = *state;
	struct audit_state *first, *second;
	struct failure failure;

	run(fixture, "");
	first = open_state(fixture, fixture->file, "/");
	assert_false(audit_state_open(fixture->arena, fixture->file, "/", 0,
				      &second, &failure));
	assert_non_null(strstr(failure.text, "another run uses it"));
	run_in(fixture, first, true, "");
	run(fixture, "");
}

static bool is_name(void *context, struct str server)
{
	const char *const *name = context;

	return str_is(server, *name);
}

static bool read_history(struct fixture *fixture, const char *server,
			 struct audit_history *history, struct failure *failure)
{
	const struct audit_servers servers = { &server, is_name };

	return audit_state_history(fixture->arena, fixture->file, &servers,
				   history, failure);
}

static void test_history(void **state)
{
	struct fixture *fixture = *state;
	struct audit_history history;
	struct failure failure;

	assert_false(read_history(fixture, "/", &history, &failure));
	run(fixture, "");
	run(fixture, "");
	assert_true(read_history(fixture, "/", &history, &failure));
	assert_int_equal(history.runs.count, 2);
	for (uint32_t i = 0; i < AUDIT_SEVERITIES; i++)
		assert_int_equal(history.runs.items[1].counts[i], i + 1);
	assert_int_equal(history.runs.items[1].exposure, AUDIT_NO_EXPOSURE);
	assert_true(read_history(fixture, "/else", &history, &failure));
	assert_int_equal(history.runs.count, 0);
}

static void turn_and_note(struct audit_state *state, const char *server,
			  int exposure)
{
	const struct audit_run run = {
		.counts = { 1 },
		.answered = 1,
		.exposure = exposure,
	};
	const struct audit_changes changes = { 0 };
	struct failure failure;

	assert_true(audit_state_turn_to(state, server, &failure));
	assert_true(audit_state_note(state, &run, &changes, &failure));
}

static bool is_anybody(void *context, struct str server)
{
	(void)context;
	(void)server;
	return true;
}

/* The runs on the servers of a sweep are one, and are kept together. */
static void test_sweeps(void **state)
{
	const struct audit_servers all = { NULL, is_anybody };
	struct fixture *fixture = *state;
	struct audit_history history;
	struct failure failure;

	for (int i = 0; i < 3; i++) {
		struct audit_state *opened =
			open_state(fixture, fixture->file, NULL);

		turn_and_note(opened, "nas1", 34);
		turn_and_note(opened, "nas2", 71);
		turn_and_note(opened, "nas3", AUDIT_NO_EXPOSURE);
		if (i < 2)
			assert_true(audit_state_commit(opened, &failure));
		audit_state_close(opened);
	}
	assert_true(audit_state_history(fixture->arena, fixture->file, &all,
					&history, &failure));
	assert_int_equal(history.runs.count, 2);
	assert_int_equal(history.runs.items[1].servers, 3);
	assert_int_equal(history.runs.items[1].answered, 3);
	assert_int_equal(history.runs.items[1].counts[0], 3);
	assert_int_equal(history.runs.items[1].exposure, 71);
	assert_true(read_history(fixture, "nas2", &history, &failure));
	assert_int_equal(history.runs.count, 2);
	assert_int_equal(history.runs.items[1].servers, 1);
	assert_true(read_history(fixture, "nas1", &history, &failure));
	assert_int_equal(history.runs.items[0].exposure, 34);
	assert_true(read_history(fixture, "nas3", &history, &failure));
	assert_int_equal(history.runs.items[0].exposure, AUDIT_NO_EXPOSURE);
}

static void write_file(const char *name, long offset, const char *bytes,
		       size_t length)
{
	FILE *file = fopen(name, offset ? "r+" : "w");

	assert_non_null(file);
	assert_int_equal(fseek(file, offset, SEEK_SET), 0);
	assert_int_equal(fwrite(bytes, 1, length, file), length);
	assert_int_equal(fclose(file), 0);
}

static size_t read_bytes(const char *name, char *bytes, size_t size)
{
	FILE *file = fopen(name, "r");
	size_t length;

	assert_non_null(file);
	length = fread(bytes, 1, size, file);
	assert_int_equal(fclose(file), 0);
	return length;
}

/* The file is refused, and not one byte of it is another one then. */
static void assert_left_alone(struct fixture *fixture)
{
	static char before[1 << 17], after[1 << 17];
	size_t length = read_bytes(fixture->file, before, sizeof(before));
	struct audit_state *state;
	struct failure failure;

	assert_false(audit_state_open(fixture->arena, fixture->file, "/", 0,
				      &state, &failure));
	assert_int_equal(read_bytes(fixture->file, after, sizeof(after)),
			 length);
	assert_memory_equal(before, after, length);
}

static void test_wrong_files(void **state)
{
	static const char junk[4096] = "SQLite format 3";
	struct fixture *fixture = *state;

	write_file(fixture->file, 0, "text", 4);
	assert_left_alone(fixture);
	write_file(fixture->file, 0, junk, sizeof(junk));
	assert_left_alone(fixture);
	unlink(fixture->file);
	see(fixture, AUDIT_EXPORT, "/a", "ro");
	run(fixture, "+exports /a\n");
	for (long page = 1; page < 8; page++) {
		write_file(fixture->file, page * 4096, junk, sizeof(junk));
		assert_left_alone(fixture);
	}
	unlink(fixture->file);
	write_file(fixture->file, 0, "", 0);
	run(fixture, "+exports /a\n");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(test_memory),
		TEST(test_noted),
		TEST(test_link),
		TEST(test_changes),
		TEST(test_not_kept),
		TEST(test_servers),
		TEST(test_history),
		TEST(test_sweeps),
		TEST(test_one_after_the_other),
		TEST(test_out_of_sight),
		TEST(test_wrong_files),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
