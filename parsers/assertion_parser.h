/* What should hold of a table of exports, one assertion on a line:
 *
 *     (allow|deny|expect) [RIGHT] [name=NAME] [sec=FLAVOR] [port=N] CLIENT PATH
 *
 * RIGHT is read, write, root, ro, rw or mount; it is one only where two more
 * words follow. "#" begins a comment. PATH may be a glob(7) pattern, and \ooo
 * in it is a byte.
 */
#ifndef ASSERTION_PARSER_H
#define ASSERTION_PARSER_H

#include "array.h"
#include "diag.h"
#include "source.h"

enum assertion_verb {
	ASSERT_ALLOW,  /* at least that right, for all */
	ASSERT_DENY,   /* not that right, for any */
	ASSERT_EXPECT, /* that right and, of ro and rw, no more, for all */
	ASSERT_VERBS,
};

enum assertion_right {
	ASSERT_READ,
	ASSERT_WRITE,
	ASSERT_ROOT,
	ASSERT_READ_ONLY,
	ASSERT_READ_WRITE,
	ASSERT_MOUNT,
	ASSERT_RIGHTS,
};

struct assertion {
	enum assertion_verb verb;
	enum assertion_right right;
	struct str name, sec; /* .data NULL: not said */
	uint16_t port;	      /* 0: not said */
	struct str client;
	struct str path; /* decoded */
	struct span span; /* of the line, without blanks around it */
};

struct assertions {
	ARRAY(struct assertion) list;
	struct diag_list diags; /* lines that are none; source 0 */
};

/* Reads the text of source, which must outlive the result. */
void assertions_parse(struct arena *arena, const struct source *source,
		      struct assertions *assertions);

#endif
