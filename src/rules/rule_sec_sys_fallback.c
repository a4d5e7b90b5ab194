#include "flavor_sets.h"
#include "flavor_story.h"
#include "fsid_roots.h"
#include "option_edits.h"

/* The root takes the flavors of all that is below, and nobody writes to it. */
static bool is_way_down(const struct rule_run *run,
			const struct export_entry *entry)
{
	return is_fsid_root(run, entry) && !any_writes(rule_policy(run, entry));
}

/* Is sys beside Kerberos, with nothing odd that is told elsewhere? */
static bool falls_back(const struct rule_run *run,
		       const struct export_entry *entry)
{
	unsigned set = flavor_set_of(rule_policy(run, entry));

	return set & FLAVOR_SYS && set & FLAVORS_KRB5 &&
	       flavor_story_of(run->table, entry->policy).oddity ==
		       FLAVORS_FINE;
}

/* Somebody gave sys less on purpose. */
static bool sys_reads_only(const struct export_policy *policy)
{
	bool read_only = false, writes = false;

	for (unsigned i = 0; i < policy->flavor_count; i++) {
		bool ro = policy->flavors[i].flags & EXPORT_READ_ONLY;

		writes |= !ro;
		if (policy->flavors[i].flavor->number == 1)
			read_only = ro;
	}
	return read_only && writes;
}

static void check_group(struct rule_run *run, const struct client_group *group)
{
	const struct export_entry *entry = group->entry;
	const struct export_policy *policy = rule_policy(run, entry);
	struct finding *finding;

	if (!falls_back(run, entry) || is_way_down(run, entry))
		return;
	finding = rule_report(
		run, entry,
		export_entry_option_span(run->arena, run->table, entry,
					 OPTION_SEC),
		"%s may use %.*s without Kerberos, as any user, with sec=sys",
		client_group_text(run, group),
		STR_ARG(export_entry_path(run->arena, run->table, entry)));
	if (sys_reads_only(policy))
		finding->severity = SEVERITY_LOW;
	finding->fix.description = "delete `sys` from sec=";
	option_edits_value(run, finding, group, OPTION_SEC, "sys", NULL);
}

static void check(struct rule_run *run)
{
	client_groups_each(run, check_group);
}

const struct rule rule_sec_sys_fallback = {
	.slug = "sec-sys-fallback",
	.severity = SEVERITY_MEDIUM,
	.summary = "Kerberos is asked for, but sys is allowed as well",
	.rationale = "The client chooses one of the flavors. As long as sys is "
		     "among them, nobody needs a Kerberos ticket: a host of "
		     "the list may claim any user.",
	.remedy = "Delete sys once all clients have Kerberos.",
	.bad = "/srv/data 10.1.0.0/24(rw,sec=krb5p:sys)\n",
	.good = "/srv/data 10.1.0.0/24(rw,sec=krb5p)\n",
	.references =
		(const char *const[]){ "exports(5), RPCSEC_GSS security",
				       "SSG use_kerberos_security_all_exports",
				       "CWE-757: Selection of Less-Secure "
				       "Algorithm During Negotiation",
				       NULL },
	.check_table = check,
};
