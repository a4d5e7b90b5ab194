/* Repairs exports files: makes the fixes of findings until none is left, and
 * looks at the result before it is believed. */
#ifndef LINT_FIX_H
#define LINT_FIX_H

#include "fix_plan.h"
#include "lint_judge.h"

/* A fix that was not made. */
struct refused_fix {
	const struct finding *finding;
	const char *text; /* where and why, with bytes of the file */
};

struct lint_fix {
	const struct lint_judge *judge;
	enum fix_level level;
	enum severity least; /* fix findings from this severity on */

	/* filled by lint_fix_unit */
	size_t made;
	ARRAY(struct refused_fix) refused;
};

/* Makes of unit, which is judged, what it is after the fixes; the texts of its
 * documents are the new ones. A safe fix that would change the etab or what
 * becomes of an entry is not made, nor an unsafe one through which more
 * entries would be lost. Files that a program writes (managed-file) are left
 * alone unless level is FIX_UNSAFE. */
bool lint_fix_unit(struct lint_fix *fix, struct lint_unit *unit,
		   struct failure *failure) __attribute__((warn_unused_result));

/* Puts the text of a document in the place of its file, which must still have
 * the bytes of old. root is NULL for a file that is named as the process sees
 * it. */
bool lint_fix_write(const struct root *root, const struct source *source,
		    struct str old, struct failure *failure)
	__attribute__((warn_unused_result));

#endif
