#include "fix_plan.h"

#include <stdlib.h>

/* One bit for each byte of a document that an edit touches; for an insertion
 * that of the byte behind it. Edits meet where they would set the same bit. */
struct claims {
	unsigned char *bits; /* NULL until the first claim */
};

bool fix_is_possible(const struct finding *finding, enum fix_level level)
{
	return finding->fix.edits.count && !finding->suppressed &&
	       level >= (finding->fix.safe ? FIX_SAFE : FIX_UNSAFE);
}

static uint32_t claim_end(const struct text_edit *edit)
{
	struct span span = edit->span;

	return span.begin < span.end ? span.end : span.begin + 1;
}

static bool is_free(const struct claims *claims, const struct finding *finding)
{
	for (size_t i = 0; i < finding->fix.edits.count; i++) {
		const struct text_edit *edit = &finding->fix.edits.items[i];

		for (uint32_t at = edit->span.begin; at < claim_end(edit); at++)
			if (claims->bits[at / 8] & 1u << at % 8)
				return false;
	}
	return true;
}

static void claim(struct claims *claims, const struct finding *finding)
{
	for (size_t i = 0; i < finding->fix.edits.count; i++) {
		const struct text_edit *edit = &finding->fix.edits.items[i];

		for (uint32_t at = edit->span.begin; at < claim_end(edit); at++)
			claims->bits[at / 8] |= (unsigned char)(1u << at % 8);
	}
}

void fix_plan_make(struct arena *arena,
		   const struct export_documents *documents,
		   const struct finding_list *findings, enum fix_level level,
		   enum severity least, struct fix_plan *plan)
{
	struct claims *claims = arena_alloc_array(arena, documents->list.count,
						  sizeof(*claims));

	*plan = (struct fix_plan){ 0 };
	for (size_t i = 0; i < findings->list.count; i++) {
		const struct finding *finding = &findings->list.items[i];
		struct claims *claimed;

		if (finding->severity < least ||
		    !fix_is_possible(finding, level) ||
		    finding->document >= documents->list.count)
			continue;
		claimed = &claims[finding->document];
		if (!claimed->bits)
			claimed->bits = arena_alloc(
				arena,
				documents->list.items[finding->document]
							.source.text.length /
						8 +
					1);
		if (!is_free(claimed, finding))
			continue;
		claim(claimed, finding);
		*ARRAY_ADD(arena, &plan->findings) = finding;
	}
}

static int compare_edits(const void *a, const void *b)
{
	const struct text_edit *x = a, *y = b;

	return x->span.begin < y->span.begin ? -1
					     : x->span.begin > y->span.begin;
}

void fix_plan_apply(struct arena *arena, const struct finding *const *findings,
		    size_t count, uint32_t document, struct str text,
		    struct strbuf *out)
{
	ARRAY(struct text_edit) edits = { 0 };

	for (size_t i = 0; i < count; i++)
		for (size_t k = 0; findings[i]->document == document &&
				   k < findings[i]->fix.edits.count;
		     k++)
			*ARRAY_ADD(arena, &edits) =
				findings[i]->fix.edits.items[k];
	if (edits.count)
		qsort(edits.items, edits.count, sizeof(*edits.items),
		      compare_edits);
	text_edits_apply(text, edits.items, edits.count, out);
}
