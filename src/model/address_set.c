#include "address_set.h"

#include <stdlib.h>

struct address_number address_number_of(struct ip_address address)
{
	struct address_number number = { 0 };
	unsigned size = ip_address_size(address);

	for (unsigned i = 0; i < size; i++) {
		number.high = number.high << 8 | number.low >> 56;
		number.low = number.low << 8 | address.bytes[i];
	}
	return number;
}

struct ip_address address_of_number(struct address_number number,
				    enum ip_family family)
{
	struct ip_address address = { .family = (uint8_t)family };

	for (unsigned i = ip_address_size(address); i-- > 0;) {
		address.bytes[i] = (uint8_t)number.low;
		number.low = number.low >> 8 | number.high << 56;
		number.high >>= 8;
	}
	return address;
}

int address_number_compare(struct address_number a, struct address_number b)
{
	if (a.high != b.high)
		return a.high < b.high ? -1 : 1;
	if (a.low != b.low)
		return a.low < b.low ? -1 : 1;
	return 0;
}

static bool is_before(struct address_number a, struct address_number b)
{
	return address_number_compare(a, b) < 0;
}

bool address_number_next(struct address_number a, struct address_number *next)
{
	next->low = a.low + 1;
	next->high = a.high + (next->low == 0);
	return next->high || next->low;
}

/* The number before a, which is not 0. */
static struct address_number previous(struct address_number a)
{
	return (struct address_number){ a.high - (a.low == 0), a.low - 1 };
}

struct address_range address_range_of_all(enum ip_family family)
{
	struct address_number last = { 0, UINT32_MAX };

	if (family == IP_V6)
		last = (struct address_number){ UINT64_MAX, UINT64_MAX };
	return (struct address_range){ .last = last };
}

bool address_range_contains(struct address_range outer,
			    struct address_range inner)
{
	return !is_before(inner.first, outer.first) &&
	       !is_before(outer.last, inner.last);
}

/* Ones, then zeros only? */
static bool is_contiguous(struct ip_address mask)
{
	unsigned size = ip_address_size(mask);
	bool ended = false;

	for (unsigned i = 0; i < 8 * size; i++) {
		bool bit = mask.bytes[i / 8] & (0x80 >> i % 8);

		if (bit && ended)
			return false;
		ended |= !bit;
	}
	return true;
}

bool address_range_of(const struct client_network *network,
		      struct address_range *range)
{
	struct ip_address first = network->address, last = network->address;
	unsigned size = ip_address_size(network->address);

	if (!is_contiguous(network->mask))
		return false;
	for (unsigned i = 0; i < size; i++) {
		first.bytes[i] &= network->mask.bytes[i];
		last.bytes[i] |= (uint8_t)~network->mask.bytes[i];
	}
	range->first = address_number_of(first);
	range->last = address_number_of(last);
	return true;
}

bool client_networks_overlap(const struct client_network *a,
			     const struct client_network *b)
{
	if (a->address.family != b->address.family)
		return false;
	for (unsigned i = 0; i < ip_address_size(a->address); i++)
		if ((a->address.bytes[i] ^ b->address.bytes[i]) &
		    a->mask.bytes[i] & b->mask.bytes[i])
			return false;
	return true;
}

bool client_network_contains(const struct client_network *outer,
			     const struct client_network *inner)
{
	if (!client_networks_overlap(outer, inner))
		return false;
	for (unsigned i = 0; i < ip_address_size(outer->address); i++)
		if (outer->mask.bytes[i] & ~inner->mask.bytes[i])
			return false;
	return true;
}

static struct address_ranges *ranges_of(struct address_set *set,
					unsigned family)
{
	return family == IP_V4 ? &set->v4 : &set->v6;
}

/* Does b begin right behind a, or before that? a does not begin after b. */
static bool touches(struct address_range a, struct address_range b)
{
	struct address_number next;

	return !address_number_next(a.last, &next) || !is_before(next, b.first);
}

static void add_range(struct arena *arena, struct address_ranges *ranges,
		      struct address_range range)
{
	size_t count = ranges->list.count;

	if (count &&
	    (is_before(range.first, ranges->list.items[count - 1].first) ||
	     touches(ranges->list.items[count - 1], range)))
		ranges->unsettled = true;
	*ARRAY_ADD(arena, &ranges->list) = range;
}

static int compare_ranges(const void *a, const void *b)
{
	const struct address_range *x = a, *y = b;

	return address_number_compare(x->first, y->first);
}

