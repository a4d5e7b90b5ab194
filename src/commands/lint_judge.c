#include "lint_judge.h"

#include "boot_order.h"
#include "daemon_needs.h"
#include "live_daemons.h"
#include "live_facts.h"
#include "local_facts.h"
#include "local_server.h"
#include "mount_lookup_gather.h"
#include "mountd_gather.h"
#include "name_facts_gather.h"
#include "rule_catalog.h"
#include "rule_runner.h"

bool lint_judge_table(const struct lint_judge *judge, struct lint_unit *unit,
		      struct failure *failure)
{
	struct export_table reread;

	table_gather_build(judge->gather, &unit->documents, &unit->table);
	return !etab_reread_is_needed(&unit->table) ||
	       table_gather_reread(judge->gather, &unit->table, &reread,
				   failure);
}

/* The table that is in force, as mountd reads it. */
static void read_etab(const struct lint_judge *judge, struct live_state *live,
		      struct source source)
{
	struct arena *arena = judge->gather->arena;
	struct export_documents *documents =
		arena_alloc(arena, sizeof(*documents));
	struct export_table *table = arena_alloc(arena, sizeof(*table));
	struct exports_files files = { 0 };

	*ARRAY_ADD(arena, &files.sources) = source;
	table_gather_parse(arena, &files, documents);
	table_gather_build(judge->gather, documents, table);
	live->in_force = table;
}

/* What is in force, by etab and by mountd. */
static void add_in_force(const struct lint_judge *judge,
			 const struct local_state *local,
			 struct live_state *live)
{
	struct source etab = local->sources.items[live->etab->source];

	read_etab(judge, live, etab);
	mountd_gather(judge->gather->arena, judge->gather->root, etab.name,
		      live);
}

/* Only where it matters. */
static void note_boot(const struct lint_judge *judge,
		      const struct export_table *table,
		      const struct local_state *local, struct live_state *live)
{
	struct arena *arena = judge->gather->arena;
	const struct boot_order *boot = local->server->boot;

	for (size_t i = 0;
	     boot->gap == BOOT_UNKNOWN && i < table->entries.count; i++) {
		if (!boot_order_concerns(arena, boot, table,
					 &table->entries.items[i]))
			continue;
		*ARRAY_ADD(arena, &live->unchecked) = (struct unchecked_fact){
			"host names at boot",
			boot->why,
		};
		return;
	}
}

static void note_hidden(const struct lint_judge *judge,
			const struct export_table *table,
			struct live_state *live)
{
	struct arena *arena = judge->gather->arena;
	const char *hidden = table_gather_hidden(arena, table);

	if (hidden)
		*ARRAY_ADD(arena, &live->unchecked) = (struct unchecked_fact){
			hidden,
			"can't be looked at",
		};
}

static void add_live(const struct lint_judge *judge,
		     const struct export_table *table,
		     struct local_state *local)
{
	struct live_state *live = live_facts_gather(judge->gather->arena,
						    judge->gather->root, local);

	live->files_unread = judge->files_unread;
	if (live->files_unread)
		*ARRAY_ADD(judge->gather->arena, &live->unchecked) =
			(struct unchecked_fact){
				"files against what is in force",
				"an exports file can't be read",
			};
	note_hidden(judge, table, live);
	note_boot(judge, table, local, live);
	if (daemon_needs_kerberos(table) || daemon_needs_tls(table))
		live_daemons_gather(judge->gather->arena, judge->gather->root,
				    live);
	mount_lookup_gather(judge->gather->arena, judge->gather->root, table,
			    local, live);
	if (live->etab)
		add_in_force(judge, local, live);
	local->live = live;
}

/* What rules know besides the table. */
static struct local_state *find_local(const struct lint_judge *judge,
				      const struct lint_unit *unit)
{
	struct arena *arena = judge->gather->arena;
	struct local_state *local =
		judge->in_place ? local_facts_gather(arena, judge->gather->root,
						     &unit->table)
				: arena_alloc(arena, sizeof(*local));

	local->trusted = judge->settings->trusted;
	local->names = name_facts_gather(judge->gather, &unit->table);
	if (judge->live)
		add_live(judge, &unit->table, local);
	return local;
}

static enum severity severity_of(const struct lint_judge *judge,
				 const struct rule *rule,
				 enum severity severity)
{
	const struct rule_choice *choice = &judge->choices[rule_index(rule)];

	return choice->changed
		       ? choice->severity
		       : rule_profile_severity(judge->profile, rule, severity);
}

