/* An NFSv4 client as the kernel's server shows it: the file info in a folder of
 * /proc/fs/nfsd/clients. */
#ifndef NFSD_CLIENT_PARSER_H
#define NFSD_CLIENT_PARSER_H

#include <stdint.h>

#include "array.h"
#include "ip_address.h"

enum nfsd_client_status {
	NFSD_CLIENT_CONFIRMED,
	NFSD_CLIENT_UNCONFIRMED,
	NFSD_CLIENT_COURTESY,  /* its lease ended, nobody needs its locks yet */
	NFSD_CLIENT_EXPIRABLE, /* the same, and somebody does */
	NFSD_CLIENT_UNKNOWN,   /* another word, or none */
};

struct nfsd_client {
	struct ip_address address; /* IP_NONE: what stands there is none */
	struct str address_text;   /* as it stands there, without the port */
	struct str name;	   /* what it calls itself, escapes as \xNN */
	enum nfsd_client_status status;
	uint32_t minor;	 /* of NFSv4 */
	int64_t renewed; /* seconds ago; -1: not told (before Linux 5.19) */
};

struct nfsd_clients {
	ARRAY(struct nfsd_client) list;
};

/* "live", "courtesy" for one whose lease has ended, "unknown" for one that is
 * not confirmed. */
const char *nfsd_client_state(const struct nfsd_client *client);

/* Reads the text of an info file, which must outlive the result. False if there
 * is no address in it. */
bool nfsd_client_parse(struct str text, struct nfsd_client *client);

#endif
