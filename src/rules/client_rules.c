#include "client_rules.h"

#include "client_reach.h"
#include "exports_word.h"
#include "flavor_sets.h"

/* The client word of an entry, or one with neither host nor options. */
static struct exports_client_word client_word(const struct rule_run *run,
					      const struct export_entry *entry)
{
	const struct exports_syntax *syntax =
		export_table_syntax(run->table, entry);
	const struct exports_item *item = &syntax->items.items[entry->item];

	if (item->kind == EXPORTS_IMPLICIT)
		return (struct exports_client_word){ .host = STR("") };
	return exports_client_split(
		exports_word_text(run->arena, syntax, item->token));
}

struct span client_host_span(const struct rule_run *run,
			     const struct export_entry *entry)
{
	const struct exports_syntax *syntax =
		export_table_syntax(run->table, entry);
	struct exports_client_word word = client_word(run, entry);

	if (!word.host.length)
		return export_entry_span(run->table, entry);
	return exports_word_span(syntax, syntax->items.items[entry->item].token,
				 0, word.host.length);
}

struct span client_part_span(const struct rule_run *run,
			     const struct export_entry *entry, size_t begin,
			     size_t end)
{
	const struct exports_syntax *syntax =
		export_table_syntax(run->table, entry);

	return exports_word_span(syntax, syntax->items.items[entry->item].token,
				 begin, end);
}

struct str client_written(const struct rule_run *run,
			  const struct export_entry *entry)
{
	return export_entry_host(run->arena, run->table, entry);
}

bool client_is_deliberate(const struct rule_run *run,
			  const struct export_entry *entry)
{
	return client_word(run, entry).host.length != 0;
}

bool client_network_of(const struct rule_run *run,
		       const struct export_entry *entry,
		       struct client_network *network)
{
	const struct export_client *client = rule_client(run, entry);

	return client->type == CLIENT_NETWORK &&
	       client_network_parse(client->name, network) == CLIENT_FINE;
}

/* Length of the run of bits that are value at the start of a mask. */
static unsigned leading_bits(const struct ip_address *mask, unsigned value)
{
	unsigned size = 8 * ip_address_size(*mask), i = 0;

	while (i < size &&
	       (unsigned)(mask->bytes[i / 8] >> (7 - i % 8) & 1) == value)
		i++;
	return i;
}

enum mask_shape client_mask_shape(const struct client_network *network)
{
	unsigned free_bits = client_network_free_bits(network);
	unsigned bits = 8 * ip_address_size(network->mask);

	if (leading_bits(&network->mask, 1) == bits - free_bits)
		return MASK_PREFIX;
	return leading_bits(&network->mask, 0) == free_bits ? MASK_INVERTED
							    : MASK_SCATTERED;
}

struct special_range {
	uint8_t family, bits;
	uint8_t use; /* enum address_use */
	uint8_t bytes[16];
};

static const struct special_range special_ranges[] = {
	{ IP_V4, 32, ADDRESS_UNSPECIFIED, { 0 } },
	{ IP_V6, 128, ADDRESS_UNSPECIFIED, { 0 } },
	{ IP_V4, 8, ADDRESS_LOOPBACK, { 127 } },
	{ IP_V6, 128, ADDRESS_LOOPBACK, { [15] = 1 } },
	{ IP_V4, 16, ADDRESS_LINK_LOCAL, { 169, 254 } },
	{ IP_V6, 10, ADDRESS_LINK_LOCAL, { 0xfe, 0x80 } },
	{ IP_V6, 96, ADDRESS_MAPPED, { [10] = 0xff, 0xff } },
};

static bool is_within(const struct client_range *range,
		      const struct special_range *special)
{
	if (range->address.family != special->family ||
	    range->prefix < special->bits)
		return false;
	for (unsigned i = 0; i < special->bits; i++)
		if ((range->address.bytes[i / 8] ^ special->bytes[i / 8]) >>
			    (7 - i % 8) &
		    1)
			return false;
	return true;
}

static enum address_use use_of(const struct client_range *range)
{
	for (size_t i = 0; i < sizeof(special_ranges) / sizeof(*special_ranges);
	     i++)
		if (is_within(range, &special_ranges[i]))
			return (enum address_use)special_ranges[i].use;
	return ADDRESS_ORDINARY;
}

enum address_use address_use_of(struct ip_address address)
{
	return use_of(&(struct client_range){
		.address = address,
		.prefix = ip_address_size(address) * 8,
	});
}

/* A host's address, which may name its zone: fe80::1%eth0. */
static bool host_address(struct str host, struct ip_address *address)
{
	host.length = str_find(host, '%');
	return ip_address_parse_host(host, address);
}

bool client_range_of(const struct rule_run *run,
		     const struct export_entry *entry,
		     struct client_range *range)
{
	struct client_network network;

	*range = (struct client_range){ 0 };
	if (client_network_of(run, entry, &network)) {
		if (network.zero_prefix ||
		    client_mask_shape(&network) != MASK_PREFIX)
			return false;
		range->network = true;
		range->address = network.address;
		range->prefix = 8 * ip_address_size(network.address) -
				client_network_free_bits(&network);
	} else if (rule_client(run, entry)->type == CLIENT_HOST &&
		   host_address(client_written(run, entry), &range->address)) {
		range->prefix = 8 * ip_address_size(range->address);
	} else {
		return false;
	}
	range->use = use_of(range);
	return true;
}

/* Does the server take the client's word for who its users are? */
static bool is_open(const struct flavor_entry *entry)
{
	const char *name = entry->flavor->name;

	return strncmp(name, "krb5", 4) != 0;
}

enum open_access client_open_access(const struct export_policy *policy)
{
	struct flavor_entry flavors[SECURITY_FLAVORS_MAX];
	unsigned count = export_policy_flavors(policy, flavors);
	enum open_access access = OPEN_NOTHING;

	if (needs_certificate(policy))
		return OPEN_NOTHING;
	for (unsigned i = 0; i < count; i++) {
		if (!is_open(&flavors[i]))
			continue;
		if (!(flavors[i].flags & EXPORT_READ_ONLY))
			return OPEN_WRITE;
		access = OPEN_READ;
	}
	return access;
}

bool client_can_write(const struct export_policy *policy)
{
	struct flavor_entry flavors[SECURITY_FLAVORS_MAX];
	unsigned count = export_policy_flavors(policy, flavors);

	for (unsigned i = 0; i < count; i++)
		if (!(flavors[i].flags & EXPORT_READ_ONLY))
			return true;
	return false;
}

bool pattern_is_everything(struct str pattern)
{
	bool star = false;

	for (size_t i = 0; i < pattern.length; i++) {
		char c = pattern.data[i];

		star |= c == '*';
		if (c != '*' && c != '?' && c != '.')
			return false;
	}
	return star;
}

bool client_is_world(const struct export_client *client)
{
	if (client->type == CLIENT_WILDCARD)
		return pattern_is_everything(client->name);
	return client_reach_of(client).everybody;
}

const char *client_world_text(struct arena *arena,
			      const struct export_client *client)
{
	return client->type == CLIENT_WILDCARD
		       ? "every host that has a name in the DNS"
		       : client_reach_text(arena, client);
}
