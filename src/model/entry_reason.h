/* Why an entry of the table is not loaded, in words. */
#ifndef ENTRY_REASON_H
#define ENTRY_REASON_H

#include "export_table.h"

/* One line without a full stop, in arena; NULL for a loaded entry. */
const char *entry_reason(struct arena *arena, const struct export_table *table,
			 const struct export_entry *entry);

/* "FILE:LINE:COLUMN" of an offset in a document of the table; the column
 * counts code points. */
const char *entry_place(struct arena *arena, const struct export_table *table,
			uint32_t document, uint32_t offset);

#endif
