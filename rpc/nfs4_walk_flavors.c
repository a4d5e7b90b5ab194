#include "nfs4_walk_stages.h"

#include "auth_flavor.h"

/* Operations of one COMPOUND: servers refuse more at some number that only
 * sessions tell. */
enum { BATCH_OPS = 16 };

static struct nfs4_export *export_at(struct nfs4_walk *walk, size_t index)
{
	return &walk->tree.listing->exports.items[index];
}

/* Splits a path at its last slash; the root has no name. */
static struct str parent_of(struct str path, struct str *name)
{
	const char *slash = memrchr(path.data, '/', path.length);
	size_t above = (size_t)(slash - path.data);

	*name = str_skip(path, above + 1);
	return (struct str){ path.data, above ? above : 1 };
}

static uint32_t batch_ops(const struct nfs4_walk *walk)
{
	uint32_t granted = walk->session.max_operations;

	return walk->has_session && granted < BATCH_OPS ? granted : BATCH_OPS;
}

static bool is_in_batch(struct nfs4_walk *walk, size_t index, struct str parent,
			struct str *name)
{
	return index < walk->tree.listing->exports.count &&
	       str_equal(parent_of(export_at(walk, index)->path, name),
			 parent) &&
	       name->length;
}

/* SECINFO takes the current filehandle away. */
void nfs4_walk_ask_flavors(struct nfs4_walk *walk)
{
	size_t index = walk->next_export;
	struct str name, parent;

	parent = parent_of(export_at(walk, index)->path, &name);
	nfs4_walk_go_to(walk, parent);
	nfs4_add(&walk->compound, NFS4_OP_SAVEFH);
	nfs4_add_named(&walk->compound, NFS4_OP_SECINFO, name);
	while (is_in_batch(walk, ++index, parent, &name) &&
	       walk->compound.count + 2 <= batch_ops(walk)) {
		nfs4_add(&walk->compound, NFS4_OP_RESTOREFH);
		nfs4_add_named(&walk->compound, NFS4_OP_SECINFO, name);
	}
	walk->batch_end = index;
}

static bool is_same_flavors(const struct export_flavors *flavors,
			    const struct export_flavors *others)
{
	if (!others->names || flavors->count != others->count)
		return false;
	for (uint32_t i = 0; i < flavors->count; i++)
		if (strcmp(flavors->names[i], others->names[i]) != 0)
			return false;
	return true;
}

/* Mostly all exports have the same flavors, which are then kept once. */
static void set_flavors(struct nfs4_walk *walk, size_t index,
			const struct nfs4_flavors *flavors)
{
	const char *names[NFS4_SECINFO_MAX];
	struct nfs4_export *export = export_at(walk, index);
	struct export_flavors found = { names, flavors->count };

	for (uint32_t i = 0; i < flavors->count; i++) {
		names[i] = auth_flavor_name(walk->arena, flavors->items[i]);
		if (flavors->items[i] == AUTH_FLAVOR_SYS)
			export->wants_tls =
				export->state == NFS4_STATE_WRONG_SECURITY;
	}
	if (index && is_same_flavors(&found, &export[-1].flavors))
		found.names = export[-1].flavors.names;
	else
		found.names = memcpy(arena_alloc_array(walk->arena, found.count,
						       sizeof(*names)),
				     names, found.count * sizeof(*names));
	export->flavors = found;
}

bool nfs4_walk_read_flavors(struct nfs4_walk *walk, struct xdr_reader *reader)
{
	struct nfs4_flavors flavors;

	if (!nfs4_read_secinfo(reader, &flavors))
		return false;
	set_flavors(walk, walk->next_export++, &flavors);
	return true;
}

/* Where the server does not tell of one, it may tell of the next; where it
 * does not even come to the directory, of none. */
void nfs4_walk_take_flavors(struct nfs4_walk *walk)
{
	if (walk->status == NFS4_OK)
		return;
	if (walk->failed == NFS4_OP_SECINFO)
		walk->next_export++;
	else
		walk->next_export = walk->batch_end;
}

static size_t root_export(struct nfs4_walk *walk)
{
	size_t index = 0;

	while (index < walk->tree.listing->exports.count &&
	       export_at(walk, index)->path.length > 1)
		index++;
	return index;
}

void nfs4_walk_ask_root_flavors(struct nfs4_walk *walk)
{
	nfs4_walk_go_to(walk, STR("/"));
	nfs4_add_secinfo_no_name(&walk->compound);
}

bool nfs4_walk_read_root_flavors(struct nfs4_walk *walk,
				 struct xdr_reader *reader)
{
	struct nfs4_flavors flavors;

	if (!nfs4_read_secinfo(reader, &flavors))
		return false;
	set_flavors(walk, root_export(walk), &flavors);
	return true;
}

void nfs4_walk_take_root_flavors(struct nfs4_walk *walk)
{
	walk->has_root_flavors = true;
}

bool nfs4_walk_wants_root_flavors(struct nfs4_walk *walk)
{
	return walk->minor && !walk->has_root_flavors &&
	       root_export(walk) < walk->tree.listing->exports.count;
}

/* Exports but the root, whose directory is none. */
bool nfs4_walk_wants_flavors(struct nfs4_walk *walk)
{
	while (walk->next_export < walk->tree.listing->exports.count) {
		if (export_at(walk, walk->next_export)->path.length > 1)
			return true;
		walk->next_export++;
	}
	return false;
}
