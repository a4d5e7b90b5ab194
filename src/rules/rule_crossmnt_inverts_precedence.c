#include "client_reach.h"
#include "client_rules.h"
#include "export_rights.h"
#include "path_decisions.h"

/* How many entries of the upper path are looked at for each path below it:
 * many paths may lie below one that has many clients. */
enum { UPPER_COMPARED = 64 };

/* A host or network whose rights crossmnt should carry down. */
static bool is_carried(const struct rule_run *run,
		       const struct export_entry *upper)
{
	unsigned type = rule_client(run, upper)->type;

	return rule_policy(run, upper)->flags & EXPORT_CROSSMOUNT &&
	       (type == CLIENT_HOST || type == CLIENT_NETWORK);
}

static void report(struct rule_run *run, const struct export_entry *entry,
		   const struct export_entry *upper, unsigned beyond)
{
	struct arena *arena = run->arena;
	struct str path = export_entry_path(arena, run->table, entry);
	struct str above = export_entry_path(arena, run->table, upper);
	const struct export_client *client = rule_client(run, entry);
	struct str name = client->name;
	struct finding *finding;

	if (client->type == CLIENT_ANONYMOUS)
		name = STR("everybody");
	finding = rule_report(
		run, entry, export_entry_span(run->table, entry),
		"%s may %s at %.*s: the entry for %.*s there outweighs its "
		"own one of %.*s, because the longer path counts below "
		"crossmnt",
		client_reach_text(arena, rule_client(run, upper)),
		export_right_text(beyond), STR_ARG(path), STR_ARG(name),
		STR_ARG(above));
	rule_relate(run, finding, upper, "the stricter entry above it");
	finding->fix.description = arena_printf(
		arena, "repeat `%.*s` with its options at %.*s",
		STR_ARG(rule_client(run, upper)->name), STR_ARG(path));
}

/* One finding for each path. */
static void check_group(struct path_decisions *decisions,
			const struct path_group *group,
			const struct path_group *above)
{
	struct rule_run *run = decisions->run;

	for (size_t i = 0; i < above->count && i < UPPER_COMPARED; i++) {
		const struct export_entry *upper =
			path_group_entry(run, above, i);
		const struct export_entry *entry;
		unsigned beyond;

		if (!is_carried(run, upper))
			continue;
		entry = path_decide(decisions, group, upper);
		if (!entry || entry->client == upper->client ||
		    !client_is_deliberate(run, entry))
			continue;
		beyond = export_rights_beyond(rule_policy(run, entry),
					      rule_policy(run, upper));
		if (beyond) {
			report(run, entry, upper, beyond);
			return;
		}
	}
}

static void check(struct rule_run *run)
{
	path_decisions_each(run, check_group);
}

const struct rule rule_crossmnt_inverts_precedence = {
	.slug = "crossmnt-inverts-precedence",
	.severity = SEVERITY_HIGH,
	.traits = TRAIT_ALL,
	.summary = "an entry further down gives more than a host or network "
		   "has above it with crossmnt",
	.rationale = "crossmnt carries an entry to the file systems mounted "
		     "below its path. Where such a path is exported itself, "
		     "the server takes the longer path first and looks at the "
		     "kind of the client only then, so that an entry for "
		     "everybody further down beats the one for a single host "
		     "above it.",
	.remedy = "Repeat the host or network with its options at the lower "
		  "path, or do without crossmnt.",
	.bad = "/srv 10.1.0.5(ro,crossmnt)\n/srv/data 10.1.0.0/24(rw)\n",
	.good = "/srv 10.1.0.5(ro,crossmnt)\n"
		"/srv/data 10.1.0.5(ro) 10.1.1.0/24(rw)\n",
	.references =
		(const char *const[]){ "exports(5), General Options", NULL },
	.check_table = check,
};
