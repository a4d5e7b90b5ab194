#include "lint_fix.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "export_compare.h"
#include "exports_parser.h"
#include "file_read.h"
#include "file_replace.h"
#include "rule_catalog.h"
#include "rule_runner.h"

/* A fix may uncover the next one, but not for ever. */
enum { ROUNDS_MAX = 100 };

struct fixing {
	struct lint_fix *fix;
	struct arena *arena;
	struct lint_unit *unit;
	struct finding_list managed; /* the files that programs write, and are
					left to them */
	struct failure *failure;
};

/* Planned findings. */
struct fixes {
	const struct finding *const *items;
	size_t count;
};

/* The documents of the unit with the fixes made, in fixed. */
static bool edit_documents(const struct fixing *fixing, struct fixes fixes,
			   struct lint_unit *fixed)
{
	const struct export_documents *documents = &fixing->unit->documents;

	for (size_t i = 0; i < documents->list.count; i++) {
		struct source source = documents->list.items[i].source;
		struct export_document *document =
			ARRAY_ADD(fixing->arena, &fixed->documents.list);
		struct strbuf text = { 0 };

		fix_plan_apply(fixing->arena, fixes.items, fixes.count,
			       (uint32_t)i, source.text, &text);
		document->source = (struct source){
			.name = source.name,
			.text = { arena_copy(fixing->arena,
					     strbuf_str(&text).data,
					     text.length),
				  text.length },
		};
		strbuf_free(&text);
		if (!exports_parse(fixing->arena, document->source.text,
				   &document->syntax, fixing->failure))
			return false;
	}
	return true;
}

/* Is the unit with these fixes what they promise? */
static bool hold(const struct fixing *fixing, struct fixes fixes)
{
	struct lint_unit fixed = { 0 };
	const struct export_table *before = &fixing->unit->table;

	if (!edit_documents(fixing, fixes, &fixed) ||
	    !lint_judge_table(fixing->fix->judge, &fixed, fixing->failure))
		return false;
	return fixes.items[0]->fix.safe
		       ? export_tables_agree(before, &fixed.table)
		       : export_table_lost(&fixed.table) <=
				 export_table_lost(before);
}

static void refuse(const struct fixing *fixing, const struct finding *finding,
		   const char *reason)
{
	struct source *source =
		lint_unit_source(fixing->unit, finding->document);
	struct source_position at =
		source_position(fixing->arena, source, finding->span.begin);

	*ARRAY_ADD(fixing->arena, &fixing->fix->refused) = (struct refused_fix){
		.finding = finding,
		.text = arena_printf(fixing->arena, "%s:%u:%u: %s [%s]",
				     source->name, at.line, at.column, reason,
				     finding->rule->slug),
	};
}

static void refuse_result(const struct fixing *fixing,
			  const struct finding *finding)
{
	refuse(fixing, finding,
	       finding->fix.safe ? "not fixed, because that would change what "
				   "is exported"
				 : "not fixed, because more exports would be "
				   "lost");
}

/* Adds those of the fixes that hold together to kept. */
static void settle(const struct fixing *fixing, struct fixes fixes,
		   struct fix_plan *kept)
{
	size_t half = fixes.count / 2;

	if (hold(fixing, fixes)) {
		for (size_t i = 0; i < fixes.count; i++)
			*ARRAY_ADD(fixing->arena, &kept->findings) =
				fixes.items[i];
	} else if (fixes.count == 1) {
		refuse_result(fixing, fixes.items[0]);
	} else {
		settle(fixing, (struct fixes){ fixes.items, half }, kept);
		settle(fixing,
		       (struct fixes){ fixes.items + half, fixes.count - half },
		       kept);
	}
}

/* The same thing is found again in each round. */
static bool was_refused(const struct fixing *fixing,
			const struct finding *finding)
{
	for (size_t i = 0; i < fixing->fix->refused.count; i++) {
		const struct finding *refused =
			fixing->fix->refused.items[i].finding;

		if (refused->rule == finding->rule &&
		    strcmp(refused->message, finding->message) == 0)
			return true;
	}
	return false;
}

static void forget_refused(const struct fixing *fixing)
{
	struct finding_list *findings = &fixing->unit->findings;

	for (size_t i = 0;
	     fixing->fix->refused.count && i < findings->list.count; i++)
		if (was_refused(fixing, &findings->list.items[i]))
			findings->list.items[i].fix.edits.count = 0;
}

