#include "client_rules.h"
#include "host_pattern.h"

/* What is left without the first pair of brackets, if that is a client; else
 * NULL. */
static const char *without_brackets(struct arena *arena, struct str pattern)
{
	struct client_network network;
	struct ip_address address;
	size_t end = str_find(pattern, ']');
	struct str text;

	if (end == pattern.length)
		return NULL;
	text = str_of(arena_printf(
		arena, "%.*s%.*s", (int)end - 1, pattern.data + 1,
		(int)(pattern.length - end - 1), pattern.data + end + 1));
	if (!ip_address_parse(text, &address) &&
	    client_network_parse(text, &network) != CLIENT_FINE)
		return NULL;
	return text.data;
}

static void check(struct rule_run *run, const struct export_entry *entry)
{
	struct finding *finding;
	struct str pattern;
	const char *plain;

	if (rule_client(run, entry)->type != CLIENT_WILDCARD ||
	    !host_pattern_is_bracketed(rule_client(run, entry)->name))
		return;
	pattern = client_written(run, entry);
	plain = without_brackets(run->arena, pattern);
	finding = rule_report(run, entry, client_host_span(run, entry),
			      "`%.*s` matches no address: in brackets it is a "
			      "pattern for host names",
			      STR_ARG(pattern));
	finding->fix.description =
		plain ? arena_printf(run->arena, "write `%s`", plain)
		      : "write the address without brackets";
	if (plain)
		rule_edit(run, finding, finding->span, plain);
}

const struct rule rule_bracketed_ipv6 = {
	.slug = "bracketed-ipv6",
	.severity = SEVERITY_HIGH,
	.traits = TRAIT_ALL,
	.summary = "an IPv6 address in brackets, which match names",
	.rationale = "In an exports file brackets stand for one character out "
		     "of a set. An address in brackets is compared with the "
		     "names of hosts and matches none, so the clients that it "
		     "was written for get nothing. Only on exportfs' command "
		     "line do brackets enclose an address.",
	.remedy = "Write the address or network without brackets.",
	.bad = "/srv/data [fd00:1::5](rw)\n",
	.good = "/srv/data fd00:1::5(rw) fd00:1::/64(ro)\n",
	.references = (const char *const[]){ "exports(5), Machine Name Formats",
					     "exportfs(8)", NULL },
	.check_entry = check,
};
