/* What a client of an exports file is, told from its spelling alone. */
#ifndef CLIENT_SPEC_H
#define CLIENT_SPEC_H

#include "ip_address.h"
#include "str.h"

/* In the order in which nfs-utils tries them for an address (the MCL_ types
 * of its client.c): a host beats a network, whatever the order in the file. */
enum client_type {
	CLIENT_HOST, /* a name or an address */
	CLIENT_NETWORK,
	CLIENT_WILDCARD,
	CLIENT_NETGROUP,
	CLIENT_ANONYMOUS, /* everybody: "*" or empty */
	CLIENT_GSS,	  /* gss/flavor, obsolete */
	CLIENT_TYPES,
};

/* "host", "network", … as in the JSON output. */
const char *client_type_name(enum client_type type);

enum client_problem {
	CLIENT_FINE,
	CLIENT_BAD_ADDRESS, /* of a network */
	CLIENT_BAD_NETMASK,
	CLIENT_BAD_PREFIX,
};

struct client_spec {
	enum client_type type;
	enum client_problem problem; /* then exportfs drops the client */
	struct ip_address address;   /* of a numeric host; else IP_NONE */
};

/* Classifies host, the part of a client word before its parenthesis. */
struct client_spec client_spec_of(struct str host);

#endif
