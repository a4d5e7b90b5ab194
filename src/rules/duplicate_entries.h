/* Clients that are written twice for one path. exportfs keeps the first one;
 * each of the others is reported by exactly one rule. */
#ifndef DUPLICATE_ENTRIES_H
#define DUPLICATE_ENTRIES_H

#include "rule.h"

enum duplicate_kind {
	DUPLICATE_SAME,	       /* with the same options in the same file */
	DUPLICATE_CONFLICTING, /* with other options in the same file */
	DUPLICATE_ACROSS,      /* the first one stands in another file */
};

/* A duplicate, with the entry that holds. When a line repeats several clients
 * of another line, they are one. */
struct duplicate {
	const struct export_entry *entry, *winner;
	size_t more; /* clients of the same line, of the same kind */
	size_t next; /* used by duplicate_next */
};

/* The next duplicate of that kind; *duplicate is zeroed before the first. */
bool duplicate_next(const struct rule_run *run, enum duplicate_kind kind,
		    struct duplicate *duplicate);

/* The subject of a message: "`10.1.0.0/16`", with " and 2 more clients" where
 * there are more. */
const char *duplicate_clients_text(const struct rule_run *run,
				   const struct duplicate *duplicate);

#endif
