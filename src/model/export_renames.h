/* Hosts that the exports files spell in one way and etab in another.
 *
 * exportfs writes a name as the resolver spells it ("ws1" becomes
 * "ws1.example.org"), and a host that it has met before as it was spelled
 * there, be it a name or an address. Without asking the resolver, lines that
 * have only such spellings apart can be found, but not always be told for
 * certain.
 */
#ifndef EXPORT_RENAMES_H
#define EXPORT_RENAMES_H

#include "etab_lines.h"
#include "export_drift.h"

/* Looks for the missing ones of drifts among the lines that are not matched:
 * the same host, if the names are equal but for case or a domain, is taken out,
 * or becomes DRIFT_OPTIONS; another one with the same path and options becomes
 * DRIFT_OTHER_NAME. Lines that are found are matched then. Does nothing for a
 * table whose names were asked for. Takes n log n for n differences. */
void export_renames_find(struct arena *arena, const struct export_table *table,
			 struct etab_lines *lines,
			 struct export_drifts *drifts);

/* Are two clients, as the files and etab spell them, the same host name but for
 * case, or but for a domain that one of them lacks? Also true of any two that
 * are equal. */
bool export_renames_alike(struct str a, struct str b);

/* The part of a client in which those that are alike are equal but for case. */
struct str export_renames_common(struct str client);

#endif
