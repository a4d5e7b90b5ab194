#include "anonymous_ids.h"
#include "option_edits.h"

static bool is_negative(uint32_t number)
{
	return number > INT32_MAX && number != UINT32_MAX;
}

static void repair(struct rule_run *run, struct finding *finding,
		   const struct client_group *group)
{
	static const struct {
		enum export_option_id id;
		const char *text;
	} ids[] = { { OPTION_ANONUID, "anonuid=65534" },
		    { OPTION_ANONGID, "anongid=65534" } };
	const struct export_policy *policy = rule_policy(run, group->entry);

	finding->fix.description = "write 65534";
	for (size_t i = 0; i < sizeof(ids) / sizeof(*ids); i++)
		if (is_negative(anonymous_id(policy, ids[i].id)))
			option_edits_replace(run, finding, group, ids[i].id,
					     ids[i].text);
	option_edits_sort(finding);
}

static void check_group(struct rule_run *run, const struct client_group *group)
{
	struct finding *finding;

	if (squashed_users(rule_policy(run, group->entry)) == SQUASHED_NOBODY)
		return;
	finding = anonymous_ids_report(run, group, is_negative);
	if (finding)
		repair(run, finding, group);
}

static void check(struct rule_run *run)
{
	client_groups_each(run, check_group);
}

const struct rule rule_anon_id_negative = {
	.slug = "anon-id-negative",
	.severity = SEVERITY_LOW,
	.traits = TRAIT_ALL,
	.summary = "a negative anonymous id",
	.rationale = "A negative id is taken modulo 2^32: -2 is 4294967294. "
		     "Few systems have an account with that number, and other "
		     "servers and tools show or store it differently, so files "
		     "get owners that nobody knows.",
	.remedy = "Write 65534, or the ids of an account of your own.",
	.bad = "/srv/data 10.1.0.0/24(rw,anonuid=-2,anongid=-2)\n",
	.good = "/srv/data 10.1.0.0/24(rw,anonuid=65534,anongid=65534)\n",
	.references =
		(const char *const[]){ "exports(5), User ID Mapping", NULL },
	.check_table = check,
};
