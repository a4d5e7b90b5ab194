/* The tree whose files are looked at: the host's, or the one of --root.
 *
 * Paths below another root mean what they mean after chroot(DIR): ".." ends at
 * DIR, absolute links start there, and nothing leads out.
 */
#ifndef ROOT_H
#define ROOT_H

#include <sys/types.h>

#include "failure.h"

struct root {
	int fd;		  /* O_PATH */
	const char *path; /* as given; belongs to the caller */
	bool is_host;	  /* the root of this process */
	uid_t owner_uid;  /* who is root in it: 0, or who unpacked the tree */
	gid_t owner_gid;  /* for himself, to whom its "/" belongs */
};

/* Opens the directory at path, NULL for "/". is_host is told by the directory
 * itself, not by its spelling: "//" is the host, /proc/PID/root of a container
 * is not. */
bool root_open(const char *path, struct root *root, struct failure *failure)
	__attribute__((warn_unused_result));

void root_close(struct root *root);

/* Opens path inside the root, from its "/", with open(2)'s flags; O_CLOEXEC is
 * added. For reading only: no O_CREAT. Returns a descriptor, or -1 and errno as
 * open(2) sets it after chroot(2), but for links of the kind of /proc/PID/fd,
 * which give ELOOP. */
int root_open_file(const struct root *root, const char *path, int flags);

/* Opens a regular file inside the root for reading; what is none, a device or
 * FIFO that never ends, gives EINVAL. */
int root_open_regular(const struct root *root, const char *path);

/* Is there something of that name, be it a link that leads nowhere? */
bool root_has(const struct root *root, const char *path);

/* The same as root_open_file step by step, for kernels before 5.6 and
 * sandboxes, which have no openat2(2). Links of /proc are taken as the text
 * that they show. Public for tests. */
int root_open_file_stepwise(const struct root *root, const char *path,
			    int flags);

#endif