/* Can the rule have findings that are asked for? Those of a rule that is info
 * whoever the client is can't. */
static bool can_run(const struct lint_judge *judge, const struct rule *rule)
{
	if (rule->needs & NEEDS_FILES && !judge->in_place)
		return false;
	return rule->severity > SEVERITY_INFO || rule->traits != TRAIT_ALL ||
	       rule->explains ||
	       severity_of(judge, rule, rule->severity) >= judge->least;
}

/* The findings from first on get the severities of the profile or the user. */
static void set_severities(const struct lint_judge *judge,
			   struct finding_list *findings, size_t first)
{
	for (; first < findings->list.count; first++) {
		struct finding *finding = &findings->list.items[first];

		finding->severity =
			severity_of(judge, finding->rule, finding->severity);
	}
}

/* A table that is another server's is judged as such, and by nothing else. */
static bool is_about(const struct lint_unit *unit, const struct rule *rule)
{
	return (unit->local->survey != NULL) ==
	       ((rule->needs & NEEDS_REMOTE) != 0);
}

static void run_rules(const struct lint_judge *judge, struct lint_unit *unit,
		      bool *ran)
{
	for (size_t i = 0; i < rule_count; i++) {
		const struct rule *rule = rule_catalog[i];

		ran[i] = judge->choices[i].on && is_about(unit, rule) &&
			 can_run(judge, rule);
		if (ran[i])
			rule_run(judge->gather->arena, &unit->table,
				 unit->local, rule_catalog[i], &unit->findings);
	}
	set_severities(judge, &unit->findings, 0);
	rule_sort(&unit->findings);
}

/* Of waivers each table has copies, which note whether they were used. */
static void copy_waivers(const struct lint_judge *judge,
			 struct suppressions *suppressions)
{
	for (size_t i = 0; i < judge->settings->waivers.count; i++) {
		struct waiver *copy =
			ARRAY_ADD(judge->gather->arena, &suppressions->waivers);

		*copy = judge->settings->waivers.items[i];
		copy->used = false;
	}
}

/* The settings note whether any table used them. */
static void note_used(const struct lint_judge *judge,
		      const struct suppressions *suppressions)
{
	for (size_t i = 0; i < suppressions->waivers.count; i++)
		judge->settings->waivers.items[i].used |=
			suppressions->waivers.items[i].used;
}

static void suppress(const struct lint_judge *judge, struct lint_unit *unit,
		     struct local_state *local, const bool *ran)
{
	struct arena *arena = judge->gather->arena;
	struct suppressions suppressions = {
		.today = calendar_date_today(),
		.config = (uint32_t)local->sources.count,
		.whole = judge->whole,
		.ran = ran,
		.server = local->survey ? local->survey->host : NULL,
	};
	size_t first = unit->findings.list.count;

	if (judge->settings->source.name)
		*ARRAY_ADD(arena, &local->sources) = judge->settings->source;
	copy_waivers(judge, &suppressions);
	suppressions_collect(arena, &unit->documents, &suppressions);
	suppressions_apply(arena, &suppressions, &unit->findings);
	note_used(judge, &suppressions);
	for (size_t i = 0; i < rule_count; i++)
		if (ran[i])
			rule_run_suppressions(arena, &unit->table, local,
					      &suppressions, rule_catalog[i],
					      &unit->findings);
	set_severities(judge, &unit->findings, first);
	if (unit->findings.list.count > first)
		rule_sort(&unit->findings);
}

static void judge_local(const struct lint_judge *judge, struct lint_unit *unit,
			struct local_state *local)
{
	bool *ran = arena_alloc_array(judge->gather->arena, rule_count,
				      sizeof(*ran));

	unit->local = local;
	run_rules(judge, unit, ran);
	if (!judge->no_suppress)
		suppress(judge, unit, local, ran);
}

bool lint_judge_unit(const struct lint_judge *judge, struct lint_unit *unit,
		     struct failure *failure)
{
	if (!lint_judge_table(judge, unit, failure))
		return false;
	judge_local(judge, unit, find_local(judge, unit));
	return true;
}

void lint_judge_survey(const struct lint_judge *judge,
		       const struct server_survey *survey,
		       struct lint_unit *unit)
{
	struct arena *arena = judge->gather->arena;
	struct local_state *local = arena_alloc(arena, sizeof(*local));

	local->survey = survey;
	*ARRAY_ADD(arena, &local->sources) =
		(struct source){ .name = survey->host };
	judge_local(judge, unit, local);
}
