#include "name_facts_gather.h"

#include <ifaddrs.h>
#include <time.h>

#include "address_lookup.h"
#include "name_lookup.h"
#include "netgroup_lookup.h"

/* One run of questions. */
struct asking {
	struct table_gather *gather;
	struct name_facts *facts;
	struct timespec begun;
};

/* How long the next step may take, 0: as long as it likes. False if there is
 * no time left, or the user has enough. */
static bool may_ask(const struct asking *asking, unsigned *deadline_ms)
{
	unsigned limit = asking->gather->deadline_ms;
	struct timespec now;
	int64_t passed;

	*deadline_ms = 0;
	if (asking->gather->interrupted || !limit)
		return !asking->gather->interrupted;
	clock_gettime(CLOCK_MONOTONIC, &now);
	passed = (now.tv_sec - asking->begun.tv_sec) * 1000 +
		 (now.tv_nsec - asking->begun.tv_nsec) / 1000000;
	if (passed >= limit)
		return false;
	*deadline_ms = limit - (unsigned)passed;
	return true;
}

static void ask_netgroups(struct asking *asking,
			  const struct export_clients *clients)
{
	struct arena *arena = asking->gather->arena;
	struct netgroup_facts *netgroups = arena_alloc_array(
		arena, clients->list.count, sizeof(*netgroups));
	ARRAY(struct netgroup_question) questions = { 0 };
	bool interrupted;
	unsigned deadline_ms;

	asking->facts->netgroups = netgroups;
	for (size_t i = 0; i < clients->list.count; i++)
		if (clients->list.items[i].type == CLIENT_NETGROUP)
			*ARRAY_ADD(arena,
				   &questions) = (struct netgroup_question){
				str_skip(clients->list.items[i].name, 1),
				&netgroups[i]
			};
	if (!questions.count || !may_ask(asking, &deadline_ms))
		return;
	netgroup_lookup(arena, asking->gather->root, questions.items,
			questions.count, deadline_ms, &asking->facts->hosts,
			&interrupted);
	asking->gather->interrupted |= interrupted;
}

static void ask_hosts(struct asking *asking)
{
	struct name_facts *facts = asking->facts;
	struct resolved_name *resolved =
		arena_alloc_array(asking->gather->arena,
				  facts->hosts.list.count, sizeof(*resolved));
	bool interrupted;
	unsigned deadline_ms;

	facts->resolved = resolved;
	if (!facts->hosts.list.count || !may_ask(asking, &deadline_ms))
		return;
	name_lookup(asking->gather->arena, asking->gather->root,
		    facts->hosts.list.items, facts->hosts.list.count,
		    deadline_ms, resolved, &interrupted);
	asking->gather->interrupted |= interrupted;
}

static void add_addresses(struct asking *asking,
			  const struct resolved_name *names, size_t count)
{
	struct arena *arena = asking->gather->arena;
	struct name_facts *facts = asking->facts;

	for (size_t i = 0; i < count; i++)
		for (size_t k = 0; k < names[i].address_count; k++) {
			struct ip_address address = names[i].addresses[k];

			if (name_facts_find(facts, address))
				continue;
			id_table_add(arena, &facts->by_address,
				     ip_address_hash(address),
				     (uint32_t)facts->addresses.count);
			ARRAY_ADD(arena, &facts->addresses)->address = address;
		}
}

/* mountd asks for the name of an address only where a client of the table is
 * chosen by it. */
static bool names_matter(const struct export_clients *clients)
{
	for (size_t i = 0; i < clients->list.count; i++)
		if (clients->list.items[i].type == CLIENT_WILDCARD ||
		    clients->list.items[i].type == CLIENT_NETGROUP)
			return true;
	return false;
}

static void ask_addresses(struct asking *asking,
			  const struct export_table *table)
{
	struct name_facts *facts = asking->facts;
	bool interrupted;
	unsigned deadline_ms;

	if (!names_matter(&table->clients))
		return;
	add_addresses(asking, facts->resolved, facts->hosts.list.count);
	add_addresses(asking, table->input.names,
		      table->input.lookups->names.list.count);
	if (!facts->addresses.count || !may_ask(asking, &deadline_ms))
		return;
	address_lookup(asking->gather->arena, asking->gather->root,
		       facts->addresses.items, facts->addresses.count,
		       deadline_ms, &interrupted);
	asking->gather->interrupted |= interrupted;
}

static void find_own(struct arena *arena, struct name_facts *facts)
{
	struct ifaddrs *list;
	struct ip_address address;

	if (getifaddrs(&list) < 0)
		return;
	for (const struct ifaddrs *at = list; at; at = at->ifa_next)
		if (at->ifa_addr &&
		    ip_address_of_socket(at->ifa_addr, &address))
			*ARRAY_ADD(arena, &facts->own) = address;
	freeifaddrs(list);
}

const struct name_facts *name_facts_gather(struct table_gather *gather,
					   const struct export_table *table)
{
	struct asking asking = { .gather = gather };

	if (!gather->resolve)
		return NULL;
	clock_gettime(CLOCK_MONOTONIC, &asking.begun);
	asking.facts = arena_alloc(gather->arena, sizeof(*asking.facts));
	ask_netgroups(&asking, &table->clients);
	ask_hosts(&asking);
	ask_addresses(&asking, table);
	if (gather->root->is_host)
		find_own(gather->arena, asking.facts);
	return asking.facts;
}
