/* Finds out which etab the running rpc.mountd has read. */
#ifndef MOUNTD_PROCESS_H
#define MOUNTD_PROCESS_H

#include "arena.h"
#include "mountd_view.h"
#include "root.h"

/* Fills view->process and view->reads from /proc of the running host, whose
 * root is given: mountd keeps the etab open that it has read last (auth_reload
 * in nfs-utils' support/export/auth.c). etab is the path of the one to compare
 * with. Only root sees the files of mountd. */
void mountd_process_look(struct arena *arena, const struct root *host,
			 const char *etab, struct mountd_view *view);

#endif
