/* Loads parsed exports files into an export table, as exportfs does. */
#ifndef EXPORT_TABLE_BUILDER_H
#define EXPORT_TABLE_BUILDER_H

#include "export_table.h"

/* Builds the table. Never fails: whatever is wrong becomes a diagnostic and a
 * state. */
void export_table_build(struct arena *arena,
			const struct export_table_input *input,
			struct export_table *table);

#endif
