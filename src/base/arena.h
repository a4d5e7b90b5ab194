/* Memory with one lifetime: everything taken from an arena goes with it.
 *
 * A document, a table, a report each own one arena. Small pieces come from
 * chunks; a large piece is a block of its own, which can grow in place.
 * An arena never returns NULL: when memory ends, the handler that
 * arena_on_exhaustion() was given is called and must not return.
 */
#ifndef ARENA_H
#define ARENA_H

#include <stddef.h>

struct arena;

/* A new, empty arena. */
struct arena *arena_new(void);

/* Frees the arena and everything taken from it; NULL is allowed. */
void arena_free(struct arena *arena);

/* size zeroed bytes, aligned for any type. size 0 gives a valid pointer. */
void *arena_alloc(struct arena *arena, size_t size)
	__attribute__((returns_nonnull));

/* Like arena_alloc, for count items of size bytes; overflow is exhaustion. */
void *arena_alloc_array(struct arena *arena, size_t count, size_t size)
	__attribute__((returns_nonnull));

/* Makes the piece at memory (old_size bytes from this arena, or NULL and 0)
 * new_size bytes long, perhaps elsewhere. New bytes are not initialised, so
 * that pages which are never used are never touched. Large pieces are moved
 * by the kernel, not copied. */
void *arena_grow(struct arena *arena, void *memory, size_t old_size,
		 size_t new_size) __attribute__((returns_nonnull));

/* Gives a piece back early, which helps only if it is large; memory may be
 * NULL. size is what it was taken or grown to. */
void arena_release(void *memory, size_t size);

/* A copy of length bytes with a NUL behind them. */
char *arena_copy(struct arena *arena, const char *bytes, size_t length)
	__attribute__((returns_nonnull));

/* A printf-formatted string. */
char *arena_printf(struct arena *arena, const char *format, ...)
	__attribute__((format(printf, 2, 3), returns_nonnull));

/* Sets what happens when memory ends; the default is abort(). Used by all of
 * base, also by strbuf. */
void arena_on_exhaustion(void (*handler)(void));

/* Calls that handler. */
_Noreturn void arena_exhausted(void);

#endif
