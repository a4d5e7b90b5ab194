/* What becomes of a table when mountd (or exportfs -v) reads etab back.
 *
 * etab is read with the parser of exports files, with the same limits and the
 * same stop at the first error, so an entry that is fine in exports can vanish
 * there and take others with it.
 */
#ifndef ETAB_REREAD_H
#define ETAB_REREAD_H

#include "export_table.h"
#include "strbuf.h"

/* The text of etab. */
struct etab_text {
	struct strbuf text;
	ARRAY(uint32_t) line_starts; /* of the entries in table->order */
};

/* Can a line of the table be read back otherwise than it was meant? False is
 * certain, and the usual case; true means that it must be tried. */
bool etab_reread_is_needed(const struct export_table *table);

/* Writes etab. Fails if it would be longer than SOURCE_MAX_BYTES. The text
 * is the caller's, to be freed with strbuf_free(). */
bool etab_reread_text(struct arena *arena, const struct export_table *table,
		      struct etab_text *etab, struct failure *failure)
	__attribute__((warn_unused_result));

/* Compares table with reread, the table built from etab's text as its only
 * document. Loaded entries that did not come back become
 * EXPORT_LOST_ON_REREAD, with diagnostics that say why. Hosts of the others
 * have the addresses from then on that mountd has for them. */
void etab_reread_compare(struct arena *arena, const struct etab_text *etab,
			 struct export_table *table,
			 const struct export_table *reread);

#endif
