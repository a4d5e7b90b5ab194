/* exportctl test: whether assertions about access hold. */
#include <fnmatch.h>

#include "assert_clients.h"
#include "assert_report.h"
#include "command_input.h"
#include "export_subject.h"

struct test_options {
	struct export_subject_options subject;
	int format; /* index into assert_format_names */
};

struct test_run {
	const struct command_context *context;
	const struct test_options *options;
	struct export_subject subject;
	struct assert_report report;
	bool failed; /* something could not be read */
};

enum { LOW_PORT = 1023 };

/* What a line says, looked up. */
struct prepared {
	const struct assertion *assertion;
	struct access_wish wish;
	struct assert_clients clients;
};

/* The place of a word of the text of source. */
static struct span span_of(const struct source *source, struct str word)
{
	uint32_t begin = (uint32_t)(word.data - source->text.data);

	return (struct span){ begin, begin + (uint32_t)word.length };
}

/* Tells that a word of a line makes no sense; false. */
static bool complain(struct test_run *run, struct source *source,
		     struct str word, const char *message)
{
	struct diag_list diags = { 0 };

	diag_add(run->context->arena, &diags,
		 (struct diag){
			 .span = span_of(source, word),
			 .message = message,
			 .consequence = "the line is not tested",
		 });
	command_input_complain(run->context, source, &diags);
	run->failed = true;
	return false;
}

/* False, which is told, where a line makes no sense. */
static bool prepare(struct test_run *run, struct source *source,
		    const struct assertion *assertion,
		    struct prepared *prepared)
{
	struct access_sources sources = run->subject.sources;
	struct str sec = assertion->sec, name = assertion->name;

	*prepared = (struct prepared){ .assertion = assertion };
	prepared->wish.port = assertion->port ? assertion->port : LOW_PORT;
	prepared->wish.sec = sec.data ? security_flavor_find(sec) : NULL;
	if (sec.data && !prepared->wish.sec)
		return complain(run, source, sec, "this is no security flavor");
	if (name.data)
		sources.name =
			arena_copy(sources.arena, name.data, name.length);
	if (assert_clients_find(&sources, assertion->client,
				&prepared->clients))
		return true;
	return complain(run, source, assertion->client,
			"a client is *, an address, a network or a host "
			"name");
}

static void test_ranges(struct test_run *run, const struct prepared *prepared,
			const struct export_question *question,
			enum ip_family family, struct assert_outcome *outcome)
{
	struct address_set addresses = prepared->clients.addresses;
	const struct address_ranges *ranges =
		address_set_ranges(&addresses, family);

	for (size_t i = 0;
	     i < ranges->list.count && outcome->result != ASSERT_FAILS; i++) {
		struct assert_outcome one = access_assert_range(
			run->context->arena, question, prepared->assertion,
			&prepared->wish, family, ranges->list.items[i]);

		assert_outcome_join(outcome, &one);
	}
}

static struct assert_outcome
test_at(struct test_run *run, const struct prepared *prepared, struct str path)
{
	const struct access_clients *singles = &prepared->clients.singles;
	struct assert_outcome outcome = { .result = ASSERT_PASSES };
	struct export_question question = {
		.index = &run->subject.index,
		.local = run->subject.local,
		.path = path,
		.nfs_version = run->subject.nfs_version,
	};

	for (size_t i = 0; i < singles->list.count; i++) {
		struct assert_outcome one;

		question.client = &singles->list.items[i];
		one = access_assert_one(run->context->arena, &question,
					prepared->assertion, &prepared->wish);
		assert_outcome_join(&outcome, &one);
	}
	question.client = &prepared->clients.other;
	test_ranges(run, prepared, &question, IP_V4, &outcome);
	test_ranges(run, prepared, &question, IP_V6, &outcome);
	return outcome;
}

static bool is_pattern(struct str path)
{
	for (size_t i = 0; i < path.length; i++)
		if (strchr("*?[", path.data[i]))
			return true;
	return false;
}

/* At every export whose path fits; none is a mistake. The first path at which
 * the worst happens is told. */
static void test_pattern(struct test_run *run, const struct prepared *prepared,
			 struct assert_item *item)
{
	struct arena *arena = run->context->arena;
	const struct export_index *index = &run->subject.index;
	struct str written = prepared->assertion->path;
	const char *pattern = arena_copy(arena, written.data, written.length);
	bool found = false;

