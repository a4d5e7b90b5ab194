#include "flavor_query.h"

#include <stdlib.h>

#include "id_table.h"
#include "nfs4_listing.h"
#include "nfs4_query.h"

struct flavor_query {
	struct server_answer *answer; /* that gets the flavors */
	struct server_answer *walked; /* what NFSv4 says */
	struct nfs4_query *nfs4;
	void (*done)(void *context);
	void (*ended)(void *context);
	void *context; /* of done, then of ended */
};

/* The flavors in the arena of the answer that gets them. */
static struct export_flavors copy(struct arena *arena,
				  const struct export_flavors *flavors)
{
	const char **names =
		arena_alloc_array(arena, flavors->count, sizeof(*names));

	for (uint32_t i = 0; i < flavors->count; i++)
		names[i] = arena_copy(arena, flavors->names[i],
				      strlen(flavors->names[i]));
	return (struct export_flavors){ names, flavors->count };
}

static const struct nfs4_export *find(const struct nfs4_listing *listing,
				      const struct id_table *by_path,
				      struct str path)
{
	ID_TABLE_EACH (by_path, hash_bytes(0, path), id)
		if (str_equal(listing->exports.items[id].path, path))
			return &listing->exports.items[id];
	return NULL;
}

static void keep_flavors(struct flavor_query *query)
{
	struct server_answer *answer = query->answer;
	const struct nfs4_listing *listing = query->walked->nfs4;
	struct id_table by_path = { 0 };

	if (!listing || listing->root_is_export)
		return;
	for (uint32_t i = 0; i < listing->exports.count; i++)
		id_table_add(query->walked->arena, &by_path,
			     hash_bytes(0, listing->exports.items[i].path), i);
	answer->flavors = arena_alloc_array(
		answer->arena, answer->exports.count, sizeof(*answer->flavors));
	for (size_t i = 0; i < answer->exports.count; i++) {
		const struct nfs4_export *export = find(
			listing, &by_path,
			answer_text(answer, answer->exports.items[i].path));

		if (export && export->flavors.names)
			answer->flavors[i] =
				copy(answer->arena, &export->flavors);
	}
}

static void walk_done(void *context)
{
	struct flavor_query *query = context;

	keep_flavors(query);
	query->done(query->context);
}

struct flavor_query *
flavor_query_begin(struct event_loop *loop, struct server_answer *answer,
		   const struct conversation_options *options, bool *alive,
		   void (*done)(void *context), void *context)
{
	struct flavor_query *query = calloc(1, sizeof(*query));

	if (!query)
		arena_exhausted();
	*query = (struct flavor_query){
		.answer = answer,
		.walked = server_answer_new(answer->address),
		.done = done,
		.context = context,
	};
	query->nfs4 = nfs4_query_begin(loop, query->walked, options, alive,
				       walk_done, query);
	return query;
}

static void walk_ended(void *context)
{
	struct flavor_query *query = context;

	arena_free(query->walked->arena);
	if (query->ended)
		query->ended(query->context);
	free(query);
}

void flavor_query_end(struct flavor_query *query, void (*ended)(void *context),
		      void *context)
{
	if (!query) {
		if (ended)
			ended(context);
		return;
	}
	query->ended = ended;
	query->context = context;
	nfs4_query_end(query->nfs4, walk_ended, query);
}
