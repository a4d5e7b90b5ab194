#include "address_runs.h"

static bool bit_of(struct ip_address address, unsigned bit)
{
	return address.bytes[bit / 8] & 0x80u >> bit % 8;
}

static void set_bit(struct ip_address *address, unsigned bit)
{
	address->bytes[bit / 8] |= (uint8_t)(0x80u >> bit % 8);
}

static bool is_free(const struct client_network *network, unsigned bit)
{
	return !bit_of(network->mask, bit);
}

/* How many first bits the least match at or behind `from` has in common with
 * it; the next one, if there is one, is 0 in `from` and 1 in the match. False
 * if all matches come before. */
static bool common_bits(const struct client_network *network,
			struct ip_address from, unsigned bits, unsigned *common)
{
	bool has_zero = false;

	for (unsigned i = 0; i < bits; i++) {
		bool bit = bit_of(from, i);

		if (is_free(network, i)) {
			has_zero |= !bit;
			if (!bit)
				*common = i;
		} else if (bit != bit_of(network->address, i)) {
			if (!bit)
				*common = i;
			return !bit || has_zero;
		}
	}
	*common = bits;
	return true;
}

bool address_run_of(const struct client_network *network,
		    struct address_number from, struct address_range *run)
{
	enum ip_family family = (enum ip_family)network->address.family;
	struct ip_address begin = address_of_number(from, family);
	struct ip_address found = { .family = (uint8_t)family }, last;
	unsigned bits = 8 * ip_address_size(begin), common;

	if (!common_bits(network, begin, bits, &common))
		return false;
	for (unsigned i = 0; i < bits; i++) {
		bool bit = i < common ? bit_of(begin, i) : i == common;

		/* behind the difference, the least is wanted */
		if (i > common)
			bit = !is_free(network, i) &&
			      bit_of(network->address, i);
		if (bit)
			set_bit(&found, i);
	}
	last = found;
	for (unsigned i = bits; i-- > 0 && is_free(network, i);)
		set_bit(&last, i);
	*run = (struct address_range){ address_number_of(found),
				       address_number_of(last) };
	return true;
}
