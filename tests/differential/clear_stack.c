/* Loaded into exportfs (LD_PRELOAD) to make it deterministic.
 *
 * For a line without a client exportfs looks at a buffer on the stack that it
 * has not filled. When that holds an older client word which begins with "-",
 * exportfs takes it for a list of defaults; whether it does depends on how
 * deep the stack was in between, hence on the name services. Clearing what is
 * below the frames that are in use makes the buffer empty.
 */
#include <dlfcn.h>
#include <netdb.h>

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);

static void __attribute__((noinline)) clear_stack(void)
{
	char room[32768];

	memset(room, 0, sizeof(room));
	__asm__ volatile("" : : "r"(room) : "memory");
}

void *malloc(size_t size)
{
	clear_stack();
	return __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
	clear_stack();
	return __libc_calloc(count, size);
}

int getaddrinfo(const char *node, const char *service,
		const struct addrinfo *hints, struct addrinfo **result)
{
	int (*real)(const char *, const char *, const struct addrinfo *,
		    struct addrinfo **) = dlsym(RTLD_NEXT, "getaddrinfo");

	clear_stack();
	return real(node, service, hints, result);
}
