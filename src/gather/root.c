#include "root.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "strbuf.h"

enum {
	LINKS_MAX = 40,	    /* as the kernel */
	RENAME_RETRIES = 8, /* openat2 gives EAGAIN when ".." meets a rename */
};

/* Same directory seen through the same mount; the mount tells the host's root
 * from another mount namespace that shows the same file system. */
static bool same_directory(int a, int b)
{
	const unsigned mask = STATX_INO | STATX_MNT_ID;
	struct statx x, y;

	if (statx(a, "", AT_EMPTY_PATH, mask, &x) < 0 ||
	    statx(b, "", AT_EMPTY_PATH, mask, &y) < 0)
		return false;
	return x.stx_ino == y.stx_ino && x.stx_dev_major == y.stx_dev_major &&
	       x.stx_dev_minor == y.stx_dev_minor &&
	       (!(x.stx_mask & y.stx_mask & STATX_MNT_ID) ||
		x.stx_mnt_id == y.stx_mnt_id);
}

static void find_owner(struct root *root)
{
	struct stat status;

	if (root->is_host || fstat(root->fd, &status) < 0)
		return;
	root->owner_uid = status.st_uid;
	root->owner_gid = status.st_gid;
}

bool root_open(const char *path, struct root *root, struct failure *failure)
{
	const int flags = O_PATH | O_DIRECTORY | O_CLOEXEC;
	int host;

	*root = (struct root){ .path = path ? path : "/" };
	root->fd = open(root->path, flags);
	if (root->fd < 0)
		return failure_set(failure, "%s: %s", root->path,
				   strerror(errno));
	host = open("/", flags);
	root->is_host = host >= 0 && same_directory(root->fd, host);
	if (host >= 0)
		close(host);
	find_owner(root);
	return true;
}

void root_close(struct root *root)
{
	if (root->fd >= 0)
		close(root->fd);
	root->fd = -1;
}

int root_open_file(const struct root *root, const char *path, int flags)
{
	struct open_how how = {
		.flags = (unsigned)(flags | O_CLOEXEC),
		.resolve = RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS,
	};

	if (root->is_host && path[0] == '/')
		return open(path, flags | O_CLOEXEC);
	for (int i = 0; i < RENAME_RETRIES; i++) {
		long fd =
			syscall(SYS_openat2, root->fd, path, &how, sizeof(how));

		if (fd >= 0)
			return (int)fd;
		if (errno == ENOSYS || errno == EPERM)
			break;
		if (errno != EAGAIN)
			return -1;
	}
	return root_open_file_stepwise(root, path, flags);
}

/* A walk from the root. done holds the names of the directories entered, each
 * with a slash before it; there is no link among them. */
struct walk {
	const struct root *root;
	int directory;
	struct strbuf done, rest;
	unsigned links;
};

static bool move_to(struct walk *walk, int fd)
{
	if (fd < 0)
		return false;
	close(walk->directory);
	walk->directory = fd;
	return true;
}

static bool enter(struct walk *walk, const char *name)
{
	const int flags = O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;

	return move_to(walk, openat(walk->directory, name, flags));
}

static bool to_root(struct walk *walk)
{
	strbuf_clear(&walk->done);
	return move_to(walk, openat(walk->root->fd, ".",
				    O_PATH | O_DIRECTORY | O_CLOEXEC));
}

/* ".." by name from the root: the parent of a directory that somebody moves
 * meanwhile could lie outside. */
static bool leave(struct walk *walk)
{
	struct strbuf names = walk->done;
	bool ok;

	while (names.length && names.data[--names.length] != '/')
		;
	walk->done = (struct strbuf){ 0 };
	ok = to_root(walk);
	for (size_t at = 0; ok && at < names.length;) {
		size_t begin = at + 1;
		char end;

		for (at = begin; at < names.length && names.data[at] != '/';)
			at++;
		end = names.data[at];
		names.data[at] = '\0';
		ok = enter(walk, names.data + begin);
		names.data[at] = end;
	}
	strbuf_free(&walk->done);
	walk->done = names;
	return ok;
}

