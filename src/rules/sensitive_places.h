/* Directories of a system that hold more than data for clients. */
#ifndef SENSITIVE_PLACES_H
#define SENSITIVE_PLACES_H

#include "export_policy.h"

struct sensitive_place {
	const char *path;
	bool below;	 /* what lies below it counts as well */
	bool if_written; /* only where somebody may write */
	bool if_sys;	 /* only with sec=sys, and one level less severe */
	const char *holds;
};

/* The place that an export of path with that policy opens, or NULL. */
const struct sensitive_place *
sensitive_place_of(const struct export_policy *policy, struct str path);

#endif
