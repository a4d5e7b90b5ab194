/* Finds out who answers as this host's MOUNT service, and which etab it has
 * read. */
#ifndef MOUNTD_PROCESS_H
#define MOUNTD_PROCESS_H

#include "live_state.h"
#include "root.h"

/* Fills all but the list of view, from the times of etab and the processes of
 * the running host, whose root is given. The one that answers has a socket at
 * port, by the tables of live; mountd keeps the etab open that it has read last
 * (auth_reload in nfs-utils' support/export/auth.c). etab is the path of the
 * one to compare with. Only root sees the files of mountd. */
void mountd_process_look(struct arena *arena, const struct root *host,
			 const struct live_state *live, uint16_t port,
			 const char *etab, struct mountd_view *view);

#endif
