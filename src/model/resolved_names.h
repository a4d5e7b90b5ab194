/* What the name services say about the host names of an export table; filled
 * by gather, read by the model. */
#ifndef RESOLVED_NAMES_H
#define RESOLVED_NAMES_H

#include <stddef.h>

#include "ip_address.h"
#include "str.h"

enum name_status {
	NAME_NOT_ASKED, /* without --resolve: taken as it is written */
	NAME_FOUND,
	NAME_NOT_FOUND,	  /* also: the name service failed */
	NAME_TIMED_OUT,	  /* no answer before the deadline */
	NAME_INTERRUPTED, /* the user ended the look-up */
};

/* One host name. The addresses are in the order of getaddrinfo(3), without
 * duplicates; canonical is its ai_canonname. Both only when NAME_FOUND. */
struct resolved_name {
	enum name_status status;
	struct str canonical;
	const struct ip_address *addresses;
	size_t address_count;
};

#endif
