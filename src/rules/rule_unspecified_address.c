#include "client_rules.h"

static void check(struct rule_run *run, const struct export_entry *entry)
{
	struct str host = client_written(run, entry);
	struct client_range range;
	struct ip_address strict;
	struct finding *finding;

	if (!client_range_of(run, entry, &range) ||
	    range.use != ADDRESS_UNSPECIFIED ||
	    (!range.network && !ip_address_parse(host, &strict)))
		return;
	finding = rule_report(run, entry, client_host_span(run, entry),
			      "no client ever has the address `%.*s`, so this "
			      "lets in nobody",
			      STR_ARG(host));
	finding->fix.description = "name the hosts or networks that are meant, "
				   "or write `*` for everybody";
}

const struct rule rule_unspecified_address = {
	.slug = "unspecified-address",
	.severity = SEVERITY_MEDIUM,
	.traits = TRAIT_ALL,
	.summary = "the address 0.0.0.0 or :: as a client",
	.rationale = "Servers listen on 0.0.0.0 when they mean every address, "
		     "but as a client it is one address, and no client has "
		     "it. Whoever was meant gets nothing through the entry.",
	.remedy = "Name the hosts or networks of your clients.",
	.bad = "/srv/data 0.0.0.0(rw)\n",
	.good = "/srv/data 10.1.0.0/16(rw)\n",
	.references =
		(const char *const[]){ "exports(5), Machine Name Formats",
				       "RFC 1122, section 3.2.1.3", NULL },
	.check_entry = check,
};
