/* What the clients of a running server may do now, by the table in force. */
#ifndef LIVE_REACH_H
#define LIVE_REACH_H

#include "access_check.h"
#include "live_clients.h"

/* An export that a client may use. */
struct reached_export {
	struct str path;
	unsigned versions; /* bit n: by version n of NFS, 3 or 4 */
	/* That holds for the client, or may, by the first of them; NULL where
	 * it is not known which one, because file systems decide. */
	const struct export_entry *entry;
	enum access_verdict verdict; /* allowed by one of them, or depends */
	/* The most that a version and flavor give: writing counts more than
	 * that root stays root. */
	bool writes, root;
	bool kerberos; /* no other flavor gives as much */
};

struct reached_exports {
	bool complete; /* false: they are too many to be listed */
	ARRAY(struct reached_export) list; /* by path */
};

/* One client of live_clients. */
struct client_reach_now {
	uint32_t reach; /* number in live_reach.list; UINT32_MAX: not known,
			   since its address is not */
	/* Whether an entry lets it have each of its mounts; NULL: it is not
	 * known. */
	const enum access_verdict *mounts;
};

struct live_reach {
	const struct export_table *table;
	/* Clients that are alike to the table share one. */
	ARRAY(struct reached_exports) list;
	struct client_reach_now *clients; /* in the order of live_clients */
};

/* Is what the kernel remembers of an address of any use with that table? The
 * names in it are divided by commas. */
bool live_reach_domains_fit(const struct export_table *table);

/* The client as it asks. domains_fit is what the function above says. */
struct access_client live_reach_asking(const struct live_client *client,
				       bool domains_fit);

/* Does an entry let the client in over NFSv3, at path or above it? */
enum access_verdict live_reach_mount(struct export_index *index,
				     const struct access_client *asking,
				     struct str path);

/* Judges all clients, by all versions of NFS that are served, NULL: that may
 * be. paths may be NULL. All of it must outlive the result, which lives in
 * arena. */
void live_reach_build(struct arena *arena, const struct export_table *table,
		      const struct local_paths *paths,
		      const struct nfsd_versions *versions,
		      const struct live_clients *clients,
		      struct live_reach *reach);

#endif
