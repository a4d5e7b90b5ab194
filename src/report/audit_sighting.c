#include "audit_sighting.h"

#include "etab_writer.h"
#include "finding_fingerprint.h"
#include "rule_catalog.h"

_Static_assert((int)AUDIT_SEVERITIES == (int)SEVERITIES, "one count for each");

static struct str copy(struct arena *arena, const char *text)
{
	return str_of(arena_copy(arena, text, strlen(text)));
}

static struct str place_of(const struct lint_report *report,
			   const struct lint_unit *unit,
			   const struct finding *finding)
{
	struct source *source = lint_unit_source(unit, finding->document);
	struct source_position at =
		source_position(report->arena, source, finding->span.begin);

	if (!finding->span.end)
		return str_of(source->name);
	return str_of(
		arena_printf(report->arena, "%s:%u", source->name, at.line));
}

static void add_findings(struct arena *arena, const struct lint_report *report,
			 const struct lint_unit *unit,
			 struct audit_sighting *sighting)
{
	const struct finding_list *findings = &unit->findings;

	for (size_t i = 0; i < findings->list.count; i++) {
		const struct finding *finding = &findings->list.items[i];
		char text[FINGERPRINT_TEXT];
		struct audit_fact *fact;

		if (finding->suppressed)
			continue;
		fact = ARRAY_ADD(arena, &sighting->facts.list[AUDIT_FINDING]);
		fact->text[FINDING_FINGERPRINT] = copy(
			arena, fingerprint_text(finding->fingerprint, text));
		fact->text[FINDING_SEVERITY] =
			str_of(severity_names[finding->severity]);
		fact->text[FINDING_RULE] = str_of(finding->rule->slug);
		fact->text[FINDING_PLACE] = place_of(report, unit, finding);
		fact->text[FINDING_MESSAGE] = str_of(finding->message);
		sighting->run.counts[finding->severity]++;
	}
}

/* Neighbours mostly share one text of options. It tells all flags of each
 * flavor, whether nfsd is loaded or not: an export does not change with that.
 */
static void add_exports(struct arena *arena, const struct export_table *table,
			struct audit_sighting *sighting)
{
	struct export_rules rules = {
		.target = table->input.rules.target,
		.flavor_mask = EXPORT_FLAVOR_MASK_ALL,
	};
	struct etab_writer writer = { .table = table, .rules = &rules };
	const struct export_policy *policy = NULL;
	struct str options = { 0 };

	for (size_t i = 0; i < table->order.count; i++) {
		const struct export_entry *entry =
			export_table_ordered(table, i);
		struct audit_fact *fact =
			ARRAY_ADD(arena, &sighting->facts.list[AUDIT_EXPORT]);
		struct str text = etab_writer_options(&writer, entry);

		if (writer.policy != policy)
			options = (struct str){ arena_copy(arena, text.data,
							   text.length),
						text.length };
		policy = writer.policy;
		fact->text[EXPORT_PATH] = export_table_path(table, entry->path);
		fact->text[EXPORT_CLIENT] =
			table->clients.list.items[entry->client].name;
		fact->text[EXPORT_OPTIONS_TEXT] = options;
	}
	etab_writer_free(&writer);
}

static void add_clients(struct arena *arena, const struct live_clients *clients,
			struct audit_sighting *sighting)
{
	for (size_t i = 0; i < clients->list.count; i++)
		ARRAY_ADD(arena, &sighting->facts.list[AUDIT_CLIENT])
			->text[CLIENT_NAME] = clients->list.items[i].name;
}

static void add_unchecked(struct arena *arena, const char *what,
			  const char *why, struct audit_sighting *sighting)
{
	struct audit_fact *fact =
		ARRAY_ADD(arena, &sighting->facts.list[AUDIT_UNCHECKED]);

	fact->text[UNCHECKED_WHAT] = str_of(what);
	fact->text[UNCHECKED_WHY] = str_of(why);
}

enum severity audit_fact_severity(const struct audit_fact *finding)
{
	int severity = SEVERITY_INFO;

	while (severity < SEVERITIES - 1 &&
	       !str_is(finding->text[FINDING_SEVERITY],
		       severity_names[severity]))
		severity++;
	return (enum severity)severity;
}

static bool would_see_finding(const struct audit_sighting *sighting,
			      const struct audit_fact *fact, bool out_of_sight)
{
	struct str slug = fact->text[FINDING_RULE];
	const struct rule *rule = slug.data ? rule_find(slug.data) : NULL;
	unsigned needs = rule ? rule->needs : 0;

	return sighting->whole &&
	       audit_fact_severity(fact) >= sighting->least &&
	       (sighting->resolved || !(needs & NEEDS_NAMES)) &&
	       !(out_of_sight && (needs & NEEDS_LIVE));
}

