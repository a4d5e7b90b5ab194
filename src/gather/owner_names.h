/* Names of the users and groups of a server. */
#ifndef OWNER_NAMES_H
#define OWNER_NAMES_H

#include <stdint.h>

#include "arena.h"
#include "root.h"

struct owner_names;

/* root must outlive the result, which lives in arena. The files are read when
 * the first name is wanted. With ask, libnfsidmap (nfs4_uid_to_name(3) and
 * idmapd.conf(5)) is asked for ids that the files don't have; it may wait for
 * the network, and says something only about the running host. */
struct owner_names *owner_names_new(struct arena *arena,
				    const struct root *root, bool ask);

/* The name of an id: the first entry that has it in /etc/passwd or /etc/group
 * below the root, else, with ask, libnfsidmap's without its @domain. NULL when
 * unknown. Foreign bytes: print it escaped. */
const char *owner_names_user(struct owner_names *names, uint32_t uid);
const char *owner_names_group(struct owner_names *names, uint32_t gid);

#endif
