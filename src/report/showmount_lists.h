/* The lines that nfs-utils' showmount prints of a server's lists, byte for
 * byte; its header lines are the caller's. Like its C strings, a name ends at
 * the first NUL. */
#ifndef SHOWMOUNT_LISTS_H
#define SHOWMOUNT_LISTS_H

#include <stdio.h>

#include "server_answer.h"

/* showmount -e: in the server's order. escape is for a terminal: what it must
 * not get raw appears as text_escape() writes it. */
void showmount_print_exports(FILE *out, bool escape,
			     const struct server_answer *answer);

enum showmount_column {
	SHOWMOUNT_HOSTS,	/* without option */
	SHOWMOUNT_MOUNT_POINTS, /* -a: host:directory */
	SHOWMOUNT_DIRECTORIES,	/* -d */
};

/* Sorted by bytes, each line once. arena gets what is needed meanwhile. */
void showmount_print_mounts(FILE *out, bool escape, struct arena *arena,
			    const struct server_answer *answer,
			    enum showmount_column column);

#endif