	for (size_t i = 0; i < index->path_count; i++) {
		struct str path =
			export_table_path(&run->subject.table, (uint32_t)i);
		enum assert_result before = item->outcome.result;
		struct assert_outcome one;

		if (!index->by_path[i].list.count ||
		    fnmatch(pattern, arena_copy(arena, path.data, path.length),
			    FNM_PATHNAME) != 0)
			continue;
		found = true;
		one = test_at(run, prepared, path);
		assert_outcome_join(&item->outcome, &one);
		if (item->outcome.result != before)
			item->path = path;
	}
	if (!found)
		item->outcome = (struct assert_outcome){
			.result = ASSERT_UNDECIDED,
			.reason = "no export has such a path",
		};
}

static void test_assertion(struct test_run *run, struct source *source,
			   const struct assertion *assertion)
{
	struct assert_item *item;
	struct prepared prepared;

	if (!prepare(run, source, assertion, &prepared))
		return;
	item = ARRAY_ADD(run->context->arena, &run->report.items);
	item->source = source;
	item->span = assertion->span;
	if (is_pattern(assertion->path)) {
		test_pattern(run, &prepared, item);
	} else {
		item->path = export_subject_path(&run->subject, assertion->path,
						 NULL);
		item->outcome = test_at(run, &prepared, item->path);
	}
	run->report.passed += item->outcome.result == ASSERT_PASSES;
}

static void test_file(struct test_run *run, const char *name)
{
	struct arena *arena = run->context->arena;
	struct source *source = arena_alloc(arena, sizeof(*source));
	struct assertions assertions;

	source->name = name;
	if (!command_input_read(run->context, source)) {
		run->failed = true;
		return;
	}
	assertions_parse(arena, source, &assertions);
	command_input_complain(run->context, source, &assertions.diags);
	run->failed |= assertions.diags.list.count != 0;
	for (size_t i = 0; i < assertions.list.count; i++)
		test_assertion(run, source, &assertions.list.items[i]);
}

static int run_begun(struct test_run *run)
{
	const struct command_context *context = run->context;

	run->report.arena = context->arena;
	run->report.table = &run->subject.table;
	run->report.color = context->color;
	run->report.quiet = context->globals.quiet;
	for (int i = 0; i < context->operand_count; i++)
		test_file(run, context->operands[i]);
	assert_renderers[run->options->format](context->out, &run->report);
	if (run->failed || run->subject.failed)
		return STATUS_FAILED;
	return run->report.passed < run->report.items.count ? STATUS_FINDINGS
							    : STATUS_OK;
}

static int run_test(const struct command_context *context)
{
	struct test_run run = { .context = context,
				.options = context->options };
	int status;

	if (!export_subject_begin(context, &run.options->subject, &run.subject,
				  &status))
		return status;
	status = run_begun(&run);
	export_subject_end(&run.subject);
	return status;
}

static const struct option_row options[] = {
	{ .name = "format",
	  .letter = 'f',
	  .kind = OPTION_CHOICE,
	  .choices = assert_format_names,
	  .initial = "text",
	  .help = "what to print",
	  .offset = offsetof(struct test_options, format) },
	EXPORT_TABLE_OPTION_ROWS(struct test_options),
	{ 0 },
};

const struct command cmd_test = {
	.name = "test",
	.summary = "test assertions about who may do what",
	.operands = "FILE...",
	.operands_min = 1,
	.operands_max = OPERANDS_ANY,
	.description =
		"Tests assertions, one on a line of each FILE (- is standard "
		"input):\n"
		"\n"
		"  (allow|deny|expect) [read|write|root|ro|rw|mount]\n"
		"      [name=NAME] [sec=FLAVOR] [port=N] CLIENT PATH\n"
		"\n"
		"allow wants at least that right for every address of CLIENT, "
		"expect no more than that, deny wants it for none. CLIENT is "
		"*, an address, a network or a host name; PATH may be "
		"a pattern of exported paths. A line that fails shows an "
		"address for which it does, and why; what depends on something "
		"that is not known fails, too.",
	.options = options,
	.options_size = sizeof(struct test_options),
	.status = { [STATUS_OK] = "all assertions hold",
		    [STATUS_FINDINGS] = "some do not hold, or can't be decided",
		    [STATUS_FAILED] =
			    "a line is no assertion, a file could not "
			    "be read, or wrong usage" },
	.run = run_test,
};
