/* The kinds of diagnostics that an export table has. */
#ifndef EXPORT_PROBLEM_H
#define EXPORT_PROBLEM_H

#include <stdbool.h>

enum export_problem {
	PROBLEM_NONE,
	/* exportfs stops reading the file */
	PROBLEM_EMPTY_PATH,
	PROBLEM_CONTROL_AT_PATH, /* CR, VT or FF where a path should begin */
	PROBLEM_PATH_TOO_LONG,
	PROBLEM_CLIENT_TOO_LONG,
	PROBLEM_DEFAULTS_TOO_LONG,
	PROBLEM_UNCLOSED_OPTIONS,     /* host(rw */
	PROBLEM_BLANK_IN_OPTIONS,     /* host(rw, sync) */
	PROBLEM_EXTRA_PARENTHESIS,    /* host((rw)) */
	PROBLEM_TEXT_BEHIND_OPTIONS,  /* host(rw)x */
	PROBLEM_BACKSLASH_AT_OPTIONS, /* host(rw)\ and no newline */
	PROBLEM_UNKNOWN_OPTION,
	PROBLEM_EMPTY_OPTION,
	PROBLEM_OPTION_TOO_NEW, /* for the target */
	PROBLEM_BAD_ANON_ID,	/* anonuid=, anongid= */
	PROBLEM_BAD_FSID,
	PROBLEM_BAD_REEXPORT, /* its value, or its place beside fsid= */
	PROBLEM_BAD_SQUASH_RANGE,
	PROBLEM_UNKNOWN_FLAVOR,
	PROBLEM_UNKNOWN_XPRTSEC_MODE,
	/* the same, but nothing stands behind it: nothing is lost */
	PROBLEM_CR_AT_END,	/* CR */
	PROBLEM_CONTROL_AT_END, /* VT or FF */
	/* a client is left out */
	PROBLEM_BAD_NETWORK,	/* address, netmask or prefix */
	PROBLEM_JOINED_CLIENTS, /* networks with a comma between them */
	PROBLEM_UNRESOLVED,
	PROBLEM_DUPLICATE,
	/* more than that is lost */
	PROBLEM_ABORT, /* exportfs aborts */
	/* mountd can't read it back from etab */
	PROBLEM_REREAD_TOO_LONG, /* reading stops at a word of this line */
	PROBLEM_REREAD_STOPS,	 /* reading stops here, for another reason */
	PROBLEM_REREAD_MERGED,	 /* it is read as a part of another */
	PROBLEM_REREAD_CHANGED,	 /* it is read as another one */
	PROBLEM_REREAD_DUPLICATE,
	PROBLEM_REREAD_UNRESOLVED,
	/* loaded, but hardly as meant; or reading stops */
	PROBLEM_UNCLOSED_QUOTE,
	EXPORT_PROBLEMS,
};

/* Are exports lost through it? */
static inline bool export_problem_loses(enum export_problem problem)
{
	switch (problem) {
	case PROBLEM_NONE:
	case PROBLEM_CR_AT_END:
	case PROBLEM_CONTROL_AT_END:
	case PROBLEM_DUPLICATE:
	case PROBLEM_UNCLOSED_QUOTE:
	case EXPORT_PROBLEMS:
		return false;
	default:
		return true;
	}
}

#endif
