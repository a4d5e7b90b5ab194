/* Repairs the files of a unit in their places, or shows how. */
#ifndef LINT_REPAIR_H
#define LINT_REPAIR_H

#include "command.h"
#include "lint_fix.h"

struct lint_repair {
	const struct command_context *context;
	const struct lint_judge *judge;
	const struct root *root; /* of the files' names; NULL for operands */
	enum fix_level level;
	enum severity least; /* fix findings from this severity on */
	bool diff;	     /* print a diff and write nothing */

	/* filled by lint_repair_files */
	bool differing; /* a diff was printed */
	bool to_stdout; /* a repaired text was printed: stdout is taken */
	bool failed;	/* a file could not be written, which was told */
};

/* Makes the fixes that can be made in unit, which is judged, and tells of those
 * that can't. What was read from "-" goes to stdout. Where a file could not be
 * written unit is judged as it is on disk. */
bool lint_repair_files(struct lint_repair *repair, struct lint_unit *unit,
		       struct failure *failure)
	__attribute__((warn_unused_result));

#endif
