/* Reads nfs.conf(5) or idmapd.conf(5) as nfs-utils does: the file, then the
 * *.conf of the folder next to it, and what they include. */
#ifndef CONFIG_FILES_H
#define CONFIG_FILES_H

#include "local_state.h"
#include "root.h"
#include "server_config.h"
#include "target.h"

/* What name, "nfs.conf", is made up of below the root: since nfs-utils 2.7.1
 * /usr/etc/NAME and /usr/etc/NAME.d/x.conf, then those of /etc. Each file read
 * is a source of state.
 *
 * NULL if there is no such file at all, or if one can't be read, so that it is
 * not known what holds. */
const struct server_config *config_files_read(struct arena *arena,
					      const struct root *root,
					      version_number nfs_utils,
					      const char *name,
					      struct local_state *state);

/* Are the files of this name in NAME.d read? */
bool config_files_counts(const char *name);

#endif
