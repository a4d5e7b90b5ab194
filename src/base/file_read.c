#include "file_read.h"

#include <errno.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FIRST_SIZE = 4096 };

struct reading {
	struct arena *arena;
	char *bytes;
	size_t length, size;
};

bool file_failure(struct failure *failure, const char *name, int error)
{
	if (error == EISDIR)
		return failure_set(failure, "%s: is a directory", name);
	return failure_set(failure, "%s: %s", name, strerror(error));
}

static bool same_state(const struct stat *a, const struct stat *b)
{
	return a->st_size == b->st_size &&
	       a->st_mtim.tv_sec == b->st_mtim.tv_sec &&
	       a->st_mtim.tv_nsec == b->st_mtim.tv_nsec;
}

/* Grows by little: doubled memory of a large pipe would never be used. */
static void make_room(struct reading *reading)
{
	size_t size = reading->size + reading->size / 8 + FIRST_SIZE;

	reading->bytes =
		arena_grow(reading->arena, reading->bytes, reading->size, size);
	reading->size = size;
}

/* read(2) that neither a signal nor a non-blocking descriptor disturbs. */
static ssize_t read_patiently(int fd, void *bytes, size_t size)
{
	for (;;) {
		ssize_t got = read(fd, bytes, size);

		if (got >= 0 || (errno != EINTR && errno != EAGAIN))
			return got;
		if (errno == EAGAIN)
			poll(&(struct pollfd){ .fd = fd, .events = POLLIN }, 1,
			     -1);
	}
}

/* Stops one byte behind the limit, which tells that there is more. */
static bool read_all(struct reading *reading, int fd, size_t limit)
{
	for (;;) {
		size_t room;
		ssize_t got;

		if (reading->size - reading->length < 2)
			make_room(reading);
		room = reading->size - reading->length - 1;
		if (room > limit - reading->length + 1)
			room = limit - reading->length + 1;
		got = read_patiently(fd, reading->bytes + reading->length,
				     room);
		if (got <= 0)
			return got == 0;
		reading->length += (size_t)got;
		if (reading->length > limit)
			return true;
	}
}

static bool too_large(struct failure *failure, const char *name, size_t limit)
{
	return failure_set(failure, "%s: larger than %zu bytes", name, limit);
}

bool file_read(struct arena *arena, int fd, const char *name, size_t limit,
	       struct str *text, bool *changed, struct failure *failure)
{
	struct reading reading = { .arena = arena };
	struct stat before, after;

	*text = (struct str){ 0 };
	if (changed)
		*changed = false;
	if (fstat(fd, &before) < 0)
		return file_failure(failure, name, errno);
	if (S_ISDIR(before.st_mode))
		return file_failure(failure, name, EISDIR);
	if (S_ISREG(before.st_mode)) {
		if (before.st_size > 0 && (size_t)before.st_size > limit)
			return too_large(failure, name, limit);
		/* one byte for the NUL, one so that read(2) can say "end" */
		reading.size = (size_t)before.st_size + 2;
		reading.bytes = arena_alloc(arena, reading.size);
	}
	if (!read_all(&reading, fd, limit)) {
		int error = errno;

		arena_release(reading.bytes, reading.size);
		return file_failure(failure, name, error);
	}
	if (reading.length > limit) {
		arena_release(reading.bytes, reading.size);
		return too_large(failure, name, limit);
	}
	if (changed && S_ISREG(before.st_mode) && fstat(fd, &after) == 0)
		*changed = !same_state(&before, &after);
	if (reading.size - reading.length > FIRST_SIZE)
		reading.bytes = arena_grow(arena, reading.bytes, reading.size,
					   reading.length + 1);
	reading.bytes[reading.length] = '\0';
	*text = (struct str){ reading.bytes, reading.length };
	return true;
}
