/* Walks through a pseudo-filesystem whose server is a function: for recordings
 * and for tests. */
#ifndef NFS4_PLAYER_H
#define NFS4_PLAYER_H

#include "nfs4_walk.h"

/* Answers the arguments of a COMPOUND with a message of RPC; false: not at
 * all. */
typedef bool nfs4_player_server(void *context, struct str arguments,
				struct strbuf *message);

static const char nfs4_player_owner[NFS4_OWNER + 1] =
	"owner of these sessions.";

static inline void nfs4_player_take(struct nfs4_walk *walk, struct str message)
{
	struct rpc_reply reply;

	if (rpc_reply_decode(message, true, &reply) != XDR_NO_TROUBLE)
		nfs4_walk_stop(walk, (struct query_result){
					     ANSWER_PROTOCOL_ERROR, "bad" });
	else if (reply.kind != RPC_REPLY_SUCCESS)
		nfs4_walk_stop(walk, (struct query_result){ ANSWER_DENIED,
							    "refused" });
	else
		nfs4_walk_take(walk, str_skip(message, reply.results));
}

/* Gives the number of calls, at most max. */
static inline unsigned nfs4_player_run(struct nfs4_walk *walk,
				       nfs4_player_server *server,
				       void *context, unsigned max)
{
	struct strbuf message = { 0 };
	struct nfs4_call call;
	unsigned calls = 0;

	while (calls < max && nfs4_walk_next(walk, &call)) {
		calls++;
		strbuf_clear(&message);
		if (server(context, call.arguments, &message)) {
			nfs4_player_take(walk, strbuf_str(&message));
			continue;
		}
		nfs4_walk_stop(walk, (struct query_result){ ANSWER_TIMEOUT,
							    "no answer" });
		nfs4_walk_give_up(walk);
	}
	strbuf_free(&message);
	return calls;
}

static inline void nfs4_player_add_export(struct strbuf *out,
					  const struct nfs4_export *export)
{
	strbuf_add(out, export->path);
	strbuf_printf(out, " %s", nfs4_state_name(export->state));
	if (export->is_directory)
		strbuf_add_text(out, " directory");
	if (export->is_inferred)
		strbuf_add_text(out, " inferred");
	if (export->is_moved)
		strbuf_add_text(out, " moved");
	if (export->state == NFS4_STATE_OK && !export->takes_port)
		strbuf_add_text(out, " outside");
	if (export->wants_tls)
		strbuf_add_text(out, " tls");
	if (!export->flavors.names)
		strbuf_add_text(out, " ?");
	for (uint32_t i = 0; i < export->flavors.count; i++)
		strbuf_printf(out, "%c%s", i ? ':' : ' ',
			      export->flavors.names[i]);
	strbuf_add_char(out, '\n');
}

/* What the walk found, as lines. */
static inline void nfs4_player_print(const struct nfs4_walk *walk,
				     struct strbuf *out)
{
	const struct nfs4_listing *listing = nfs4_walk_listing(walk);
	struct query_result result = nfs4_walk_result(walk);

	strbuf_printf(out, "%s by 4.%u", answer_status_name(result.status),
		      listing->minor);
	if (result.error)
		strbuf_printf(out, ": %s", result.error);
	strbuf_add_char(out, '\n');
	if (listing->complete)
		strbuf_add_text(out, "complete\n");
	else if (listing->incomplete)
		strbuf_printf(out, "incomplete: %s\n", listing->incomplete);
	if (listing->root_is_export)
		strbuf_add_text(out, "the root is an export\n");
	if (listing->foreign_names)
		strbuf_printf(out, "foreign names: %u\n",
			      listing->foreign_names);
	for (size_t i = 0; i < listing->exports.count; i++)
		nfs4_player_add_export(out, &listing->exports.items[i]);
}

#endif
