/* The ways in which the server misbehaves: a table, a row for each. */
#ifndef FAKE_MODES_H
#define FAKE_MODES_H

#include "fake_nfs4.h"
#include "fake_server.h"

/* Fills the script with an answer; reply is what an honest server would say. */
typedef void fake_mode_fn(struct fake_script *script,
			  const struct fake_mode *mode,
			  const struct fake_call *call,
			  struct fake_reply *reply);

/* Fills the script with what a new connection is sent unasked. */
typedef void fake_greet_fn(struct fake_script *script,
			   const struct fake_mode *mode);

struct fake_mode {
	const char *name;
	const char *expected; /* the status that a client should arrive at */
	const char *description;
	enum fake_service service; /* that misbehaves; the others are honest */
	fake_mode_fn *answer;	   /* to all but NULL calls, or NULL */
	fake_greet_fn *greet;	   /* or NULL */
	/* what they mean is said at the functions */
	uint32_t number, low, high;
	struct fake_view text;
	enum fake_nfs4_shape shape; /* what NFSv4 is like */
};

/* NULL: there is none of that name. */
const struct fake_mode *fake_mode_find(const char *name);

/* name TAB expected TAB description, a line each, on stdout. */
void fake_modes_print(void);

/* fake_mode_replies.c: heads of replies. The number is the accept_stat, the
 * auth_stat, the highest version that is served after all, or the bytes of the
 * verifier; low and high are those of the mismatch. */
fake_mode_fn fake_mode_accepted, fake_mode_denied, fake_mode_rpc_mismatch,
	fake_mode_prog_mismatch, fake_mode_verifier, fake_mode_lying_verifier;

/* fake_mode_streams.c: what becomes of an answer on its way.
 *
 * The number of _end and _half is the enum fake_action that follows; of _drip
 * the milliseconds between bytes (nothing is sent over UDP); of _fragments
 * their bytes; of _wrong_xid how many come, 0 for no end; of _garbage_flood the
 * byte; of _udp_origin the enum fake_origin. */
fake_greet_fn fake_greet_end, fake_greet_reply;
fake_mode_fn fake_mode_end, fake_mode_end_udp, fake_mode_half, fake_mode_drip,
	fake_mode_fragments, fake_mode_empty_fragments, fake_mode_empty_first,
	fake_mode_announced, fake_mode_twice, fake_mode_extra_in_record,
	fake_mode_extra_after_record, fake_mode_wrong_xid,
	fake_mode_wrong_xid_only, fake_mode_garbage_flood,
	fake_mode_garbage_records, fake_mode_cut_status, fake_mode_udp_origin,
	fake_mode_udp_storm;

/* fake_mode_lists.c: lists of exports or mounts. The number of _endless and
 * _nodes is the enum fake_unit, of _long_names low and high are the bytes of
 * the path and the group. The text of _names is a name, of _results all of the
 * results. */
enum fake_unit { FAKE_UNIT_NODES, FAKE_UNIT_GROUPS };
fake_mode_fn fake_mode_endless, fake_mode_nodes, fake_mode_huge_fragment,
	fake_mode_names, fake_mode_long_names, fake_mode_results;

/* fake_mode_rpcbind.c: answers of rpcbind. The text of _uaddr is the universal
 * address, of _redirect the host of one that names the right port; the number
 * of _port is the port, of _long_uaddr the bytes; _cut_or_ gives an answer
 * without results over UDP, and over TCP what _end or _garbage_flood does. */
fake_mode_fn fake_mode_uaddr, fake_mode_redirect, fake_mode_port,
	fake_mode_long_uaddr, fake_mode_endless_dump, fake_mode_cut_or_end,
	fake_mode_cut_or_flood;

/* fake_nfs4.c: sessions in which no list is answered. */
fake_mode_fn fake_mode_nfs4_silent;

#endif
