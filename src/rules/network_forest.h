/* Which entry of a path decides for which addresses.
 *
 * Ranges of networks and hosts lie one in another or apart, so they are a
 * forest: a node for each different range, in the order of their addresses,
 * a wider one before what is in it. A host decides for its addresses; for the
 * others the first network of the file that has them does. Networks whose
 * masks have holes are not ranges, and not in the forest.
 */
#ifndef NETWORK_FOREST_H
#define NETWORK_FOREST_H

#include "address_set.h"
#include "path_groups.h"

enum { FOREST_NONE = UINT32_MAX };

/* An address of a host, or a network. */
struct forest_member {
	const struct export_entry *entry;
	uint32_t node;
	bool host;
	bool wins; /* a network that decides for at least one address */
};

struct forest_node {
	struct address_range range;
	uint8_t family;
	uint32_t parent;  /* the next wider node, or FOREST_NONE */
	uint32_t host;	  /* a member with this very range, or FOREST_NONE */
	uint32_t network; /* the first of them in the file, or FOREST_NONE */
	uint32_t winner;  /* the network that decides here where no narrower
			     node does, or FOREST_NONE */
};

struct network_forest {
	ARRAY(struct forest_member) members; /* in the order of loading */
	ARRAY(struct forest_node) nodes;
};

void network_forest_build(const struct rule_run *run,
			  const struct path_group *group,
			  struct network_forest *forest);

/* The narrowest node that has all of range, or FOREST_NONE. */
uint32_t network_forest_find(const struct network_forest *forest,
			     uint8_t family, struct address_range range);

#endif
