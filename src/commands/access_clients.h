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
	const struct hosts *hosts;	    /* of --hosts, or NULL */
	const struct netgroups *netgroups;  /* NULL: not known */
	const struct access_lookups *asked; /* what was asked for at once, or
					       NULL */
};

struct access_clients {
	ARRAY(struct access_client) list;
};

/* With --resolve, asks for all that access_clients_find() will want to know of
 * these texts, at once. */
void access_clients_look_up(struct access_sources *sources,
			    const struct str *texts, size_t count);

/* Finds out what is known of a client, an address or a name: one host for each
 * address that a name has, with what that is called, or one without an address
 * where it has none that is known. False, with what is wrong, if text is
 * neither. The result lives in sources->arena. */
bool access_clients_find(const struct access_sources *sources, struct str text,
			 struct access_clients *clients,
			 struct failure *failure)
	__attribute__((warn_unused_result));

/* What is known of the host with that address. */
struct access_client access_client_at(const struct access_sources *sources,
				      struct ip_address address);

#endif
