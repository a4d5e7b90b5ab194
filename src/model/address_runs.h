/* Networks whose masks have holes: many ranges of addresses. */
#ifndef ADDRESS_RUNS_H
#define ADDRESS_RUNS_H

#include "address_set.h"

/* The first addresses without a gap that a network matches, at or behind
 * `from`, which is of its family. False if there are none. */
bool address_run_of(const struct client_network *network,
		    struct address_number from, struct address_range *run);

#endif
