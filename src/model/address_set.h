/* Sets of IPv4 and IPv6 addresses with exact arithmetic.
 *
 * A set is a list of ranges for each family. Adding is cheap and may be in any
 * order; the first question afterwards sorts and joins the ranges, so a set
 * that is filled first and asked later costs n log n, while asking after each
 * addition costs n each time. The families never meet: an IPv4 address is not
 * in a set because its mapped IPv6 form is.
 */
#ifndef ADDRESS_SET_H
#define ADDRESS_SET_H

#include "arena.h"
#include "array.h"
#include "client_network.h"

/* An address as a number; of IPv4 the lower 32 bits are used. */
struct address_number {
	uint64_t high, low;
};

/* Both ends are in the range. */
struct address_range {
	struct address_number first, last;
};

struct address_ranges {
	ARRAY(struct address_range) list;
	bool unsettled; /* not in order, or not joined */
};

/* Empty when zeroed. */
struct address_set {
	struct address_ranges v4, v6;
};

struct address_number address_number_of(struct ip_address address);

struct ip_address address_of_number(struct address_number number,
				    enum ip_family family);

/* -1, 0 or 1. */
int address_number_compare(struct address_number a, struct address_number b);

/* The number after a; false if a is the last one of all. */
bool address_number_next(struct address_number a, struct address_number *next);

struct address_range address_range_of_all(enum ip_family family);

bool address_range_contains(struct address_range outer,
			    struct address_range inner);

/* The addresses that a network matches, as a range. False if its mask has
 * holes: it is a scattered set then, not a range, and such networks are kept
 * out of sets; compare them with client_networks_overlap. */
bool address_range_of(const struct client_network *network,
		      struct address_range *range);

/* Is there an address that both match? Right for masks with holes, too. */
bool client_networks_overlap(const struct client_network *a,
			     const struct client_network *b);

/* Does outer match every address that inner matches? Masks with holes may be
 * given. */
bool client_network_contains(const struct client_network *outer,
			     const struct client_network *inner);

void address_set_add_range(struct arena *arena, struct address_set *set,
			   enum ip_family family, struct address_range range);
void address_set_add_address(struct arena *arena, struct address_set *set,
			     struct ip_address address);

/* False, and nothing is added, if the network is not a range. */
bool address_set_add_network(struct arena *arena, struct address_set *set,
			     const struct client_network *network)
	__attribute__((warn_unused_result));

/* set gets, or loses, what other has. */
void address_set_unite(struct arena *arena, struct address_set *set,
		       const struct address_set *other);
void address_set_subtract(struct arena *arena, struct address_set *set,
			  struct address_set *other);

/* Questions settle the sets, hence they are not const. */
bool address_set_has(struct address_set *set, struct ip_address address);
bool address_set_contains(struct address_set *outer, struct address_set *inner);
bool address_set_overlaps(struct address_set *a, struct address_set *b);
bool address_set_is_empty(const struct address_set *set);

/* The ranges of a family, in order, none touching another. Valid until the set
 * changes. */
const struct address_ranges *address_set_ranges(struct address_set *set,
						enum ip_family family);

/* The smallest network that has all addresses of a family in the set, which
 * has some. */
struct address_range address_set_hull(struct address_set *set,
				      enum ip_family family);

/* Takes the largest network that a range begins with off its front; *prefix is
 * its length. True while something is left of the range. Repeated, these are
 * the fewest networks that make the range up. */
bool address_range_take_network(struct address_range *range,
				enum ip_family family,
				struct ip_address *network, unsigned *prefix);

/* How many addresses of a family are in the set, as decimal digits: up to
 * 4294967296 or 340282366920938463463374607431768211456. */
const char *address_set_count(struct arena *arena, struct address_set *set,
			      enum ip_family family);

#endif
