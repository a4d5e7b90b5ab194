#include "nfs4_walk.h"

#include <stdlib.h>

#include "auth_flavor.h"
#include "nfs4_tree.h"
#include "rpc_limits.h"

enum {
	DELAY_MS = 100, /* for the first NFS4ERR_DELAY, then twice as long */
	PAGE_BYTES = 64 << 10,
	PEEK_BYTES = 4 << 10, /* of what may be an export */
	PAGE_OVERHEAD = 512,  /* what a reply has beside a page */
	/* of one COMPOUND; servers refuse more at some number that only
	 * sessions tell */
	BATCH_OPS = 16,
	/* of a listing beside its LOOKUPs: SEQUENCE, PUTROOTFH, GETATTR,
	 * READDIR */
	LISTING_OPS = 4,
};

static const uint64_t directory_attributes =
	NFS4_BIT(NFS4_TYPE) | NFS4_BIT(NFS4_FSID_ATTRIBUTE);

enum stage {
	STAGE_LIST,
	STAGE_FLAVORS,
	STAGE_ROOT_FLAVORS,
	STAGE_EXCHANGE_ID,
	STAGE_CREATE_SESSION,
	STAGE_DESTROY_SESSION,
	STAGE_DESTROY_CLIENTID,
	STAGE_OVER,
};

struct nfs4_walk {
	struct arena *arena; /* of the listing */
	struct nfs4_tree tree;
	struct query_result result; /* once it is stopped */
	bool is_stopped;
	const char *owner;

	enum stage stage; /* of the call that is out */
	struct nfs4_compound compound;
	unsigned delays; /* that this call got as its answers */

	/* the last reply */
	uint32_t status;
	enum nfs4_op failed; /* where status is not NFS4_OK */

	/* 4.1 and later */
	uint32_t minor;
	struct nfs4_session session;
	bool has_client, has_session;

	/* of the directory that is being listed */
	uint64_t cookie;
	char verifier[NFS4_VERIFIER];
	uint64_t attributes; /* asked of its entries */
	bool has_more;

	/* exports whose flavors are asked for */
	size_t next_export, batch_end;
	bool has_root_flavors;
};

struct nfs4_walk *nfs4_walk_new(struct arena *arena,
				const char owner[NFS4_OWNER],
				uint32_t exports_max)
{
	struct nfs4_walk *walk = calloc(1, sizeof(*walk));

	if (!walk)
		arena_exhausted();
	walk->arena = arena;
	nfs4_tree_init(&walk->tree, arena, exports_max);
	walk->owner = arena_copy(walk->tree.work, owner, NFS4_OWNER);
	return walk;
}

void nfs4_walk_free(struct nfs4_walk *walk)
{
	if (!walk)
		return;
	nfs4_tree_free(&walk->tree);
	strbuf_free(&walk->compound.arguments);
	free(walk);
}

void nfs4_walk_stop(struct nfs4_walk *walk, struct query_result result)
{
	if (walk->is_stopped)
		return;
	walk->is_stopped = true;
	walk->result = result;
	if (walk->tree.listing->complete)
		return;
	nfs4_tree_note(&walk->tree, result.error);
	nfs4_tree_stop(&walk->tree);
}

static void stop_with(struct nfs4_walk *walk, enum answer_status status,
		      const char *error)
{
	nfs4_walk_stop(walk, (struct query_result){ status, error });
}

static void stop_with_error(struct nfs4_walk *walk)
{
	if (!walk->is_stopped)
		stop_with(walk, ANSWER_PROTOCOL_ERROR,
			  arena_printf(walk->arena,
				       "the server answers with NFSv4 error %u",
				       walk->status));
}

/* Beginnings of compounds. */

static void begin(struct nfs4_walk *walk)
{
	nfs4_compound_begin(&walk->compound, walk->minor);
}

static void begin_in_session(struct nfs4_walk *walk)
{
	begin(walk);
	if (walk->has_session)
		nfs4_add_sequence(&walk->compound, &walk->session);
}

static void go_to(struct nfs4_walk *walk, struct str path)
{
	begin_in_session(walk);
	nfs4_add(&walk->compound, NFS4_OP_PUTROOTFH);
	for (path = str_skip(path, 1); path.length;) {
		size_t length = str_find(path, '/');

		nfs4_add_named(&walk->compound, NFS4_OP_LOOKUP,
			       (struct str){ path.data, length });
		path = str_skip(path,
				length < path.length ? length + 1 : length);
	}
}

/* Directories. */

static uint32_t page_bytes(const struct nfs4_walk *walk,
			   const struct nfs4_directory *directory)
{
	uint32_t wanted = directory->is_candidate ? PEEK_BYTES : PAGE_BYTES;
	uint32_t most = walk->session.max_response;

	if (!walk->has_session || most >= wanted + PAGE_OVERHEAD)
		return wanted;
	return most - PAGE_OVERHEAD;
}

