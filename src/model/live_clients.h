/* The clients of a running server, merged from all that knows of them. */
#ifndef LIVE_CLIENTS_H
#define LIVE_CLIENTS_H

#include "live_state.h"

enum client_state {
	CLIENT_LIVE,	 /* connected to the NFS port, or renews its lease */
	CLIENT_COURTESY, /* of NFSv4; its lease has ended */
	CLIENT_STALE,	 /* only noted, without a connection */
	CLIENT_UNKNOWN,	 /* noted; connections could not be looked at */
	CLIENT_STATES,
};

/* "live", "courtesy", "stale", "unknown". */
const char *client_state_name(enum client_state state);

struct live_client {
	struct ip_address address; /* IP_NONE: known by name only */
	struct str name;	   /* the address, or that name */
	enum client_state state;
	bool connected;
	ARRAY(const struct rmtab_entry *) mounts; /* of rmtab: NFSv3 and v2 */
	ARRAY(const struct nfsd_client *) nfs4;	  /* its NFSv4 clients */
};

struct live_clients {
	ARRAY(struct live_client) list; /* names first, then by address */
};

/* Merges rmtab, the kernel's NFSv4 clients and the peers of the NFS port. */
void live_clients_merge(struct arena *arena, const struct live_state *live,
			struct live_clients *clients);

#endif
