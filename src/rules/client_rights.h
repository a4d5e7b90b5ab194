/* Whether the clients of a running server may still do what they do: for the
 * rules on live clients. */
#ifndef CLIENT_RIGHTS_H
#define CLIENT_RIGHTS_H

#include "live_reach.h"
#include "rule.h"

/* A file system, and the exported paths of the table that are on it or lead to
 * it. */
struct exported_device {
	struct nfsd_device device;
	struct str point; /* where it is mounted; .data NULL: not known */
	ARRAY(uint32_t) paths;
};

/* The entries of a table, whatever their paths. */
struct table_rights {
	struct arena *arena;
	const struct local_paths *paths; /* may be NULL */
	struct export_index index;
	struct path_entries all;
	ARRAY(struct exported_device) devices; /* those asked for */
	size_t asked;			       /* about them */
	bool domains_fit; /* it is in force, so that what the kernel remembers
			     of addresses holds for it */
};

void table_rights_build(struct rule_run *run, const struct export_table *table,
			struct table_rights *rights);

/* Has the client an entry anywhere in the table? MATCH_DEPENDS where names
 * decide, which neither the kernel remembers nor anybody asked for. */
enum match_answer table_rights_of(struct table_rights *rights,
				  const struct live_client *client);

/* Is it certain that no entry lets the client have a path by NFSv3? */
bool table_rights_lack(struct table_rights *rights,
		       const struct live_client *client, struct str path);

/* Is it certain that no entry gives the client anything of a file system by
 * NFSv4? Then *point is where that is mounted. Where several exports lie on one
 * file system, it is not known which of them a client holds something in. */
bool table_rights_lack_device(struct table_rights *rights,
			      const struct live_client *client,
			      struct nfsd_device device, struct str *point);

#endif