/* Is it one that would be fixed now, in that document? */
static bool would_be_fixed(const struct fixing *fixing,
			   const struct finding *finding, uint32_t document)
{
	return finding->document == document &&
	       finding->severity >= fixing->fix->least &&
	       fix_is_possible(finding, FIX_SAFE);
}

/* The rule is asked whether it is selected or not: a file is no less another
 * program's because somebody looks for other things. */
static void find_managed(struct fixing *fixing)
{
	struct lint_unit *unit = fixing->unit;

	if (fixing->fix->level == FIX_SAFE)
		rule_run(fixing->arena, &unit->table, unit->local,
			 rule_find("managed-file"), &fixing->managed);
}

static void refuse_managed(const struct fixing *fixing)
{
	const struct finding_list *findings = &fixing->unit->findings;

	for (size_t i = 0; i < fixing->managed.list.count; i++) {
		const struct finding *managed = &fixing->managed.list.items[i];
		size_t k = 0;

		while (k < findings->list.count &&
		       !would_be_fixed(fixing, &findings->list.items[k],
				       managed->document))
			k++;
		if (k < findings->list.count)
			refuse(fixing, managed,
			       arena_printf(fixing->arena,
					    "not fixed without --fix=unsafe, "
					    "because %s",
					    managed->message));
	}
}

static void forget_managed(const struct fixing *fixing)
{
	struct finding_list *findings = &fixing->unit->findings;

	for (size_t i = 0; i < fixing->managed.list.count; i++)
		for (size_t k = 0; k < findings->list.count; k++)
			if (would_be_fixed(
				    fixing, &findings->list.items[k],
				    fixing->managed.list.items[i].document))
				findings->list.items[k].fix.edits.count = 0;
}

/* Those of the plan that can be believed. */
static struct fixes choose(const struct fixing *fixing,
			   const struct fix_plan *plan)
{
	struct fixes planned = { plan->findings.items, plan->findings.count };
	struct fix_plan kept = { 0 };

	if (!planned.count)
		return planned;
	settle(fixing, planned, &kept);
	planned = (struct fixes){ kept.findings.items, kept.findings.count };
	if (planned.count > 1 && planned.count < plan->findings.count &&
	    !hold(fixing, planned))
		planned.count = 1;
	return planned;
}

/* Makes the fixes of a level that can be made at once; *made tells how
 * many. */
static bool run_round(const struct fixing *fixing, enum fix_level level,
		      size_t *made)
{
	struct lint_unit *fixed = arena_alloc(fixing->arena, sizeof(*fixed));
	struct fix_plan plan;
	struct fixes fixes;

	forget_refused(fixing);
	forget_managed(fixing);
	fix_plan_make(fixing->arena, &fixing->unit->documents,
		      &fixing->unit->findings, level, fixing->fix->least,
		      &plan);
	fixes = choose(fixing, &plan);
	*made = fixes.count;
	if (!fixes.count)
		return true;
	if (!edit_documents(fixing, fixes, fixed) ||
	    !lint_judge_unit(fixing->fix->judge, fixed, fixing->failure))
		return false;
	*fixing->unit = *fixed;
	fixing->fix->made += fixes.count;
	return true;
}

/* Safe fixes come first and are looked at by themselves, so that none hides
 * behind an unsafe one. */
bool lint_fix_unit(struct lint_fix *fix, struct lint_unit *unit,
		   struct failure *failure)
{
	struct fixing fixing = {
		.fix = fix,
		.arena = fix->judge->gather->arena,
		.unit = unit,
		.failure = failure,
	};
	enum fix_level level = FIX_SAFE;
	size_t made;

	find_managed(&fixing);
	refuse_managed(&fixing);
	for (int round = 0; round < ROUNDS_MAX && level <= fix->level;
	     round++) {
		if (!run_round(&fixing, level, &made))
			return false;
		level = made ? FIX_SAFE : level + 1;
	}
	return true;
}

bool lint_fix_write(const struct root *root, const struct source *source,
		    struct str old, struct failure *failure)
{
	const int flags = O_RDONLY | O_NONBLOCK | O_CLOEXEC;
	int fd = root ? root_open_file(root, source->name, flags)
		      : open(source->name, flags);
	bool ok;

	if (fd < 0)
		return file_failure(failure, source->name, errno);
	ok = file_replace(fd, source->name, old, source->text, failure);
	close(fd);
	return ok;
}
