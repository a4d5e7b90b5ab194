/* Both programs on the same files, and whether they agree. */
#ifndef VERDICT_H
#define VERDICT_H

#include "exports_case.h"
#include "program_run.h"

enum verdict {
	VERDICT_SAME,
	VERDICT_DIFFERENT,
	VERDICT_UNDECIDED, /* exportfs crashed: there is no right answer */
};

/* Start with the paths of the two programs, of the library that makes exportfs
 * deterministic, and zeros. */
struct contest {
	const char *exportfs, *exportctl, *clear_stack;

	/* what exportfs -ra said and wrote, and what exportfs -v said */
	struct program_run load, listing;
	struct strbuf etab;
	/* show --format etab, show --format exportfs */
	struct program_run our_etab, our_listing;
	struct program_run our_fix; /* lint --fix */

	const char *difference; /* what differs, or why it is undecided */
};

/* Installs the files, runs both programs, compares etab (content and order),
 * the listing, and the exit status: 0 or 1, and not 0 when exportfs says that
 * it has lost something. Then lets lint --fix repair the files, after which
 * exportfs must write the same etab. */
enum verdict contest_run(struct contest *contest,
			 const struct exports_case *exports);

/* The same with exportfs only; false if it crashed. */
bool contest_run_exportfs(struct contest *contest,
			  const struct exports_case *exports);

/* Whether exportfs gives different results from run to run; sets
 * difference to say so. */
bool contest_is_unstable(struct contest *contest,
			 const struct exports_case *exports);

/* Adds to text what the two programs said where they differ. */
void contest_describe(const struct contest *contest, struct strbuf *text);

#endif
