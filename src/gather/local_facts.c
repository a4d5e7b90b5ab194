#include "local_facts.h"

#include "local_paths_gather.h"
#include "server_facts.h"

struct local_state *local_facts_gather(struct arena *arena,
				       const struct root *root,
				       const struct export_table *table)
{
	struct local_state *state = arena_alloc(arena, sizeof(*state));

	state->paths = local_paths_gather(arena, root, table);
	state->server = server_facts_gather(
		arena, root, table->input.rules.target.nfs_utils, state);
	return state;
}
