/* Which nfs-utils and which kernel a server has. */
#ifndef SERVER_VERSION_H
#define SERVER_VERSION_H

#include <stdint.h>

#include "root.h"
#include "target.h"

/* Fills target: nfs-utils from the bytes of usr/sbin/rpc.mountd below the root
 * (it is never run), the kernel from uname(2) when the root is the host's.
 * What can't be told is the newest version known. */
void server_version_detect(const struct root *root, struct target *target);

/* The version that an rpc.mountd shows with --version, out of its bytes. False
 * if there is none. */
bool server_version_find(struct str program, version_number *version);

/* The mask of options that the server's kernel takes per security flavor: the
 * second word of proc/fs/nfsd/export_features below the root. 0xd, which
 * exportfs assumes, when the file is missing or malformed. */
uint32_t server_version_flavor_mask(const struct root *root);

#endif
