/* How far a client that makes up file handles gets beyond the exported
 * directory. */
#ifndef FILE_SYSTEM_REACH_H
#define FILE_SYSTEM_REACH_H

#include "path_rules.h"

enum file_system_reach {
	REACH_UNKNOWN, /* the mount is not known */
	REACH_EXPORT,  /* no further */
	REACH_REST,    /* the rest of its file system */
	REACH_SYSTEM,  /* that is the one with /etc or /boot */
};

enum file_system_reach file_system_reach_of(const struct rule_run *run,
					    const struct export_entry *entry);

#endif
