/* Calls as they come and replies as they go (RFC 5531). */
#ifndef FAKE_CALL_H
#define FAKE_CALL_H

#include <netinet/in.h>

#include "fake_bytes.h"

enum fake_transport { FAKE_TCP, FAKE_UDP };

/* What listens at one port of its own. */
enum fake_service { FAKE_RPCBIND, FAKE_MOUNTD, FAKE_NFS, FAKE_SERVICES };

/* Both ends of a call. IPv4 addresses are mapped (::ffff:a.b.c.d). */
struct fake_peer {
	enum fake_transport transport;
	enum fake_service door; /* whose port it came to */
	struct in6_addr asked;	/* the address that it came to */
	struct in6_addr from;
	uint16_t port, source; /* ours, theirs */
};

enum { /* RFC 5531, section 8.2, and RFC 9289, section 4.1 */
       FAKE_AUTH_NONE = 0,
       FAKE_AUTH_SYS = 1,
       FAKE_AUTH_TLS = 7,
};

struct fake_call {
	struct fake_peer peer;
	uint32_t xid, rpc_version, program, version, procedure, flavor;
	struct fake_view credential;
	struct fake_reader arguments;
};

/* accept_stat of RFC 5531, section 9 */
enum fake_accepted {
	FAKE_SUCCESS,
	FAKE_PROG_UNAVAIL,
	FAKE_PROG_MISMATCH,
	FAKE_PROC_UNAVAIL,
	FAKE_GARBAGE_ARGS,
	FAKE_SYSTEM_ERR,
};

enum fake_rejected { FAKE_RPC_MISMATCH, FAKE_AUTH_ERROR };

struct fake_reply {
	uint32_t xid;
	bool denied;
	uint32_t status; /* enum fake_accepted, or of a denial fake_rejected */
	uint32_t low, high; /* of a mismatch */
	uint32_t why;	    /* of an AUTH_ERROR */
	uint32_t verifier_flavor;
	struct fake_view verifier;
	struct fake_bytes results;
	struct fake_view tail; /* more of the results, which is not copied and
				  must live as long as the program */
};

/* False for what is no call. The views of the call are into message. */
bool fake_call_decode(struct fake_view message, struct fake_call *call);

/* All of the reply but the tail. */
void fake_reply_encode(const struct fake_reply *reply, struct fake_bytes *out);

#endif
