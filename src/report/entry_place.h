/* Where an entry of a table stands, for output. */
#ifndef ENTRY_PLACE_H
#define ENTRY_PLACE_H

#include "export_table.h"
#include "resolved_owners.h"

struct entry_place {
	const char *file;
	uint32_t line, column; /* in bytes */
};

struct entry_place entry_place_of(struct arena *arena,
				  const struct export_table *table,
				  const struct export_entry *entry);

/* The client of an entry as it is written; "*" for everybody. */
struct str entry_client_text(struct arena *arena,
			     const struct export_table *table,
			     const struct export_entry *entry);

/* "uid 65534 (nobody)": whom anonymous users are in a policy. */
const char *policy_anonymous_text(struct arena *arena,
				  const struct export_table *table,
				  const struct resolved_owners *owners,
				  uint32_t policy);

#endif
