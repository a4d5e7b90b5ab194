/* exportctl who: everybody who reaches a path. */
#include "export_subject.h"
#include "who_report.h"

struct who_options {
	struct export_subject_options subject;
	int format; /* index into who_format_names */
	bool all;
};

enum { LOW_PORT = 1023 };

static int run_begun(const struct command_context *context,
		     struct export_subject *subject)
{
	const struct who_options *options = context->options;
	struct export_question question = {
		.index = &subject->index,
		.local = subject->local,
		.path = export_subject_path(subject,
					    str_of(context->operands[0]), NULL),
		.nfs_version = subject->nfs_version,
	};
	struct resolved_owners owners;
	struct exposure exposure;
	struct who_report report = {
		.arena = context->arena,
		.table = &subject->table,
		.owners = &owners,
		.path = question.path,
		.exposure = &exposure,
		.color = context->color,
		.all = options->all,
	};

	subject->wish.port = LOW_PORT;
	table_gather_owners(&subject->gather, &subject->table, &owners);
	exposure_find(context->arena, &question, &subject->wish, &exposure);
	who_renderers[options->format](context->out, &report);
	if (subject->failed)
		return STATUS_FAILED;
	return exposure.rows.count ? STATUS_OK : STATUS_FINDINGS;
}

static int run_who(const struct command_context *context)
{
	const struct who_options *options = context->options;
	struct export_subject subject;
	int status;

	if (!export_subject_begin(context, &options->subject, &subject,
				  &status))
		return status;
	status = run_begun(context, &subject);
	export_subject_end(&subject);
	return status;
}

static const struct option_row options[] = {
	{ .name = "format",
	  .letter = 'f',
	  .kind = OPTION_CHOICE,
	  .choices = who_format_names,
	  .initial = "text",
	  .help = "what to print",
	  .offset = offsetof(struct who_options, format) },
	{ .name = "all",
	  .letter = 'a',
	  .kind = OPTION_FLAG,
	  .help = "cut no list short; json never does",
	  .offset = offsetof(struct who_options, all) },
	EXPORT_TABLE_OPTION_ROWS(struct who_options),
	EXPORT_WISH_OPTION_ROWS(struct who_options),
	{ 0 },
};

const struct command cmd_who = {
	.name = "who",
	.summary = "list everybody who reaches a path, strongest right first",
	.operands = "PATH",
	.operands_min = 1,
	.operands_max = 1,
	.description =
		"Lists who reaches PATH: the exact addresses, as networks and "
		"with their number, host names and netgroups, by what they may "
		"do, strongest first, with the entries that decide. Addresses "
		"that another entry decides for are not counted.\n"
		"\n"
		"Host names and patterns are listed as names; the addresses of "
		"host names are known only with --resolve or --hosts. Entries "
		"that decide for nobody are listed last.",
	.options = options,
	.options_size = sizeof(struct who_options),
	.status = { [STATUS_OK] = "somebody reaches it",
		    [STATUS_FINDINGS] = "nobody reaches it, or it is not "
					"decided who does",
		    [STATUS_FAILED] = "a file could not be read, or wrong "
				      "usage" },
	.run = run_who,
};
