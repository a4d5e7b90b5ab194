/* A lint rule: one file, rule_<slug with underscores>.c, that defines
 *
 *     const struct rule rule_<slug> = { .slug = "<slug-with-dashes>", … };
 *
 * The build finds it by its file name. Its texts feed explain and the manual;
 * bad and good are run by the catalogue's test: bad raises the rule, good
 * does not.
 *
 * A rule reports what the server will do, in one sentence, with the names and
 * numbers of the file. It looks at entries that are loaded; what is not
 * loaded is told by the rules of diagnostics (problems below).
 */
#ifndef RULE_H
#define RULE_H

#include "export_problem.h"
#include "finding.h"
#include "local_state.h"

/* What a rule has to know besides the text. */
enum rule_need {
	NEEDS_TEXT = 0,
	NEEDS_FILES = 1,   /* the file system below the root */
	NEEDS_NAMES = 2,   /* name services */
	NEEDS_LIVE = 4,	   /* the running server */
	NEEDS_REMOTE = 8,  /* another server */
	NEEDS_MOUNTD = 16, /* an answer of the mountd that runs here */

	/* something of a server besides its exports files */
	NEEDS_SERVER = NEEDS_FILES | NEEDS_LIVE | NEEDS_REMOTE | NEEDS_MOUNTD,
};

/* Why the severity of a finding depends on the entry: it goes up for world,
 * broad and public clients, down for read-only and for krb5i, krb5p or mtls.
 * A rule that is about one of these itself names it here, and is not moved by
 * it. */
enum rule_trait {
	TRAIT_NONE = 0,
	TRAIT_CLIENTS = 1,
	TRAIT_ACCESS = 2,
	TRAIT_SECURITY = 4,
	TRAIT_ALL = 7, /* the severity is fixed */
};

struct rule_run;
struct suppressions;

struct rule {
	const char *slug;
	enum severity severity;
	unsigned needs;	 /* enum rule_need */
	unsigned traits; /* enum rule_trait */
	bool explains;	 /* that all is well where it may not seem so: only with
			    --explain, whatever its severity */
	bool loses; /* exports are lost through what its checks find; that of
			problems is known */
	const char *summary;	/* what it finds; lower case, no full stop */
	const char *rationale;	/* why it matters, in sentences */
	const char *remedy;	/* what to do, in sentences */
	const char *bad, *good; /* exports files; of a rule on files the part
				   of one that shows it, and its trees are in
				   tests/fixtures/rules/<slug>/ */
	const char *const *references; /* ends with NULL; or NULL. Ids of the
					  catalogues that compliance.h knows
					  begin with its name: "STIG " */

	/* Either the diagnostics that it reports, ending with PROBLEM_NONE … */
	const enum export_problem *problems;
	/* with what repairs one, or NULL … */
	void (*repair)(struct rule_run *run, struct finding *finding,
		       enum export_problem problem);
	/* … or a check of each loaded entry, in the order of loading … */
	void (*check_entry)(struct rule_run *run,
			    const struct export_entry *entry);
	/* … or one of the whole table … */
	void (*check_table)(struct rule_run *run);
	/* … or one of what was done about all other findings. */
	void (*check_suppressions)(struct rule_run *run,
				   const struct suppressions *suppressions);
};

/* One pass of the rules over a table. */
struct rule_run {
	struct arena *arena;
	const struct export_table *table;
	const struct local_state *local; /* not NULL for rules on files */
	const struct rule *rule;	 /* that is being checked */
	struct finding_list *findings;
};

/* Reports on an entry, at span in its document. The severity is composed.
 * The address is valid until the next report. */
struct finding *rule_report(struct rule_run *run,
			    const struct export_entry *entry, struct span span,
			    const char *format, ...)
	__attribute__((format(printf, 4, 5)));

/* Reports on a place that no entry stands for; the severity is the rule's. */
struct finding *rule_report_place(struct rule_run *run, uint32_t document,
				  struct span span, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

/* Reports on a source of the local state: span { 0 } is the file as a whole. */
struct finding *rule_report_local(struct rule_run *run, uint32_t source,
				  struct span span, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

/* Adds an edit to the finding's fix; edits come in the order of the text. None
 * is added that takes one of two quotes away, since all behind it would mean
 * something else. */
void rule_edit(struct rule_run *run, struct finding *finding, struct span span,
	       const char *text);

/* Makes a finding some steps less severe, info at the least. */
static inline void rule_lower(struct finding *finding, int steps)
{
	int severity = (int)finding->severity - steps;

	finding->severity = severity < SEVERITY_INFO ? SEVERITY_INFO
						     : (enum severity)severity;
}

/* Adds another entry that the finding is about. */
void rule_relate(struct rule_run *run, struct finding *finding,
		 const struct export_entry *entry, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

/* The source of a finding's or place's document. */
struct source *rule_source(const struct export_table *table,
			   const struct local_state *local, uint32_t document);

/* The client and the policy of a loaded entry. */
static inline const struct export_client *
rule_client(const struct rule_run *run, const struct export_entry *entry)
{
	return &run->table->clients.list.items[entry->client];
}

static inline const struct export_policy *
rule_policy(const struct rule_run *run, const struct export_entry *entry)
{
	return &run->table->policies.list.items[entry->policy];
}

#endif
