/* An NFSv4 client as the kernel's server shows it: the files info and states in
 * a folder of /proc/fs/nfsd/clients.
 *
 * The kernel escapes what a client calls itself, but not the names of files in
 * states: who can make a file with quotes, braces or a newline in its name can
 * write there what he wants, about the client that opens it. */
#ifndef NFSD_CLIENT_PARSER_H
#define NFSD_CLIENT_PARSER_H

#include <stdint.h>

#include "array.h"
#include "ip_address.h"

enum nfsd_client_status {
	NFSD_CLIENT_CONFIRMED,
	NFSD_CLIENT_UNCONFIRMED,
	NFSD_CLIENT_COURTESY,  /* its lease ended, nobody needs its locks yet */
	NFSD_CLIENT_EXPIRABLE, /* the same, and somebody does: it is lost */
	NFSD_CLIENT_UNKNOWN,   /* another word, or none */
};

/* What a client holds. */
enum nfsd_state_kind {
	NFSD_STATE_OPEN,
	NFSD_STATE_LOCK,
	NFSD_STATE_DELEGATION,
	NFSD_STATE_LAYOUT,
	NFSD_STATE_KINDS,
};

/* "open", "lock", "delegation", "layout". */
const char *nfsd_state_name(enum nfsd_state_kind kind);

/* A file system on which a client holds something. */
struct nfsd_device {
	uint32_t major, minor;
};

/* More are left out. */
enum { NFSD_DEVICES_MAX = 16 };

struct nfsd_client {
	struct ip_address address; /* IP_NONE: what stands there is none */
	struct str address_text;   /* as it stands there, without the port */
	uint16_t port;		   /* 0: what stands there is none */
	struct str name;	   /* what it calls itself, escapes as \xNN */
	enum nfsd_client_status status;
	uint32_t minor;	 /* of NFSv4 */
	int64_t renewed; /* seconds ago; -1: not told (before Linux 5.19) */
	bool has_states; /* these are known: */
	uint32_t states[NFSD_STATE_KINDS]; /* how many of each kind */
	struct nfsd_device devices[NFSD_DEVICES_MAX];
	unsigned device_count; /* each one once */
};

struct nfsd_clients {
	ARRAY(struct nfsd_client) list;
};

/* "live", "courtesy" for one whose lease has ended, "stale" for one that has
 * also lost what it held, "unknown" for one that is not confirmed. */
const char *nfsd_client_state(const struct nfsd_client *client);

/* Reads the text of an info file, which must outlive the result. False if there
 * is no address in it. */
bool nfsd_client_parse(struct str text, struct nfsd_client *client);

/* Counts what the text of a states file lists, and notes where that is. Lines
 * of another form are left out. */
void nfsd_states_parse(struct str text, struct nfsd_client *client);

#endif
