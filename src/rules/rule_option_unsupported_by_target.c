#include "rule.h"

/* Options that an older kernel accepts and ignores. */
static const struct {
	enum export_option_id option;
	const char *name;
	version_number since;
	const char *effect;
} rows[] = {
	{ OPTION_XPRTSEC, "xprtsec=", VERSION_NUMBER(6, 4, 0),
	  "clients without TLS are let in" },
	/* No kernel that this program knows has it; what is written for the
	 * newest one is not judged. */
	{ OPTION_SIGN_FH, "sign_fh", KERNEL_NEWEST,
	  "file handles are not signed" },
};

static void check_option(struct rule_run *run, size_t row,
			 const struct export_entry *entry, struct span *last)
{
	version_number kernel = run->table->input.rules.target.kernel;
	char text[VERSION_TEXT];
	struct span span;

	if (!export_entry_has_option(run->table, entry, rows[row].option))
		return;
	span = export_entry_option_span(run->arena, run->table, entry,
					rows[row].option);
	if (span.begin == last->begin && span.end == last->end)
		return; /* one list of defaults is one cause */
	*last = span;
	rule_report(run, entry, span, "Linux %s ignores %s: %s",
		    version_text(kernel, text), rows[row].name,
		    rows[row].effect);
}

static void check(struct rule_run *run)
{
	version_number kernel = run->table->input.rules.target.kernel;

	for (size_t row = 0; row < sizeof(rows) / sizeof(*rows); row++) {
		struct span last = { 0 };

		if (!kernel || kernel >= rows[row].since)
			continue;
		for (size_t i = 0; i < run->table->entries.count; i++) {
			const struct export_entry *entry =
				&run->table->entries.items[i];

			if (entry->state == EXPORT_LOADED)
				check_option(run, row, entry, &last);
		}
	}
}

const struct rule rule_option_unsupported_by_target = {
	.slug = "option-unsupported-by-target",
	.severity = SEVERITY_HIGH,
	.traits = TRAIT_ALL,
	.summary = "an option that is too new for the server",
	.rationale = "An older exportfs stops reading the file at an option "
		     "that it does not know, and withdraws what stands behind "
		     "it. An older kernel ignores xprtsec= and sign_fh without "
		     "a word, so that the protection exists in the file only.",
	.remedy = "Delete the option, or upgrade the server; --target names "
		  "the versions that are judged for.",
	.bad = "/srv/data 10.1.0.0/24(rw,xprtsec=mtls)\n/srv/more "
	       "10.1.0.0/24(ro)\n",
	.good = "/srv/data 10.1.0.0/24(rw)\n/srv/more 10.1.0.0/24(ro)\n",
	.references =
		(const char *const[]){ "exports(5), General Options", NULL },
	.problems = (const enum export_problem[]){ PROBLEM_OPTION_TOO_NEW,
						   PROBLEM_NONE },
	.check_table = check,
};
