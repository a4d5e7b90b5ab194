#include "audit_fleet.h"

#include <stdlib.h>

#include "fleet_memory.h"
#include "report_output.h"
#include "server_list_parser.h"
#include "server_lists_gather.h"
#include "server_survey_gather.h"
#include "server_sweep.h"

struct audit_fleet {
	const struct command_context *context;
	const struct audit_fleet_options *options;
	struct server_options servers;
	struct lint_run run;
	struct server_sweep sweep;
	struct fleet_report report;
	struct fleet_memory memory;
	size_t next; /* server to ask for its mounts */
};

/* Tables of other servers come from none. */
static const struct export_documents no_documents;

/* An address is written to text. */
static const char *host_of(const struct sweep_target *target,
			   const struct server_answer *answer,
			   char text[IP_ADDRESS_TEXT])
{
	return target->name ? target->name
			    : ip_address_text(answer->address, text);
}

static void add_server(struct audit_fleet *fleet,
		       const struct sweep_target *target,
		       const struct server_answer *answer)
{
	struct arena *arena = fleet->context->arena;
	struct fleet_server *server = arena_alloc(arena, sizeof(*server));
	struct server_survey *survey = &server->survey;
	char address[IP_ADDRESS_TEXT];
	const char *host = host_of(target, answer, address);

	server->number = server_target_tag(target).number;
	survey->host = arena_copy(arena, host, strlen(host));
	survey->from_reserved_port =
		fleet->sweep.sweep.conversation.reserved_port;
	server_survey_gather(arena, answer, survey);
	if (fleet->memory.base.file)
		server_lists_gather_exports(arena, answer, &fleet->memory.room,
					    &server->lists);
	*ARRAY_ADD(arena, &fleet->report.servers) = server;
}

static bool next_target(void *context, struct sweep_target *target)
{
	struct audit_fleet *fleet = context;

	return server_targets_next(&fleet->sweep.targets, target);
}

/* Nobody is there, and nobody was. */
static bool is_nobody(const struct audit_fleet *fleet,
		      const struct sweep_target *target,
		      const struct server_answer *answer)
{
	bool from_network = server_target_tag(target).from_network;
	char address[IP_ADDRESS_TEXT];

	return server_sweep_is_nobody(&fleet->sweep, from_network, answer) &&
	       !fleet_memory_misses(&fleet->memory,
				    host_of(target, answer, address));
}

static void answered(void *context, const struct sweep_target *target,
		     struct server_answer *answer, bool last)
{
	struct audit_fleet *fleet = context;

	(void)last;
	server_progress_step(&fleet->sweep.progress, answer);
	if (!is_nobody(fleet, target, answer))
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

/* May it be able to tell the next time? */
static bool is_out_of_reach(enum answer_status status)
{
	return status == ANSWER_UNREACHABLE || status == ANSWER_TIMEOUT;
}

/* It told its exports, and then nothing more. */
static void note_silence(struct arena *arena,
			 const struct server_answer *answer,
			 struct server_survey *survey)
{
	if (!survey->answered)
		return;
	survey->answered = false;
	survey->status = answer_status_name(answer->status);
	survey->error =
		arena_printf(arena, "asked for its mounts: %s",
			     answer->error ? answer->error : survey->status);
}

static void answered_mounts(void *context, const struct sweep_target *target,
			    struct server_answer *answer, bool last)
{
	struct audit_fleet *fleet = context;
	struct fleet_server *server = target->tag;
	struct arena *arena = fleet->context->arena;

	(void)last;
	server->survey.tells_mounts = answer->gives_list;
	server->survey.mounts = answer->mounts.count;
	if (is_out_of_reach(answer->status))
		note_silence(arena, answer, &server->survey);
	else if (fleet->memory.base.file && answer->gives_list)
		server_lists_gather_clients(arena, answer, &fleet->memory.room,
					    &server->lists);
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

/* By which its findings are told from those of others: the same however the
 * server is spelled. */
static struct str identity_of(struct arena *arena, const char *host)
{
	struct str identity = str_of(host);
	struct ip_address address;
	char *text = arena_alloc(arena, identity.length + IP_ADDRESS_TEXT);

