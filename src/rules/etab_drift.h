/* Differences between the exports files and etab, and where they may come
 * from: for the rules on drift. */
#ifndef ETAB_DRIFT_H
#define ETAB_DRIFT_H

#include "export_drift.h"
#include "id_table.h"
#include "live_state.h"
#include "rule.h"

struct etab_drift {
	struct export_drifts drifts;
	struct id_table lost; /* entries of the files that errors keep from
				 being loaded, by path and client */
};

/* Finds them; false if there is no etab to compare with. What is missing and
 * leads through a link is one with the line of the same client and options that
 * etab has for another path: the one that is written, or, where the files are
 * not newer than etab, any. */
bool etab_drift_find(struct rule_run *run, struct etab_drift *found);

/* Were the files changed, or perhaps changed, after exportfs wrote etab? */
bool etab_drift_is_unapplied(const struct rule_run *run);

/* The entry of the files, lost for an error, that would have given an extra
 * line of etab; NULL if there is none. */
const struct export_entry *etab_drift_lost(struct rule_run *run,
					   const struct etab_drift *found,
					   const struct export_drift *drift);

/* A path as it is, not as etab spells it: for findings. */
struct str etab_drift_path(struct rule_run *run, struct str in_etab);

/* Reports on a line of etab. */
struct finding *etab_drift_report(struct rule_run *run,
				  const struct export_drift *drift,
				  const char *format, ...)
	__attribute__((format(printf, 3, 4)));

#endif
