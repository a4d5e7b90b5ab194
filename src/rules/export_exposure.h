/* The exposure of one export, a pair of path and client. */
#ifndef EXPORT_EXPOSURE_H
#define EXPORT_EXPOSURE_H

#include "exposure_weights.h"
#include "rule.h"

enum { EXPORT_REASONS_MAX = 9 }; /* one of each group of traits */

struct export_reason {
	uint8_t trait; /* enum exposure_trait */
	uint8_t tenths;
};

struct export_exposure {
	const struct export_entry *entry;
	uint8_t clients; /* enum exposure_clients */
	uint8_t tenths;	 /* the sum of those of the reasons */
	bool disk_known; /* otherwise how far made-up file handles get is not
			    counted */
	uint8_t count;
	struct export_reason reasons[EXPORT_REASONS_MAX]; /* by their traits */
};

/* Fills exposure for a loaded entry that those clients reach. Of several
 * security flavors the one counts by which most can be done. */
void export_exposure_find(const struct rule_run *run,
			  const struct export_entry *entry,
			  enum exposure_clients clients,
			  struct export_exposure *exposure);

#endif
