#include "nfs4_tree.h"

#include "nfs4_pseudo.h"
#include "rpc_limits.h"

static const uint64_t entry_attributes =
	NFS4_BIT(NFS4_TYPE) | NFS4_BIT(NFS4_FSID_ATTRIBUTE) |
	NFS4_BIT(NFS4_RDATTR_ERROR) | NFS4_BIT(NFS4_FILEID) |
	NFS4_BIT(NFS4_MOUNTED_ON_FILEID);

static const char no_fsid[NFS4_FSID];

void nfs4_tree_init(struct nfs4_tree *tree, struct arena *arena,
		    uint32_t exports_max)
{
	*tree = (struct nfs4_tree){
		.arena = arena,
		.work = arena_new(),
		.listing = arena_alloc(arena, sizeof(*tree->listing)),
		.depth_max = LIMIT_NFS4_DEPTH,
		.exports_max = exports_max < LIMIT_NFS4_EXPORTS
				       ? exports_max
				       : LIMIT_NFS4_EXPORTS,
	};
	*ARRAY_ADD(tree->work, &tree->directories) =
		(struct nfs4_directory){ .path = STR("/") };
	tree->first_directory = 1;
	tree->pseudo_count = 1;
}

void nfs4_tree_free(struct nfs4_tree *tree)
{
	arena_free(tree->work);
	strbuf_free(&tree->path);
}

void nfs4_tree_note(struct nfs4_tree *tree, const char *reason)
{
	if (!tree->listing->incomplete)
		tree->listing->incomplete = reason;
}

static void note_limit(struct nfs4_tree *tree, const char *reason)
{
	nfs4_tree_note(tree, reason);
	tree->is_too_large = true;
}

static struct nfs4_directory *current(struct nfs4_tree *tree)
{
	return &tree->directories.items[tree->next];
}

static bool is_root(const struct nfs4_directory *directory)
{
	return directory->depth == 0;
}

static bool is_same_fsid(const char *a, const char *b)
{
	return memcmp(a, b, NFS4_FSID) == 0;
}

/* Whether a name may be looked up: RFC 7530, section 12.4 and common sense. */
static bool is_fit_name(struct str name)
{
	return name.length && name.length <= LIMIT_NFS4_NAME &&
	       !str_is(name, ".") && !str_is(name, "..") &&
	       str_find(name, '/') == name.length &&
	       str_find(name, '\0') == name.length;
}

static struct str path_below(struct nfs4_tree *tree, struct str name)
{
	strbuf_clear(&tree->path);
	if (!is_root(current(tree)))
		strbuf_add(&tree->path, current(tree)->path);
	strbuf_add_char(&tree->path, '/');
	strbuf_add(&tree->path, name);
	return strbuf_str(&tree->path);
}

/* The path in the arena of the listing, or NULL where there is no room. */
static const char *keep_path(struct nfs4_tree *tree, struct str path)
{
	tree->path_bytes += path.length;
	if (tree->path_bytes <= LIMIT_NFS4_PATH_BYTES)
		return arena_copy(tree->arena, path.data, path.length);
	note_limit(tree, "the server has more exports than the limit");
	return NULL;
}

/* Whether there may be one more pseudo directory. */
static bool may_have_pseudo(struct nfs4_tree *tree)
{
	if (tree->pseudo_count < LIMIT_NFS4_DIRECTORIES)
		return true;
	note_limit(tree,
		   "the server has more pseudo directories than the limit");
	return false;
}

static bool may_go_deeper(struct nfs4_tree *tree)
{
	if (current(tree)->depth < tree->depth_max)
		return true;
	note_limit(tree, "pseudo directories are nested deeper than the limit");
	return false;
}

static void add_directory(struct nfs4_tree *tree, struct str path,
			  bool is_candidate)
{
	unsigned depth = current(tree)->depth + 1;

	if (!may_go_deeper(tree) || (!is_candidate && !may_have_pseudo(tree)))
		return;
	path.data = keep_path(tree, path);
	if (!path.data)
		return;
	tree->pseudo_count += !is_candidate;
	*ARRAY_ADD(tree->work, &tree->directories) = (struct nfs4_directory){
		.path = path,
		.depth = depth,
		.is_candidate = is_candidate,
	};
}

/* Adds an export whose path is kept. */
static void add_export(struct nfs4_tree *tree, struct nfs4_export found)
{
	if (tree->listing->exports.count < tree->exports_max)
		*ARRAY_ADD(tree->arena, &tree->listing->exports) = found;
	else
		note_limit(tree, "the server has more exports than the limit");
}

const struct nfs4_directory *nfs4_tree_next(struct nfs4_tree *tree)
{
	return tree->next < tree->directories.count ? current(tree) : NULL;
}

uint64_t nfs4_tree_entry_attributes(const struct nfs4_directory *directory)
{
	return directory->is_candidate
		       ? entry_attributes | NFS4_BIT(NFS4_FILEHANDLE)
		       : entry_attributes;
}

