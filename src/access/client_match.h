/* Whether a client of an exports file is a host that asks, as mountd decides
 * (support/export/client.c). */
#ifndef CLIENT_MATCH_H
#define CLIENT_MATCH_H

#include "export_clients.h"

struct netgroups;

/* A host that asks, as far as it is known. */
struct access_client {
	struct ip_address address; /* IP_NONE: known by name only */
	/* What its address is called, the first name and its aliases. */
	const struct str *names;
	size_t name_count;
	bool names_known; /* false: nobody asked; none is a fact otherwise */
	bool names_are_hosts; /* hosts whose addresses are not known are others
			       */
	const struct netgroups *netgroups; /* NULL: not known */
};

enum match_answer {
	MATCH_NO,
	MATCH_YES,
	MATCH_DEPENDS, /* on what is not known */
};

struct client_match {
	enum match_answer answer;
	const char *why; /* for people, without a full stop; in no arena */
};

struct client_match client_match(const struct export_client *client,
				 const struct access_client *asking);

#endif
