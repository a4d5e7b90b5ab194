/* Everybody whom the client of an assertion stands for. */
#ifndef ASSERT_CLIENTS_H
#define ASSERT_CLIENTS_H

#include "access_clients.h"
#include "address_set.h"

struct assert_clients {
	struct access_clients singles; /* of whom more may be known */
	struct address_set addresses;  /* all the others */
	struct access_client other;    /* what is known of these, but for the
					  address */
};

/* Takes "*", a network, an address or a host name. Names of single addresses in
 * a network are known only from a hosts file. False if text is none of them. */
bool assert_clients_find(const struct access_sources *sources, struct str text,
			 struct assert_clients *clients)
	__attribute__((warn_unused_result));

#endif