void nfs4_tree_set_attributes(struct nfs4_tree *tree,
			      const struct nfs4_attributes *attributes)
{
	memcpy(current(tree)->fsid, attributes->fsid, NFS4_FSID);
	if (is_root(current(tree)))
		tree->is_linux = is_same_fsid(attributes->fsid, no_fsid);
}

/* What an entry of a directory is. */
enum kind {
	KIND_NOTHING,
	KIND_DATA,	/* shows that this is no pseudo directory */
	KIND_DIRECTORY, /* of the pseudo-filesystem */
	KIND_CANDIDATE, /* that, or an export */
	KIND_EXPORT,
	KIND_WRONG_SECURITY,
	KIND_DENIED,
	KIND_MOVED,
};

/* Of those that are listed. */
static const enum nfs4_state kind_states[] = {
	[KIND_EXPORT] = NFS4_STATE_OK,
	[KIND_WRONG_SECURITY] = NFS4_STATE_WRONG_SECURITY,
	[KIND_DENIED] = NFS4_STATE_DENIED,
	[KIND_MOVED] = NFS4_STATE_OK,
};

static enum kind kind_of_error(struct nfs4_tree *tree, uint32_t error)
{
	static const struct {
		uint32_t error;
		enum kind kind;
	} kinds[] = {
		{ NFS4ERR_WRONGSEC, KIND_WRONG_SECURITY },
		{ NFS4ERR_ACCESS, KIND_DENIED },
		{ NFS4ERR_PERM, KIND_DENIED },
		{ NFS4ERR_MOVED, KIND_MOVED },
		{ NFS4ERR_NOENT, KIND_NOTHING },
	};

	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		if (kinds[i].error == error)
			return kinds[i].kind;
	nfs4_tree_note(tree, arena_printf(tree->arena,
					  "the server can't show all (NFSv4 "
					  "error %u)",
					  error));
	return KIND_NOTHING;
}

static bool begins_file_system(const struct nfs4_directory *directory,
			       const struct nfs4_attributes *attributes)
{
	const uint64_t both =
		NFS4_BIT(NFS4_FILEID) | NFS4_BIT(NFS4_MOUNTED_ON_FILEID);

	return !is_same_fsid(attributes->fsid, directory->fsid) ||
	       ((attributes->present & both) == both &&
		attributes->fileid != attributes->mounted_on_fileid);
}

/* An entry of the same file system. Linux servers give the root of the pseudo-
 * filesystem the id 0, and nothing else in it. */
static enum kind kind_inside(const struct nfs4_directory *directory,
			     const struct nfs4_attributes *attributes)
{
	if (attributes->type != NF4DIR ||
	    is_same_fsid(directory->fsid, no_fsid))
		return KIND_DATA;
	return directory->is_candidate ? KIND_CANDIDATE : KIND_DIRECTORY;
}

static enum kind kind_of(struct nfs4_tree *tree,
			 const struct nfs4_attributes *attributes,
			 struct str path)
{
	const uint64_t needed =
		NFS4_BIT(NFS4_TYPE) | NFS4_BIT(NFS4_FSID_ATTRIBUTE);
	bool is_directory = attributes->type == NF4DIR;

	if (attributes->error)
		return kind_of_error(tree, attributes->error);
	if ((attributes->present & needed) != needed) {
		nfs4_tree_note(tree, "the server keeps attributes to itself");
		return KIND_NOTHING;
	}
	if (attributes->type == NF4LNK)
		return KIND_NOTHING;
	if (is_directory && nfs4_pseudo_has_fsid(path, attributes->fsid))
		return KIND_DIRECTORY;
	if (!begins_file_system(current(tree), attributes))
		return kind_inside(current(tree), attributes);
	return is_directory && tree->is_linux ? KIND_CANDIDATE : KIND_EXPORT;
}

static void add_kind(struct nfs4_tree *tree, enum kind kind, struct str path)
{
	if (kind == KIND_NOTHING)
		return;
	if (kind == KIND_DATA) {
		tree->has_data = true;
		return;
	}
	if (kind == KIND_DIRECTORY || kind == KIND_CANDIDATE) {
		add_directory(tree, path, kind == KIND_CANDIDATE);
		return;
	}
	path.data = keep_path(tree, path);
	if (path.data)
		add_export(tree, (struct nfs4_export){
					 .path = path,
					 .state = kind_states[kind],
					 .is_moved = kind == KIND_MOVED,
					 .takes_port = kind == KIND_EXPORT &&
						       !tree->is_linux,
				 });
}

static void look_at_handle(struct nfs4_tree *tree,
			   const struct nfs4_attributes *attributes)
{
	enum nfs4_handle_kind kind = nfs4_handle_kind_of(attributes->handle);

	if (kind != NFS4_HANDLE_UNKNOWN)
		tree->has_handles = true;
	if (kind == NFS4_HANDLE_BELOW)
		tree->has_data = true;
}

