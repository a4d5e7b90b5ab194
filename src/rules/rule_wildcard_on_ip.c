#include "client_rules.h"
#include "host_pattern.h"

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

/* For each path what everybody gets there: a loaded entry, or NULL. */
static const struct export_entry **find_open_entries(struct rule_run *run)
{
	const struct export_table *table = run->table;
	const struct export_entry **open = arena_alloc_array(
		run->arena, table->input.lookups->paths.list.count,
		sizeof(*open));

	for (size_t i = 0; i < table->entries.count; i++) {
		const struct export_entry *entry = &table->entries.items[i];

		if (entry->state == EXPORT_LOADED && !open[entry->path] &&
		    rule_client(run, entry)->type == CLIENT_ANONYMOUS)
			open[entry->path] = entry;
	}
	return open;
}

static const char *access_text(const struct export_policy *policy)
{
	return client_can_write(policy) ? "read and write" : "only read";
}

static void check(struct rule_run *run, const struct export_entry *entry,
		  const struct export_entry *open)
{
	struct str pattern = client_written(run, entry);
	const char *network = as_network(run->arena, pattern);
	struct finding *finding;
	const char *rest = "get nothing through it", *access = NULL;

	if (open) {
		access = access_text(rule_policy(run, open));
		rest = arena_printf(run->arena,
				    "get what everybody gets: they may %s %.*s",
				    access,
				    STR_ARG(export_entry_path(
					    run->arena, run->table, entry)));
	}
	finding = rule_report(
		run, entry, client_host_span(run, entry),
		"`%.*s` matches no address, because the server compares a "
		"pattern with host names, so the clients it was meant for %s",
		STR_ARG(pattern), rest);
	finding->fix.description =
		network ? arena_printf(run->arena, "write the network `%s`",
				       network)
			: "write the addresses as networks";
	if (network)
		rule_edit(run, finding, finding->span, network);
	if (open)
		rule_relate(run, finding, open, "everybody may %s here",
			    access);
}

static void check_table(struct rule_run *run)
{
	const struct export_entry **open = NULL;

	for (size_t i = 0; i < run->table->entries.count; i++) {
		const struct export_entry *entry =
			&run->table->entries.items[i];

		if (entry->state != EXPORT_LOADED ||
		    rule_client(run, entry)->type != CLIENT_WILDCARD ||
		    !host_pattern_is_for_addresses(
			    rule_client(run, entry)->name))
			continue;
		if (!open)
			open = find_open_entries(run);
		check(run, entry, open[entry->path]);
	}
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
		     "was written for get nothing, or what another entry of "
		     "the path gives to everybody.",
	.remedy = "Write a network: 192.168.1.0/24.",
	.bad = "/home/test 192.168.1.*(rw) *(ro)\n",
	.good = "/home/test 192.168.1.0/24(rw) *.example.com(ro)\n",
	.references = (const char *const[]){ "exports(5), Machine Name Formats",
					     NULL },
	.check_table = check_table,
};
