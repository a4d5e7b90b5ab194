/* From what the command line says of a client to what is known of it. */
#ifndef ACCESS_CLIENTS_H
#define ACCESS_CLIENTS_H

#include "client_match.h"
#include "command.h"
#include "root.h"

struct hosts;

struct access_sources {
	struct arena *arena;
	const struct root *root;
	const char *name; /* of --name, or NULL */
	bool resolve;	  /* ask the name services */
	unsigned deadline_ms;
	const struct hosts *hosts;	   /* of --hosts, or NULL */
	const struct netgroups *netgroups; /* NULL: not known */
};

struct access_clients {
	ARRAY(struct access_client) list;
};

/* Finds out what is known of a client, an address or a name: one host for each
 * address that a name has, or one without an address where it has none that is
 * known. False, with what is wrong, if text is neither. The result lives in
 * sources->arena. */
bool access_clients_find(const struct access_sources *sources, struct str text,
			 struct access_clients *clients,
			 struct failure *failure)
	__attribute__((warn_unused_result));

/* The first of them. */
bool access_client_find(const struct access_sources *sources, struct str text,
			struct access_client *client, struct failure *failure)
	__attribute__((warn_unused_result));

/* What is known of the host with that address. */
struct access_client access_client_at(const struct access_sources *sources,
				      struct ip_address address);

#endif
