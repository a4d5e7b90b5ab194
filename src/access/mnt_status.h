/* What mountd answers to MNT of version 3 in the end. */
#ifndef MNT_STATUS_H
#define MNT_STATUS_H

#include "access_check.h"
#include "resolved_paths.h"

/* Of mountstat3 (RFC 1813), with its numbers. */
enum mnt_status {
	MNT_STATUS_UNKNOWN = -1,
	MNT_STATUS_OK = 0,
	MNT_STATUS_NO_ENTRY = 2,
	MNT_STATUS_ACCESS = 13,
	MNT_STATUS_NO_DIRECTORY = 20,
};

/* What a status other than OK means for a client that mountd has taken; NULL
 * for the others. */
const char *mnt_status_text(enum mnt_status status);

/* What the path of a question is. */
struct asked_path {
	enum path_kind kind;
	int error; /* PATH_MISSING: what stat(2) fails with */
};

/* The status for a question of NFSv3 and its answer, as get_rootfh of nfs-utils
 * 2.6.2 finds it for a server whose kernel can export the file system. UNKNOWN
 * for NFSv4, where names that were not asked decide, and where question->local
 * does not tell. */
enum mnt_status mnt_status_of(const struct export_question *question,
			      const struct access_answer *answer,
			      struct asked_path asked);

#endif
