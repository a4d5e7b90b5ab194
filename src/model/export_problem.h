/* The kinds of diagnostics that an export table has. */
#ifndef EXPORT_PROBLEM_H
#define EXPORT_PROBLEM_H

enum export_problem {
	PROBLEM_NONE,
	/* exportfs stops reading the file */
	PROBLEM_EMPTY_PATH,
	PROBLEM_CONTROL_AT_PATH, /* CR, VT or FF where a path should begin */
	PROBLEM_PATH_TOO_LONG,
	PROBLEM_CLIENT_TOO_LONG,
	PROBLEM_DEFAULTS_TOO_LONG,
	PROBLEM_UNCLOSED_OPTIONS,    /* host(rw */
	PROBLEM_TEXT_BEHIND_OPTIONS, /* host(rw)x */
	PROBLEM_UNKNOWN_OPTION,
	PROBLEM_EMPTY_OPTION,
	PROBLEM_OPTION_TOO_NEW, /* for the target */
	PROBLEM_BAD_VALUE,	/* of a known option */
	/* a client is left out */
	PROBLEM_BAD_NETWORK, /* address, netmask or prefix */
	PROBLEM_UNRESOLVED,
	PROBLEM_DUPLICATE,
	/* more than that is lost */
	PROBLEM_ABORT,	/* exportfs aborts */
	PROBLEM_REREAD, /* mountd can't read it back from etab */
	/* loaded, but hardly as meant */
	PROBLEM_UNCLOSED_QUOTE,
	EXPORT_PROBLEMS,
};

#endif
