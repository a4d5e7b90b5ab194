#include "client_rules.h"
#include "host_names.h"
#include "host_pattern.h"

/* Is it the name service that says whether an address is this client? */
static bool is_named(const struct export_client *client)
{
	switch ((enum client_type)client->type) {
	case CLIENT_HOST:
		return !client->numeric &&
		       str_find(client->name, '%') == client->name.length &&
		       !str_equal_nocase(client->name, STR("localhost"));
	case CLIENT_WILDCARD:
		return !host_pattern_is_for_addresses(client->name) &&
		       !host_pattern_is_bracketed(client->name);
	case CLIENT_NETGROUP:
		return client->name.length > 1;
	case CLIENT_NETWORK:
	case CLIENT_ANONYMOUS:
	case CLIENT_GSS:
	case CLIENT_TYPES:
		break;
	}
	return false;
}

static bool is_case(const struct rule_run *run,
		    const struct export_entry *entry)
{
	return entry->state == EXPORT_LOADED &&
	       is_named(rule_client(run, entry)) &&
	       host_word_of(run, entry) == HOST_NAME &&
	       client_open_access(rule_policy(run, entry)) != OPEN_NOTHING;
}

static bool same_line(const struct export_entry *a,
		      const struct export_entry *b)
{
	return a->document == b->document && a->syntax_entry == b->syntax_entry;
}

static void report(struct rule_run *run, const struct export_entry *entry,
		   size_t count)
{
	struct str path = export_entry_path(run->arena, run->table, entry);
	struct str host = client_written(run, entry);

	if (count == 1)
		rule_report(run, entry, client_host_span(run, entry),
			    "the name service decides which addresses are "
			    "`%.*s` and get in to %.*s",
			    STR_ARG(host), STR_ARG(path));
	else
		rule_report(run, entry, client_host_span(run, entry),
			    "the name service decides which addresses are the "
			    "%zu named clients of %.*s",
			    count, STR_ARG(path));
}

/* Once for a line. */
static void check_table(struct rule_run *run)
{
	const struct export_entry *entries = run->table->entries.items;
	size_t end = run->table->entries.count;

	for (size_t i = 0, next; i < end; i = next) {
		const struct export_entry *first = NULL;
		size_t count = 0;

		for (next = i;
		     next < end && same_line(&entries[i], &entries[next]);
		     next++) {
			if (!is_case(run, &entries[next]))
				continue;
			if (!count++)
				first = &entries[next];
		}
		if (first)
			report(run, first, count);
	}
}

const struct rule rule_dns_trust = {
	.slug = "dns-trust",
	.severity = SEVERITY_INFO,
	.traits = TRAIT_ALL,
	.summary = "clients that are known by name and trusted with AUTH_SYS",
	.rationale = "For a pattern or a netgroup the server asks which name "
		     "an address has, and does not check that the name has "
		     "that address. Whoever controls the reverse zone of an "
		     "address, or the DNS or NIS of the server, decides who "
		     "gets in, and AUTH_SYS asks for nothing more.",
	.remedy = "Name addresses and networks, or ask for Kerberos.",
	.bad = "/srv/data @trusted(rw) web.example.com(ro)\n",
	.good = "/srv/data 10.1.0.0/16(rw)\n",
	.references =
		(const char *const[]){
			"exports(5), Machine Name Formats",
			"CWE-350: Reliance on Reverse DNS Resolution for a "
			"Security-Critical Action",
			"CWE-291: Reliance on IP Address for Authentication",
			NULL },
	.check_table = check_table,
};
