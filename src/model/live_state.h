/* What the running NFS server shows of itself; filled by gather for an audit.
 *
 * A part that is NULL could not be read; unchecked then says why, and nothing
 * is concluded from it.
 */
#ifndef LIVE_STATE_H
#define LIVE_STATE_H

#include "export_table.h"
#include "kernel_exports_parser.h"
#include "mount_lookup.h"
#include "mountd_view.h"
#include "nfsd_client_parser.h"
#include "nfsd_settings_parser.h"
#include "rmtab_parser.h"
#include "socket_table_parser.h"

/* Something that was not looked at. */
struct unchecked_fact {
	const char *what; /* a path inside the root, or words */
	const char *why;
};

enum etab_age {
	ETAB_CURRENT,	     /* no exports file is younger */
	ETAB_MAYBE_OUTDATED, /* the name, owner or mode of one is */
	ETAB_OUTDATED,	     /* the text of one is */
};

/* The table that exportfs wrote last. */
struct live_etab {
	uint32_t source; /* of the local state */
	struct str text;
	enum etab_age age;
};

/* Programs that the kernel's server asks. */
struct live_daemons {
	bool gssproxy, svcgssd, tlshd; /* they run */
	bool certificate; /* tlshd has one for servers, as far as is known */
};

struct live_state {
	ARRAY(struct unchecked_fact) unchecked;
	bool files_unread; /* there are exports files that nobody could read, so
			      what is in force can't be compared with them */

	const struct live_etab *etab;
	const struct export_table *in_force; /* that etab makes */
	const struct mountd_view *mountd;    /* NULL: not asked, or in vain */
	const struct rmtab *rmtab;
	uint32_t rmtab_source; /* of the local state */
	const struct kernel_exports *kernel_exports;
	const struct kernel_clients *kernel_clients;
	const struct nfsd_clients *nfs4_clients;
	const struct nfsd_versions *versions;
	const struct nfsd_ports *ports;
	const uint32_t *threads;
	const struct mount_lookup *mount_lookup; /* also NULL if it does not
						    matter */
	const struct live_daemons *daemons;	 /* also NULL if no export needs
						    one */
	const struct socket_table *tcp, *udp;
};

#endif