/* Puts the target of a link before what is left of the path. */
static bool follow(struct walk *walk, struct str target, size_t at)
{
	struct strbuf rest = { 0 };

	if (++walk->links > LINKS_MAX) {
		errno = ELOOP;
		return false;
	}
	strbuf_add(&rest, target);
	strbuf_add(&rest, str_skip(strbuf_str(&walk->rest), at));
	strbuf_free(&walk->rest);
	walk->rest = rest;
	return target.data[0] != '/' || to_root(walk);
}

/* The next name of the path; at is moved behind it. */
static struct str next_name(const struct walk *walk, size_t *at)
{
	struct str rest = str_skip(strbuf_str(&walk->rest), *at);
	size_t slashes = 0;

	while (slashes < rest.length && rest.data[slashes] == '/')
		slashes++;
	rest = str_skip(rest, slashes);
	rest.length = str_find(rest, '/');
	*at += slashes + rest.length;
	return rest;
}

static int open_last(struct walk *walk, const char *name, int flags)
{
	return openat(walk->directory, name, flags | O_NOFOLLOW | O_CLOEXEC);
}

static bool is_dot(struct str name)
{
	return str_is(name, ".") || str_is(name, "..");
}

static int walk_path(struct walk *walk, int flags)
{
	char name[PATH_MAX], target[PATH_MAX];
	size_t at = 0;

	for (;;) {
		struct str next = next_name(walk, &at);
		size_t behind = at;
		bool slash, last;
		ssize_t length;

		if (!next.length)
			return open_last(walk, ".", flags);
		if (next.length >= sizeof(name)) {
			errno = ENAMETOOLONG;
			return -1;
		}
		if (is_dot(next)) {
			if (next.length == 2 && !leave(walk))
				return -1;
			continue;
		}
		memcpy(name, next.data, next.length);
		name[next.length] = '\0';
		slash = at < walk->rest.length;
		last = !next_name(walk, &behind).length;
		length = last && !slash && (flags & O_NOFOLLOW)
				 ? -1
				 : readlinkat(walk->directory, name, target,
					      sizeof(target));
		if (length > 0) {
			if (!follow(walk,
				    (struct str){ target, (size_t)length }, at))
				return -1;
			at = 0;
		} else if (last) {
			return open_last(walk, name,
					 slash ? flags | O_DIRECTORY : flags);
		} else if (!enter(walk, name)) {
			return -1;
		} else {
			strbuf_add_char(&walk->done, '/');
			strbuf_add_text(&walk->done, name);
		}
	}
}

int root_open_file_stepwise(const struct root *root, const char *path,
			    int flags)
{
	struct walk walk = { .root = root };
	int fd = -1, error;

	if (path[0] == '\0' || strlen(path) >= PATH_MAX) {
		errno = path[0] ? ENAMETOOLONG : ENOENT;
		return -1;
	}
	walk.directory = openat(root->fd, ".", O_PATH | O_CLOEXEC);
	if (walk.directory < 0)
		return -1;
	strbuf_add_text(&walk.rest, path);
	fd = walk_path(&walk, flags);
	error = errno;
	close(walk.directory);
	strbuf_free(&walk.done);
	strbuf_free(&walk.rest);
	errno = error;
	return fd;
}

bool root_has(const struct root *root, const char *path)
{
	int fd = root_open_file(root, path, O_PATH | O_NOFOLLOW);

	if (fd >= 0)
		close(fd);
	return fd >= 0;
}

int root_open_regular(const struct root *root, const char *path)
{
	int fd = root_open_file(root, path, O_RDONLY | O_NONBLOCK);
	struct stat state;

	if (fd < 0 || (fstat(fd, &state) == 0 && S_ISREG(state.st_mode)))
		return fd;
	close(fd);
	errno = EINVAL;
	return -1;
}
