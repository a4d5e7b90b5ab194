/* The MOUNT protocol, versions 1 to 3 (RFC 1813, appendix I; RFC 1094,
 * appendix A). EXPORT and DUMP are the same in all of them. */
#ifndef MOUNT_PROTOCOL_H
#define MOUNT_PROTOCOL_H

#include "rpc_exchange.h"
#include "server_answer.h"

enum {
	MOUNT_PROGRAM = 100005,
	MOUNT_NULL = 0,
	MOUNT_MNT = 1,
	MOUNT_DUMP = 2,
	MOUNT_UMNT = 3,
	MOUNT_EXPORT = 5,
	MOUNT_FLAVORS_MAX = 32, /* of one export; there are eight in all */
};

/* Decodes a list while it arrives, entry by entry, in a loop. */
struct mount_list_sink {
	struct server_answer *answer; /* gets the entries */
	uint32_t max_nodes;	      /* exports, groups and mounts */

	/* where decoding goes on */
	size_t at; /* 0: at the results */
	bool in_groups;
	uint32_t nodes;
};

/* A take of struct reply_sink for EXPORT; its context is a struct
 * mount_list_sink. Offsets of texts are those of the message. */
enum sink_need mount_take_exports(void *context, struct str message,
				  size_t results, bool complete);

/* The same for DUMP. */
enum sink_need mount_take_mounts(void *context, struct str message,
				 size_t results, bool complete);

/* Adds the argument of MNT and UMNT. */
void mount_add_path(struct strbuf *arguments, struct str path);

/* The results of MNT. */
struct mount_mnt_sink {
	uint32_t version;
	uint32_t status; /* mountstat3: 0 is success, else of errno(3) */
	uint32_t flavors[MOUNT_FLAVORS_MAX]; /* of version 3 */
	uint32_t flavor_count;
};

/* A take of struct reply_sink for MNT; its context is a struct
 * mount_mnt_sink. */
enum sink_need mount_take_mnt(void *context, struct str message, size_t results,
			      bool complete);

#endif
