/* Which entry holds for an NFSv4 client that has walked to a path.
 *
 * A client begins at the root: the export of fsid=0, if there is one for
 * anybody, else a pseudo-root that leads to whatever is exported to him. Where
 * an entry lets him in, it holds for all of its file system, also for what is
 * exported once more below. Each mount point on the way has an entry of its own
 * or, with crossmnt, that of a directory above; else he sees what lies under
 * the mount.
 */
#ifndef EXPORT_WALK_H
#define EXPORT_WALK_H

#include "export_select.h"

struct export_selection export_walk(const struct export_question *question);

#endif
