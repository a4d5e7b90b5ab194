/* Entries of a path that lie within a broader one: an address in a network, a
 * name that a pattern matches, anything in the entry for everybody. */
#ifndef BROADER_ENTRIES_H
#define BROADER_ENTRIES_H

#include "rule.h"

struct broader_entry {
	const struct export_entry *broader;
	const struct export_entry *first; /* that lies within it */
	size_t more;			  /* others that do */
};

typedef bool broader_entry_test(const struct rule_run *run,
				const struct export_entry *broader,
				const struct export_entry *entry);
typedef void broader_entry_report(struct rule_run *run,
				  const struct broader_entry *found);

/* Looks for the nearest entry around each one that is chosen for it, and calls
 * report once for each of those. Entries that decide for nobody are left
 * out. */
void broader_entries_each(struct rule_run *run, broader_entry_test *chosen,
			  broader_entry_report *report);

#endif
