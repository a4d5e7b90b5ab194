/* What the mountd of this host says of itself: the list of exports that it
 * gives whoever asks, and where it has that from. Plain facts, filled by gather
 * for an audit. */
#ifndef MOUNTD_VIEW_H
#define MOUNTD_VIEW_H

#include "array.h"
#include "str.h"

struct announced_export {
	struct str path;		     /* foreign bytes */
	uint32_t first_client, client_count; /* none: everybody */
};

/* What is seen of the process beside the list. */
enum mountd_process {
	MOUNTD_UNSEEN,	      /* it is there, or not: nothing could be seen */
	MOUNTD_ABSENT,	      /* it is no rpc.mountd that answers */
	MOUNTD_READS_ETAB,    /* it has the etab open that was compared */
	MOUNTD_READS_ANOTHER, /* or another file */
};

struct mountd_view {
	ARRAY(struct announced_export) exports; /* in the order of the reply */
	ARRAY(struct str) clients;		/* foreign bytes */
	enum mountd_process process;
	bool edited; /* etab was written long after it was made, which exportfs
			does not do */
	const char *reads;   /* the path of the etab that it has open, as it has
				it, or NULL */
	bool elsewhere;	     /* in a mount namespace that is not ours */
	const char *program; /* of MOUNTD_ABSENT: what answers calls itself, or
				NULL */
};

#endif
