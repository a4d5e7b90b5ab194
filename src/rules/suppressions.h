/* What the admin does not want to hear of: comments in exports files and
 * waivers of the configuration. */
#ifndef SUPPRESSIONS_H
#define SUPPRESSIONS_H

#include "calendar_date.h"
#include "rule.h"

/* One rule that a comment names. */
struct suppressed_name {
	const struct rule *rule;
	struct span span; /* of the name in the document */
	bool used;
};

/* A comment for findings that begin in scope. */
struct suppression {
	uint32_t document;
	struct span scope;
	ARRAY(struct suppressed_name) names;
	calendar_date until; /* 0: for ever */
	struct finding_suppression told;
};

/* A comment that is none, and why. */
struct invalid_suppression {
	uint32_t document;
	struct span span;
	const char *message;
};

/* A waiver of the configuration: what is not given fits everything. */
struct waiver {
	ARRAY(const struct rule *) rules;
	const char *path; /* a pattern of fnmatch(3) without flags; NULL: all */
	const char *client; /* as the entry's client is called; NULL: all */
	const char *server; /* a pattern for the name of another one that is
			       audited; NULL: all, and this host */
	calendar_date until;
	struct finding_suppression told;
	struct span span; /* of its section in the configuration */
	bool used;
};

struct suppressions {
	calendar_date today;
	ARRAY(struct suppression) entries, files; /* comments for these */
	ARRAY(struct invalid_suppression) invalid;
	ARRAY(struct waiver) waivers;
	const char *server; /* the findings are about that one; NULL: this */
	uint32_t config; /* the configuration's number as a source of the
			    local state, for findings about waivers */
	bool whole;	 /* all files that waivers may speak of are there */
	const bool *ran; /* for each rule of the catalogue: whether it was
			    run, so that it may be said to have found nothing */
};

/* Is a day behind the last one of something? */
bool suppression_is_expired(const struct suppressions *suppressions,
			    calendar_date until);

/* Adds the comments of all documents. */
void suppressions_collect(struct arena *arena,
			  const struct export_documents *documents,
			  struct suppressions *suppressions);

/* Sets finding->suppressed where a comment or waiver holds, and notes which of
 * these were used. The findings must be sorted. */
void suppressions_apply(struct arena *arena, struct suppressions *suppressions,
			struct finding_list *findings);

/* Calls one function for each comment and one for each waiver. */
void suppressions_each(
	struct rule_run *run, const struct suppressions *suppressions,
	void (*comment)(struct rule_run *run,
			const struct suppressions *suppressions,
			const struct suppression *comment),
	void (*waiver)(struct rule_run *run,
		       const struct suppressions *suppressions,
		       const struct waiver *waiver));

#endif
