#include "fake_modes.h"

enum { VERIFIER_MAX = 4096 };

void fake_mode_accepted(struct fake_script *script,
			const struct fake_mode *mode,
			const struct fake_call *call, struct fake_reply *reply)
{
	(void)call;
	reply->status = mode->number;
	fake_script_reply(script, reply);
}

void fake_mode_prog_mismatch(struct fake_script *script,
			     const struct fake_mode *mode,
			     const struct fake_call *call,
			     struct fake_reply *reply)
{
	if (call->version > mode->number) {
		reply->status = FAKE_PROG_MISMATCH;
		reply->low = mode->low;
		reply->high = mode->high;
	}
	fake_script_reply(script, reply);
}

void fake_mode_denied(struct fake_script *script, const struct fake_mode *mode,
		      const struct fake_call *call, struct fake_reply *reply)
{
	(void)call;
	reply->denied = true;
	reply->status = FAKE_AUTH_ERROR;
	reply->why = mode->number;
	fake_script_reply(script, reply);
}

void fake_mode_rpc_mismatch(struct fake_script *script,
			    const struct fake_mode *mode,
			    const struct fake_call *call,
			    struct fake_reply *reply)
{
	(void)call;
	reply->denied = true;
	reply->status = FAKE_RPC_MISMATCH;
	reply->low = mode->low;
	reply->high = mode->high;
	fake_script_reply(script, reply);
}

void fake_mode_verifier(struct fake_script *script,
			const struct fake_mode *mode,
			const struct fake_call *call, struct fake_reply *reply)
{
	static const uint8_t zeros[VERIFIER_MAX];

	(void)call;
	reply->verifier = (struct fake_view){ zeros, mode->number };
	fake_script_reply(script, reply);
}

/* The verifier claims to go on for longer than the record does. */
void fake_mode_lying_verifier(struct fake_script *script,
			      const struct fake_mode *mode,
			      const struct fake_call *call,
			      struct fake_reply *reply)
{
	struct fake_bytes message = { 0 };

	(void)mode, (void)reply;
	fake_put_u32(&message, call->xid);
	fake_put_u32(&message, 1); /* REPLY */
	fake_put_u32(&message, 0); /* MSG_ACCEPTED */
	fake_put_u32(&message, FAKE_AUTH_NONE);
	fake_put_u32(&message, mode->number);
	fake_put_fill(&message, 0, 8);
	fake_script_message(script, fake_bytes_view(&message));
	fake_bytes_free(&message);
}
