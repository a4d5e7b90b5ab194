/* What a server is asked, and how. */
#ifndef CONVERSATION_OPTIONS_H
#define CONVERSATION_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum ask_for { ASK_EXPORTS, ASK_MOUNTS };

enum ask_via { VIA_AUTO, VIA_MOUNT, VIA_NFS4 };

enum { /* the registered ports */
       PORT_RPCBIND = 111,
       PORT_NFS = 2049,
};

struct conversation_options {
	enum ask_for ask;
	enum ask_via via;
	bool tcp, udp;		/* only this transport; both false: choose */
	unsigned mount_version; /* 1 to 3, or 0: choose */
	uint16_t mount_port;	/* or 0: ask rpcbind */
	uint16_t rpcbind_port, nfs_port;
	bool reserved_port;  /* our source ports are below 1024 */
	uint32_t uid, gid;   /* for NFSv4 */
	unsigned timeout_ms; /* for a whole host, its name included */
	bool patient;	     /* don't give up early on a silent host */
	bool probe, probe_mnt;
	size_t max_reply;   /* bytes */
	uint32_t max_nodes; /* of a list */
};

#endif
