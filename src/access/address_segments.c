#include "address_segments.h"

#include <stdlib.h>

#include "address_runs.h"
#include "netgroup_parser.h"

struct cuts {
	struct arena *arena;
	const struct export_table *table;
	const struct netgroups *netgroups; /* NULL: not known */
	enum ip_family family;
	struct address_range range;
	ARRAY(struct address_number) list; /* where a piece begins */
	size_t runs_left;
	bool scattered;
};

static bool is_before(struct address_number a, struct address_number b)
{
	return address_number_compare(a, b) < 0;
}

static void cut_at(struct cuts *cuts, struct address_number at)
{
	if (is_before(cuts->range.first, at) &&
	    !is_before(cuts->range.last, at))
		*ARRAY_ADD(cuts->arena, &cuts->list) = at;
}

static void cut_around(struct cuts *cuts, struct address_range range)
{
	struct address_number next;

	cut_at(cuts, range.first);
	if (address_number_next(range.last, &next))
		cut_at(cuts, next);
}

static void cut_for_address(struct cuts *cuts, struct ip_address address)
{
	struct address_number number = address_number_of(address);

	if (address.family == cuts->family)
		cut_around(cuts, (struct address_range){ number, number });
}

static void cut_for_host(struct cuts *cuts, const struct export_client *client)
{
	struct ip_address address;

	for (uint32_t i = 0; i < client->address_count; i++)
		cut_for_address(cuts, client->addresses[i]);
	if (!client->address_count &&
	    ip_address_parse_host(client->name, &address))
		cut_for_address(cuts, address);
}

/* Those of a mask with holes in cuts->range, unless they are too many. */
static void cut_for_runs(struct cuts *cuts,
			 const struct client_network *network)
{
	struct address_number from = cuts->range.first;
	struct address_range run;

	while (address_run_of(network, from, &run) &&
	       !is_before(cuts->range.last, run.first)) {
		if (!cuts->runs_left) {
			cuts->scattered = true;
			return;
		}
		cuts->runs_left--;
		cut_around(cuts, run);
		if (!address_number_next(run.last, &from))
			return;
	}
}

static void cut_for_network(struct cuts *cuts,
			    const struct export_client *client)
{
	struct client_network network;
	struct address_range range;

	if (client_network_parse(client->name, &network) != CLIENT_FINE ||
	    network.address.family != cuts->family)
		return;
	if (address_range_of(&network, &range))
		cut_around(cuts, range);
	else
		cut_for_runs(cuts, &network);
}

/* Hosts of a netgroup may be written as addresses. */
static void cut_for_netgroup(struct cuts *cuts,
			     const struct export_client *client)
{
	struct netgroup_answer group = { 0 };
	struct ip_address address;

	if (!cuts->netgroups ||
	    !netgroups_find(cuts->arena, cuts->netgroups,
			    str_skip(client->name, 1), &group))
		return;
	for (size_t i = 0; i < group.triples.count; i++)
		if (ip_address_parse(group.triples.items[i]->host, &address))
			cut_for_address(cuts, address);
}

static void cut_for_path(struct cuts *cuts, const struct path_entries *entries)
{
	for (size_t i = 0; i < entries->list.count; i++) {
		const struct export_entry *entry =
			&cuts->table->entries.items[entries->list.items[i]];
		const struct export_client *client =
			&cuts->table->clients.list.items[entry->client];

		if (client->type == CLIENT_HOST)
			cut_for_host(cuts, client);
		else if (client->type == CLIENT_NETWORK)
			cut_for_network(cuts, client);
		else if (client->type == CLIENT_NETGROUP)
			cut_for_netgroup(cuts, client);
	}
}

static int compare(const void *a, const void *b)
{
	return address_number_compare(*(const struct address_number *)a,
				      *(const struct address_number *)b);
}

static struct address_number before(struct address_number number)
{
	return (struct address_number){ number.high - (number.low == 0),
					number.low - 1 };
}

static void make_segments(struct cuts *cuts, struct address_segments *segments)
{
	struct address_number first = cuts->range.first;

	if (cuts->list.count)
		qsort(cuts->list.items, cuts->list.count,
		      sizeof(*cuts->list.items), compare);
	for (size_t i = 0; i < cuts->list.count; i++) {
		struct address_number at = cuts->list.items[i];

		if (address_number_compare(at, first) == 0)
			continue;
		*ARRAY_ADD(cuts->arena, &segments->list) =
			(struct address_range){ first, before(at) };
		first = at;
	}
	*ARRAY_ADD(cuts->arena, &segments->list) =
		(struct address_range){ first, cuts->range.last };
	segments->scattered = cuts->scattered;
}

void address_segments_cut(struct arena *arena,
			  const struct export_question *question,
			  enum ip_family family, struct address_range range,
			  size_t runs_max, struct address_segments *segments)
{
	const struct export_index *index = question->index;
	struct cuts cuts = {
		.arena = arena,
		.table = index->table,
		.netgroups =
			question->client ? question->client->netgroups : NULL,
		.family = family,
		.range = range,
		.runs_left = runs_max,
	};
	struct str path = question->path;

	*segments = (struct address_segments){ 0 };
	do {
		const struct path_entries *entries =
			export_index_path(index, path);

		if (entries)
			cut_for_path(&cuts, entries);
	} while (export_path_parent(&path));
	for (size_t i = 0; i < index->root_count; i++)
		cut_for_path(&cuts, index->roots[i]);
	make_segments(&cuts, segments);
}