static bool would_see(const struct audit_sight *sight, enum audit_kind kind,
		      const struct audit_fact *fact, bool out_of_sight)
{
	const struct audit_sighting *sighting =
		(const struct audit_sighting *)sight; /* its first member */

	if (kind == AUDIT_FINDING)
		return would_see_finding(sighting, fact, out_of_sight);
	if (kind == AUDIT_EXPORT)
		return sighting->whole;
	return kind != AUDIT_CLIENT || !out_of_sight;
}

void audit_sighting_make(struct arena *arena, const struct audit_report *report,
			 bool whole, bool resolved, int64_t now,
			 struct audit_sighting *sighting)
{
	*sighting = (struct audit_sighting){
		.sight.would_see = would_see,
		.run = { .time = now,
			 .answered = 1,
			 .exposure = whole ? report->exposure->tenths
					   : AUDIT_NO_EXPOSURE },
		.whole = whole,
		.resolved = resolved,
		.least = report->least,
	};
	add_findings(arena, &report->lint, report->lint.units.items[0],
		     sighting);
	add_exports(arena, &report->lint.units.items[0]->table, sighting);
	add_clients(arena, report->clients, sighting);
	for (size_t i = 0; i < report->live->unchecked.count; i++)
		add_unchecked(arena, report->live->unchecked.items[i].what,
			      report->live->unchecked.items[i].why, sighting);
	sighting->run.exports =
		(uint32_t)sighting->facts.list[AUDIT_EXPORT].count;
	sighting->run.clients =
		(uint32_t)sighting->facts.list[AUDIT_CLIENT].count;
}

static void add_lists(struct arena *arena, const struct server_lists *lists,
		      struct audit_sighting *sighting)
{
	for (size_t i = 0; i < lists->exports.count; i++) {
		struct audit_fact *fact =
			ARRAY_ADD(arena, &sighting->facts.list[AUDIT_LISTED]);

		fact->text[LISTED_PATH] = lists->exports.items[i].path;
		fact->text[LISTED_CLIENTS] = lists->exports.items[i].clients;
	}
	for (size_t i = 0; i < lists->clients.count; i++)
		ARRAY_ADD(arena, &sighting->facts.list[AUDIT_CLIENT])
			->text[CLIENT_NAME] = lists->clients.items[i];
}

static void add_unseen(struct arena *arena, const struct fleet_server *server,
		       struct audit_sighting *sighting)
{
	static const char too_long[] = "longer than what is kept";

	if (!sighting->whole) {
		add_unchecked(arena, AUDIT_WHOLE_SERVER,
			      fleet_server_problem(arena, server), sighting);
		return;
	}
	if (!sighting->has_list)
		add_unchecked(arena, "the list of exports", too_long, sighting);
	if (server->survey.tells_mounts && !sighting->has_clients)
		add_unchecked(arena, "the list of mounts", too_long, sighting);
}

/* Nothing that is found here depends on a list that is out of sight. */
static bool would_see_remote(const struct audit_sight *sight,
			     enum audit_kind kind,
			     const struct audit_fact *fact, bool out_of_sight)
{
	const struct audit_sighting *sighting =
		(const struct audit_sighting *)sight; /* its first member */

	(void)out_of_sight;
	if (kind == AUDIT_FINDING &&
	    audit_fact_severity(fact) < sighting->least)
		return false;
	return sighting->whole &&
	       (kind != AUDIT_LISTED || sighting->has_list) &&
	       (kind != AUDIT_CLIENT || sighting->has_clients);
}

void audit_sighting_make_remote(struct arena *arena,
				const struct lint_report *report,
				const struct fleet_server *server,
				enum severity least, int64_t now,
				struct audit_sighting *sighting)
{
	bool whole = server->survey.answered;

	*sighting = (struct audit_sighting){
		.sight.would_see = would_see_remote,
		.run = { .time = now,
			 .answered = whole,
			 .exposure = server->exposure.known
					     ? server->exposure.tenths
					     : AUDIT_NO_EXPOSURE },
		.whole = whole,
		.least = least,
		.has_list = server->lists.has_exports,
		.has_clients = server->lists.has_clients,
	};
	add_findings(arena, report, &server->unit, sighting);
	add_lists(arena, &server->lists, sighting);
	add_unseen(arena, server, sighting);
	sighting->run.exports = (uint32_t)server->survey.exports;
	sighting->run.clients =
		(uint32_t)sighting->facts.list[AUDIT_CLIENT].count;
}

bool audit_changes_reach(const struct audit_changes *changes, int severity)
{
	for (size_t i = 0; i < changes->list[AUDIT_FINDING].count; i++) {
		const struct audit_change *change =
			&changes->list[AUDIT_FINDING].items[i];
		bool worse = change->how == CHANGE_APPEARED ||
			     (change->how == CHANGE_OTHER &&
			      audit_fact_severity(change->after) >
				      audit_fact_severity(change->before));

		if (worse &&
		    (int)audit_fact_severity(change->after) >= severity)
			return true;
	}
	return false;
}
