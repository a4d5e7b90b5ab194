#include "host_addresses.h"
#include "wildcard_pairs.h"
#include "host_pattern.h"

/* Patterns of a table that are looked at; each costs one look at all names. */
enum { PATTERNS_CHECKED = 64 };

/* Hosts of a client that mountd does not know as such. */
struct strangers {
	size_t count;
	struct str host; /* the first one */
	const struct address_name *address;
};

/* The hosts of a netgroup by their names, whose case does not matter. */
struct group_hosts {
	const struct name_facts *facts;
	const struct netgroup_facts *group;
	struct id_table by_name;
};

static struct str host_at(const struct group_hosts *hosts, size_t index)
{
	return hosts->facts->hosts.list.items[hosts->group->hosts.items[index]];
}

static struct group_hosts index_hosts(const struct rule_run *run,
				      const struct netgroup_facts *group)
{
	struct group_hosts hosts = { run->local->names, group, { 0 } };

	for (size_t i = 0; i < group->hosts.count; i++)
		id_table_add(run->arena, &hosts.by_name,
			     hash_bytes_nocase(0, host_at(&hosts, i)),
			     (uint32_t)i);
	return hosts;
}

static bool has_host(const struct group_hosts *hosts, struct str name)
{
	ID_TABLE_EACH (&hosts->by_name, hash_bytes_nocase(0, name), id)
		if (str_equal_nocase(host_at(hosts, id), name))
			return true;
	return false;
}

/* Is the address in the group under one of the names that mountd tries? */
static bool group_has(const struct group_hosts *hosts,
		      const struct address_name *address)
{
	char text[IP_ADDRESS_TEXT];
	struct str name = { 0 };

	for (size_t i = 0; i < address->names.count; i++)
		if (has_host(hosts, address->names.items[i]))
			return true;
	if (!address->names.count)
		return false;
	name = address->names.items[0];
	name.length = str_find(name, '.');
	return has_host(hosts, name) ||
	       (address->address.family == IP_V4 &&
		has_host(hosts,
			 str_of(ip_address_text(address->address, text))));
}

static bool pattern_has(struct str pattern, const struct address_name *address)
{
	for (size_t i = 0; i < address->names.count; i++)
		if (host_pattern_matches(pattern, address->names.items[i]))
			return true;
	return false;
}

static bool is_known(const struct address_name *address)
{
	return address && (address->status == NAME_FOUND ||
			   address->status == NAME_NOT_FOUND);
}

static void add_stranger(struct strangers *strangers, struct str host,
			 const struct address_name *address)
{
	if (strangers->count++)
		return;
	strangers->host = host;
	strangers->address = address;
}

static void look_in_group(const struct rule_run *run,
			  const struct netgroup_facts *group,
			  struct strangers *strangers)
{
	const struct name_facts *facts = run->local->names;
	struct group_hosts hosts = index_hosts(run, group);

	for (size_t i = 0; i < group->hosts.count; i++) {
		const struct resolved_name *host =
			&facts->resolved[group->hosts.items[i]];

		for (size_t k = 0; k < host->address_count; k++) {
			const struct address_name *address =
				name_facts_find(facts, host->addresses[k]);

			if (!is_known(address) || group_has(&hosts, address))
				continue;
			add_stranger(strangers, host_at(&hosts, i), address);
			break;
		}
	}
}

/* Among the host names of the table; the pattern is written for those that it
 * matches. */
static void look_at_pattern(const struct rule_run *run, struct str pattern,
			    struct strangers *strangers)
{
	const struct export_table_input *input = &run->table->input;
	const struct text_set *names = &input->lookups->names;

	for (size_t i = 0; i < names->list.count; i++) {
		const struct resolved_name *host = &input->names[i];

		if (!host->address_count ||
		    !host_pattern_matches(pattern, names->list.items[i]))
			continue;
		for (size_t k = 0; k < host->address_count; k++) {
			const struct address_name *address = name_facts_find(
				run->local->names, host->addresses[k]);

			if (!is_known(address) || pattern_has(pattern, address))
				continue;
			add_stranger(strangers, names->list.items[i], address);
			break;
		}
	}
}

static const char *others_text(struct arena *arena, size_t count)
{
	if (count < 2)
		return "";
	return arena_printf(arena, "; %zu more %s like it", count - 1,
			    count == 2 ? "host is" : "hosts are");
}

static void report(struct rule_run *run, const struct export_entry *entry,
		   const struct strangers *strangers)
{
	const struct address_name *address = strangers->address;
	char text[IP_ADDRESS_TEXT];
	const char *called = "has no name";

	if (address->names.count)
		called = arena_printf(run->arena, "is called `%.*s`",
				      STR_ARG(address->names.items[0]));
	rule_report(run, entry, client_host_span(run, entry),
		    "mountd does not take `%.*s` for one of `%.*s`, because "
		    "its address %s %s%s",
		    STR_ARG(strangers->host),
		    STR_ARG(client_written(run, entry)),
		    ip_address_text(address->address, text), called,
		    others_text(run->arena, strangers->count));
}

static void check_client(struct rule_run *run, const struct export_entry *entry,
			 size_t *patterns)
{
	const struct export_client *client = rule_client(run, entry);
	const struct netgroup_facts *group = host_netgroup(run, entry);
	struct strangers strangers = { 0 };

	if (group && group->status == NAME_FOUND && !group->any_host)
		look_in_group(run, group, &strangers);
	else if (client->type == CLIENT_WILDCARD &&
		 (*patterns)++ < PATTERNS_CHECKED)
		look_at_pattern(run, client->name, &strangers);
	if (strangers.count)
		report(run, entry, &strangers);
}

/* Each client once, where it comes first. */
static void check(struct rule_run *run)
{
	const struct export_table *table = run->table;
	bool *seen;
	size_t patterns = 0;

	if (!table->input.names || !run->local || !run->local->names)
		return;
	seen = arena_alloc_array(run->arena, table->clients.list.count,
				 sizeof(*seen));
	for (size_t i = 0; i < table->entries.count; i++) {
		const struct export_entry *entry = &table->entries.items[i];

		if (entry->state != EXPORT_LOADED || seen[entry->client])
			continue;
		seen[entry->client] = true;
		check_client(run, entry, &patterns);
	}
}

const struct rule rule_hostname_reverse_mismatch = {
	.slug = "hostname-reverse-mismatch",
	.severity = SEVERITY_MEDIUM,
	.needs = NEEDS_NAMES,
	.traits = TRAIT_ALL,
	.summary = "a host whose address is called something else",
	.rationale = "For a pattern or a netgroup mountd asks which name the "
		     "address of a client has, and looks only at that name. "
		     "A host that is in the group, or whose own name fits the "
		     "pattern, does not get in where the reverse zone has "
		     "another name for its address, or none.",
	.remedy = "Give the address its name in the reverse zone, or write "
		  "the name that it has there.",
	.bad = "/srv/data *.example.com(rw)\n"
	       "/srv/more two.example.com(rw)\n",
	.good = "/srv/data *.example.com(rw)\n"
		"/srv/more host.example.com(rw)\n",
	.references =
		(const char *const[]){
			"exports(5), Machine Name Formats",
			"CWE-350: Reliance on Reverse DNS Resolution for a "
			"Security-Critical Action",
			NULL },
	.check_table = check,
};
