#include "small_file.h"

#include <errno.h>
#include <unistd.h>

#include "file_read.h"

int small_file_read(struct arena *arena, const struct root *root,
		    const char *path, size_t limit, struct str *text)
{
	int fd = root_open_regular(root, path);
	struct failure failure;
	bool done;

	*text = STR("");
	if (fd < 0)
		return errno;
	done = file_read(arena, fd, path, limit, text, NULL, &failure);
	close(fd);
	return done ? 0 : EFBIG;
}
