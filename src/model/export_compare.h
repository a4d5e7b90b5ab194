/* Whether two export tables come to the same. */
#ifndef EXPORT_COMPARE_H
#define EXPORT_COMPARE_H

#include "export_table.h"

/* Do they make the same etab, byte for byte? */
bool export_tables_same_etab(const struct export_table *a,
			     const struct export_table *b);

/* And does the same become of what is written, but for duplicates that one of
 * them does not have? Then whoever writes one instead of the other changes
 * nothing. */
bool export_tables_agree(const struct export_table *a,
			 const struct export_table *b);

/* The entries that are lost: neither loaded nor duplicates. */
size_t export_table_lost(const struct export_table *table);

#endif
