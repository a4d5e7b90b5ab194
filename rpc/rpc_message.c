#include "rpc_message.h"

#include <arpa/inet.h>

#include <rpc/rpc.h>

#include "rpc_limits.h"

enum {
	AUTH_TLS_FLAVOR = 7,
	/* all of a call but its arguments: ten numbers, a credential */
	CALL_HEAD_BYTES = 256,
	/* xid, direction, status, verifier, status, two versions */
	REPLY_HEAD_BYTES = 4 + 4 + 4 + 8 + LIMIT_AUTH_BYTES + 4 + 8,
};

_Static_assert(LIMIT_AUTH_BYTES == MAX_AUTH_BYTES, "libtirpc keeps the limit");

/* The body of an AUTH_SYS credential (RFC 5531, appendix A). */
static unsigned encode_sys(const struct rpc_call *call, char *body,
			   unsigned size)
{
	char machine[] = "localhost";
	struct authunix_parms sys = {
		.aup_machname = machine,
		.aup_uid = call->uid,
		.aup_gid = call->gid,
	};
	XDR stream;

	xdrmem_create(&stream, body, size, XDR_ENCODE);
	return xdr_authunix_parms(&stream, &sys) ? XDR_GETPOS(&stream) : 0;
}

static struct opaque_auth credential_of(const struct rpc_call *call, char *body,
					unsigned size)
{
	struct opaque_auth auth = { .oa_flavor = AUTH_NONE, .oa_base = body };

	if (call->credential == RPC_CREDENTIAL_TLS)
		auth.oa_flavor = AUTH_TLS_FLAVOR;
	if (call->credential != RPC_CREDENTIAL_SYS)
		return auth;
	auth.oa_flavor = AUTH_SYS;
	auth.oa_length = encode_sys(call, body, size);
	return auth;
}

void rpc_call_encode(struct strbuf *out, const struct rpc_call *call,
		     uint32_t xid)
{
	char head[CALL_HEAD_BYTES], body[LIMIT_AUTH_BYTES];
	struct rpc_msg message = {
		.rm_xid = xid,
		.rm_direction = CALL,
		.rm_call.cb_rpcvers = RPC_MSG_VERSION,
		.rm_call.cb_prog = call->program,
		.rm_call.cb_vers = call->version,
		.rm_call.cb_proc = call->procedure,
		.rm_call.cb_cred = credential_of(call, body, sizeof(body)),
		.rm_call.cb_verf.oa_flavor = AUTH_NONE,
	};
	XDR stream;

	xdrmem_create(&stream, head, sizeof(head), XDR_ENCODE);
	/* always fits: the machine name is ours */
	if (!xdr_callmsg(&stream, &message))
		abort();
	strbuf_add(out, (struct str){ head, XDR_GETPOS(&stream) });
	strbuf_add(out, call->arguments);
}

enum xdr_trouble rpc_reply_xid(struct str message, uint32_t *xid)
{
	struct xdr_reader reader;

	xdr_reader_init(&reader, message.data, message.length);
	return xdr_read_u32(&reader, xid) ? XDR_NO_TROUBLE : reader.trouble;
}

static bool take_accepted(const struct accepted_reply *accepted,
			  const char *verifier, struct rpc_reply *reply)
{
	if ((unsigned)accepted->ar_stat > RPC_REPLY_SYSTEM_ERR)
		return false;
	reply->kind = (enum rpc_reply_kind)accepted->ar_stat;
	reply->verifier_flavor = (uint32_t)accepted->ar_verf.oa_flavor;
	reply->verifier_length = accepted->ar_verf.oa_length;
	memcpy(reply->verifier, verifier, sizeof(reply->verifier));
	if (accepted->ar_stat == PROG_MISMATCH) {
		reply->low = (uint32_t)accepted->ar_vers.low;
		reply->high = (uint32_t)accepted->ar_vers.high;
	}
	return true;
}

static bool take_rejected(const struct rejected_reply *rejected,
			  struct rpc_reply *reply)
{
	if (rejected->rj_stat == AUTH_ERROR) {
		reply->kind = RPC_REPLY_AUTH_ERROR;
		reply->auth_error = (uint32_t)rejected->rj_why;
	} else {
		reply->kind = RPC_REPLY_RPC_MISMATCH;
		reply->low = (uint32_t)rejected->rj_vers.low;
		reply->high = (uint32_t)rejected->rj_vers.high;
	}
	return true;
}

static bool decode_results_later(XDR *stream, ...)
{
	(void)stream;
	return true;
}

enum xdr_trouble rpc_reply_decode(struct str message, bool complete,
				  struct rpc_reply *reply)
{
	/* where there is a buffer for the verifier, libtirpc allocates none */
	char verifier[LIMIT_AUTH_BYTES] = { 0 };
	struct rpc_msg decoded = {
		.acpted_rply.ar_verf.oa_base = verifier,
		.acpted_rply.ar_results.proc =
			(xdrproc_t)(void (*)(void))decode_results_later,
	};
	struct xdr_reader reader;
	bool taken;

	*reply = (struct rpc_reply){ 0 };
	xdr_reader_init(&reader, message.data, message.length);
	if (!xdr_replymsg(&reader.stream, &decoded))
		return complete || message.length >= REPLY_HEAD_BYTES ? XDR_BAD
								      : XDR_CUT;
	taken = decoded.rm_reply.rp_stat == MSG_ACCEPTED
			? take_accepted(&decoded.acpted_rply, verifier, reply)
			: take_rejected(&decoded.rjcted_rply, reply);
	reply->results = xdr_reader_position(&reader);
	return taken ? XDR_NO_TROUBLE : XDR_BAD;
}

const char *rpc_reply_text(const struct rpc_reply *reply, char *text,
			   size_t size)
{
	static const char *const texts[] = {
		[RPC_REPLY_SUCCESS] = "the server answered",
		[RPC_REPLY_PROG_UNAVAIL] = "the server has no such program",
		[RPC_REPLY_PROC_UNAVAIL] = "the server has no such procedure",
		[RPC_REPLY_GARBAGE_ARGS] =
			"the server could not read the arguments of the call",
		[RPC_REPLY_SYSTEM_ERR] = "the server has a problem of its own "
					 "(SYSTEM_ERR)",
	};

	if (reply->kind == RPC_REPLY_PROG_MISMATCH)
		snprintf(text, size,
			 "the server has versions %u to %u of the program only",
			 reply->low, reply->high);
	else if (reply->kind == RPC_REPLY_RPC_MISMATCH)
		snprintf(text, size,
			 "the server speaks versions %u to %u of RPC only",
			 reply->low, reply->high);
	else if (reply->kind == RPC_REPLY_AUTH_ERROR)
		snprintf(text, size,
			 "the server denies the call (AUTH_ERROR %u)",
			 reply->auth_error);
	else
		snprintf(text, size, "%s", texts[reply->kind]);
	return text;
}
