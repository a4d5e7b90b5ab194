/* The exposure of a server: of its exports, and of what is known of itself. */
#ifndef SERVER_EXPOSURE_H
#define SERVER_EXPOSURE_H

#include "export_exposure.h"

struct server_reason {
	const struct exposure_weight *weight; /* NULL: the most exposed export,
						 the first of the list */
	uint8_t tenths;
};

struct server_exposure {
	uint8_t tenths;			     /* the sum of those of reasons */
	ARRAY(struct server_reason) reasons; /* the export first */
	ARRAY(struct export_exposure)
	exports;			/* the most exposed first, else
					   in the order of loading */
	size_t levels[EXPOSURE_LEVELS]; /* how many exports are of each */
	/* What is not counted because it isn't known, for people. */
	ARRAY(const char *) not_counted;
};

/* Finds the exposure of a server whose table and local state are known, as an
 * audit gathers them. Linear in the table, but for sorting the entries of each
 * path. */
void server_exposure_find(struct arena *arena, const struct export_table *table,
			  const struct local_state *local,
			  struct server_exposure *exposure);

#endif
