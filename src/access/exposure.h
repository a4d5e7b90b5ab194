/* Who reaches a path: the exact addresses, the names and the netgroups, by what
 * they may do there. */
#ifndef EXPOSURE_H
#define EXPOSURE_H

#include "access_check.h"
#include "address_set.h"

enum exposure_right {
	EXPOSURE_ROOT, /* root stays root */
	EXPOSURE_READ_WRITE,
	EXPOSURE_READ_ONLY,
	EXPOSURE_RIGHTS,
};

/* "root", "read-write", "read-only". */
const char *exposure_right_name(enum exposure_right right);

/* Those who have the same right through the same options. */
struct exposure_row {
	enum exposure_right right;
	const struct export_policy *policy;
	uint32_t policy_number;
	const struct security_flavor *flavors[SECURITY_FLAVORS_MAX];
	unsigned flavor_count;
	struct address_set addresses;
	ARRAY(struct str) names;     /* of hosts, and patterns of them */
	ARRAY(struct str) netgroups; /* with their @ */
	ARRAY(const struct export_entry *) entries; /* that decide */
};

struct exposure {
	ARRAY(struct exposure_row) rows; /* strongest right first */
	bool scattered; /* masks with holes are left out of the addresses */
	bool unknown_file_systems; /* who decides over NFSv4 is not known for
				      some addresses, which are left out */
};

/* Finds out who reaches the path of the question, whose client is not looked
 * at. Addresses are those of hosts without a name that a pattern or netgroup
 * fits; entries for names are told as names. Only what wish grants counts. */
void exposure_find(struct arena *arena, const struct export_question *question,
		   const struct access_wish *wish, struct exposure *exposure);

#endif