void nfs4_tree_add_entry(struct nfs4_tree *tree, const struct nfs4_entry *entry)
{
	struct str path;

	if (++tree->entries > LIMIT_NFS4_ENTRIES) {
		tree->is_full = true;
		note_limit(tree, "a directory has more entries than the limit");
		return;
	}
	if (!is_fit_name(entry->name)) {
		tree->listing->foreign_names++;
		return;
	}
	if (is_root(current(tree)))
		tree->listing->has_root = true;
	look_at_handle(tree, &entry->attributes);
	path = path_below(tree, entry->name);
	add_kind(tree, kind_of(tree, &entry->attributes, path), path);
}

bool nfs4_tree_wants_page(struct nfs4_tree *tree, uint64_t cookie)
{
	if (tree->has_data || tree->is_full)
		return false;
	for (size_t i = 0; i < tree->cookies.count; i++)
		if (tree->cookies.items[i] == cookie) {
			nfs4_tree_note(tree, "the server lists a directory in "
					     "a circle");
			return false;
		}
	*ARRAY_ADD(tree->work, &tree->cookies) = cookie;
	return true;
}

static void begin_next(struct nfs4_tree *tree)
{
	tree->next++;
	tree->first_directory = tree->directories.count;
	tree->first_export = tree->listing->exports.count;
	tree->entries = 0;
	tree->has_data = false;
	tree->has_handles = false;
	tree->is_full = false;
	tree->cookies.count = 0;
}

/* What was taken for a pseudo directory is an export: what was found inside is
 * none of our business. */
static void turn_into_export(struct nfs4_tree *tree)
{
	const struct nfs4_directory *directory = current(tree);

	tree->directories.count = tree->first_directory;
	tree->listing->exports.count = tree->first_export;
	add_export(tree, (struct nfs4_export){
				 .path = directory->path,
				 .is_inferred = directory->is_unsure,
				 .takes_port = true,
			 });
}

static void settle_candidate(struct nfs4_tree *tree)
{
	bool is_unsure = current(tree)->is_unsure || !tree->has_handles;

	if (tree->has_data || !tree->entries) {
		turn_into_export(tree);
		return;
	}
	if (!may_have_pseudo(tree)) {
		tree->directories.count = tree->first_directory;
		return;
	}
	tree->pseudo_count++;
	for (size_t i = tree->first_directory; i < tree->directories.count; i++)
		tree->directories.items[i].is_unsure = is_unsure;
}

/* There is no pseudo-filesystem, but one export, in which nothing is looked
 * for; where it shows another file system, that is an export, too. */
static void turn_root_into_export(struct nfs4_tree *tree)
{
	for (size_t i = tree->next + 1; i < tree->directories.count; i++)
		if (tree->directories.items[i].is_candidate)
			add_export(
				tree,
				(struct nfs4_export){
					.path = tree->directories.items[i].path,
				});
	tree->directories.count = tree->next + 1;
	if (tree->listing->root_is_export)
		return;
	tree->listing->root_is_export = true;
	add_export(tree, (struct nfs4_export){ .path = STR("/"),
					       .takes_port = true });
}

void nfs4_tree_end_directory(struct nfs4_tree *tree)
{
	const struct nfs4_directory *directory = current(tree);
	bool is_empty_root = is_root(directory) && !tree->entries &&
			     is_same_fsid(directory->fsid, no_fsid);

	if (is_root(directory))
		tree->listing->has_root = true;
	if (directory->is_candidate)
		settle_candidate(tree);
	else if (tree->has_data || is_empty_root)
		turn_root_into_export(tree);
	begin_next(tree);
}

/* Only a real export can want a source port below 1024. */
static void fail_candidate(struct nfs4_tree *tree, enum kind kind,
			   bool is_for_port)
{
	add_export(tree, (struct nfs4_export){
				 .path = current(tree)->path,
				 .state = is_for_port ? NFS4_STATE_OK
						      : kind_states[kind],
				 .is_inferred = !is_for_port,
				 .is_moved = kind == KIND_MOVED,
			 });
}

static void fail_pseudo_directory(struct nfs4_tree *tree, enum kind kind)
{
	if (kind != KIND_NOTHING)
		add_export(tree, (struct nfs4_export){
					 .path = current(tree)->path,
					 .state = kind_states[kind],
					 .is_directory = true,
					 .is_moved = kind == KIND_MOVED,
				 });
}

void nfs4_tree_fail_directory(struct nfs4_tree *tree, uint32_t error)
{
	enum kind kind = kind_of_error(tree, error);

	if (!current(tree)->is_candidate)
		fail_pseudo_directory(tree, kind);
	else if (error != NFS4ERR_NOENT)
		fail_candidate(tree, kind, error == NFS4ERR_PERM);
	begin_next(tree);
}

void nfs4_tree_stop(struct nfs4_tree *tree)
{
	if (tree->entries)
		nfs4_tree_end_directory(tree);
	for (; tree->next < tree->directories.count; tree->next++)
		if (current(tree)->is_candidate)
			add_export(tree, (struct nfs4_export){
						 .path = current(tree)->path,
						 .is_inferred = true,
					 });
}
