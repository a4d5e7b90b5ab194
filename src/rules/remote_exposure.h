/* The exposure of another server, by what it shows of itself. */
#ifndef REMOTE_EXPOSURE_H
#define REMOTE_EXPOSURE_H

#include "exposure_weights.h"
#include "rule.h"

struct remote_reason {
	const struct exposure_weight *weight;
	uint8_t tenths;
};

struct remote_exposure {
	bool known;	/* otherwise it showed nothing */
	uint8_t tenths; /* the sum of those of the reasons */
	uint8_t count;
	struct remote_reason reasons[EXPOSURE_REASONS_MAX]; /* heaviest first */
};

/* table and local: as lint_judge_survey() judges them. */
void remote_exposure_find(const struct export_table *table,
			  const struct local_state *local,
			  struct remote_exposure *exposure);

#endif
