#include "client_reach.h"
#include "host_addresses.h"

static void check(struct rule_run *run, const struct export_entry *entry)
{
	const struct resolved_name *name = host_resolved(run, entry);
	char text[IP_ADDRESS_TEXT];

	for (size_t i = 0; name && i < name->address_count; i++) {
		if (name->addresses[i].family != IP_V4 ||
		    !address_is_public(name->addresses[i]))
			continue;
		rule_report(run, entry, client_host_span(run, entry),
			    "`%.*s` has the public address %s and may %s %.*s",
			    STR_ARG(client_written(run, entry)),
			    ip_address_text(name->addresses[i], text),
			    client_can_write(rule_policy(run, entry))
				    ? "read and write"
				    : "read",
			    STR_ARG(export_entry_path(run->arena, run->table,
						      entry)));
		return;
	}
}

const struct rule rule_hostname_public_address = {
	.slug = "hostname-public-address",
	.severity = SEVERITY_HIGH,
	.needs = NEEDS_NAMES,
	.traits = TRAIT_CLIENTS,
	.summary = "a host name with a public address",
	.rationale =
		"Packets of public addresses cross networks of others, where "
		"AUTH_SYS requests are read, altered and forged; and the name "
		"service decides who has the name.",
	.remedy = "Let the client come through a private network or a VPN, or "
		  "ask for sec=krb5p.",
	.bad = "/srv/data public.example.com(rw)\n",
	.good = "/srv/data host.example.com(rw)\n",
	.references =
		(const char *const[]){
			"RFC 1918",
			"CWE-668: Exposure of Resource to Wrong Sphere", NULL },
	.check_entry = check,
};
