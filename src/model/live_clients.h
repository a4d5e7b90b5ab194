/* The clients of a running server, merged from all that knows of them. */
#ifndef LIVE_CLIENTS_H
#define LIVE_CLIENTS_H

#include "live_state.h"

enum client_state {
	CLIENT_LIVE,	 /* connected to the NFS port, or renews its lease */
	CLIENT_COURTESY, /* of NFSv4; its lease has ended, whatever became of
			    its connection */
	CLIENT_STALE,	 /* only noted, without a connection */
	CLIENT_UNKNOWN,	 /* noted; there is no connection that could be looked
			    at, or it has asked for something lately */
	CLIENT_STATES,
};

/* "live", "courtesy", "stale", "unknown". */
const char *client_state_name(enum client_state state);

struct live_client {
	struct ip_address address; /* IP_NONE: known by name only */
	struct str name;	   /* the address, or that name */
	enum client_state state;
	bool connected;
	bool in_use; /* by a connection that is not one of a client of NFSv4
			whose lease has ended */
	bool asked;  /* the kernel's server remembers the address */
	/* Which clients of etab it is to mountd, as the kernel remembers: names
	 * with commas; .data NULL: not known. */
	struct str domain;
	ARRAY(const struct rmtab_entry *) mounts; /* of rmtab: NFSv3 and v2 */
	ARRAY(const struct nfsd_client *) nfs4;	  /* its NFSv4 clients */
};

struct live_clients {
	ARRAY(struct live_client) list; /* names first, then by address */
};

/* Merges rmtab, the kernel's NFSv4 clients and the peers of the NFS ports:
 * those of portlist, 2049 where that is not known. */
void live_clients_merge(struct arena *arena, const struct live_state *live,
			struct live_clients *clients);

#endif
