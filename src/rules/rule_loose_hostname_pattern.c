#include "client_rules.h"
#include "host_patterns.h"

static void check(struct rule_run *run, const struct export_entry *entry)
{
	struct str domain, pattern;
	enum pattern_scope scope = host_pattern_scope(run, entry, &domain);
	struct finding *finding;

	if (scope != PATTERN_LOOSE && scope != PATTERN_SUFFIX)
		return;
	pattern = client_written(run, entry);
	finding = rule_report(
		run, entry, client_host_span(run, entry),
		"`%.*s` also matches hosts of other owners%s%.*s, because `*` "
		"stands for dots as well",
		STR_ARG(pattern),
		scope == PATTERN_LOOSE ? ", in any domain" : " below .",
		scope == PATTERN_LOOSE ? 0 : (int)domain.length, domain.data);
	finding->fix.description =
		"end the pattern in a dot and your domain, or name networks";
}

const struct rule rule_loose_hostname_pattern = {
	.slug = "loose-hostname-pattern",
	.severity = SEVERITY_MEDIUM,
	.traits = TRAIT_CLIENTS,
	.summary = "a pattern that hosts of other owners match",
	.rationale = "A star stands for any characters, dots included, so "
		     "web* matches web.example.org and *example.com matches "
		     "badexample.com. The name comes from the reverse zone of "
		     "the client's address, where its owner writes whatever "
		     "matches.",
	.remedy = "Let the pattern end in a dot and a domain of your own, or "
		  "name networks.",
	.bad = "/srv/data web*(rw)\n",
	.good = "/srv/data *.example.com(rw)\n",
	.references =
		(const char *const[]){
			"exports(5), Machine Name Formats",
			"CWE-350: Reliance on Reverse DNS Resolution for a "
			"Security-Critical Action",
			NULL },
	.check_entry = check,
};
