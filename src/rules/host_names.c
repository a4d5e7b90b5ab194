#include "host_names.h"

#include "client_rules.h"

/* Options of BSD's exports(5) between path and hosts. Other words with a dash
 * are a second list of -options, which other rules tell of. */
static const char *const foreign_words[] = {
	"-network", "-mask",   "-maproot=", "-mapall=", "-alldirs",
	"-public",  "-webnfs", "-index=",   "-quiet",	NULL
};

static bool is_foreign_word(struct str host)
{
	for (const char *const *word = foreign_words; *word; word++)
		if (str_starts(host, str_of(*word)))
			return true;
	return host.data[0] != '-' && (str_find(host, '=') < host.length ||
				       str_find(host, ':') < host.length);
}

static bool has_only(struct str text, const char *bytes)
{
	for (size_t i = 0; i < text.length; i++)
		if (!text.data[i] || !strchr(bytes, text.data[i]))
			return false;
	return true;
}

static bool looks_like_ipv4(struct str host)
{
	return ascii_is_digit(host.data[0]) && has_only(host, "0123456789.-") &&
	       str_find(host, '.') < host.length;
}

/* Two colons in a row, or nothing but hexadecimal numbers and colons. */
static bool looks_like_ipv6(struct str host)
{
	size_t colon = str_find(host, ':');

	for (size_t i = colon; i + 1 < host.length; i++)
		if (host.data[i] == ':' && host.data[i + 1] == ':')
			return true;
	return colon < host.length &&
	       has_only(host, "0123456789abcdefABCDEF:.");
}

enum host_word host_word_of(const struct rule_run *run,
			    const struct export_entry *entry)
{
	struct str host = client_written(run, entry);
	struct client_range range;

	if (rule_client(run, entry)->type != CLIENT_HOST || !host.length ||
	    client_range_of(run, entry, &range))
		return HOST_NAME;
	if (looks_like_ipv4(host) || looks_like_ipv6(host))
		return HOST_BAD_ADDRESS;
	return is_foreign_word(host) ? HOST_FOREIGN : HOST_NAME;
}
