/* exportctl audit: the report on a whole server, or on others. */
#include "audit_fleet.h"
#include "audit_local.h"
#include "compliance.h"

struct audit_options {
	struct lint_run_options run;
	int format; /* index into audit_format_names */
	struct audit_memory_options memory;
	bool complies; /* only the catalogue is asked for */
	int catalogue; /* index into compliance_names */
	struct server_options servers;
};

static bool changes_fit(const struct command_context *context)
{
	const struct audit_options *options = context->options;
	const struct audit_memory_options *memory = &options->memory;
	audit_renderer *format = audit_renderers[options->format];

	if ((!memory->changes && !memory->history) ||
	    format == render_audit_text || format == render_audit_json)
		return true;
	command_usage_error(context,
			    "--changes and --history are printed as text or "
			    "json");
	return false;
}

static int run_fleet(const struct command_context *context)
{
	const struct audit_options *options = context->options;

	if (options->complies)
		return command_usage_error(
			context,
			"catalogues are for this server, not for others");
	return audit_fleet_run(
		context, &(struct audit_fleet_options){
				 .run = &options->run,
				 .servers = &options->servers,
				 .memory = &options->memory,
				 .render = fleet_renderers[options->format],
				 .output = options->memory.output,
			 });
}

static int run_local(const struct command_context *context)
{
	const struct audit_options *options = context->options;

	return audit_local_run(
		context, &(struct audit_local_options){
				 .run = &options->run,
				 .memory = &options->memory,
				 .render = audit_renderers[options->format],
				 .output = options->memory.output,
				 .complies = options->complies,
				 .catalogue = options->catalogue,
			 });
}

static int run_audit(const struct command_context *context)
{
	const struct audit_options *options = context->options;

	if (!changes_fit(context))
		return STATUS_FAILED;
	return context->operand_count || options->servers.input
		       ? run_fleet(context)
		       : run_local(context);
}

#define OFFSET(field) .offset = offsetof(struct audit_options, field)
#define SERVER(field) offsetof(struct audit_options, servers.field)

static const struct option_row options[] = {
	{ .name = "format",
	  .letter = 'f',
	  .kind = OPTION_CHOICE,
	  .choices = audit_format_names,
	  .initial = "text",
	  .help = "what to print",
	  OFFSET(format) },
	{ .name = "output",
	  .letter = 'o',
	  .kind = OPTION_PATH,
	  .argument = "FILE",
	  .help = "write the report to FILE, all at once",
	  OFFSET(memory.output) },
	{ .name = "state",
	  .kind = OPTION_PATH,
	  .argument = "FILE",
	  .help = "keep what was seen in FILE; of root on the host itself it "
		  "is /var/lib/exportctl/audit.db",
	  OFFSET(memory.state) },
	{ .name = "no-state",
	  .kind = OPTION_FLAG,
	  .help = "keep nothing, compare with nothing",
	  OFFSET(memory.forget) },
	{ .name = "changes",
	  .kind = OPTION_FLAG,
	  .help = "print only what is new, fixed or different since the last "
		  "run",
	  OFFSET(memory.changes) },
	{ .name = "history",
	  .kind = OPTION_FLAG,
	  .help = "list the earlier runs, and audit nothing",
	  OFFSET(memory.history) },
	{ .name = "compliance",
	  .kind = OPTION_CHOICE,
	  .choices = compliance_names,
	  .help = "print what a catalogue of requirements asks for, and how "
		  "the exports stand to it",
	  .given = offsetof(struct audit_options, complies),
	  OFFSET(catalogue) },
	LINT_RUN_OPTION_ROWS(struct audit_options),
	SERVER_ASK_OPTION_ROWS(SERVER),
	{ 0 },
};

const struct command cmd_audit = {
	.name = "audit",
	.summary = "report on a whole server: files, what is in force, clients",
	.operands = "[HOST|ADDRESS|NETWORK]...",
	.operands_max = OPERANDS_ANY,
	.description =
		"Judges the exports files of this server, or of the tree of "
		"--root, together with what runs: the table that exportfs "
		"wrote, the kernel's server, its settings and its clients. "
		"mountd is asked over loopback for its exports, but not for "
		"those of a tree. What can't be read is named, and nothing is "
		"concluded from it.\n"
		"\n"
		"With operands other servers are asked, as exports does with "
		"--probe, and judged by what they show. Nothing is left on "
		"them. A state of them is kept only with --state, --changes or "
		"--history.",
	.options = options,
	.options_size = sizeof(struct audit_options),
	.status = { [STATUS_OK] = "nothing at or above the threshold; with "
				  "--changes, "
				  "nothing new that is",
		    [STATUS_FINDINGS] = "findings at or above the threshold, "
					"or servers without a full answer",
		    [STATUS_FAILED] = "the audit could not be done, or wrong "
				      "usage" },
	.run = run_audit,
};
