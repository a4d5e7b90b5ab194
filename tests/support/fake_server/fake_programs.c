#include "fake_programs.h"

enum { NULL_PROCEDURE = 0, RPC_VERSION = 2 };

enum { /* auth_stat */
       AUTH_BADCRED = 1,
       AUTH_REJECTEDCRED = 2,
};

const struct fake_program fake_programs[FAKE_SERVICES] = {
	[FAKE_RPCBIND] = { FAKE_PROGRAM_RPCBIND, "portmapper" },
	[FAKE_MOUNTD] = { FAKE_PROGRAM_MOUNT, "mountd" },
	[FAKE_NFS] = { FAKE_PROGRAM_NFS, "nfs" },
};

/* NULL is served by all. */
static const struct fake_procedure procedures[] = {
	{ FAKE_RPCBIND, 2, 2, 3, fake_pmap_getport },
	{ FAKE_RPCBIND, 2, 2, 4, fake_pmap_dump },
	{ FAKE_RPCBIND, 3, 4, 3, fake_rpcb_getaddr },
	{ FAKE_RPCBIND, 3, 4, 4, fake_rpcb_dump },
	{ FAKE_RPCBIND, 4, 4, 9, fake_rpcb_getaddr },
	{ FAKE_MOUNTD, 1, 3, 1, fake_mount_mnt },
	{ FAKE_MOUNTD, 1, 3, 2, fake_mount_dump },
	{ FAKE_MOUNTD, 1, 3, 3, fake_mount_umnt },
	{ FAKE_MOUNTD, 1, 3, 4, fake_mount_umnt },
	{ FAKE_MOUNTD, 1, 3, 5, fake_mount_export },
	{ FAKE_MOUNTD, 1, 2, 6, fake_mount_export },
	{ FAKE_NFS, 4, 4, 1, fake_nfs4_compound },
};

static void deny(struct fake_reply *reply, uint32_t why)
{
	reply->denied = true;
	reply->status = FAKE_AUTH_ERROR;
	reply->why = why;
}

static void answer_tls(const struct fake_server *server,
		       const struct fake_call *call, struct fake_reply *reply)
{
	static const struct fake_view tokens[] = {
		[FAKE_TLS_STARTTLS] = { "STARTTLS", 8 },
		[FAKE_TLS_PLAIN] = { "", 0 },
		[FAKE_TLS_WRONGTOKEN] = { "STARTSSL", 8 },
		[FAKE_TLS_SHORT] = { "STAR", 4 },
		[FAKE_TLS_HANG] = { "", 0 },
	};

	if (call->peer.door != FAKE_NFS)
		deny(reply, AUTH_REJECTEDCRED);
	else if (server->options.tls == FAKE_TLS_DENIED ||
		 call->procedure != NULL_PROCEDURE)
		deny(reply, AUTH_BADCRED);
	else
		reply->verifier = tokens[server->options.tls];
}

static void answer_mismatch(unsigned versions, struct fake_reply *reply)
{
	reply->status = FAKE_PROG_MISMATCH;
	reply->low = (uint32_t)__builtin_ctz(versions);
	reply->high = 31 - (uint32_t)__builtin_clz(versions);
}

static const struct fake_procedure *find_procedure(const struct fake_call *call)
{
	for (size_t i = 0; i < sizeof(procedures) / sizeof(*procedures); i++) {
		const struct fake_procedure *row = &procedures[i];

		if (row->service == call->peer.door &&
		    row->number == call->procedure &&
		    row->first_version <= call->version &&
		    row->last_version >= call->version)
			return row;
	}
	return NULL;
}

static void answer_procedure(const struct fake_server *server,
			     const struct fake_call *call,
			     struct fake_reply *reply)
{
	const struct fake_procedure *procedure = find_procedure(call);

	if (procedure)
		procedure->answer(server, call, reply);
	else if (call->procedure != NULL_PROCEDURE)
		reply->status = FAKE_PROC_UNAVAIL;
}

void fake_programs_answer(const struct fake_server *server,
			  const struct fake_call *call,
			  struct fake_reply *reply)
{
	unsigned versions = server->options.versions[call->peer.door];

	if (call->rpc_version != RPC_VERSION) {
		reply->denied = true;
		reply->status = FAKE_RPC_MISMATCH;
		reply->low = reply->high = RPC_VERSION;
	} else if (call->program != fake_programs[call->peer.door].number) {
		reply->status = FAKE_PROG_UNAVAIL;
	} else if (call->version > 31 || !(versions >> call->version & 1)) {
		answer_mismatch(versions, reply);
	} else if (call->flavor == FAKE_AUTH_TLS) {
		answer_tls(server, call, reply);
	} else {
		answer_procedure(server, call, reply);
	}
}
