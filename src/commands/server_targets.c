#include "server_targets.h"

enum { COUNTABLE_BITS = 63 };

static unsigned host_bits(const struct server_operand *operand)
{
	return ip_address_size(operand->address) * 8 - operand->prefix;
}

/* The first and the last address of an IPv4 network name no host, where it has
 * others. */
static bool has_special_ends(const struct server_operand *operand)
{
	return operand->address.family == IP_V4 && host_bits(operand) > 1;
}

static void step(struct ip_address *address, int by)
{
	uint8_t end = by > 0 ? 0 : UINT8_MAX;

	for (unsigned i = ip_address_size(*address); i-- > 0;) {
		address->bytes[i] = (uint8_t)(address->bytes[i] + by);
		if (address->bytes[i] != end)
			return;
	}
}

static struct ip_address last_of(const struct server_operand *operand)
{
	struct ip_address address = operand->address;
	unsigned size = ip_address_size(address), bits = host_bits(operand);

	for (unsigned i = size; i-- > 0 && bits;) {
		unsigned count = bits < 8 ? bits : 8;

		address.bytes[i] |= (uint8_t)((1u << count) - 1);
		bits -= count;
	}
	return address;
}

void server_targets_init(struct arena *arena,
			 const struct server_operands *operands,
			 struct server_targets *targets)
{
	*targets = (struct server_targets){
		.arena = arena,
		.operands = operands,
	};
}

static bool is_same(const struct server_operand *a,
		    const struct server_operand *b)
{
	if (a->kind != b->kind)
		return false;
	return a->kind == SERVER_NAME
		       ? str_equal_nocase(str_of(a->text), str_of(b->text))
		       : ip_address_equal(a->address, b->address) &&
				 a->prefix == b->prefix;
}

static uint32_t hash_of(const struct server_operand *operand)
{
	return operand->kind == SERVER_NAME
		       ? hash_bytes_nocase(0, str_of(operand->text))
		       : ip_address_hash(operand->address);
}

/* Was the same given before? Otherwise it is from now on. */
static bool was_seen(struct server_targets *targets,
		     const struct server_operand *operand)
{
	const struct server_operand *operands = targets->operands->list.items;
	uint32_t hash = hash_of(operand);

	ID_TABLE_EACH (&targets->seen, hash, id)
		if (is_same(&operands[id], operand))
			return true;
	id_table_add(targets->arena, &targets->seen, hash,
		     (uint32_t)(operand - operands));
	return false;
}

/* Which lengths the prefixes of the begun networks of that family have. */
static bool *lengths_of(struct server_targets *targets,
			struct ip_address address)
{
	return targets->lengths[address.family == IP_V6];
}

/* Is an operand that was begun, but for the one that is being given, the
 * same? */
static bool has_other(struct server_targets *targets,
		      const struct server_operand *operand)
{
	const struct server_operand *operands = targets->operands->list.items;

	ID_TABLE_EACH (&targets->seen, hash_of(operand), id)
		if (id != targets->operand && is_same(&operands[id], operand))
			return true;
	return false;
}

/* Is the address one that the network does not ask, although it is in it? */
static bool is_end_of(const struct server_operand *network,
		      struct ip_address address)
{
	return has_special_ends(network) &&
	       (ip_address_equal(address, network->address) ||
		ip_address_equal(address, last_of(network)));
}

/* Did an earlier operand name the address? For each length of a prefix there
 * is one network that could have. */
static bool was_given(struct server_targets *targets, struct ip_address address)
{
	struct server_operand alone = { .kind = SERVER_ADDRESS,
					.address = address };
	const bool *lengths = lengths_of(targets, address);

	if (has_other(targets, &alone))
		return true;
	for (unsigned prefix = 0; prefix < SERVER_PREFIXES; prefix++) {
		struct server_operand network = {
			.kind = SERVER_NETWORK,
			.prefix = prefix,
		};

		if (!lengths[prefix])
			continue;
		network.address = server_network_of(address, prefix);
		if (has_other(targets, &network) &&
		    !is_end_of(&network, address))
			return true;
	}
	return false;
}

static void begin_network(struct server_targets *targets,
			  const struct server_operand *operand)
{
	lengths_of(targets, operand->address)[operand->prefix] = true;
	targets->in_network = true;
	targets->next = operand->address;
	targets->last = last_of(operand);
	if (has_special_ends(operand)) {
		step(&targets->next, 1);
		step(&targets->last, -1);
	}
}

static void set_tag(struct server_targets *targets, struct sweep_target *target,
		    bool from_network)
{
	uintptr_t number = targets->given++;

	target->tag = (void *)(number << 1 | from_network);
}

/* The next address of the network; false at its end. */
static bool next_of_network(struct server_targets *targets,
			    struct sweep_target *target)
{
	while (targets->in_network) {
		struct ip_address address = targets->next;

		targets->in_network = !ip_address_equal(address, targets->last);
		step(&targets->next, 1);
		if (was_given(targets, address))
			continue;
		target->address = address;
		set_tag(targets, target, true);
		return true;
	}
	targets->operand++;
	return false;
}

/* Gives a name or an address, unless that was given before. */
static bool give(struct server_targets *targets,
		 const struct server_operand *operand,
		 struct sweep_target *target)
{
	bool is_known = was_seen(targets, operand) ||
			(operand->kind == SERVER_ADDRESS &&
			 was_given(targets, operand->address));

	targets->operand++;
	if (is_known)
		return false;
	target->name = operand->text;
	target->address = operand->address;
	set_tag(targets, target, false);
	return true;
}

bool server_targets_next(struct server_targets *targets,
			 struct sweep_target *target)
{
	const struct server_operands *operands = targets->operands;

	*target = (struct sweep_target){ 0 };
	while (targets->operand < operands->list.count) {
		const struct server_operand *operand =
			&operands->list.items[targets->operand];

		if (targets->in_network) {
			if (next_of_network(targets, target))
				return true;
		} else if (operand->kind != SERVER_NETWORK) {
			if (give(targets, operand, target))
				return true;
		} else if (was_seen(targets, operand)) {
			targets->operand++;
		} else {
			begin_network(targets, operand);
		}
	}
	return false;
}

struct server_target_tag server_target_tag(const struct sweep_target *target)
{
	uintptr_t tag = (uintptr_t)target->tag;

	return (struct server_target_tag){ tag >> 1, tag & 1 };
}

/* Hosts that the operand names, UINT64_MAX for more than that. */
static uint64_t count_of(const struct server_operand *operand)
{
	unsigned bits;

	if (operand->kind != SERVER_NETWORK)
		return 1;
	bits = host_bits(operand);
	if (bits > COUNTABLE_BITS)
		return UINT64_MAX;
	return ((uint64_t)1 << bits) - (has_special_ends(operand) ? 2 : 0);
}

uint64_t server_targets_count(const struct server_operands *operands)
{
	uint64_t count = 0;

	for (size_t i = 0; i < operands->list.count; i++)
		if (__builtin_add_overflow(
			    count, count_of(&operands->list.items[i]), &count))
			return UINT64_MAX;
	return count;
}