static void ask_list(struct nfs4_walk *walk)
{
	const struct nfs4_directory *directory = nfs4_tree_next(&walk->tree);

	walk->attributes = nfs4_tree_entry_attributes(directory);
	go_to(walk, directory->path);
	if (!walk->cookie)
		nfs4_add_getattr(&walk->compound, directory_attributes);
	nfs4_add_readdir(&walk->compound, walk->cookie, walk->verifier,
			 page_bytes(walk, directory), walk->attributes);
}

static bool read_directory(struct nfs4_walk *walk, struct xdr_reader *reader)
{
	struct nfs4_attributes attributes;

	if (!nfs4_read_attributes(reader, directory_attributes, &attributes))
		return false;
	nfs4_tree_set_attributes(&walk->tree, &attributes);
	return true;
}

static bool read_page(struct nfs4_walk *walk, struct xdr_reader *reader)
{
	struct nfs4_entry entry;
	uint64_t cookie = 0;
	bool more, is_end, is_empty = true;

	if (!nfs4_read_readdir(reader, walk->verifier))
		return false;
	for (;;) {
		if (!nfs4_read_entry(reader, walk->attributes, &more, &entry))
			return false;
		if (!more)
			break;
		is_empty = false;
		cookie = entry.cookie;
		nfs4_tree_add_entry(&walk->tree, &entry);
	}
	if (!nfs4_read_end_of_directory(reader, &is_end))
		return false;
	if (is_empty && !is_end)
		nfs4_tree_note(&walk->tree,
			       "the server does not come to the end of a "
			       "directory");
	walk->cookie = cookie;
	walk->has_more = !is_end && !is_empty &&
			 nfs4_tree_wants_page(&walk->tree, cookie);
	return true;
}

static void forget_page(struct nfs4_walk *walk)
{
	walk->cookie = 0;
	memset(walk->verifier, 0, sizeof(walk->verifier));
	walk->has_more = false;
}

static bool is_delay(uint32_t status)
{
	return status == NFS4ERR_DELAY || status == NFS4ERR_GRACE;
}

/* Without its root a server shows nothing. */
static void stop_at_root(struct nfs4_walk *walk)
{
	if (is_delay(walk->status))
		stop_with(walk, ANSWER_TIMEOUT,
			  "the server wants to be asked later");
	else if (walk->status == NFS4ERR_WRONGSEC)
		stop_with(walk, ANSWER_DENIED,
			  "the root of the server needs another security "
			  "flavor");
	else if (walk->status == NFS4ERR_ACCESS || walk->status == NFS4ERR_PERM)
		stop_with(walk, ANSWER_DENIED,
			  "the server lets us not look at its root; it may "
			  "want a source port below 1024");
	else
		stop_with_error(walk);
}

static void take_list_error(struct nfs4_walk *walk)
{
	bool is_root = nfs4_tree_next(&walk->tree)->depth == 0;

	nfs4_tree_fail_directory(&walk->tree, walk->status);
	if (is_root)
		stop_at_root(walk);
}

static void set_minor(struct nfs4_walk *walk, uint32_t minor)
{
	walk->minor = minor;
	walk->tree.listing->minor = minor;
}

static bool is_first_call(const struct nfs4_walk *walk)
{
	return walk->minor == 0 && walk->tree.next == 0 && !walk->cookie;
}

static void take_list(struct nfs4_walk *walk)
{
	if (walk->status == NFS4ERR_MINOR_VERS_MISMATCH &&
	    is_first_call(walk)) {
		set_minor(walk, 2);
		return;
	}
	if (walk->status != NFS4_OK)
		take_list_error(walk);
	else if (walk->has_more)
		return;
	else
		nfs4_tree_end_directory(&walk->tree);
	forget_page(walk);
}

