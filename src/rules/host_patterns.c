#include "host_patterns.h"

#include "client_rules.h"
#include "host_pattern.h"

static bool is_in(struct str text, const char *const *list)
{
	for (; *list; list++)
		if (str_equal_nocase(text, str_of(*list)))
			return true;
	return false;
}

/* A top level domain that is open to everybody. */
static bool is_open_label(struct str label)
{
	static const char *const generic[] = { "com",  "net", "org",  "info",
					       "biz",  "edu", "gov",  "mil",
					       "name", "dev", "arpa", NULL };

	return label.length == 2 || is_in(label, generic);
}

/* Do many owners share the names below a domain: "com", "co.uk"? */
static bool is_public_suffix(struct str domain)
{
	static const char *const second[] = { "co",  "com", "ac",  "org",
					      "net", "gov", "edu", NULL };
	size_t dot = str_find(domain, '.');
	struct str label = { domain.data, dot };

	if (dot == domain.length)
		return is_open_label(domain);
	domain = str_skip(domain, dot + 1);
	return domain.length == 2 && is_in(label, second);
}

/* What stands behind the last star; .data NULL if there is no star. */
static struct str behind_star(struct str pattern)
{
	size_t i = pattern.length;

	while (i && pattern.data[i - 1] != '*')
		i--;
	return i ? str_skip(pattern, i) : (struct str){ 0 };
}

enum pattern_scope host_pattern_scope(const struct rule_run *run,
				      const struct export_entry *entry,
				      struct str *domain)
{
	const struct export_client *client = rule_client(run, entry);
	size_t dot;

	if (client->type != CLIENT_WILDCARD ||
	    pattern_is_everything(client->name) ||
	    host_pattern_is_for_addresses(client->name) ||
	    host_pattern_is_bracketed(client->name))
		return PATTERN_OTHER;
	*domain = behind_star(client->name);
	if (!domain->data)
		return PATTERN_EXACT;
	dot = str_find(*domain, '.');
	if (dot + 1 >= domain->length)
		return PATTERN_LOOSE;
	/* a star takes in any part of the label that it stands in, but a
	 * domain that begins in the middle of a name is another's as well */
	*domain = str_skip(*domain, dot + 1);
	return is_public_suffix(*domain) ? PATTERN_SUFFIX : PATTERN_DOMAIN;
}
