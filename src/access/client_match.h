/* Whether a client of an exports file is a host that asks, as mountd decides
 * (support/export/client.c). */
#ifndef CLIENT_MATCH_H
#define CLIENT_MATCH_H

#include "export_clients.h"

struct netgroups;

/* Clients of a table that more than the address decides about: names without
 * addresses, patterns, netgroups, and masks with holes. How they fare with one
 * who asks: */
enum suppose {
	SUPPOSE_NOTHING, /* by what is known of a real host */
	SUPPOSE_ONLY,	 /* they match all who are `only`, and nobody else */
	SUPPOSE_ANY,	 /* each may match */
	SUPPOSE_KNOWN,	 /* as SUPPOSE_NOTHING, but what depends does not match;
			    the address has to be known */
};

/* A host that asks, as far as it is known; or with a supposition any host with
 * that address, or with none that the table knows. */
struct access_client {
	struct ip_address address; /* IP_NONE: known by name only */
	/* What its address is called, the first name and its aliases. */
	const struct str *names;
	size_t name_count;
	bool names_known; /* false: nobody asked; none is a fact otherwise */
	const struct netgroups *netgroups; /* NULL: not known */
	/* Names of clients, with commas, that the server was seen to take it
	 * for; it is no other host name, pattern or netgroup. .data NULL: not
	 * known. No name of the table may have a comma. */
	struct str taken_for;
	enum suppose suppose;
	const struct export_client *only; /* NULL: nobody is */
};

/* Is it such a client, which its name has to stand for? */
bool client_is_symbolic(const struct export_client *client);

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
