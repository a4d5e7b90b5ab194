#include "rule.h"

/* Digits, dots and wildcards, with a dot or digits only around them: meant as
 * addresses. */
static bool looks_like_address(struct str pattern)
{
	bool digit = false;

	for (size_t i = 0; i < pattern.length; i++) {
		char c = pattern.data[i];

		digit |= ascii_is_digit(c);
		if (!ascii_is_digit(c) && !strchr(".*?[]-^", c))
			return false;
	}
	return digit;
}

/* "192.168.1.*" as "192.168.1.0/24": whole numbers, then stars only. NULL if
 * the pattern has another form. */
static const char *as_network(struct arena *arena, struct str pattern)
{
	unsigned numbers = 0;
	size_t end = 0, at = 0;

	while (at < pattern.length && ascii_is_digit(pattern.data[at])) {
		while (at < pattern.length && ascii_is_digit(pattern.data[at]))
			at++;
		if (at == pattern.length || pattern.data[at] != '.')
			return NULL;
		numbers++;
		end = at++;
	}
	for (; at < pattern.length; at++)
		if (pattern.data[at] != '*' && pattern.data[at] != '.')
			return NULL;
	if (numbers == 0 || numbers > 3)
		return NULL;
	return arena_printf(arena, "%.*s%s/%u", (int)end, pattern.data,
			    numbers == 1   ? ".0.0.0"
			    : numbers == 2 ? ".0.0"
					   : ".0",
			    numbers * 8);
}

static void check(struct rule_run *run, const struct export_entry *entry)
{
	const struct export_client *client = rule_client(run, entry);
	struct finding *finding;
	const char *network;

	if (client->type != CLIENT_WILDCARD ||
	    !looks_like_address(client->name))
		return;
	finding = rule_report(run, entry, export_entry_span(run->table, entry),
			      "`%.*s` matches no host: the server compares a "
			      "pattern with host names, never with addresses",
			      STR_ARG(client->name));
	network = as_network(run->arena, client->name);
	finding->fix.description =
		network ? arena_printf(run->arena, "write the network `%s`",
				       network)
			: "write the addresses as networks";
}

const struct rule rule_wildcard_on_ip = {
	.slug = "wildcard-on-ip",
	.severity = SEVERITY_HIGH,
	.traits = TRAIT_ALL,
	.summary = "a pattern of digits is meant for addresses but matches "
		   "names",
	.rationale = "Wildcards of exports(5) are compared with the name that "
		     "a client's address has in the DNS. A pattern like "
		     "192.168.1.* matches no address, so the clients that it "
		     "was written for get nothing, or what a later entry gives "
		     "to everybody.",
	.remedy = "Write a network: 192.168.1.0/24.",
	.bad = "/home/test 192.168.1.*(rw) *(ro)\n",
	.good = "/home/test 192.168.1.0/24(rw) *.example.com(ro)\n",
	.references = (const char *const[]){ "exports(5), Machine Name Formats",
					     NULL },
	.check_entry = check,
};
