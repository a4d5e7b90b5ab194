/* The lines of a whole table, as exportfs writes them. */
#ifndef ETAB_WRITER_H
#define ETAB_WRITER_H

#include "export_table.h"
#include "strbuf.h"

/* Remembers the option text of the last policy: neighbours mostly share one.
 * Start with { .table = table }, end with etab_writer_free(). */
struct etab_writer {
	const struct export_table *table;
	const struct export_rules *rules; /* NULL: those of the table */
	bool listing; /* options as exportfs -v shows them, not as in etab */
	struct strbuf options;
	const struct export_policy *policy; /* that options belong to */
};

void etab_writer_free(struct etab_writer *writer);

/* The text between the parentheses; valid until the next call. */
struct str etab_writer_options(struct etab_writer *writer,
			       const struct export_entry *entry);

/* Appends the entry's line of etab with its newline. The entry is one of
 * table->order. */
void etab_writer_line(struct etab_writer *writer,
		      const struct export_entry *entry, struct strbuf *out);

#endif
