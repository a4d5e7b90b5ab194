#include "arena.h"

#include <stdarg.h>
#include <stdint.h>

enum {
	/* Chunks double: thousands of servers have an arena each. */
	FIRST_CHUNK_SIZE = 1024,
	CHUNK_SIZE = 64 * 1024,
	LARGE_SIZE = 16 * 1024,
};

/* A chunk or a large block; it begins with its link, so that who has one has
 * the other. */
struct block {
	struct link {
		struct link *next, *previous;
	} link;
	_Alignas(max_align_t) char bytes[];
};

struct arena {
	struct block *chunk; /* the newest; link.next leads to the others */
	size_t used, size;   /* of that chunk */
	struct link large;   /* ring of large blocks */
};

static void (*exhaustion_handler)(void);

void arena_on_exhaustion(void (*handler)(void))
{
	exhaustion_handler = handler;
}

void arena_exhausted(void)
{
	if (exhaustion_handler)
		exhaustion_handler();
	abort();
}

struct arena *arena_new(void)
{
	struct arena *arena = calloc(1, sizeof(*arena));

	if (!arena)
		arena_exhausted();
	arena->large.next = arena->large.previous = &arena->large;
	return arena;
}

void arena_free(struct arena *arena)
{
	if (!arena)
		return;
	for (struct link *link = arena->chunk ? &arena->chunk->link : NULL,
			 *next;
	     link; link = next) {
		next = link->next;
		free(link);
	}
	for (struct link *link = arena->large.next, *next;
	     link != &arena->large; link = next) {
		next = link->next;
		free(link);
	}
	free(arena);
}

static struct block *block_of(void *memory)
{
	return (struct block *)((char *)memory - offsetof(struct block, bytes));
}

static void unlink_block(struct link *link)
{
	link->previous->next = link->next;
	link->next->previous = link->previous;
}

/* A large block, or the same one resized, back in the ring. */
static void *large_resize(struct arena *arena, struct block *block,
			  size_t new_size)
{
	if (new_size > PTRDIFF_MAX - sizeof(struct block))
		arena_exhausted();
	if (block)
		unlink_block(&block->link);
	/* calloc hands out fresh pages without touching them */
	block = block ? realloc(block, sizeof(*block) + new_size)
		      : calloc(1, sizeof(*block) + new_size);
	if (!block)
		arena_exhausted();
	block->link.next = arena->large.next;
	block->link.previous = &arena->large;
	block->link.next->previous = arena->large.next = &block->link;
	return block->bytes;
}

static void add_chunk(struct arena *arena, size_t needed)
{
	size_t size = arena->chunk ? arena->size * 2 : FIRST_CHUNK_SIZE;
	struct block *chunk;

	if (size > CHUNK_SIZE)
		size = CHUNK_SIZE;
	if (size < needed)
		size = needed;
	chunk = calloc(1, sizeof(*chunk) + size);
	if (!chunk)
		arena_exhausted();
	chunk->link.next = arena->chunk ? &arena->chunk->link : NULL;
	arena->chunk = chunk;
	arena->size = size;
	arena->used = 0;
}

void *arena_alloc(struct arena *arena, size_t size)
{
	const size_t align = _Alignof(max_align_t);
	void *memory;

	if (size >= LARGE_SIZE)
		return large_resize(arena, NULL, size);
	size = (size + align - 1) / align * align;
	if (!arena->chunk || arena->size - arena->used < size)
		add_chunk(arena, size);
	memory = arena->chunk->bytes + arena->used;
	arena->used += size;
	return memory;
}

void *arena_alloc_array(struct arena *arena, size_t count, size_t size)
{
	size_t bytes;

	if (__builtin_mul_overflow(count, size, &bytes))
		arena_exhausted();
	return arena_alloc(arena, bytes);
}

void *arena_grow(struct arena *arena, void *memory, size_t old_size,
		 size_t new_size)
{
	void *grown;

	if (memory && old_size >= LARGE_SIZE)
		return large_resize(arena, block_of(memory), new_size);
	grown = arena_alloc(arena, new_size);
	if (old_size)
		memcpy(grown, memory, old_size);
	return grown;
}

void arena_release(void *memory, size_t size)
{
	struct block *block;

	if (!memory || size < LARGE_SIZE)
		return;
	block = block_of(memory);
	unlink_block(&block->link);
	free(block);
}

char *arena_copy(struct arena *arena, const char *bytes, size_t length)
{
	char *copy = arena_alloc(arena, length + 1);

	if (length)
		memcpy(copy, bytes, length);
	return copy;
}

char *arena_printf(struct arena *arena, const char *format, ...)
{
	va_list arguments, again;
	int length;
	char *text;

	va_start(arguments, format);
	va_copy(again, arguments);
	length = vsnprintf(NULL, 0, format, arguments);
	va_end(arguments);
	if (length < 0)
		arena_exhausted();
	text = arena_alloc(arena, (size_t)length + 1);
	vsnprintf(text, (size_t)length + 1, format, again);
	va_end(again);
	return text;
}
