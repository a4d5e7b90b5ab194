#include "lint_repair.h"

#include "unified_diff.h"

static void print_diff(struct lint_repair *repair, const struct source *source,
		       struct str old)
{
	const struct command_context *context = repair->context;
	struct diff_style style = { .color = context->color,
				    .escape = context->out_is_terminal };

	repair->differing |= !str_equal(source->text, old);
	unified_diff_write(context->out, context->arena, source->name, old,
			   source->text, style);
}

/* Puts what a document has become where it came from. */
static bool put_fixed(struct lint_repair *repair, const struct source *source,
		      struct str old)
{
	struct failure failure;

	if (strcmp(source->name, "-") == 0) {
		repair->to_stdout = true;
		fwrite(source->text.data, 1, source->text.length,
		       repair->context->out);
		return true;
	}
	if (str_equal(source->text, old) ||
	    lint_fix_write(repair->root, source, old, &failure))
		return true;
	command_error(repair->context, "%s", failure.text);
	repair->failed = true;
	return false;
}

/* Writes the files of a fixed unit. Where one can't be written the unit is
 * judged again, as it is on disk. */
static bool write_files(struct lint_repair *repair,
			const struct lint_unit *before, struct lint_unit *unit,
			struct failure *failure)
{
	struct arena *arena = repair->context->arena;
	struct lint_unit *mixed = arena_alloc(arena, sizeof(*mixed));
	bool all = true;

	for (size_t i = 0; i < before->documents.list.count; i++) {
		const struct export_document *old =
			&before->documents.list.items[i];
		const struct export_document *fixed =
			&unit->documents.list.items[i];
		bool done = put_fixed(repair, &fixed->source, old->source.text);

		all &= done;
		*ARRAY_ADD(arena, &mixed->documents.list) =
			done ? *fixed : *old;
	}
	if (all)
		return true;
	if (!lint_judge_unit(repair->judge, mixed, failure))
		return false;
	*unit = *mixed;
	return true;
}

static void report_refused(const struct lint_repair *repair,
			   const struct lint_fix *fix)
{
	for (size_t i = 0; i < fix->refused.count; i++)
		command_error(repair->context, "%s",
			      fix->refused.items[i].text);
}

/* Tells what was fixed, and what could be. */
static void report_fixes(const struct lint_repair *repair,
			 const struct lint_fix *fix,
			 const struct lint_unit *unit)
{
	const struct command_context *context = repair->context;
	size_t more = 0;

	if (context->globals.quiet)
		return;
	for (size_t i = 0; i < unit->findings.list.count; i++) {
		const struct finding *finding = &unit->findings.list.items[i];

		more += finding->severity >= fix->least &&
			fix_is_possible(finding, FIX_UNSAFE);
	}
	if (fix->made && !repair->failed)
		command_error(context, "%zu %s fixed", fix->made,
			      fix->made == 1 ? "finding is" : "findings are");
	if (more && fix->level < FIX_UNSAFE)
		command_error(context,
			      "%zu more can be fixed by --fix=unsafe, which "
			      "changes what is exported",
			      more);
}

bool lint_repair_files(struct lint_repair *repair, struct lint_unit *unit,
		       struct failure *failure)
{
	struct lint_fix fix = {
		.judge = repair->judge,
		.level = repair->level,
		.least = repair->least,
	};
	const struct lint_unit before = *unit;

	if (!lint_fix_unit(&fix, unit, failure))
		return false;
	report_refused(repair, &fix);
	if (repair->diff) {
		for (size_t i = 0; i < before.documents.list.count; i++)
			print_diff(repair,
				   &unit->documents.list.items[i].source,
				   before.documents.list.items[i].source.text);
		return true;
	}
	if (!write_files(repair, &before, unit, failure))
		return false;
	report_fixes(repair, &fix, unit);
	return true;
}
