#include "anonymous_ids.h"
#include "option_edits.h"

/* The ids that are not written, as options. */
static const char *missing_ids(const struct rule_run *run,
			       const struct export_entry *entry)
{
	bool uid = export_entry_has_option(run->table, entry, OPTION_ANONUID);
	bool gid = export_entry_has_option(run->table, entry, OPTION_ANONGID);

	if (uid && gid)
		return NULL;
	if (uid)
		return "anongid=65534";
	return gid ? "anonuid=65534" : "anonuid=65534,anongid=65534";
}

static void check_group(struct rule_run *run, const struct client_group *group)
{
	const struct export_entry *entry = group->entry;
	enum squashed squashed = squashed_users(rule_policy(run, entry));
	const char *missing = missing_ids(run, entry);
	struct finding *finding;

	if (squashed == SQUASHED_NOBODY || !missing)
		return;
	finding = rule_report(
		run, entry, export_entry_span(run->table, entry),
		"%s on %s becomes %s on %.*s by default, not because it is "
		"written",
		squashed_text(squashed), client_group_hosts(run, group),
		strchr(missing, ',')		   ? "uid and gid 65534"
		: strcmp(missing, "anongid=65534") ? "uid 65534"
						   : "gid 65534",
		STR_ARG(export_entry_path(run->arena, run->table, entry)));
	finding->fix.description =
		arena_printf(run->arena, "write `%s`", missing);
	finding->fix.safe = true;
	if (group->count == 1)
		option_edit_append(run, finding, entry, missing);
}

static void check(struct rule_run *run)
{
	client_groups_each(run, check_group);
}

const struct rule rule_anon_id_unspecified = {
	.slug = "anon-id-unspecified",
	.severity = SEVERITY_INFO,
	.traits = TRAIT_ALL,
	.summary = "who squashed users become is left to the default",
	.rationale =
		"Without anonuid= and anongid= squashed users become 65534, "
		"the account nobody, that other services may use as "
		"well. Some guides want the ids to be written.",
	.remedy = "Write anonuid=65534,anongid=65534, or the ids of an account "
		  "made for it.",
	.bad = "/srv/data 10.1.0.0/24(rw)\n",
	.good = "/srv/data 10.1.0.0/24(rw,anonuid=65534,anongid=65534)\n",
	.references = (const char *const[]){ "exports(5), User ID Mapping",
					     "SSG nfs_no_anonymous", NULL },
	.check_table = check,
};
