/* What rules on names know besides the addresses of the table's hosts. */
#ifndef NAME_FACTS_GATHER_H
#define NAME_FACTS_GATHER_H

#include "name_facts.h"
#include "table_gather.h"

/* Asks for the netgroups of a table, the addresses of their hosts, and what
 * these and the table's own addresses are called; all of it together takes no
 * longer than the deadline of gather. NULL if names are not asked at all. The
 * result lives in gather->arena. */
const struct name_facts *name_facts_gather(struct table_gather *gather,
					   const struct export_table *table);

#endif
