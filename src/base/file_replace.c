#include "file_replace.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "file_read.h"

enum { ATTEMPTS = 100, COMPARE_BYTES = 65536 };

struct replacing {
	const char *name; /* for failures */
	struct failure *failure;
	int old_fd;
	struct stat old;
	char path[PATH_MAX]; /* of the old file, without links */
	const char *base;    /* its last component */
	int directory;
	int fd;		    /* of the new file */
	char temporary[32]; /* its name, empty while it has none */
};

static bool fail(const struct replacing *replacing, const char *what)
{
	return failure_set(replacing->failure, "%s: %s: %s", replacing->name,
			   what, strerror(errno));
}

static bool refuse(const struct replacing *replacing, const char *why)
{
	return failure_set(replacing->failure, "%s: %s", replacing->name, why);
}

/* Opens the folder that the file really lies in. */
static bool find_directory(struct replacing *replacing)
{
	char link[32];
	ssize_t length;
	char *slash;

	snprintf(link, sizeof(link), "/proc/self/fd/%d", replacing->old_fd);
	length = readlink(link, replacing->path, sizeof(replacing->path) - 1);
	if (length < 0)
		return fail(replacing, "its place can't be found");
	replacing->path[length] = '\0';
	slash = strrchr(replacing->path, '/');
	if (!slash)
		return refuse(replacing, "is not a file of a folder");
	*slash = '\0';
	replacing->base = slash + 1;
	replacing->directory =
		open(slash == replacing->path ? "/" : replacing->path,
		     O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (replacing->directory < 0)
		return fail(replacing, "its folder can't be opened");
	return true;
}

/* Is the name still that of the old file? */
static bool is_in_place(const struct replacing *replacing)
{
	struct stat now;

	return fstatat(replacing->directory, replacing->base, &now,
		       AT_SYMLINK_NOFOLLOW) == 0 &&
	       now.st_dev == replacing->old.st_dev &&
	       now.st_ino == replacing->old.st_ino;
}

static bool check_old(struct replacing *replacing)
{
	if (fstat(replacing->old_fd, &replacing->old) < 0)
		return fail(replacing, "can't be looked at");
	if (!S_ISREG(replacing->old.st_mode))
		return refuse(replacing, "is not a regular file");
	if (replacing->old.st_nlink > 1)
		return refuse(replacing, "has more than one hard link, which "
					 "replacing it would part");
	if (flock(replacing->old_fd, LOCK_EX | LOCK_NB) < 0)
		return errno == EWOULDBLOCK
			       ? refuse(replacing,
					"another program is changing it")
			       : fail(replacing, "can't be locked");
	return true;
}

/* A name that exports.d does not read. */
static void name_temporary(struct replacing *replacing)
{
	unsigned number = 0;

	if (getrandom(&number, sizeof(number), GRND_NONBLOCK) < 0)
		number = (unsigned)getpid();
	snprintf(replacing->temporary, sizeof(replacing->temporary),
		 ".exportctl-%08x", number);
}

/* A file without a name where the file system can, else one with it. */
static bool create(struct replacing *replacing)
{
	replacing->fd = openat(replacing->directory, ".",
			       O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
	if (replacing->fd >= 0)
		return true;
	if (errno != EOPNOTSUPP && errno != EISDIR && errno != ENOENT)
		return fail(replacing, "no file can be made beside it");
	for (int i = 0; i < ATTEMPTS; i++) {
		name_temporary(replacing);
		replacing->fd =
			openat(replacing->directory, replacing->temporary,
			       O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600);
		if (replacing->fd >= 0)
			return true;
		if (errno != EEXIST)
			break;
	}
	replacing->temporary[0] = '\0';
	return fail(replacing, "no file can be made beside it");
}

static bool write_text(const struct replacing *replacing, struct str text)
{
	while (text.length) {
		ssize_t written = write(replacing->fd, text.data, text.length);

		if (written < 0)
			return fail(replacing, "the new text can't be written");
		text = str_skip(text, (size_t)written);
	}
	return true;
}

/* The names of extended attributes, each with a NUL. */
struct attributes {
	char *names; /* from malloc(3) */
	size_t length;
};

/* Those of fd; none where the file system has none. */
static bool list_attributes(int fd, struct attributes *attributes)
{
	ssize_t size = flistxattr(fd, NULL, 0);

	*attributes = (struct attributes){ 0 };
	if (size <= 0)
		return size == 0 || errno == EOPNOTSUPP;
	attributes->names = malloc((size_t)size);
	if (!attributes->names)
		arena_exhausted();
	size = flistxattr(fd, attributes->names, (size_t)size);
	attributes->length = size > 0 ? (size_t)size : 0;
	return size >= 0;
}

/* The name behind one of them, the first one behind NULL; NULL ends. */
static const char *next_attribute(const struct attributes *attributes,
				  const char *name)
{
	name = name ? name + strlen(name) + 1 : attributes->names;
	return name < attributes->names + attributes->length ? name : NULL;
}

static bool copy_attribute(const struct replacing *replacing, const char *name)
{
	char value[XATTR_SIZE_MAX], now[XATTR_SIZE_MAX];
	ssize_t size = fgetxattr(replacing->old_fd, name, value, sizeof(value));

	if (size < 0)
		return false;
	if (fgetxattr(replacing->fd, name, now, sizeof(now)) == size &&
	    memcmp(value, now, (size_t)size) == 0)
		return true;
	return fsetxattr(replacing->fd, name, value, (size_t)size, 0) == 0;
}

static bool has_attribute(const struct attributes *attributes,
			  const char *wanted)
{
	for (const char *name = NULL;
	     (name = next_attribute(attributes, name));)
		if (strcmp(name, wanted) == 0)
			return true;
	return false;
}

/* What the folder gives to new files, as a default ACL does. A security label
 * can only be changed. */
static bool drop_others(const struct replacing *replacing,
			const struct attributes *old,
			const struct attributes *new)
{
	for (const char *name = NULL; (name = next_attribute(new, name));)
		if (!has_attribute(old, name) &&
		    strncmp(name, "security.", strlen("security.")) != 0 &&
		    fremovexattr(replacing->fd, name) < 0)
			return false;
	return true;
}

static bool copy_attributes(const struct replacing *replacing)
{
	struct attributes old, new = { 0 };
	bool ok = list_attributes(replacing->old_fd, &old) &&
		  list_attributes(replacing->fd, &new) &&
		  drop_others(replacing, &old, &new);

	for (const char *name = NULL;
	     ok && (name = next_attribute(&old, name));)
		ok = copy_attribute(replacing, name);
	if (!ok)
		fail(replacing, "its extended attributes can't be kept");
	free(new.names);
	free(old.names);
	return ok;
}

/* Without chown(2), which may be forbidden, where there is no need for it. */
static bool copy_owner(const struct replacing *replacing)
{
	const struct stat *old = &replacing->old;
	struct stat now;

	if (fstat(replacing->fd, &now) == 0 && now.st_uid == old->st_uid &&
	    now.st_gid == old->st_gid)
		return true;
	if (fchown(replacing->fd, old->st_uid, old->st_gid) < 0)
		return fail(replacing, "its owner can't be kept");
	return true;
}

static bool copy_owner_and_mode(const struct replacing *replacing)
{
	struct stat now;

	if (!copy_owner(replacing))
		return false;
	if (fchmod(replacing->fd, replacing->old.st_mode & 07777) < 0)
		return fail(replacing, "its mode can't be kept");
	if (!copy_attributes(replacing))
		return false;
	if (fstat(replacing->fd, &now) < 0 ||
	    now.st_mode != replacing->old.st_mode)
		return refuse(replacing, "its mode can't be kept");
	return true;
}

/* Are the bytes of the old file still these? */
static bool has_bytes(const struct replacing *replacing, struct str bytes)
{
	char now[COMPARE_BYTES];
	off_t offset = 0;

	for (;;) {
		ssize_t got =
			pread(replacing->old_fd, now, sizeof(now), offset);

		if (got <= 0)
			return got == 0 && !bytes.length;
		if ((size_t)got > bytes.length ||
		    memcmp(now, bytes.data, (size_t)got) != 0)
			return false;
		bytes = str_skip(bytes, (size_t)got);
		offset += got;
	}
}

/* Gives a file without a name one. */
static bool link_temporary(struct replacing *replacing)
{
	char link[32];

	if (replacing->temporary[0])
		return true;
	snprintf(link, sizeof(link), "/proc/self/fd/%d", replacing->fd);
	for (int i = 0; i < ATTEMPTS; i++) {
		name_temporary(replacing);
		if (linkat(AT_FDCWD, link, replacing->directory,
			   replacing->temporary, AT_SYMLINK_FOLLOW) == 0)
			return true;
		if (errno != EEXIST)
			break;
	}
	replacing->temporary[0] = '\0';
	return fail(replacing, "the new file can't be given a name");
}

static bool put_in_place(struct replacing *replacing, struct str old)
{
	if (!link_temporary(replacing))
		return false;
	if (!is_in_place(replacing) || !has_bytes(replacing, old))
		return refuse(replacing, "has changed since it was read; "
					 "nothing is written");
	if (renameat(replacing->directory, replacing->temporary,
		     replacing->directory, replacing->base) < 0)
		return fail(replacing, "can't be replaced");
	replacing->temporary[0] = '\0';
	if (fsync(replacing->directory) < 0)
		return fail(replacing, "is replaced, but may be the old one "
				       "again after a crash");
	return true;
}

static bool replace(struct replacing *replacing, struct str old,
		    struct str text)
{
	if (!check_old(replacing) || !find_directory(replacing) ||
	    !create(replacing) || !write_text(replacing, text) ||
	    !copy_owner_and_mode(replacing))
		return false;
	if (fsync(replacing->fd) < 0)
		return fail(replacing, "the new text can't be written");
	return put_in_place(replacing, old);
}

bool file_replace(int fd, const char *name, struct str old, struct str text,
		  struct failure *failure)
{
	struct replacing replacing = {
		.name = name,
		.failure = failure,
		.old_fd = fd,
		.directory = -1,
		.fd = -1,
	};
	sigset_t all, before;
	bool ok;

	sigfillset(&all);
	sigprocmask(SIG_SETMASK, &all, &before);
	ok = replace(&replacing, old, text);
	if (replacing.temporary[0])
		unlinkat(replacing.directory, replacing.temporary, 0);
	if (replacing.fd >= 0)
		close(replacing.fd);
	if (replacing.directory >= 0)
		close(replacing.directory);
	sigprocmask(SIG_SETMASK, &before, NULL);
	return ok;
}

/* Those that are open already, with a place that others write at, too; or
 * -1. */
static int standard_stream(const char *name)
{
	if (strcmp(name, "/dev/stdout") == 0)
		return STDOUT_FILENO;
	return strcmp(name, "/dev/stderr") == 0 ? STDERR_FILENO : -1;
}

/* A terminal, a pipe, a device takes bytes as they come. */
static bool is_special(const char *name)
{
	struct stat state;

	return standard_stream(name) >= 0 ||
	       (stat(name, &state) == 0 && !S_ISREG(state.st_mode) &&
		!S_ISDIR(state.st_mode));
}

static bool write_special(const char *name, struct str text,
			  struct failure *failure)
{
	struct replacing writing = { .name = name, .failure = failure };
	int stream = standard_stream(name);
	bool ok;

	writing.fd = stream >= 0 ? dup(stream)
				 : open(name, O_WRONLY | O_NOCTTY | O_CLOEXEC);
	if (writing.fd < 0)
		return file_failure(failure, name, errno);
	ok = write_text(&writing, text);
	if (close(writing.fd) < 0 && ok)
		ok = file_failure(failure, name, errno);
	return ok;
}

static bool write_regular(struct arena *arena, const char *name,
			  struct str text, struct failure *failure)
{
	int made = open(name, O_RDONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
	int fd = made < 0 && errno == EEXIST ? open(name, O_RDONLY | O_CLOEXEC)
					     : made;
	struct str old;
	bool ok;

	if (fd < 0)
		return file_failure(failure, name, errno);
	ok = file_read(arena, fd, name, SIZE_MAX / 2, &old, NULL, failure) &&
	     file_replace(fd, name, old, text, failure);
	if (!ok && made >= 0)
		unlink(name);
	close(fd);
	return ok;
}

bool file_write(struct arena *arena, const char *name, struct str text,
		struct failure *failure)
{
	return is_special(name) ? write_special(name, text, failure)
				: write_regular(arena, name, text, failure);
}
