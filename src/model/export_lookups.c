#include "export_lookups.h"

#include "client_spec.h"
#include "exports_word.h"

static uint32_t find_hashed(const struct text_set *set, uint32_t hash,
			    struct str text)
{
	ID_TABLE_EACH (&set->index, hash, id)
		if (str_equal(set->list.items[id], text))
			return id;
	return UINT32_MAX;
}

uint32_t text_set_find(const struct text_set *set, struct str text)
{
	return find_hashed(set, hash_bytes(0, text), text);
}

static uint32_t add_hashed(struct arena *arena, struct text_set *set,
			   uint32_t hash, struct str text)
{
	uint32_t id = find_hashed(set, hash, text);

	if (id != UINT32_MAX)
		return id;
	id = (uint32_t)set->list.count;
	*ARRAY_ADD(arena, &set->list) = text;
	id_table_add(arena, &set->index, hash, id);
	return id;
}

uint32_t text_set_add(struct arena *arena, struct text_set *set,
		      struct str text)
{
	return add_hashed(arena, set, hash_bytes(0, text), text);
}

static void collect_names(struct arena *arena,
			  const struct exports_syntax *syntax,
			  struct text_set *names)
{
	for (size_t i = 0; i < syntax->items.count; i++) {
		const struct exports_item *item = &syntax->items.items[i];
		struct exports_client_word word;
		struct client_spec spec;

		if (item->kind != EXPORTS_CLIENT)
			continue;
		word = exports_client_split(
			exports_word_text(arena, syntax, item->token));
		spec = client_spec_of(word.host);
		if (spec.type == CLIENT_HOST && spec.address.family == IP_NONE)
			text_set_add(arena, names, word.host);
	}
}

/* The path of an entry; .data NULL if exportfs can't read it. */
static struct str entry_path(struct arena *arena,
			     const struct exports_syntax *syntax, size_t entry)
{
	uint32_t token = syntax->entries.items[entry].path_token;
	const struct exports_token *word = &syntax->tokens.items[token];

	if (word->kind != EXPORTS_WORD || (word->flags & EXPORTS_TOO_LONG))
		return (struct str){ 0 };
	return exports_word_text(arena, syntax, token);
}

/* In batches, so that the slots of all paths of one are on their way from
 * memory before the first is needed. */
static void collect_paths(struct arena *arena,
			  const struct exports_syntax *syntax,
			  struct export_lookups *lookups)
{
	enum { BATCH = 16 };
	struct str paths[BATCH];
	uint32_t hashes[BATCH];

	for (size_t e = 0; e < syntax->entries.count; e += BATCH) {
		size_t count = syntax->entries.count - e;

		if (count > BATCH)
			count = BATCH;
		for (size_t i = 0; i < count; i++) {
			paths[i] = entry_path(arena, syntax, e + i);
			hashes[i] = hash_bytes(0, paths[i]);
			id_table_prefetch(&lookups->paths.index, hashes[i]);
		}
		for (size_t i = 0; i < count; i++)
			*ARRAY_ADD(arena, &lookups->entry_paths) =
				paths[i].data
					? add_hashed(arena, &lookups->paths,
						     hashes[i], paths[i])
					: UINT32_MAX;
	}
}

void export_lookups_collect(struct arena *arena,
			    const struct export_documents *documents,
			    bool with_names, struct export_lookups *lookups)
{
	size_t entries = 0;

	*lookups = (struct export_lookups){ 0 };
	for (size_t d = 0; d < documents->list.count; d++)
		entries += documents->list.items[d].syntax.entries.count;
	id_table_reserve(arena, &lookups->paths.index, entries);
	ARRAY_RESERVE(arena, &lookups->paths.list, entries);
	ARRAY_RESERVE(arena, &lookups->entry_paths, entries);
	for (size_t d = 0; d < documents->list.count; d++) {
		const struct exports_syntax *syntax =
			&documents->list.items[d].syntax;

		collect_paths(arena, syntax, lookups);
		if (with_names)
			collect_names(arena, syntax, &lookups->names);
	}
}
