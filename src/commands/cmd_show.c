/* exportctl show: the export table that exports files make. */
#include "exports_command.h"
#include "render_diags.h"
#include "show_report.h"

struct show_options {
	int format; /* index into show_formats */
	bool resolve;
};

/* One run of the command. */
struct show {
	const struct command_context *context;
	const struct show_options *options;
	struct root root;
	struct exports_files files;
	bool unreadable; /* one of them */
	struct export_documents documents;
	struct table_gather gather;
	struct export_table table, reread;
	struct resolved_owners owners;
};

static void read_files(struct show *show)
{
	const struct command_context *context = show->context;

	if (!context->operand_count)
		exports_files_read_system(context->arena, &show->root,
					  &show->files);
	for (int i = 0; i < context->operand_count; i++)
		exports_files_read_operand(context->arena, context->operands[i],
					   &show->files);
	table_gather_parse(context->arena, &show->files, &show->documents);
}

static void trace(const struct show *show)
{
	const struct command_context *context = show->context;
	const struct target *target = &show->gather.rules.target;
	char nfs_utils[VERSION_TEXT], kernel[VERSION_TEXT];

	if (!context->globals.verbose)
		return;
	command_error(context, "target: nfs-utils %s, kernel %s",
		      version_text(target->nfs_utils, nfs_utils),
		      version_text(target->kernel, kernel));
	for (size_t i = 0; i < show->documents.list.count; i++) {
		const struct export_document *document =
			&show->documents.list.items[i];

		command_error(context, "%s: %zu bytes, %zu paths",
			      document->source.name,
			      document->source.text.length,
			      document->syntax.entries.count);
	}
}

static bool build_table(struct show *show, struct failure *failure)
{
	const struct show_format *format = &show_formats[show->options->format];

	table_gather_build(&show->gather, &show->documents, &show->table);
	if (format->needs_owners)
		table_gather_owners(&show->gather, &show->table, &show->owners);
	if (!format->needs_reread && !etab_reread_is_needed(&show->table))
		return true;
	return table_gather_reread(&show->gather, &show->table, &show->reread,
				   failure);
}

static size_t count_loaded(const struct export_table *table)
{
	size_t loaded = 0;

	for (size_t i = 0; i < table->entries.count; i++)
		loaded += table->entries.items[i].state == EXPORT_LOADED;
	return loaded;
}

/* Prints the table and what is wrong with it; the exit status. */
static int report_table(struct show *show)
{
	const struct command_context *context = show->context;
	const struct export_table *table = &show->table;
	size_t loaded = count_loaded(table), written = table->entries.count;
	struct show_report report = {
		.arena = context->arena,
		.table = table,
		.reread = &show->reread,
		.owners = &show->owners,
		.partial = show->gather.interrupted,
		.terminal = context->out_is_terminal,
		.color = context->color,
	};

	render_diags(context->err, context->arena, &show->documents,
		     &table->diags);
	show_formats[show->options->format].render(context->out, &report);
	if (loaded < written && !context->globals.quiet)
		command_error(context, "%zu of %zu entries are loaded", loaded,
			      written);
	if (show->unreadable)
		return STATUS_FAILED;
	return loaded < written ? STATUS_FINDINGS : STATUS_OK;
}

static int run_with_root(struct show *show)
{
	const struct command_context *context = show->context;
	struct failure failure;

	read_files(show);
	trace(show);
	show->unreadable = !exports_command_report(context, &show->files);
	if (!build_table(show, &failure)) {
		command_error(context, "%s", failure.text);
		return STATUS_FAILED;
	}
	return report_table(show);
}

static int run_show(const struct command_context *context)
{
	const struct show_options *options = context->options;
	struct show show = { .context = context, .options = options };
	int status;

	if (!exports_command_begin(context, options->resolve, &show.root,
				   &show.gather, &status))
		return status;
	status = run_with_root(&show);
	root_close(&show.root);
	return status;
}

static const struct option_row options[] = {
	{
		.name = "format",
		.letter = 'f',
		.kind = OPTION_CHOICE,
		.choices = show_format_names,
		.initial = "table",
		.help = "what to print",
		.offset = offsetof(struct show_options, format),
	},
	{
		.name = "resolve",
		.kind = OPTION_FLAG,
		.help = "ask the name services for host names, as exportfs "
			"does",
		.offset = offsetof(struct show_options, resolve),
	},
	{ 0 },
};

const struct command cmd_show = {
	.name = "show",
	.summary = "print the export table that exports files make",
	.operands = "[FILE|DIR|-]...",
	.operands_max = OPERANDS_ANY,
	.description =
		"Prints the export table that the files make together, loaded "
		"in this order as one table, every default spelled out, with "
		"the place that each entry comes from. A DIR is read as an "
		"exports.d, - is standard input. Without operands these are "
		"/etc/exports and the files of /etc/exports.d.\n"
		"\n"
		"The formats are a table for people, the lines that exportfs "
		"-ra writes to /var/lib/nfs/etab, those that exportfs -v "
		"prints then, and JSON. Entries that exportfs or mountd would "
		"lose are left out, but JSON keeps them with their state and "
		"the reason; all that is wrong is said on standard error.",
	.options = options,
	.options_size = sizeof(struct show_options),
	.status = { [STATUS_OK] = "every entry is loaded",
		    [STATUS_FINDINGS] = "some entries are not loaded",
		    [STATUS_FAILED] = "a file could not be read, or wrong "
				      "usage" },
	.run = run_show,
};
