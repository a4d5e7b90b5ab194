/* Who reaches a path: the exact addresses, the names and the netgroups, by what
 * they may do there. */
#ifndef EXPOSURE_H
#define EXPOSURE_H

#include "access_check.h"
#include "address_set.h"

enum exposure_right {
	EXPOSURE_ROOT, /* root stays root, or becomes it as anonymous */
	EXPOSURE_READ_WRITE,
	EXPOSURE_READ_ONLY,
	EXPOSURE_RIGHTS,
};

/* "root", "read-write", "read-only". */
const char *exposure_right_name(enum exposure_right right);

/* Addresses that no name is needed for, names, and netgroups. */
struct exposure_crowd {
	struct address_set addresses;
	/* names of hosts and patterns of them; netgroups with their @;
	 * networks whose masks have holes */
	ARRAY(struct str) names, netgroups, scattered;
	ARRAY(const struct export_entry *) entries; /* that decide */
	/* names, netgroups and masks that other entries decide for, also where
	 * the address is one of these */
	ARRAY(struct str) exceptions;
	bool has_exceptions;
};

/* Those who have the same right and become the same users. */
struct exposure_row {
	enum exposure_right right;
	bool read_only, root_squash, all_squash;
	uint32_t policy; /* number of one that grants it */
	int32_t anonuid, anongid;
	const struct security_flavor *flavors[SECURITY_FLAVORS_MAX];
	unsigned flavor_count;
	struct exposure_crowd crowd;
};

/* An entry of the path that decides for nobody. */
struct exposure_idle {
	const struct export_entry *entry;
	const char *why; /* foreign bytes */
};

struct exposure {
	ARRAY(struct exposure_row) rows; /* strongest right first */
	/* for whom the file systems of the server decide whether an entry
	 * holds, which are not known */
	struct exposure_crowd undecided;
	ARRAY(struct exposure_idle) idle;
	/* entries that matter here, for clients known by more than their
	 * address */
	ARRAY(const struct export_entry *) symbolic;
};

/* Finds out who reaches the path of the question, whose client is not looked
 * at. Only what wish grants counts. */
void exposure_find(struct arena *arena, const struct export_question *question,
		   const struct access_wish *wish, struct exposure *exposure);

bool exposure_crowd_is_empty(const struct exposure_crowd *crowd);

#endif
