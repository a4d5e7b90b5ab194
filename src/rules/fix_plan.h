/* Which fixes can be made together, and what a file becomes by them. */
#ifndef FIX_PLAN_H
#define FIX_PLAN_H

#include "finding.h"

enum fix_level {
	FIX_NOTHING,
	FIX_SAFE,   /* only what changes nothing for the server */
	FIX_UNSAFE, /* also what changes who gets what */
};

/* Findings in the order of their documents and places. */
struct fix_plan {
	ARRAY(const struct finding *) findings;
};

/* Can the finding be fixed at that level? Those that are suppressed can't. */
bool fix_is_possible(const struct finding *finding, enum fix_level level);

/* Plans what can be fixed. Of findings whose edits meet the earlier one is
 * planned; when it is fixed the other one may be gone, or is for the next
 * plan. The findings must be sorted and stay where they are. */
void fix_plan_make(struct arena *arena,
		   const struct export_documents *documents,
		   const struct finding_list *findings, enum fix_level level,
		   enum severity least, struct fix_plan *plan);

/* Appends the text of a document with the edits of those of count planned
 * findings that belong to it. */
void fix_plan_apply(struct arena *arena, const struct finding *const *findings,
		    size_t count, uint32_t document, struct str text,
		    struct strbuf *out);

#endif
