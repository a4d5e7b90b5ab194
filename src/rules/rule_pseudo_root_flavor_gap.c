#include "client_reach.h"
#include "flavor_sets.h"
#include "fsid_roots.h"

/* Roots that are compared with all other entries. */
enum { ROOTS_COMPARED = 64 };

static bool has_flavor(const struct export_policy *policy, uint32_t number)
{
	struct flavor_entry flavors[SECURITY_FLAVORS_MAX];
	unsigned count = export_policy_flavors(policy, flavors);

	for (unsigned i = 0; i < count; i++)
		if (flavors[i].flavor->number == number)
			return true;
	return false;
}

/* The flavors of policy that the root has not, as in sec=; "" if none. */
static const char *gap_text(const struct rule_run *run,
			    const struct export_policy *root,
			    const struct export_policy *policy)
{
	struct flavor_entry flavors[SECURITY_FLAVORS_MAX];
	unsigned count = export_policy_flavors(policy, flavors);
	const char *text = "";

	for (unsigned i = 0; i < count; i++)
		if (!has_flavor(root, flavors[i].flavor->number))
			text = arena_printf(run->arena, "%s%s%s", text,
					    *text ? ":" : "",
					    flavors[i].flavor->name);
	return text;
}

static bool has_gap(const struct rule_run *run, const struct export_entry *root,
		    const struct export_entry *entry)
{
	return entry->state == EXPORT_LOADED &&
	       flavor_set_of(rule_policy(run, entry)) &
		       ~flavor_set_of(rule_policy(run, root)) &&
	       fsid_root_leads_to(run, root, entry);
}

static void report(struct rule_run *run, const struct export_entry *root,
		   const struct export_entry *entry, size_t count)
{
	struct arena *arena = run->arena;
	const char *gap =
		gap_text(run, rule_policy(run, root), rule_policy(run, entry));
	struct str path = export_entry_path(arena, run->table, entry);
	struct str above = export_entry_path(arena, run->table, root);
	struct finding *finding = rule_report(
		run, root,
		export_entry_option_span(arena, run->table, root, OPTION_SEC),
		"over NFSv4 %s can't mount %.*s%s with sec=%s, because the "
		"root %.*s is not exported with it",
		client_reach_text(arena, rule_client(run, entry)),
		STR_ARG(path),
		count > 1 ? arena_printf(arena, " (and %zu more)", count - 1)
			  : "",
		gap, STR_ARG(above));

	rule_relate(run, finding, entry, "the export with sec=%s", gap);
	finding->fix.description =
		arena_printf(arena, "add `%s` to sec= of the root", gap);
}

static void check_root(struct rule_run *run, const struct export_entry *root)
{
	const struct export_entry *first = NULL;
	size_t count = 0;

	for (size_t i = 0; i < run->table->entries.count; i++) {
		const struct export_entry *entry =
			&run->table->entries.items[i];

		if (has_gap(run, root, entry) && !count++)
			first = entry;
	}
	if (first)
		report(run, root, first, count);
}

static void check(struct rule_run *run)
{
	unsigned roots = 0;

	for (size_t i = 0;
	     i < run->table->entries.count && roots < ROOTS_COMPARED; i++) {
		const struct export_entry *entry =
			&run->table->entries.items[i];

		if (!is_fsid_root(run, entry))
			continue;
		roots++;
		check_root(run, entry);
	}
}

const struct rule rule_pseudo_root_flavor_gap = {
	.slug = "pseudo-root-flavor-gap",
	.severity = SEVERITY_MEDIUM,
	.traits = TRAIT_ALL,
	.summary = "the NFSv4 root lacks a security flavor of an export below",
	.rationale = "A client of NFSv4 begins at the root, with the flavor "
		     "that it was told to use. Where the export with fsid=0 "
		     "does not take that flavor the mount ends there, whatever "
		     "the export below offers.",
	.remedy = "Give the root the flavors of all exports below it, or "
		  "delete fsid=0: the root that the server makes by itself "
		  "has them.",
	.bad = "/srv/nfs4 10.1.0.0/24(ro,fsid=0)\n"
	       "/srv/nfs4/home 10.1.0.0/24(rw,nohide,sec=krb5p)\n",
	.good = "/srv/nfs4 10.1.0.0/24(ro,fsid=0,sec=krb5p)\n"
		"/srv/nfs4/home 10.1.0.0/24(rw,nohide,sec=krb5p)\n",
	.references =
		(const char *const[]){ "exports(5), RPCSEC_GSS security",
				       "RFC 7530, section 7: NFSv4 Server Name "
				       "Space",
				       NULL },
	.check_table = check,
};
