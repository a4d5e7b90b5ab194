/* Exports with fsid=0, the NFSv4 root, and the one thing that is wrong with
 * them in a table: the first that applies, in the order of fsid_trouble. */
#ifndef FSID_ROOTS_H
#define FSID_ROOTS_H

#include "option_lists.h"

enum fsid_trouble {
	FSID_NONE,
	FSID_MULTIPLE, /* a client has two roots */
	FSID_PARTIAL,  /* a client, or a path, has none */
	FSID_WRITABLE, /* the root that leads to other exports may be written
			  to */
	FSID_LEGACY,   /* no more than what no longer needs to be said */
};

struct fsid_roots {
	enum fsid_trouble trouble;
	const struct export_entry *root;  /* that it is about */
	const struct export_entry *other; /* the second root, or the first
					     entry without a root */
	size_t others;			  /* entries without a root */
	bool by_client; /* the client has no root, not the path */
};

struct fsid_roots fsid_roots_of(struct rule_run *run);

/* Does the path of an entry lie below that of a root, which its client has
 * too, as far as the text tells? */
bool fsid_root_leads_to(const struct rule_run *run,
			const struct export_entry *root,
			const struct export_entry *entry);

/* Has an entry fsid=0, and not by a number that does not fit? */
bool is_fsid_root(const struct rule_run *run, const struct export_entry *entry);

#endif