	if (server_address_parse(identity, &address) && !address.zone)
		return str_of(ip_address_text(address, text));
	for (size_t i = 0; i < identity.length; i++)
		text[i] = ascii_lower(host[i]);
	return (struct str){ text, identity.length };
}

static void judge_server(struct audit_fleet *fleet, struct fleet_server *server)
{
	struct lint_run *run = &fleet->run;
	struct lint_unit *unit = &server->unit;

	unit->table.input.documents = &no_documents;
	lint_judge_survey(&run->judge, &server->survey, unit);
	remote_exposure_find(&unit->table, unit->local, &server->exposure);
	run->fingerprints.server =
		identity_of(fleet->context->arena, server->survey.host);
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

/* These are of no server, and so no findings. */
static void tell_ended_waivers(const struct audit_fleet *fleet)
{
	const struct lint_settings *settings = &fleet->run.settings;
	const struct suppressions now = { .today = calendar_date_today() };
	char day[CALENDAR_DATE_TEXT];

	for (size_t i = 0; i < settings->waivers.count; i++) {
		const struct waiver *waiver = &settings->waivers.items[i];

		if (waiver->used && suppression_is_expired(&now, waiver->until))
			command_error(fleet->context,
				      "%s: the %s ended on %s, and what it "
				      "hid is reported again",
				      settings->source.name, waiver->told.by,
				      calendar_date_text(waiver->until, day));
	}
}

/* What the rendering wants to know of the whole. */
static void sum_up(struct audit_fleet *fleet)
{
	struct fleet_report *report = &fleet->report;

	report->least = (enum severity)fleet->options->run->min_severity;
	report->failing = fleet->run.failing;
	for (size_t i = 0; i < report->servers.count; i++)
		report->answered += report->servers.items[i]->survey.answered;
	report->undone =
		!report->answered || fleet->sweep.input.has_wrong_words;
}

static bool is_json(const struct audit_fleet *fleet)
{
	return fleet->options->render == render_fleet_json;
}

/* Only the changes are asked for, and known. */
static bool tells_changes(const struct audit_fleet *fleet)
{
	return fleet->options->memory->changes && fleet->memory.base.state;
}

static void render(FILE *out, const void *context)
{
	const struct audit_fleet *fleet = context;

	if (tells_changes(fleet))
		fleet_memory_render(out, &fleet->memory,
				    fleet->report.lint.color, is_json(fleet));
	else
		fleet->options->render(out, &fleet->report);
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
	if (tells_changes(fleet))
		return fleet_memory_reaches(&fleet->memory, fleet->run.fail_on)
			       ? STATUS_FINDINGS
			       : STATUS_OK;
	return report->failing || report->lint.partial ||
			       report->answered < report->servers.count
		       ? STATUS_FINDINGS
		       : STATUS_OK;
}

static int status_of_failure(const struct audit_fleet *fleet)
{
	return is_nagios(fleet) ? (int)NAGIOS_UNKNOWN : STATUS_FAILED;
}

static int run_begun(struct audit_fleet *fleet)
{
	int failed = status_of_failure(fleet);
	enum report_end end;
	int status;

	fleet_memory_look_back(&fleet->memory);
	if (!ask(fleet))
		return failed;
	judge(fleet);
	sum_up(fleet);
	/* a part of a sweep is not compared with a whole one */
	if (!fleet->report.lint.partial)
		fleet_memory_compare(&fleet->memory, &fleet->report);
	fleet->report.undone |= fleet->memory.base.failed;
	status = status_of(fleet);
	/* what nobody was told is told again by the next run */
	end = report_output(fleet->context, fleet->options->output, render,
			    fleet);
	if (end == REPORT_FAILED)
		return failed;
	if (!tells_changes(fleet) || fleet->memory.told.count)
		tell_ended_waivers(fleet);
	/* still so, perhaps, and thus no change */
	if (tells_changes(fleet) && !fleet->report.answered)
		command_error(fleet->context, "no server gave a full answer");
	if (end == REPORT_TOLD)
		audit_memory_keep(&fleet->memory.base);
	return fleet->memory.base.failed ? failed : status;
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
	if (!fleet_memory_begin(&fleet.memory, context, options->memory) ||
	    !server_sweep_prepare(context, &fleet.servers, ASK_EXPORTS,
				  &fleet.sweep))
		return status_of_failure(&fleet);
	if (options->memory->history)
		return fleet_memory_history(&fleet.memory, &fleet.sweep.targets,
					    is_json(&fleet));
	if (!lint_run_begin(&fleet.run, context, options->run, NEEDS_REMOTE,
			    &status))
		return status_of_failure(&fleet);
	status = run_begun(&fleet);
	audit_memory_end(&fleet.memory.base);
	lint_run_end(&fleet.run);
	return status;
}
