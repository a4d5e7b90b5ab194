/* The difference between what the exports files say and what etab, the table
 * that is in force, holds. */
#ifndef EXPORT_DRIFT_H
#define EXPORT_DRIFT_H

#include "export_table.h"
#include "strbuf.h"

enum drift_kind {
	DRIFT_MISSING,	  /* the files have it, etab does not */
	DRIFT_EXTRA,	  /* etab has it, the files don't */
	DRIFT_OPTIONS,	  /* both have it, with other options */
	DRIFT_OTHER_NAME, /* etab has it for a host that may be the same one */
	DRIFT_MOVED, /* etab has it for the path where a link led; not found
			here, but by etab_drift_find() */
};

struct export_drift {
	enum drift_kind kind;
	const struct export_entry *entry; /* of the files; NULL: extra */
	struct span line; /* of etab, without its newline; { 0 }: missing */
	struct str path, client; /* as etab spells them */
	struct str wanted;	 /* options by the files */
	struct str found;	 /* options in etab */
	struct str found_path;	 /* of DRIFT_MOVED: path in etab */
	struct str found_client; /* where etab may spell it in another way */
};

struct export_drifts {
	ARRAY(struct export_drift) list;
};

/* Compares the table of the files with the text of etab, which must outlive the
 * result. Those of the files come first, in the order of etab, then the extra
 * ones. Lines of etab that are none, and doubled ones, are extra. Where the
 * table was built without asking for names, export_renames.h says which lines
 * may be those of one host. */
void export_drift_find(struct arena *arena, const struct export_table *table,
		       struct str etab, struct export_drifts *drifts);

/* Do two lists of options of etab come to the same? */
bool export_drift_same(struct str a, struct str b);

/* Appends a list of options, such that what comes to the same becomes equal. */
void export_drift_add_options(struct strbuf *out, struct str options);

/* The options of one list that the other has not, with commas: "rw,insecure".
 * For people. */
const char *export_drift_options(struct arena *arena, struct str options,
				 struct str without);

#endif
