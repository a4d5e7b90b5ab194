/* Comments that tell exportctl what not to complain of:
 *
 *     # exportctl: ignore=RULE,... until=2027-01-31 reason="public mirror"
 *
 * ignore= stands for the entry beside or below the comment, ignore-file= for
 * the whole file. Values end at a blank, or stand in double quotes. */
#ifndef SUPPRESSION_COMMENT_H
#define SUPPRESSION_COMMENT_H

#include "array.h"
#include "calendar_date.h"
#include "source.h"

/* The name of a rule, as it is written. */
struct suppressed_rule {
	struct str name;
	struct span span; /* in the comment */
};

struct suppression_comment {
	bool file; /* ignore-file= */
	ARRAY(struct suppressed_rule) rules;
	calendar_date until;	/* the last day; 0: for ever */
	struct str reason;	/* .data NULL: none */
	const char *error;	/* what is wrong with it, or NULL */
	struct span error_span; /* in the comment */
};

/* Is the comment, "#" and what follows, one for exportctl? */
bool suppression_comment_is(struct str comment);

/* Reads such a comment. With an error nothing of it counts. */
void suppression_comment_parse(struct arena *arena, struct str comment,
			       struct suppression_comment *parsed);

#endif
