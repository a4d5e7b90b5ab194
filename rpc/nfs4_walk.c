#include <stdlib.h>

#include "nfs4_walk_stages.h"
#include "rpc_limits.h"

enum { DELAY_MS = 100 }; /* for the first NFS4ERR_DELAY, then twice as long */

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

void nfs4_walk_stop_with(struct nfs4_walk *walk, enum answer_status status,
			 const char *error)
{
	nfs4_walk_stop(walk, (struct query_result){ status, error });
}

void nfs4_walk_stop_with_error(struct nfs4_walk *walk)
{
	if (!walk->is_stopped)
		nfs4_walk_stop_with(
			walk, ANSWER_PROTOCOL_ERROR,
			arena_printf(walk->arena,
				     "the server answers with NFSv4 error %u",
				     walk->status));
}

void nfs4_walk_set_minor(struct nfs4_walk *walk, uint32_t minor)
{
	walk->minor = minor;
	walk->tree.listing->minor = minor;
}

bool nfs4_walk_is_delay(uint32_t status)
{
	return status == NFS4ERR_DELAY || status == NFS4ERR_GRACE;
}

void nfs4_walk_begin(struct nfs4_walk *walk)
{
	nfs4_compound_begin(&walk->compound, walk->minor);
}

static void begin_in_session(struct nfs4_walk *walk)
{
	nfs4_walk_begin(walk);
	if (walk->has_session)
		nfs4_add_sequence(&walk->compound, &walk->session);
}

void nfs4_walk_go_to(struct nfs4_walk *walk, struct str path)
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

static const struct {
	nfs4_stage_fn *ask, *take;
} stages[] = {
	[STAGE_LIST] = { nfs4_walk_ask_list, nfs4_walk_take_list },
	[STAGE_FLAVORS] = { nfs4_walk_ask_flavors, nfs4_walk_take_flavors },
	[STAGE_ROOT_FLAVORS] = { nfs4_walk_ask_root_flavors,
				 nfs4_walk_take_root_flavors },
	[STAGE_EXCHANGE_ID] = { nfs4_walk_ask_exchange_id,
				nfs4_walk_take_exchange_id },
	[STAGE_CREATE_SESSION] = { nfs4_walk_ask_create_session,
				   nfs4_walk_take_create_session },
	[STAGE_DESTROY_SESSION] = { nfs4_walk_ask_destroy_session,
				    nfs4_walk_take_destroy_session },
	[STAGE_DESTROY_CLIENTID] = { nfs4_walk_ask_destroy_clientid,
				     nfs4_walk_take_destroy_clientid },
};

static enum nfs4_stage next_stage(struct nfs4_walk *walk)
{
	if (!walk->is_stopped) {
		if (walk->minor && !walk->has_client)
			return STAGE_EXCHANGE_ID;
		if (walk->minor && !walk->has_session)
			return STAGE_CREATE_SESSION;
		if (nfs4_tree_next(&walk->tree))
			return STAGE_LIST;
		if (nfs4_walk_wants_flavors(walk))
			return STAGE_FLAVORS;
		if (nfs4_walk_wants_root_flavors(walk))
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
	enum nfs4_stage stage = next_stage(walk);

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
	nfs4_result_fn *read;
} result_readers[] = {
	{ NFS4_OP_GETATTR, nfs4_walk_read_directory },
	{ NFS4_OP_READDIR, nfs4_walk_read_page },
	{ NFS4_OP_SECINFO, nfs4_walk_read_flavors },
	{ NFS4_OP_SECINFO_NO_NAME, nfs4_walk_read_root_flavors },
	{ NFS4_OP_EXCHANGE_ID, nfs4_walk_read_exchange_id },
	{ NFS4_OP_CREATE_SESSION, nfs4_walk_read_create_session },
	{ NFS4_OP_SEQUENCE, nfs4_walk_read_sequence },
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
	if (nfs4_walk_is_delay(walk->status) &&
	    walk->delays < LIMIT_NFS4_DELAYS)
		walk->delays++;
	else
		walk->delays = 0;
	return walk->delays > 0;
}

void nfs4_walk_take(struct nfs4_walk *walk, struct str results)
{
	if (!read_results(walk, results)) {
		nfs4_walk_stop_with(walk, ANSWER_PROTOCOL_ERROR,
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
