#include "flavor_story.h"
#include "option_edits.h"

/* 0 for a flavor that is not of Kerberos. */
static unsigned kerberos_strength(const struct security_flavor *flavor)
{
	unsigned strength = flavor ? flavor_strength(flavor) : 0;

	return strength < flavor_strength(security_flavor_find(STR("krb5")))
		       ? 0
		       : strength;
}

/* Does a stronger Kerberos flavor follow the first one? */
static bool rises(const struct export_policy *policy, const char **first,
		  const char **best)
{
	unsigned strength, weakest = 0, strongest = 0;

	for (unsigned i = 0; i < policy->flavor_count; i++) {
		const struct security_flavor *flavor =
			policy->flavors[i].flavor;

		strength = kerberos_strength(flavor);
		if (!strength)
			continue;
		if (!weakest) {
			weakest = strength;
			*first = flavor->name;
		}
		if (strength > strongest) {
			strongest = strength;
			*best = flavor->name;
		}
	}
	return strongest > weakest;
}

/* The words of a sec= option. */
struct words {
	struct str items[SECURITY_FLAVORS_MAX];
	size_t count, kerberos;
};

/* False if there are more than flavors. */
static bool split(struct str option, struct words *words)
{
	struct str rest = str_skip(option, strlen("sec=")), word;

	while (str_take(&rest, ':', &word)) {
		if (words->count == SECURITY_FLAVORS_MAX)
			return false;
		words->kerberos +=
			kerberos_strength(security_flavor_find(word)) > 0;
		words->items[words->count++] = word;
	}
	return true;
}

/* Puts the stronger of the Kerberos flavors first; others stay where they
 * are. */
static void sort(struct words *words)
{
	for (size_t i = 0; i < words->count; i++)
		for (size_t k = i + 1; k < words->count; k++) {
			struct str a = words->items[i], b = words->items[k];
			unsigned first =
				kerberos_strength(security_flavor_find(a));

			if (!first ||
			    kerberos_strength(security_flavor_find(b)) <= first)
				continue;
			words->items[i] = b;
			words->items[k] = a;
		}
}

static size_t count_kerberos(const struct export_policy *policy)
{
	size_t count = 0;

	for (unsigned i = 0; i < policy->flavor_count; i++)
		count += kerberos_strength(policy->flavors[i].flavor) > 0;
	return count;
}

/* Where all flavors stand in one option. */
static void repair(struct rule_run *run, struct finding *finding,
		   const struct client_group *group)
{
	struct str option =
		str_range(finding_text(run, finding).data + finding->span.begin,
			  finding_text(run, finding).data + finding->span.end);
	struct words words = { 0 };
	const char *text = "sec=";

	if (!str_starts(option, STR("sec=")) || !split(option, &words) ||
	    words.kerberos != count_kerberos(rule_policy(run, group->entry)))
		return;
	sort(&words);
	for (size_t i = 0; i < words.count; i++)
		text = arena_printf(run->arena, "%s%s%.*s", text, i ? ":" : "",
				    STR_ARG(words.items[i]));
	finding->fix.description = arena_printf(run->arena, "write `%s`", text);
	option_edits_replace(run, finding, group, OPTION_SEC, text);
}

static void check_group(struct rule_run *run, const struct client_group *group)
{
	const struct export_entry *entry = group->entry;
	const struct export_policy *policy = rule_policy(run, entry);
	const char *first = "", *best = "";
	struct finding *finding;

	if (!rises(policy, &first, &best))
		return;
	finding = rule_report(
		run, entry,
		export_entry_option_span(run->arena, run->table, entry,
					 OPTION_SEC),
		"clients that don't choose get sec=%s on %.*s, although sec=%s "
		"is "
		"offered too",
		first,
		STR_ARG(export_entry_path(run->arena, run->table, entry)),
		best);
	finding->fix.description =
		arena_printf(run->arena, "name `%s` first", best);
	repair(run, finding, group);
}

static void check(struct rule_run *run)
{
	client_groups_each(run, check_group);
}

const struct rule rule_krb5_weakest_first = {
	.slug = "krb5-weakest-first",
	.severity = SEVERITY_INFO,
	.traits = TRAIT_ALL,
	.summary = "the weaker Kerberos flavor is named first",
	.rationale = "The server offers flavors in the order in which they are "
		     "written, and most clients take the first that they know. "
		     "krb5 before krb5p means that krb5p is hardly ever used.",
	.remedy = "Write sec=krb5p:krb5i:krb5.",
	.bad = "/srv/data 10.1.0.0/24(rw,sec=krb5:krb5p)\n",
	.good = "/srv/data 10.1.0.0/24(rw,sec=krb5p:krb5i)\n",
	.references = (const char *const[]){ "exports(5), RPCSEC_GSS security",
					     NULL },
	.check_table = check,
};
