#include "audit_fleet.h"

#include <stdlib.h>

#include "report_output.h"
#include "server_survey_gather.h"
#include "server_sweep.h"

struct audit_fleet {
	const struct command_context *context;
	const struct audit_fleet_options *options;
	struct server_options servers;
	struct lint_run run;
	struct server_sweep sweep;
	struct fleet_report report;
	size_t next; /* server to ask for its mounts */
};

/* Tables of other servers come from none. */
static const struct export_documents no_documents;

static const char *host_of(struct arena *arena,
			   const struct sweep_target *target,
			   const struct server_answer *answer)
{
	char text[IP_ADDRESS_TEXT];

	if (target->name)
		return arena_copy(arena, target->name, strlen(target->name));
	ip_address_text(answer->address, text);
	return arena_copy(arena, text, strlen(text));
}

static void add_server(struct audit_fleet *fleet,
		       const struct sweep_target *target,
		       const struct server_answer *answer)
{
	struct arena *arena = fleet->context->arena;
	struct fleet_server *server = arena_alloc(arena, sizeof(*server));
	struct server_survey *survey = &server->survey;

	server->number = server_target_tag(target).number;
	survey->host = host_of(arena, target, answer);
	survey->from_reserved_port =
		fleet->sweep.sweep.conversation.reserved_port;
	server_survey_gather(arena, answer, survey);
	fleet->report.answered += survey->answered;
	*ARRAY_ADD(arena, &fleet->report.servers) = server;
}

static bool next_target(void *context, struct sweep_target *target)
{
	struct audit_fleet *fleet = context;

	return server_targets_next(&fleet->sweep.targets, target);
}

static void answered(void *context, const struct sweep_target *target,
		     struct server_answer *answer, bool last)
{
	struct audit_fleet *fleet = context;
	bool from_network = server_target_tag(target).from_network;

	(void)last;
	server_progress_step(&fleet->sweep.progress, answer);
	if (!server_sweep_is_nobody(&fleet->sweep, from_network, answer))
		add_server(fleet, target, answer);
	arena_free(answer->arena);
}

/* Only those whose MOUNT service answered. */
static bool next_for_mounts(void *context, struct sweep_target *target)
{
	struct audit_fleet *fleet = context;

	while (fleet->next < fleet->report.servers.count) {
		struct fleet_server *server =
			fleet->report.servers.items[fleet->next++];

		if (!server->survey.via || server->survey.is_nfs4)
			continue;
		*target = (struct sweep_target){
			.address = server->survey.address,
			.tag = server,
		};
		return true;
	}
	return false;
}

static void answered_mounts(void *context, const struct sweep_target *target,
			    struct server_answer *answer, bool last)
{
	struct fleet_server *server = target->tag;

	(void)context;
	(void)last;
	server->survey.tells_mounts = answer->gives_list;
	server->survey.mounts = answer->mounts.count;
	arena_free(answer->arena);
}

/* False if nobody could be asked at all, which was told. */
static bool ask(struct audit_fleet *fleet)
{
	const struct sweep_events exports = {
		.context = fleet,
		.next = next_target,
		.answered = answered,
	};
	const struct sweep_events mounts = {
		.context = fleet,
		.next = next_for_mounts,
		.answered = answered_mounts,
	};
	bool *partial = &fleet->report.lint.partial;

	if (!server_sweep_run(fleet->context, &fleet->sweep, &exports, partial))
		return false;
	if (*partial) {
		server_sweep_tell_interruption(fleet->context, &fleet->sweep);
		return true;
	}
	fleet->sweep.sweep.conversation.ask = ASK_MOUNTS;
	fleet->sweep.sweep.conversation.probe = false;
	return server_sweep_run(fleet->context, &fleet->sweep, &mounts,
				partial);
}

/* In the order of the operands; several addresses of a name are sorted. */
static int compare_servers(const void *left, const void *right)
{
	const struct fleet_server *a = *(struct fleet_server *const *)left;
	const struct fleet_server *b = *(struct fleet_server *const *)right;

	if (a->number != b->number)
		return a->number < b->number ? -1 : 1;
	return memcmp(a->survey.address.bytes, b->survey.address.bytes,
		      sizeof(a->survey.address.bytes));
}

static void judge_server(struct audit_fleet *fleet, struct fleet_server *server)
{
	struct lint_run *run = &fleet->run;
	struct lint_unit *unit = &server->unit;

	unit->table.input.documents = &no_documents;
	lint_judge_survey(&run->judge, &server->survey, unit);
	run->fingerprints.server = str_of(server->survey.host);
	fingerprints_assign(&run->fingerprints, &unit->findings);
	lint_run_sift(run, &unit->findings);
	*ARRAY_ADD(fleet->context->arena, &fleet->report.lint.units) = unit;
}

static void judge(struct audit_fleet *fleet)
{
	struct fleet_report *report = &fleet->report;

	if (report->servers.count)
		qsort(report->servers.items, report->servers.count,
		      sizeof(*report->servers.items), compare_servers);
	for (size_t i = 0; i < report->servers.count; i++)
		judge_server(fleet, report->servers.items[i]);
	memcpy(report->lint.counts, fleet->run.counts,
	       sizeof(report->lint.counts));
}

/* What the rendering wants to know of the whole. */
static void sum_up(struct audit_fleet *fleet)
{
	struct fleet_report *report = &fleet->report;

	report->least = (enum severity)fleet->options->run->min_severity;
	report->failing = fleet->run.failing;
	report->undone =
		!report->answered || fleet->sweep.input.has_wrong_words;
}

static void render(FILE *out, const void *fleet)
{
	const struct audit_fleet *of = fleet;

	of->options->render(out, &of->report);
}

static bool is_nagios(const struct audit_fleet *fleet)
{
	return fleet->options->render == render_fleet_nagios;
}

/* A server that was not fully looked at is something to look at. */
static int status_of(const struct audit_fleet *fleet)
{
	const struct fleet_report *report = &fleet->report;

	if (is_nagios(fleet))
		return (int)fleet_report_nagios(report);
	if (report->undone)
		return STATUS_FAILED;
	return report->failing || report->lint.partial ||
			       report->answered < report->servers.count
		       ? STATUS_FINDINGS
		       : STATUS_OK;
}

static int run_begun(struct audit_fleet *fleet)
{
	int failed = is_nagios(fleet) ? (int)NAGIOS_UNKNOWN : STATUS_FAILED;

	if (!ask(fleet))
		return failed;
	judge(fleet);
	sum_up(fleet);
	if (!report_output(fleet->context, fleet->options->output, render,
			   fleet))
		return failed;
	return status_of(fleet);
}

/* What the rows of audit do not set. Answers are not kept. */
static void settle(struct audit_fleet *fleet)
{
	fleet->servers = *fleet->options->servers;
	fleet->servers.uid = fleet->servers.gid = SERVER_NOBODY;
	fleet->servers.probe = true;
}

int audit_fleet_run(const struct command_context *context,
		    const struct audit_fleet_options *options)
{
	struct audit_fleet fleet = {
		.context = context,
		.options = options,
		.report.lint = { .arena = context->arena,
				 .color = context->color && !options->output },
	};
	int status;

	settle(&fleet);
	if (!server_sweep_prepare(context, &fleet.servers, ASK_EXPORTS,
				  &fleet.sweep))
		return STATUS_FAILED;
	if (!lint_run_begin(&fleet.run, context, options->run, NEEDS_REMOTE,
			    &status))
		return status;
	status = run_begun(&fleet);
	lint_run_end(&fleet.run);
	return status;
}
