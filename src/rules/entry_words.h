/* The words of an entry as they stand in the file: what precedes its client,
 * and whether a line was meant to go on. */
#ifndef ENTRY_WORDS_H
#define ENTRY_WORDS_H

#include "exports_word.h"
#include "rule.h"

/* Why an export without a client is one to everybody. */
enum missing_client {
	CLIENT_THERE,
	CLIENT_NOT_WRITTEN,    /* the path stands alone */
	CLIENT_AFTER_DEFAULTS, /* -options are the last word of the line */
	CLIENT_EMPTY_WORD,     /* "", or a control character */
	CLIENT_OPTIONS_ALONE,  /* (options) */
	CLIENT_OPTIONS_APART,  /* host (options) */
};

/* Why what stands in the next line was hardly meant as a path. */
enum continuation_fault {
	CONTINUATION_FINE,
	CONTINUATION_BLANK,   /* the backslash is not the end of the line */
	CONTINUATION_COMMENT, /* the backslash belongs to a comment */
	CONTINUATION_MISSING, /* the line is indented, that is all */
};

/* The line of an entry. */
const struct exports_entry *entry_line(const struct export_table *table,
				       const struct export_entry *entry);

/* Is it the first one that is loaded of its line? */
bool entry_leads_line(const struct export_table *table,
		      const struct export_entry *entry);

/* The item before the entry's own in its line, or NULL. */
const struct exports_item *entry_previous(const struct export_table *table,
					  const struct export_entry *entry);

enum missing_client entry_missing_client(struct arena *arena,
					 const struct export_table *table,
					 const struct export_entry *entry);

/* Does the word end in a backslash that continues nothing, with only blanks
 * or a CR between it and the newline? */
bool word_ends_in_backslash(const struct exports_syntax *syntax,
			    uint32_t token);

/* Was the line of an entry meant to continue the one before it? */
enum continuation_fault entry_stray(struct arena *arena,
				    const struct export_table *table,
				    const struct export_entry *entry);

/* Has the document a diagnostic of one of the kinds, a list that ends with
 * PROBLEM_NONE? */
bool document_has_problem(const struct export_table *table, uint32_t document,
			  const enum export_problem *kinds);

#endif
