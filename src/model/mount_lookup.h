/* How rpc.mountd finds a directory below an export that a client of NFSv3 wants
 * to mount; filled by gather for an audit. */
#ifndef MOUNT_LOOKUP_H
#define MOUNT_LOOKUP_H

#include <stdbool.h>
#include <stdint.h>

#include "str.h"

struct export_entry;

struct mount_lookup {
	uint32_t program; /* a source of the local state */
	/* As the user who mounts, with his rights after squashing, which is
	 * what nfs-utils 2.8.6 brought; false: as root, whatever is closed. */
	bool by_caller;
	bool can; /* it would, but for a setting of nfs.conf */
	/* An exported directory, or one just below it, that is closed to those
	 * who use the export: .data NULL if none was seen. */
	struct str closed;
	const struct export_entry *entry; /* of that export */
};

#endif
