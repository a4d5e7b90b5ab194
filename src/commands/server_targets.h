/* The servers that a command asks, one after the other: networks are never
 * written out, and nobody is asked twice. */
#ifndef SERVER_TARGETS_H
#define SERVER_TARGETS_H

#include "id_table.h"
#include "server_list_parser.h"
#include "sweep.h"

enum { SERVER_PREFIXES = 128 + 1 };

/* Start with server_targets_init(). */
struct server_targets {
	const struct server_operands *operands;
	struct id_table seen;		  /* operands that were begun */
	bool lengths[2][SERVER_PREFIXES]; /* of the networks of these: IPv4,
					     IPv6 */
	struct arena *arena;
	size_t operand; /* that is being given */
	bool in_network;
	struct ip_address next, last; /* of the network */
	size_t given;
};

/* What a target's tag tells. */
struct server_target_tag {
	size_t number; /* of the target, from 0, in the order of the operands */
	bool from_network;
};

void server_targets_init(struct arena *arena,
			 const struct server_operands *operands,
			 struct server_targets *targets);

/* Gives the next target; false at the end. */
bool server_targets_next(struct server_targets *targets,
			 struct sweep_target *target);

struct server_target_tag server_target_tag(const struct sweep_target *target);

/* How many hosts the operands name, duplicates counted; UINT64_MAX if they are
 * more than that. */
uint64_t server_targets_count(const struct server_operands *operands);

#endif
