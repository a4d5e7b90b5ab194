#include "server_lists_gather.h"

#include <stdlib.h>

#include "nfs4_listing.h"
#include "strbuf.h"

/* A client of a path, as listed. */
struct pair {
	struct str path, client;
};

/* In the arena of the answer, which goes. */
struct pairs {
	struct arena *arena;
	ARRAY(struct pair) list;
};

static int compare_pairs(const void *left, const void *right)
{
	const struct pair *a = left, *b = right;
	int order = str_compare(a->path, b->path);

	return order ? order : str_compare(a->client, b->client);
}

static void sort(struct pairs *pairs)
{
	if (pairs->list.count)
		qsort(pairs->list.items, pairs->list.count,
		      sizeof(*pairs->list.items), compare_pairs);
}

static void add_pair(struct pairs *pairs, struct str path, struct str client)
{
	*ARRAY_ADD(pairs->arena, &pairs->list) = (struct pair){ path, client };
}

/* Who may come in is not told by a server that speaks NFSv4 only. */
static void add_nfs4(struct pairs *pairs, const struct nfs4_listing *listing)
{
	for (size_t i = 0; i < listing->exports.count; i++)
		if (!listing->exports.items[i].is_directory)
			add_pair(pairs, listing->exports.items[i].path,
				 STR("(not told)"));
}

static void add_exports(struct pairs *pairs, const struct server_answer *answer)
{
	for (size_t i = 0; i < answer->exports.count; i++) {
		const struct listed_export *export = &answer->exports.items[i];
		struct str path = answer_text(answer, export->path);
		const struct answer_text *groups =
			answer->groups.items + export->first_group;

		if (!export->group_count)
			add_pair(pairs, path, STR("(everyone)"));
		for (uint32_t k = 0; k < export->group_count; k++)
			add_pair(pairs, path, answer_text(answer, groups[k]));
	}
}

static bool fits(const struct pairs *pairs, size_t *room)
{
	size_t bytes = 0;

	for (size_t i = 0; i < pairs->list.count; i++)
		bytes += pairs->list.items[i].path.length +
			 pairs->list.items[i].client.length +
			 sizeof(struct server_list_row);
	if (bytes > SERVER_LIST_BYTES || bytes > *room)
		return false;
	*room -= bytes;
	return true;
}

static struct str copy(struct arena *arena, struct str text)
{
	return (struct str){ arena_copy(arena, text.data, text.length),
			     text.length };
}

/* The clients of the path at begin, each once. Returns where the next path
 * begins. */
static size_t join_clients(const struct pairs *pairs, size_t begin,
			   struct strbuf *out)
{
	const struct pair *items = pairs->list.items;
	size_t i = begin;

	strbuf_clear(out);
	for (; i < pairs->list.count &&
	       str_equal(items[i].path, items[begin].path);
	     i++) {
		if (i > begin &&
		    str_equal(items[i].client, items[i - 1].client))
			continue;
		if (i > begin)
			strbuf_add_char(out, ',');
		strbuf_add(out, items[i].client);
	}
	return i;
}

void server_lists_gather_exports(struct arena *arena,
				 const struct server_answer *answer,
				 size_t *room, struct server_lists *lists)
{
	struct pairs pairs = { .arena = answer->arena };
	struct strbuf clients = { 0 };
	size_t next;

	if (answer->nfs4)
		add_nfs4(&pairs, answer->nfs4);
	add_exports(&pairs, answer);
	lists->has_exports = fits(&pairs, room);
	if (!lists->has_exports)
		return;
	sort(&pairs);
	for (size_t i = 0; i < pairs.list.count; i = next) {
		struct server_list_row *row = ARRAY_ADD(arena, &lists->exports);

		next = join_clients(&pairs, i, &clients);
		row->path = copy(arena, pairs.list.items[i].path);
		row->clients = copy(arena, strbuf_str(&clients));
	}
	strbuf_free(&clients);
}

void server_lists_gather_clients(struct arena *arena,
				 const struct server_answer *answer,
				 size_t *room, struct server_lists *lists)
{
	struct pairs pairs = { .arena = answer->arena };

	for (size_t i = 0; i < answer->mounts.count; i++)
		add_pair(&pairs, STR(""),
			 answer_text(answer, answer->mounts.items[i].client));
	lists->has_clients = fits(&pairs, room);
	if (!lists->has_clients)
		return;
	sort(&pairs);
	for (size_t i = 0; i < pairs.list.count; i++) {
		struct str client = pairs.list.items[i].client;

		if (i && str_equal(client, pairs.list.items[i - 1].client))
			continue;
		*ARRAY_ADD(arena, &lists->clients) = copy(arena, client);
	}
}