static void settle(struct address_ranges *ranges)
{
	struct address_range *items = ranges->list.items;
	size_t kept = 0;

	if (!ranges->unsettled)
		return;
	qsort(items, ranges->list.count, sizeof(*items), compare_ranges);
	for (size_t i = 1; i < ranges->list.count; i++) {
		if (!touches(items[kept], items[i]))
			items[++kept] = items[i];
		else if (is_before(items[kept].last, items[i].last))
			items[kept].last = items[i].last;
	}
	ranges->list.count = kept + 1;
	ranges->unsettled = false;
}

void address_set_add_range(struct arena *arena, struct address_set *set,
			   enum ip_family family, struct address_range range)
{
	add_range(arena, ranges_of(set, family), range);
}

void address_set_add_address(struct arena *arena, struct address_set *set,
			     struct ip_address address)
{
	struct address_number number = address_number_of(address);

	add_range(arena, ranges_of(set, address.family),
		  (struct address_range){ number, number });
}

bool address_set_add_network(struct arena *arena, struct address_set *set,
			     const struct client_network *network)
{
	struct address_range range;

	if (!address_range_of(network, &range))
		return false;
	add_range(arena, ranges_of(set, network->address.family), range);
	return true;
}

static void unite(struct arena *arena, struct address_ranges *ranges,
		  const struct address_ranges *other)
{
	size_t count = other->list.count;

	for (size_t i = 0; i < count; i++)
		add_range(arena, ranges, other->list.items[i]);
}

void address_set_unite(struct arena *arena, struct address_set *set,
		       const struct address_set *other)
{
	unite(arena, &set->v4, &other->v4);
	unite(arena, &set->v6, &other->v6);
}

/* Adds to result what other leaves of range. *at is the first range of other
 * that may matter; it moves on with the ranges, which come in order. */
static void subtract_range(struct arena *arena, struct address_range range,
			   const struct address_ranges *other, size_t *at,
			   struct address_ranges *result)
{
	while (*at < other->list.count &&
	       is_before(other->list.items[*at].last, range.first))
		++*at;
	for (size_t i = *at; i < other->list.count; i++) {
		struct address_range hole = other->list.items[i];

		if (is_before(range.last, hole.first))
			break;
		if (is_before(range.first, hole.first))
			add_range(arena, result,
				  (struct address_range){
					  range.first, previous(hole.first) });
		if (!is_before(hole.last, range.last))
			return;
		address_number_next(hole.last, &range.first);
		*at = i;
	}
	add_range(arena, result, range);
}

static void subtract(struct arena *arena, struct address_ranges *ranges,
		     struct address_ranges *other)
{
	struct address_ranges result = { 0 };
	size_t at = 0;

	settle(ranges);
	settle(other);
	for (size_t i = 0; i < ranges->list.count; i++)
		subtract_range(arena, ranges->list.items[i], other, &at,
			       &result);
	*ranges = result;
}

void address_set_subtract(struct arena *arena, struct address_set *set,
			  struct address_set *other)
{
	subtract(arena, &set->v4, &other->v4);
	subtract(arena, &set->v6, &other->v6);
}

/* The last range that begins at or before number, or NULL. */
static const struct address_range *find(struct address_ranges *ranges,
					struct address_number number)
{
	size_t low = 0, high = ranges->list.count;

	settle(ranges);
	high = ranges->list.count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (is_before(number, ranges->list.items[middle].first))
			high = middle;
		else
			low = middle + 1;
	}
	return low ? &ranges->list.items[low - 1] : NULL;
}

bool address_set_has(struct address_set *set, struct ip_address address)
{
	struct address_number number = address_number_of(address);
	const struct address_range *range;

	range = find(ranges_of(set, address.family), number);
	return range && !is_before(range->last, number);
}

/* Settled ranges do not touch, so that a contained range is in one of them. */
static bool contains(struct address_ranges *outer, struct address_ranges *inner)
{
	settle(inner);
	for (size_t i = 0; i < inner->list.count; i++) {
		struct address_range range = inner->list.items[i];
		const struct address_range *found = find(outer, range.first);

		if (!found || !address_range_contains(*found, range))
			return false;
	}
	return true;
}

bool address_set_contains(struct address_set *outer, struct address_set *inner)
{
	return contains(&outer->v4, &inner->v4) &&
	       contains(&outer->v6, &inner->v6);
}

static bool overlaps(struct address_ranges *a, struct address_ranges *b)
{
	settle(a);
	settle(b);
	for (size_t i = 0, k = 0; i < a->list.count && k < b->list.count;) {
		struct address_range x = a->list.items[i];
		struct address_range y = b->list.items[k];

		if (is_before(x.last, y.first))
			i++;
		else if (is_before(y.last, x.first))
			k++;
		else
			return true;
	}
	return false;
}

