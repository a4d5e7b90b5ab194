#include "arena.h"

#include <stdarg.h>
#include <stdint.h>

enum {
	CHUNK_SIZE = 64 * 1024,
	LARGE_SIZE = 16 * 1024,
};

/* Header of a chunk or of a large block; the bytes follow it. */
struct block {
	struct block *next, *previous;
	_Alignas(max_align_t) char bytes[];
};

struct arena {
	struct block *chunks;
	struct block large; /* ring of large blocks */
	size_t used, size;  /* of the first chunk */
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
	for (struct block *block = arena->chunks, *next; block; block = next) {
		next = block->next;
		free(block);
	}
	for (struct block *block = arena->large.next, *next;
	     block != &arena->large; block = next) {
		next = block->next;
		free(block);
	}
	free(arena);
}

static struct block *block_of(void *memory)
{
	return (struct block *)((char *)memory - offsetof(struct block, bytes));
}

static void unlink_block(struct block *block)
{
	block->previous->next = block->next;
	block->next->previous = block->previous;
}

/* A large block, or the same one resized, back in the ring. */
static void *large_resize(struct arena *arena, struct block *block,
			  size_t new_size)
{
	if (new_size > PTRDIFF_MAX - sizeof(struct block))
		arena_exhausted();
	if (block)
		unlink_block(block);
	/* calloc hands out fresh pages without touching them */
	block = block ? realloc(block, sizeof(*block) + new_size)
		      : calloc(1, sizeof(*block) + new_size);
	if (!block)
		arena_exhausted();
	block->next = arena->large.next;
	block->previous = &arena->large;
	block->next->previous = block->previous->next = block;
	return block->bytes;
}

void *arena_alloc(struct arena *arena, size_t size)
{
	const size_t align = _Alignof(max_align_t);
	void *memory;

	if (size >= LARGE_SIZE)
		return large_resize(arena, NULL, size);
	size = (size + align - 1) / align * align;
	if (!arena->chunks || arena->size - arena->used < size) {
		struct block *chunk = calloc(1, sizeof(*chunk) + CHUNK_SIZE);

		if (!chunk)
			arena_exhausted();
		chunk->next = arena->chunks;
		arena->chunks = chunk;
		arena->size = CHUNK_SIZE;
		arena->used = 0;
	}
	memory = arena->chunks->bytes + arena->used;
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
	unlink_block(block);
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
