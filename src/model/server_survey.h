/* What another server showed of itself when it was asked for its lists and
 * probed: plain facts for the rules that need NEEDS_REMOTE.
 */
#ifndef SERVER_SURVEY_H
#define SERVER_SURVEY_H

#include "array.h"
#include "ip_address.h"
#include "str.h"

/* Exports that have something in common: how many, and the first of them. */
struct survey_exports {
	size_t count;
	ARRAY(struct str)
	named; /* at most SURVEY_NAMED, of what is a
		  finding for each SURVEY_TOLD; foreign
		  bytes */
};

enum { SURVEY_NAMED = 3, SURVEY_TOLD = 32 };

enum survey_tls { SURVEY_TLS_UNKNOWN, SURVEY_TLS_NONE, SURVEY_TLS_OFFERED };

struct server_survey {
	const char *host; /* as asked for, or its address */
	struct ip_address address;
	const char *status; /* "ok", "unreachable", … */
	const char *error;  /* one line, with foreign bytes, or NULL */
	const char *via;    /* "mount3/tcp", "nfs4.0"; NULL: there is no list */
	bool answered;	    /* all that was asked for */
	bool malformed;	    /* what came is no answer, or has no end */

	size_t exports, mounts;
	bool is_nfs4;	   /* the list is that of the pseudo file system */
	bool tells_mounts; /* whoever asks */
	bool from_reserved_port; /* is where we asked from */

	struct survey_exports for_everybody;	   /* of the list of MOUNT */
	struct survey_exports with_sys, with_none; /* flavors */
	struct survey_exports reached;		   /* over NFSv4, without TLS */
	struct survey_exports entered; /* the same, from our source port */
	struct survey_exports unprintable;

	/* of what answers; bit n is version n */
	unsigned nfs_versions, mount_versions;
	bool nfs_udp;
	enum survey_tls tls;

	bool rpcbind_udp;      /* rpcbind answers over it */
	uint32_t rpcbind_list; /* bytes of its list of all that runs; or 0 */
};

#endif
