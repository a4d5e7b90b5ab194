/* Differences between etab and the list of exports that mountd answers with.
 *
 * mountd makes its list of what it has read from etab (get_exportlist in
 * nfs-utils' utils/mountd/mountd.c): of a path that is exported to everybody
 * it names nobody else, and it leaves hosts out that a network, a pattern or a
 * netgroup of the same path has as well. That is no difference, nor is a path
 * that etab writes so and that has become a link since.
 */
#ifndef MOUNTD_DRIFT_H
#define MOUNTD_DRIFT_H

#include "export_table.h"
#include "mountd_view.h"

enum mountd_drift_kind {
	MOUNTD_LACKS_PATH,   /* etab has it, the list does not */
	MOUNTD_HAS_PATH,     /* the list has it, etab does not */
	MOUNTD_LACKS_CLIENT, /* the same for a client of a path of both */
	MOUNTD_HAS_CLIENT,   /* which is "*" for everybody */
};

struct mountd_drift {
	enum mountd_drift_kind kind;
	const struct export_entry *entry; /* of etab; NULL: it has none. For
					     LACKS_PATH the first of the path */
	struct str path;   /* as etab has it; of HAS_PATH the list's */
	struct str client; /* as etab has it; of HAS_CLIENT the list's */
	bool by_name; /* names of hosts alone decide whether mountd has it */
};

struct mountd_drifts {
	ARRAY(struct mountd_drift) list;
	size_t paths, announced; /* of etab; of the list */
	size_t common;		 /* paths of both */
};

/* Compares the table that etab makes, whose names need not have been asked,
 * with what mountd announces. Differences of etab's paths come first, in their
 * order, then paths that only the list has. */
void mountd_drift_find(struct arena *arena, const struct export_table *in_force,
		       const struct mountd_view *view,
		       struct mountd_drifts *drifts);

#endif
