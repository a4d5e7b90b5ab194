/* Which clients may be the same machine, as far as the text tells. */
#ifndef CLIENT_OVERLAP_H
#define CLIENT_OVERLAP_H

#include "export_clients.h"

/* False only if no host can be both. */
bool clients_may_overlap(const struct export_client *a,
			 const struct export_client *b);

/* Is each host of inner one of outer? True where names decide and nobody can
 * tell without asking. */
bool client_may_cover(const struct export_client *outer,
		      const struct export_client *inner);

#endif
