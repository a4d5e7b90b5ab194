#include "network_forest.h"

#include <stdlib.h>

/* A range before it has a node. */
struct place {
	struct address_range range;
	uint8_t family;
	uint32_t member;
};

/* How far the nodes inside a node cover it. */
struct cover {
	struct address_number next; /* the first address that may be free */
	bool full;		    /* there is none behind the last node */
	bool gap;		    /* there is one before it */
};

struct builder {
	const struct rule_run *run;
	struct network_forest *forest;
	ARRAY(struct place) places;
	struct cover *covers; /* for each node */
};

static void add_place(struct builder *builder, const struct export_entry *entry,
		      bool host, uint8_t family, struct address_range range)
{
	struct arena *arena = builder->run->arena;

	*ARRAY_ADD(arena, &builder->places) =
		(struct place){ range, family,
				(uint32_t)builder->forest->members.count };
	*ARRAY_ADD(arena, &builder->forest->members) = (struct forest_member){
		.entry = entry,
		.host = host,
	};
}

static void add_host(struct builder *builder, const struct export_entry *entry,
		     struct ip_address address)
{
	struct address_number number = address_number_of(address);

	add_place(builder, entry, true, address.family,
		  (struct address_range){ number, number });
}

static void add_entry(struct builder *builder, const struct export_entry *entry)
{
	const struct export_client *client = rule_client(builder->run, entry);
	struct client_network network;
	struct address_range range;
	struct ip_address address;

	if (client->type == CLIENT_NETWORK) {
		if (client_network_parse(client->name, &network) ==
			    CLIENT_FINE &&
		    address_range_of(&network, &range))
			add_place(builder, entry, false, network.address.family,
				  range);
	} else if (client->type == CLIENT_HOST && client->numeric) {
		if (ip_address_parse_host(client->name, &address))
			add_host(builder, entry, address);
	} else if (client->type == CLIENT_HOST) {
		for (uint32_t i = 0; i < client->address_count; i++)
			add_host(builder, entry, client->addresses[i]);
	}
}

static int compare_places(const void *a, const void *b)
{
	const struct place *x = a, *y = b;
	int order;

	if (x->family != y->family)
		return x->family < y->family ? -1 : 1;
	order = address_number_compare(x->range.first, y->range.first);
	if (!order)
		order = address_number_compare(y->range.last, x->range.last);
	if (order)
		return order;
	return x->member < y->member ? -1 : 1;
}

static bool is_inside(const struct forest_node *node, const struct place *place)
{
	return node->family == place->family &&
	       address_range_contains(node->range, place->range);
}

/* A child of node begins where nothing is free, or leaves a gap. */
static void cover_child(struct cover *cover, struct address_range child)
{
	cover->gap |= address_number_compare(cover->next, child.first) < 0;
	cover->full = !address_number_next(child.last, &cover->next);
}

static struct forest_node *add_node(struct builder *builder,
				    const struct place *place, uint32_t parent)
{
	struct network_forest *forest = builder->forest;
	struct forest_node *node =
		ARRAY_ADD(builder->run->arena, &forest->nodes);

	*node = (struct forest_node){
		.range = place->range,
		.family = place->family,
		.parent = parent,
		.host = FOREST_NONE,
		.network = FOREST_NONE,
		.winner = FOREST_NONE,
	};
	builder->covers[forest->nodes.count - 1].next = place->range.first;
	if (parent == FOREST_NONE)
		return node;
	node->winner = forest->nodes.items[parent].winner;
	cover_child(&builder->covers[parent], place->range);
	return node;
}

static bool is_same_range(struct address_range a, struct address_range b)
{
	return address_range_contains(a, b) && address_range_contains(b, a);
}

/* The node of a place; last is that of the place before it. */
static struct forest_node *node_for(struct builder *builder,
				    const struct place *place, uint32_t last)
{
	struct forest_node *nodes = builder->forest->nodes.items;

	while (last != FOREST_NONE && !is_inside(&nodes[last], place))
		last = nodes[last].parent;
	if (last != FOREST_NONE &&
	    is_same_range(nodes[last].range, place->range))
		return &nodes[last];
	return add_node(builder, place, last);
}

static void grow(struct builder *builder)
{
	struct network_forest *forest = builder->forest;
	uint32_t last = FOREST_NONE;

	for (size_t i = 0; i < builder->places.count; i++) {
		const struct place *place = &builder->places.items[i];
		struct forest_member *member =
			&forest->members.items[place->member];
		struct forest_node *node = node_for(builder, place, last);

		last = member->node = (uint32_t)(node - forest->nodes.items);
		if (member->host)
			node->host = place->member;
		else if (node->network == FOREST_NONE)
			node->network = place->member;
		if (!member->host && (node->winner == FOREST_NONE ||
				      place->member < node->winner))
			node->winner = place->member;
	}
}

static bool has_gap(const struct forest_node *node, const struct cover *cover)
{
	return cover->gap ||
	       (!cover->full &&
		address_number_compare(cover->next, node->range.last) <= 0);
}

static void find_winners(struct builder *builder)
{
	struct network_forest *forest = builder->forest;

	for (size_t i = 0; i < forest->nodes.count; i++) {
		const struct forest_node *node = &forest->nodes.items[i];

		if (node->host == FOREST_NONE && node->winner != FOREST_NONE &&
		    has_gap(node, &builder->covers[i]))
			forest->members.items[node->winner].wins = true;
	}
}

void network_forest_build(const struct rule_run *run,
			  const struct path_group *group,
			  struct network_forest *forest)
{
	struct builder builder = { .run = run, .forest = forest };

	*forest = (struct network_forest){ 0 };
	for (size_t i = 0; i < group->count; i++)
		add_entry(&builder, path_group_entry(run, group, i));
	if (!builder.places.count)
		return;
	qsort(builder.places.items, builder.places.count,
	      sizeof(*builder.places.items), compare_places);
	builder.covers = arena_alloc_array(run->arena, builder.places.count,
					   sizeof(*builder.covers));
	grow(&builder);
	find_winners(&builder);
}

/* The last node that begins at or before the range. */
static uint32_t find_begin(const struct network_forest *forest, uint8_t family,
			   struct address_range range)
{
	size_t low = 0, high = forest->nodes.count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct forest_node *node = &forest->nodes.items[middle];

		if (node->family < family ||
		    (node->family == family &&
		     address_number_compare(node->range.first, range.first) <=
			     0))
			low = middle + 1;
		else
			high = middle;
	}
	return low ? (uint32_t)(low - 1) : FOREST_NONE;
}

uint32_t network_forest_find(const struct network_forest *forest,
			     uint8_t family, struct address_range range)
{
	struct place place = { range, family, 0 };
	uint32_t node = find_begin(forest, family, range);

	while (node != FOREST_NONE &&
	       !is_inside(&forest->nodes.items[node], &place))
		node = forest->nodes.items[node].parent;
	return node;
}
