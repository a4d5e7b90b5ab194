#include "flavor_sets.h"
#include "option_edits.h"

/* Not for exports that ask for no more than what is the default anyway. */
static bool writes_nothing(const struct export_policy *policy)
{
	return !any_writes(policy);
}

static bool is_async(const struct export_policy *policy)
{
	return policy->flags & EXPORT_ASYNC && any_writes(policy);
}

static bool is_kerberos_only(const struct export_policy *policy)
{
	return !(flavor_set_of(policy) & ~(unsigned)FLAVORS_KRB5);
}

static bool squashes_nobody(const struct export_policy *policy)
{
	struct flavor_entry flavors[SECURITY_FLAVORS_MAX];
	unsigned count = export_policy_flavors(policy, flavors);

	for (unsigned i = 0; i < count; i++)
		if (flavors[i].flags & (EXPORT_ROOT_SQUASH | EXPORT_ALL_SQUASH))
			return false;
	return true;
}

static const struct {
	enum export_option_id id;
	uint32_t mask, value; /* of the flags, for the option to be in force */
	bool (*has_no_effect)(const struct export_policy *policy);
	const char *name, *reason;
} cases[] = {
	{ OPTION_ASYNC, EXPORT_ASYNC, EXPORT_ASYNC, writes_nothing, "async",
	  "nobody may write there" },
	{ OPTION_WDELAY, EXPORT_GATHERED_WRITES, 0, writes_nothing, "no_wdelay",
	  "nobody may write there" },
	{ OPTION_WDELAY, EXPORT_GATHERED_WRITES, 0, is_async, "no_wdelay",
	  "with `async` no write waits anyway" },
	{ OPTION_INSECURE, EXPORT_INSECURE_PORT, EXPORT_INSECURE_PORT,
	  is_kerberos_only, "insecure",
	  "the port of a request with Kerberos does not matter" },
	{ OPTION_ANONUID, 0, 0, squashes_nobody, "anonuid",
	  "no user is squashed" },
	{ OPTION_ANONGID, 0, 0, squashes_nobody, "anongid",
	  "no user is squashed" },
};

static void check_group(struct rule_run *run, const struct client_group *group)
{
	const struct export_entry *entry = group->entry;
	const struct export_policy *policy = rule_policy(run, entry);
	struct finding *finding;

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		enum export_option_id id = cases[i].id;

		if (!export_entry_has_option(run->table, entry, id) ||
		    (policy->flags & cases[i].mask) != cases[i].value ||
		    !cases[i].has_no_effect(policy))
			continue;
		finding = rule_report(
			run, entry,
			export_entry_option_span(run->arena, run->table, entry,
						 id),
			"`%s` changes nothing on %.*s: %s", cases[i].name,
			STR_ARG(export_entry_path(run->arena, run->table,
						  entry)),
			cases[i].reason);
		option_edits_delete(run, finding, group, id);
	}
}

static void check(struct rule_run *run)
{
	client_groups_each(run, check_group);
}

const struct rule rule_no_op_option = {
	.slug = "no-op-option",
	.severity = SEVERITY_INFO,
	.traits = TRAIT_ALL,
	.summary = "an option that changes nothing here",
	.rationale = "Some options matter only beside others: how writes are "
		     "handled on an export that nobody may write to, or who "
		     "squashed users become where nobody is squashed. They "
		     "mislead whoever reads the list.",
	.remedy = "Delete the option, or the one that takes its effect.",
	.bad = "/srv/data 10.1.0.0/24(ro,async)\n",
	.good = "/srv/data 10.1.0.0/24(rw,sync)\n",
	.references =
		(const char *const[]){ "exports(5), General Options", NULL },
	.check_table = check,
};