/* Flavors. */

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
static void ask_flavors(struct nfs4_walk *walk)
{
	size_t index = walk->next_export;
	struct str name, parent;

	parent = parent_of(export_at(walk, index)->path, &name);
	go_to(walk, parent);
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

static bool read_flavors(struct nfs4_walk *walk, struct xdr_reader *reader)
{
	struct nfs4_flavors flavors;

	if (!nfs4_read_secinfo(reader, &flavors))
		return false;
	set_flavors(walk, walk->next_export++, &flavors);
	return true;
}

/* Where the server does not tell of one, it may tell of the next; where it
 * does not even come to the directory, of none. */
static void take_flavors(struct nfs4_walk *walk)
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

static void ask_root_flavors(struct nfs4_walk *walk)
{
	go_to(walk, STR("/"));
	nfs4_add_secinfo_no_name(&walk->compound);
}

static bool read_root_flavors(struct nfs4_walk *walk, struct xdr_reader *reader)
{
	struct nfs4_flavors flavors;

	if (!nfs4_read_secinfo(reader, &flavors))
		return false;
	set_flavors(walk, root_export(walk), &flavors);
	return true;
}

static void take_root_flavors(struct nfs4_walk *walk)
{
	walk->has_root_flavors = true;
}

/* Sessions. */

static void ask_exchange_id(struct nfs4_walk *walk)
{
	begin(walk);
	nfs4_add_exchange_id(&walk->compound, walk->owner);
}

static bool read_exchange_id(struct nfs4_walk *walk, struct xdr_reader *reader)
{
	walk->has_client = nfs4_read_exchange_id(reader, &walk->session);
	return walk->has_client;
}

static void take_exchange_id(struct nfs4_walk *walk)
{
	if (walk->status == NFS4_OK)
		return;
	if (walk->status != NFS4ERR_MINOR_VERS_MISMATCH)
		stop_with_error(walk);
	else if (walk->minor > 1)
		set_minor(walk, walk->minor - 1);
	else
		stop_with(walk, ANSWER_NO_MOUNT_SERVICE,
			  "the server has no minor version of NFSv4 up to 2");
}

static void ask_create_session(struct nfs4_walk *walk)
{
	begin(walk);
	nfs4_add_create_session(&walk->compound, &walk->session);
}

static bool read_create_session(struct nfs4_walk *walk,
				struct xdr_reader *reader)
{
	walk->has_session = nfs4_read_create_session(reader, &walk->session);
	return walk->has_session;
}

static void take_create_session(struct nfs4_walk *walk)
{
	uint32_t granted = walk->session.max_operations;

	if (walk->status != NFS4_OK)
		stop_with_error(walk);
	else if (granted < LISTING_OPS)
		stop_with(walk, ANSWER_PROTOCOL_ERROR,
			  "the server grants a session too few operations");
	else if (granted - LISTING_OPS < walk->tree.depth_max)
		walk->tree.depth_max = granted - LISTING_OPS;
}

static bool read_sequence(struct nfs4_walk *walk, struct xdr_reader *reader)
{
	return nfs4_read_sequence(reader, &walk->session);
}

static void ask_destroy_session(struct nfs4_walk *walk)
{
	begin(walk);
	nfs4_add_destroy_session(&walk->compound, &walk->session);
}

static void take_destroy_session(struct nfs4_walk *walk)
{
	walk->has_session = false;
}

static void ask_destroy_clientid(struct nfs4_walk *walk)
{
	begin(walk);
	nfs4_add_destroy_clientid(&walk->compound, &walk->session);
}

static void take_destroy_clientid(struct nfs4_walk *walk)
{
	walk->has_client = false;
}

static const struct {
	void (*ask)(struct nfs4_walk *walk);  /* builds the compound */
	void (*take)(struct nfs4_walk *walk); /* when its results are read */
} stages[] = {
	[STAGE_LIST] = { ask_list, take_list },
	[STAGE_FLAVORS] = { ask_flavors, take_flavors },
	[STAGE_ROOT_FLAVORS] = { ask_root_flavors, take_root_flavors },
	[STAGE_EXCHANGE_ID] = { ask_exchange_id, take_exchange_id },
	[STAGE_CREATE_SESSION] = { ask_create_session, take_create_session },
	[STAGE_DESTROY_SESSION] = { ask_destroy_session, take_destroy_session },
	[STAGE_DESTROY_CLIENTID] = { ask_destroy_clientid,
				     take_destroy_clientid },
};

static bool wants_root_flavors(struct nfs4_walk *walk)
{
	return walk->minor && !walk->has_root_flavors &&
	       root_export(walk) < walk->tree.listing->exports.count;
}

/* Exports but the root, whose directory is none. */
static bool wants_flavors(struct nfs4_walk *walk)
{
	while (walk->next_export < walk->tree.listing->exports.count) {
		if (export_at(walk, walk->next_export)->path.length > 1)
			return true;
		walk->next_export++;
	}
	return false;
}

static enum stage next_stage(struct nfs4_walk *walk)
{
	if (!walk->is_stopped) {
		if (walk->minor && !walk->has_client)
			return STAGE_EXCHANGE_ID;
		if (walk->minor && !walk->has_session)
			return STAGE_CREATE_SESSION;
		if (nfs4_tree_next(&walk->tree))
			return STAGE_LIST;
		if (wants_flavors(walk))
			return STAGE_FLAVORS;
		if (wants_root_flavors(walk))
			return STAGE_ROOT_FLAVORS;
	}
	if (walk->has_session)
		return STAGE_DESTROY_SESSION;
	if (walk->has_client)
		return STAGE_DESTROY_CLIENTID;
	return STAGE_OVER;
}

static bool is_listed(struct nfs4_walk *walk)
{
	return !walk->is_stopped && !walk->tree.listing->incomplete;
}

static unsigned delay_of(const struct nfs4_walk *walk)
{
	return walk->delays ? (unsigned)DELAY_MS << (walk->delays - 1) : 0;
}

bool nfs4_walk_next(struct nfs4_walk *walk, struct nfs4_call *call)
{
	enum stage stage = next_stage(walk);

	if (stage != STAGE_LIST && stage != STAGE_EXCHANGE_ID &&
	    stage != STAGE_CREATE_SESSION && is_listed(walk))
		walk->tree.listing->complete = true;
	if (stage >= STAGE_DESTROY_SESSION)
		nfs4_walk_stop(walk, nfs4_walk_result(walk));
	if (stage == STAGE_OVER)
		return false;
	walk->stage = stage;
	stages[stage].ask(walk);
	*call = (struct nfs4_call){
		.arguments = strbuf_str(&walk->compound.arguments),
		.milliseconds = delay_of(walk),
		.makes_state = stage == STAGE_EXCHANGE_ID ||
			       stage == STAGE_CREATE_SESSION,
		.ends_state = stage == STAGE_DESTROY_SESSION ||
			      stage == STAGE_DESTROY_CLIENTID,
	};
	return true;
}

static const struct {
	enum nfs4_op op;
	bool (*read)(struct nfs4_walk *walk, struct xdr_reader *reader);
} result_readers[] = {
	{ NFS4_OP_GETATTR, read_directory },
	{ NFS4_OP_READDIR, read_page },
	{ NFS4_OP_SECINFO, read_flavors },
	{ NFS4_OP_SECINFO_NO_NAME, read_root_flavors },
	{ NFS4_OP_EXCHANGE_ID, read_exchange_id },
	{ NFS4_OP_CREATE_SESSION, read_create_session },
	{ NFS4_OP_SEQUENCE, read_sequence },
};

/* Most operations give nothing but their status. */
static bool read_result(struct nfs4_walk *walk, enum nfs4_op op,
			struct xdr_reader *reader)
{
	for (size_t i = 0; i < sizeof(result_readers) / sizeof(*result_readers);
	     i++)
		if (result_readers[i].op == op)
			return result_readers[i].read(walk, reader);
	return true;
}

static bool read_results(struct nfs4_walk *walk, struct str bytes)
{
	struct nfs4_results results;
	enum nfs4_op op;
	uint32_t status;

	if (!nfs4_results_begin(&results, &walk->compound, bytes))
		return false;
	walk->status = results.status;
	walk->failed = NFS4_OP_ILLEGAL;
	while (nfs4_results_next(&results, &op, &status)) {
		if (status != NFS4_OK)
			walk->failed = op;
		else if (!read_result(walk, op, &results.reader))
			return false;
	}
	return results.reader.trouble == XDR_NO_TROUBLE;
}

/* Whether the server wants to be asked once more, and may be. */
static bool is_delayed(struct nfs4_walk *walk)
{
	if (is_delay(walk->status) && walk->delays < LIMIT_NFS4_DELAYS)
		walk->delays++;
	else
		walk->delays = 0;
	return walk->delays > 0;
}

void nfs4_walk_take(struct nfs4_walk *walk, struct str results)
{
	if (!read_results(walk, results)) {
		stop_with(walk, ANSWER_PROTOCOL_ERROR,
			  "what the NFS server sends is no answer");
		nfs4_walk_give_up(walk);
		return;
	}
	if (!is_delayed(walk))
		stages[walk->stage].take(walk);
}

void nfs4_walk_take_part(struct nfs4_walk *walk, struct str results)
{
	if (walk->stage == STAGE_LIST && !walk->is_stopped)
		(void)!read_results(walk, results);
}

void nfs4_walk_give_up(struct nfs4_walk *walk)
{
	walk->delays = 0;
	if (walk->stage == STAGE_DESTROY_SESSION ||
	    walk->stage == STAGE_DESTROY_CLIENTID)
		stages[walk->stage].take(walk);
}

const struct nfs4_listing *nfs4_walk_listing(const struct nfs4_walk *walk)
{
	return walk->tree.listing;
}

struct query_result nfs4_walk_result(const struct nfs4_walk *walk)
{
	const char *incomplete = walk->tree.listing->incomplete;

	if (walk->is_stopped || !incomplete)
		return walk->result;
	return (struct query_result){ walk->tree.is_too_large
					      ? ANSWER_TOO_LARGE
					      : ANSWER_PROTOCOL_ERROR,
				      incomplete };
}
