/* What the name services call addresses. */
#ifndef ADDRESS_LOOKUP_H
#define ADDRESS_LOOKUP_H

#include "arena.h"
#include "name_facts.h"
#include "root.h"

/* Asks for the names of all addresses at once (64 are under way at a time), as
 * mountd does: gethostbyaddr(3). Fills status and names of each.
 *
 * Below another root its /etc/hosts answers first (hosts_parser.h), then the
 * services of the running host. The deadline and ^C are as for
 * name_lookup(). */
void address_lookup(struct arena *arena, const struct root *root,
		    struct address_name *addresses, size_t count,
		    unsigned deadline_ms, bool *interrupted);

#endif
