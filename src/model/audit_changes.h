/* The differences between two runs of the audit. */
#ifndef AUDIT_CHANGES_H
#define AUDIT_CHANGES_H

#include "audit_facts.h"

enum audit_change_kind {
	CHANGE_APPEARED,
	CHANGE_VANISHED,
	CHANGE_OTHER, /* the same thing with other values */
	CHANGE_NOTED, /* only what does not matter: the line of a finding */
	CHANGE_KINDS,
};

struct audit_change {
	enum audit_change_kind how;
	const struct audit_fact *before, *after; /* NULL: not there */
};

struct audit_changes {
	ARRAY(struct audit_change) list[AUDIT_KINDS]; /* vanished ones last */
	size_t counts[AUDIT_KINDS][CHANGE_KINDS];
};

/* What is to be known of a run before something that it did not see counts as
 * gone. */
struct audit_sight {
	/* False: this run could not have seen it. out_of_sight: something could
	 * be looked at when it was seen first, and can't be now. */
	bool (*would_see)(const struct audit_sight *sight, enum audit_kind kind,
			  const struct audit_fact *fact, bool out_of_sight);
};

/* Compares what was known with what a run saw; the changes point into both. */
void audit_changes_find(struct arena *arena, const struct audit_facts *known,
			const struct audit_facts *seen,
			const struct audit_sight *sight,
			struct audit_changes *changes);

#endif
