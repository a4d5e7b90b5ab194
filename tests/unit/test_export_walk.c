/* Compares the solver with what a kernel server did: see the fixture. */
#include "access_check.h"

#include <fcntl.h>
#include <unistd.h>

#include "file_read.h"
#include "local_paths.h"
#include "table_fixture.h"
#include "unit_test.h"

static const char recording[] = "tests/fixtures/access/kernel.txt";

static struct str read_recording(struct arena *arena)
{
	struct failure failure;
	struct str text = { 0 };
	int fd = open(recording, O_RDONLY | O_CLOEXEC);

	if (fd < 0 ||
	    !file_read(arena, fd, recording, 1 << 20, &text, NULL, &failure))
		fail_msg("%s can't be read", recording);
	close(fd);
	return text;
}

static const char *word_of(const struct access_answer *answer)
{
	const struct access_right *right = &answer->rights[0];

	if (answer->verdict != ACCESS_ALLOWED)
		return access_verdict_name(answer->verdict);
	if (right->read_only)
		return "ro";
	return right->root_squash ? "rw" : "root";
}

static struct str next_word(struct str *line)
{
	struct str word;

	(void)str_take(line, ' ', &word);
	return word;
}

/* "? ADDRESS PATH RIGHT": what the client was seen to do. */
static void check(struct table_fixture *fixture, struct export_index *index,
		  const struct local_paths *local, struct str line)
{
	struct access_client client = { .names_known = true };
	struct access_wish wish = { .port = 700 };
	struct export_question question = {
		.index = index,
		.local = local,
		.client = &client,
		.nfs_version = 4,
	};
	struct access_answer answer;
	struct str address;

	(void)next_word(&line);
	address = next_word(&line);
	question.path = next_word(&line);
	if (!ip_address_parse(address, &client.address))
		fail_msg("%.*s is no address", STR_ARG(address));
	answer = access_check(fixture->arena, &question, &wish);
	if (!str_is(line, word_of(&answer)))
		fail_msg("%.*s: %.*s at %.*s is %s, and was %.*s",
			 STR_ARG(fixture->documents.list.items[0].source.text),
			 STR_ARG(address), STR_ARG(question.path),
			 word_of(&answer), STR_ARG(line));
}

/* A table, and below it the questions: until an empty line. */
static void replay(struct str block, const struct local_paths *local)
{
	struct table_fixture fixture;
	struct export_index index;
	struct str line, exports = { block.data, 0 };

	while (exports.length < block.length &&
	       block.data[exports.length] != '?')
		exports.length++;
	block = str_skip(block, exports.length);
	table_fixture_init(&fixture);
	table_fixture_add(&fixture, exports);
	table_fixture_build(&fixture);
	export_index_build(fixture.arena, &fixture.table, &index);
	while (str_take(&block, '\n', &line))
		check(&fixture, &index, local, line);
	table_fixture_free(&fixture);
}

/* The text up to an empty line, which is taken, too. */
static struct str take_block(struct str *text)
{
	struct str line, block = { text->data, 0 };

	while (str_take(text, '\n', &line) && line.length)
		block.length += line.length + 1;
	return block;
}

static void test_recording(void **state)
{
	struct arena *arena = arena_new();
	struct str text = read_recording(arena);
	struct local_paths local = { .mounts_known = true };
	unsigned tables = 0;

	(void)state;
	(void)take_block(&text); /* what it is */
	mountinfo_parse(arena, take_block(&text), &local.mounts);
	local_paths_index(arena, &local);
	for (; text.length; tables++)
		replay(take_block(&text), &local);
	assert_true(tables > 200);
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_recording),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
