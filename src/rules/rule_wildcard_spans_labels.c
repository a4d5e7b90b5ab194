#include "client_rules.h"
#include "host_patterns.h"

/* Once for each pattern, however many paths have it. */
static void check_table(struct rule_run *run)
{
	const struct export_table *table = run->table;
	bool *told = arena_alloc_array(run->arena, table->clients.list.count,
				       sizeof(*told));

	for (size_t i = 0; i < table->entries.count; i++) {
		const struct export_entry *entry = &table->entries.items[i];
		struct str domain, pattern;

		if (entry->state != EXPORT_LOADED || told[entry->client] ||
		    host_pattern_scope(run, entry, &domain) != PATTERN_DOMAIN)
			continue;
		told[entry->client] = true;
		pattern = client_written(run, entry);
		rule_report(run, entry, client_host_span(run, entry),
			    "`%.*s` also matches hosts deeper below %.*s, "
			    "because `*` stands for dots as well",
			    STR_ARG(pattern), STR_ARG(domain));
	}
}

const struct rule rule_wildcard_spans_labels = {
	.slug = "wildcard-spans-labels",
	.severity = SEVERITY_LOW,
	.traits = TRAIT_ALL,
	.summary = "a pattern that matches hosts of subdomains as well",
	.rationale = "In certificates a star stands for one part of a name; "
		     "here it stands for dots too, so *.example.com also "
		     "matches a.b.example.com. Whoever may name hosts in a "
		     "subdomain gets in.",
	.remedy = "Name hosts or networks, if subdomains are in other hands.",
	.bad = "/srv/data *.example.com(rw)\n",
	.good = "/srv/data 10.1.0.0/16(rw)\n",
	.references = (const char *const[]){ "exports(5), Machine Name Formats",
					     NULL },
	.check_table = check_table,
};
