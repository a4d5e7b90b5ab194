#include "client_rules.h"

static void check(struct rule_run *run, const struct export_entry *entry)
{
	struct client_range range;
	struct finding *finding;

	if (!client_range_of(run, entry, &range) ||
	    range.use != ADDRESS_LINK_LOCAL)
		return;
	finding = rule_report(
		run, entry, client_host_span(run, entry),
		"hosts give themselves addresses like `%.*s`, so whoever is on "
		"a network of the server may take one and reach %.*s",
		STR_ARG(client_written(run, entry)),
		STR_ARG(export_entry_path(run->arena, run->table, entry)));
	finding->fix.description =
		"write addresses that are assigned, private ones for instance";
}

const struct rule rule_link_local_client = {
	.slug = "link-local-client",
	.severity = SEVERITY_MEDIUM,
	.traits = TRAIT_CLIENTS,
	.summary = "a client of link-local addresses",
	.rationale = "Link-local addresses are chosen by the hosts themselves "
		     "and exist on every network segment anew. The server's "
		     "table knows nothing of segments, so a host on another "
		     "one may have the same address, and a zone behind % "
		     "does not help.",
	.remedy = "Write assigned addresses, for instance of fd00::/8 or "
		  "10.0.0.0/8.",
	.bad = "/srv/data fe80::/10(rw)\n",
	.good = "/srv/data fd00:1::/64(rw)\n",
	.references = (const char *const[]){ "exports(5), Machine Name Formats",
					     "RFC 3927",
					     "RFC 4291, section "
					     "2.5.6",
					     NULL },
	.check_entry = check,
};
