/* What one server said: the result of a conversation, as plain data.
 *
 * Lists are kept as the server sent them, in its order, nothing merged or
 * hidden. Their texts are offsets into the bytes of the reply, so that a list
 * of a million exports costs little more than what came over the network. They
 * are foreign bytes: any value, NUL and newline too.
 */
#ifndef SERVER_ANSWER_H
#define SERVER_ANSWER_H

#include <stdint.h>

#include "array.h"
#include "ip_address.h"

struct nfs4_listing;

enum answer_status {
	ANSWER_OK,
	ANSWER_UNREACHABLE, /* no sign of life, or ICMP says so */
	ANSWER_TIMEOUT,	    /* the deadline passed, after a sign of life */
	ANSWER_REFUSED,	    /* nothing listens where we were sent */
	ANSWER_DENIED,	    /* MSG_DENIED, NFSv4: nothing for this client */
	ANSWER_NO_MOUNT_SERVICE,
	ANSWER_PROTOCOL_ERROR, /* what came is no answer */
	ANSWER_TOO_LARGE,      /* a limit of rpc_limits.h was reached */
	ANSWER_UNRESOLVED,     /* the name has no address */
	ANSWER_INTERRUPTED,    /* by ^C */
	ANSWER_STATUSES,
};

/* The word for JSON: "ok", "unreachable", … */
const char *answer_status_name(enum answer_status status);

struct answer_text {
	uint32_t offset, length; /* in the bytes of the answer */
};

struct listed_export {
	struct answer_text path;
	uint32_t first_group, group_count; /* of the answer's groups */
};

struct listed_mount {
	struct answer_text client, path;
};

enum probe_tls {
	PROBE_TLS_NOT_CHECKED, /* nothing answers on the NFS port */
	PROBE_TLS_REFUSED, /* the server knows and declines, or AUTH_ERROR */
	PROBE_TLS_NOT_UNDERSTOOD, /* another answer, or none */
	PROBE_TLS_OFFERED,	  /* STARTTLS (RFC 9289, section 4.1) */
};

/* Bits of the protocol versions and transports that answer a NULL call. */
struct probe_facts {
	enum probe_tls tls;
	uint16_t nfs_versions;	 /* bit n: version n; 4 has minor versions */
	uint16_t nfs4_minors;	 /* bit n: NFSv4.n */
	uint16_t mount_versions; /* bit n: version n */
	bool tcp, udp;		 /* MOUNT or NFS answers over it */
	bool nfs_udp;		 /* NFS does */
	uint32_t rpcbind_list;	 /* bytes of rpcbind's list of all that runs
				    there; 0: it gives none */
};

/* Security flavors of one export, in the server's order: "sys", "krb5", … */
struct export_flavors {
	const char *const *names; /* NULL: not known */
	uint32_t count;
};

struct server_answer {
	struct arena *arena;	   /* holds all of it, and the answer itself */
	struct ip_address address; /* that answered, or was tried last */
	enum answer_status status;
	bool complete;	 /* the list is all that the server has */
	bool gives_list; /* there is a list, perhaps a partial or empty one */
	const char
		*error;	 /* one line for people, with foreign bytes, or NULL */
	const char *via; /* "mount3/tcp", "nfs4.0"; NULL without a list */
	uint16_t mount_port; /* of the MOUNT service that gave the list; or 0 */
	bool rpcbind_udp;    /* rpcbind has answered over UDP */
	unsigned milliseconds; /* from the first look-up or packet to the end */

	struct str bytes; /* of the reply, without record marks */
	ARRAY(struct listed_export) exports;
	ARRAY(struct answer_text) groups;
	ARRAY(struct listed_mount) mounts;
	/* of a server that speaks NFSv4 only, instead of exports, or NULL */
	const struct nfs4_listing *nfs4;

	ARRAY(const char *)
	notes; /* what else should be known, one line each,
		  like an address that was redirected to */
	const struct probe_facts *probe; /* NULL: not probed */
	/* for each of exports, or NULL: not probed */
	struct export_flavors *flavors;
};

/* The bytes of a text of the answer. */
static inline struct str answer_text(const struct server_answer *answer,
				     struct answer_text text)
{
	return (struct str){ answer->bytes.data + text.offset, text.length };
}

/* A new answer in a new arena; nothing is known yet. */
struct server_answer *server_answer_new(struct ip_address address);

/* Bytes that the answer keeps in memory, for the limit of a sweep. */
size_t server_answer_size(const struct server_answer *answer);

/* Nothing that the server sent is kept in the answer. */
bool server_answer_is_bare(const struct server_answer *answer);

/* Gives the memory of the list back: the answer becomes ANSWER_TOO_LARGE. */
void server_answer_cut(struct server_answer *answer);

#endif