bool address_set_overlaps(struct address_set *a, struct address_set *b)
{
	return overlaps(&a->v4, &b->v4) || overlaps(&a->v6, &b->v6);
}

bool address_set_is_empty(const struct address_set *set)
{
	return !set->v4.list.count && !set->v6.list.count;
}

const struct address_ranges *address_set_ranges(struct address_set *set,
						enum ip_family family)
{
	struct address_ranges *ranges = ranges_of(set, family);

	settle(ranges);
	return ranges;
}

/* Ones from the highest one of bits down. */
static uint64_t smear(uint64_t bits)
{
	for (unsigned shift = 1; shift < 64; shift *= 2)
		bits |= bits >> shift;
	return bits;
}

struct address_range address_set_hull(struct address_set *set,
				      enum ip_family family)
{
	const struct address_ranges *ranges = address_set_ranges(set, family);
	struct address_range hull = {
		ranges->list.items[0].first,
		ranges->list.items[ranges->list.count - 1].last,
	};
	uint64_t high = smear(hull.first.high ^ hull.last.high);
	uint64_t low =
		high ? UINT64_MAX : smear(hull.first.low ^ hull.last.low);

	hull.first.high &= ~high;
	hull.first.low &= ~low;
	hull.last.high |= high;
	hull.last.low |= low;
	return hull;
}

/* The last address of the network with that many free bits. */
static struct address_number last_of_network(struct address_number first,
					     unsigned bits)
{
	struct address_number ones = {
		bits > 64 ? UINT64_MAX >> (128 - bits) : 0,
		bits >= 64 ? UINT64_MAX : ((uint64_t)1 << bits) - 1,
	};

	return (struct address_number){ first.high | ones.high,
					first.low | ones.low };
}

/* Are so many low bits 0? */
static bool is_aligned(struct address_number number, unsigned bits)
{
	struct address_number last =
		last_of_network((struct address_number){ 0 }, bits);

	return !(number.high & last.high) && !(number.low & last.low);
}

bool address_range_take_network(struct address_range *range,
				enum ip_family family,
				struct ip_address *network, unsigned *prefix)
{
	unsigned all = family == IP_V4 ? 32 : 128, bits = 0;
	struct address_number last;

	while (bits < all && is_aligned(range->first, bits + 1) &&
	       !is_before(range->last, last_of_network(range->first, bits + 1)))
		bits++;
	*network = address_of_number(range->first, family);
	*prefix = all - bits;
	last = last_of_network(range->first, bits);
	return address_number_compare(last, range->last) != 0 &&
	       address_number_next(last, &range->first);
}

/* Room for 2^128: five limbs of 32 bits, the lowest first. */
enum { LIMBS = 5 };

static void add_limbs(uint32_t sum[LIMBS], struct address_number number)
{
	const uint64_t words[LIMBS] = { number.low & UINT32_MAX,
					number.low >> 32,
					number.high & UINT32_MAX,
					number.high >> 32, 0 };
	uint64_t carry = 0;

	for (unsigned i = 0; i < LIMBS; i++) {
		carry += words[i] + sum[i];
		sum[i] = (uint32_t)carry;
		carry >>= 32;
	}
}

/* Divides by ten and gives what is left over. */
static unsigned divide_by_ten(uint32_t limbs[LIMBS])
{
	uint64_t rest = 0;

	for (unsigned i = LIMBS; i-- > 0;) {
		rest = rest << 32 | limbs[i];
		limbs[i] = (uint32_t)(rest / 10);
		rest %= 10;
	}
	return (unsigned)rest;
}

static bool is_zero(const uint32_t limbs[LIMBS])
{
	for (unsigned i = 0; i < LIMBS; i++)
		if (limbs[i])
			return false;
	return true;
}

const char *address_set_count(struct arena *arena, struct address_set *set,
			      enum ip_family family)
{
	struct address_ranges *ranges = ranges_of(set, family);
	uint32_t sum[LIMBS] = { 0 };
	char digits[LIMBS * 10];
	size_t at = sizeof(digits);

	settle(ranges);
	for (size_t i = 0; i < ranges->list.count; i++) {
		struct address_range range = ranges->list.items[i];

		add_limbs(sum,
			  (struct address_number){
				  range.last.high - range.first.high -
					  (range.last.low < range.first.low),
				  range.last.low - range.first.low });
		add_limbs(sum, (struct address_number){ 0, 1 });
	}
	do {
		digits[--at] = (char)('0' + divide_by_ten(sum));
	} while (!is_zero(sum));
	return arena_copy(arena, digits + at, sizeof(digits) - at);
}
