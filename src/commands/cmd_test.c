/* exportctl test: whether assertions about access hold. */
#include <fnmatch.h>

#include "assert_report.h"
#include "command_input.h"
#include "export_subject.h"
#include "server_list_parser.h"

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
	struct server_operand operand;
	struct access_client client;
};

static struct assert_outcome undecided(const char *reason)
{
	return (struct assert_outcome){
		.result = ASSERT_UNDECIDED,
		.reason = reason,
	};
}

/* False, with the reason in outcome, where a line makes no sense. */
static bool prepare(struct test_run *run, const struct assertion *assertion,
		    struct prepared *prepared, struct assert_outcome *outcome)
{
	struct arena *arena = run->context->arena;
	struct access_sources sources = run->subject.sources;
	struct failure failure;
	const char *problem;

	*prepared = (struct prepared){ .assertion = assertion };
	prepared->wish.port = assertion->port ? assertion->port : LOW_PORT;
	if (assertion->sec.data) {
		prepared->wish.sec = security_flavor_find(assertion->sec);
		*outcome = undecided("the security flavor is not known");
		if (!prepared->wish.sec)
			return false;
	}
	if (assertion->name.data)
		sources.name = arena_copy(arena, assertion->name.data,
					  assertion->name.length);
	*outcome = undecided("the client is neither an address, a network nor "
			     "a host name");
	if (!server_operand_parse(arena, assertion->client, &prepared->operand,
				  &problem))
		return false;
	prepared->client.netgroups = sources.netgroups;
	if (prepared->operand.kind == SERVER_NETWORK)
		return true;
	return access_client_find(&sources, assertion->client,
				  &prepared->client, &failure);
}

static struct address_range range_of(const struct server_operand *network)
{
	struct ip_address last = network->address;
	unsigned size = ip_address_size(last);

	for (unsigned i = 0; i < size * 8; i++)
		if (i >= network->prefix)
			last.bytes[i / 8] |= (uint8_t)(0x80u >> i % 8);
	return (struct address_range){ address_number_of(network->address),
				       address_number_of(last) };
}

static struct assert_outcome
test_at(struct test_run *run, const struct prepared *prepared, struct str path)
{
	struct export_question question = {
		.index = &run->subject.index,
		.local = run->subject.local,
		.client = &prepared->client,
		.path = path,
		.nfs_version = run->subject.nfs_version,
	};

	if (prepared->operand.kind == SERVER_NETWORK)
		return access_assert_range(
			run->context->arena, &question, prepared->assertion,
			&prepared->wish,
			(enum ip_family)prepared->operand.address.family,
			range_of(&prepared->operand));
	return access_assert_one(run->context->arena, &question,
				 prepared->assertion, &prepared->wish);
}

static bool is_pattern(struct str path)
{
	for (size_t i = 0; i < path.length; i++)
		if (strchr("*?[", path.data[i]))
			return true;
	return false;
}

/* At every export whose path fits; none is a mistake. */
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

		if (!index->by_path[i].list.count ||
		    fnmatch(pattern, arena_copy(arena, path.data, path.length),
			    FNM_PATHNAME) != 0)
			continue;
		found = true;
		item->path = path;
		item->outcome = test_at(run, prepared, path);
		if (item->outcome.result != ASSERT_PASSES)
			return;
	}
	if (!found)
		item->outcome = undecided("no export has such a path");
}

static void test_assertion(struct test_run *run, struct source *source,
			   const struct assertion *assertion)
{
	struct assert_item *item =
		ARRAY_ADD(run->context->arena, &run->report.items);
	struct prepared prepared;

	item->source = source;
	item->span = assertion->span;
	if (!prepare(run, assertion, &prepared, &item->outcome))
		return;
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
	run->report.color = context->color;
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
		"allow and expect must hold for every address of CLIENT, an "
		"address, a network or a host name, deny for none. PATH may be "
		"a pattern of exported paths. A line that fails shows an "
		"address for which it does, and why; what depends on names "
		"that are not known fails, too.",
	.options = options,
	.options_size = sizeof(struct test_options),
	.status = { [STATUS_OK] = "all assertions hold",
		    [STATUS_FINDINGS] = "some do not hold, or can't be decided",
		    [STATUS_FAILED] =
			    "a line is no assertion, a file could not "
			    "be read, or wrong usage" },
	.run = run_test,
};
