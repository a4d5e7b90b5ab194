/* What became of each entry of a path and of the directories above it when a
 * client was judged. */
#ifndef CONSIDERED_ENTRIES_H
#define CONSIDERED_ENTRIES_H

#include "access_check.h"

enum considered_outcome {
	CONSIDERED_DECIDES,
	CONSIDERED_LOST, /* it matches, but another one decides, or it is not
			    loaded */
	CONSIDERED_NO_MATCH,
	CONSIDERED_DEPENDS,
};

/* "decides", "lost", "no-match", "depends". */
const char *considered_outcome_name(enum considered_outcome outcome);

struct considered_entry {
	const struct export_entry *entry;
	enum considered_outcome outcome;
	const char *why; /* without a full stop; foreign bytes */
};

struct considered_entries {
	ARRAY(struct considered_entry) list;
};

/* Goes through all entries in the order in which they are looked at, the path
 * first, then the directories above; behind those of each path what is written
 * for it and not loaded. Texts are taken from arena. */
void considered_entries_list(struct arena *arena,
			     const struct export_question *question,
			     const struct access_answer *answer,
			     struct considered_entries *considered);

#endif
