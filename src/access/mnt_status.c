#include "mnt_status.h"

#include <errno.h>

#include "local_paths.h"

const char *mnt_status_text(enum mnt_status status)
{
	switch (status) {
	case MNT_STATUS_NO_ENTRY:
		return "MNT answers 2, for there is no such path, or nothing "
		       "is mounted where the entry wants it";
	case MNT_STATUS_ACCESS:
		return "MNT answers 13, for the path can't be reached, or it "
		       "is another file system than the export, which has no "
		       "`crossmnt`";
	case MNT_STATUS_NO_DIRECTORY:
		return "MNT answers 20, for the path is neither a directory "
		       "nor a file";
	default:
		return NULL;
	}
}

enum mnt_status mnt_status_of(const struct export_question *question,
			      const struct access_answer *answer,
			      struct asked_path asked)
{
	if (question->nfs_version != 3 || answer->verdict == ACCESS_DEPENDS)
		return MNT_STATUS_UNKNOWN;
	if (!answer->authenticated)
		return MNT_STATUS_ACCESS;
	if (!question->local || !question->local->mounts_known ||
	    asked.kind == PATH_HIDDEN)
		return MNT_STATUS_UNKNOWN;
	if (asked.kind == PATH_MISSING)
		return asked.error == ENOENT ? MNT_STATUS_NO_ENTRY
					     : MNT_STATUS_ACCESS;
	if (asked.kind == PATH_OTHER)
		return MNT_STATUS_NO_DIRECTORY;
	if (answer->selection.obstacle == SELECT_HIDDEN)
		return MNT_STATUS_ACCESS;
	return answer->selection.obstacle == SELECT_NOT_MOUNTED
		       ? MNT_STATUS_NO_ENTRY
		       : MNT_STATUS_OK;
}
