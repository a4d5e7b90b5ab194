/* Calls and replies of ONC RPC version 2 (RFC 5531). */
#ifndef RPC_MESSAGE_H
#define RPC_MESSAGE_H

#include "strbuf.h"
#include "xdr_decode.h"

/* Who we say we are. Servers are told no more than the call needs. */
enum rpc_credential {
	RPC_CREDENTIAL_NONE,
	RPC_CREDENTIAL_SYS, /* machine `localhost`, uid, gid, no groups */
	RPC_CREDENTIAL_TLS, /* AUTH_TLS: asks for STARTTLS (RFC 9289) */
};

struct rpc_call {
	uint32_t program, version, procedure;
	enum rpc_credential credential;
	uint32_t uid, gid;    /* of RPC_CREDENTIAL_SYS */
	struct str arguments; /* as XDR */
};

/* Adds the call message to out. */
void rpc_call_encode(struct strbuf *out, const struct rpc_call *call,
		     uint32_t xid);

enum rpc_reply_kind {
	/* the values of accept_stat (RFC 5531, section 9) */
	RPC_REPLY_SUCCESS,
	RPC_REPLY_PROG_UNAVAIL,
	RPC_REPLY_PROG_MISMATCH,
	RPC_REPLY_PROC_UNAVAIL,
	RPC_REPLY_GARBAGE_ARGS,
	RPC_REPLY_SYSTEM_ERR,
	/* and of reject_stat */
	RPC_REPLY_RPC_MISMATCH,
	RPC_REPLY_AUTH_ERROR,
};

struct rpc_reply {
	enum rpc_reply_kind kind;
	uint32_t low, high;	  /* of both mismatches */
	uint32_t auth_error;	  /* auth_stat of RPC_REPLY_AUTH_ERROR */
	uint32_t verifier_flavor; /* of an accepted reply */
	char verifier[8];	  /* its first bytes */
	uint32_t verifier_length;
	size_t results; /* where they begin in the message */
};

/* The transaction id that a message begins with. XDR_CUT if it has less than
 * four bytes. */
enum xdr_trouble rpc_reply_xid(struct str message, uint32_t *xid);

/* Reads the head of a reply, up to its results. XDR_CUT if more bytes could
 * help, XDR_BAD if this is no reply; complete says that no more will come. */
enum xdr_trouble rpc_reply_decode(struct str message, bool complete,
				  struct rpc_reply *reply);

/* What a reply that brings no results says, for people: "the server has no such
 * program". Into text, which is returned. */
const char *rpc_reply_text(const struct rpc_reply *reply, char *text,
			   size_t size);

#endif
