#include "fake_call.h"

enum { CALL, REPLY };

bool fake_call_decode(struct fake_view message, struct fake_call *call)
{
	struct fake_reader reader = fake_reader_of(message);
	uint32_t direction;

	call->xid = fake_get_u32(&reader);
	direction = fake_get_u32(&reader);
	call->rpc_version = fake_get_u32(&reader);
	call->program = fake_get_u32(&reader);
	call->version = fake_get_u32(&reader);
	call->procedure = fake_get_u32(&reader);
	call->flavor = fake_get_u32(&reader);
	call->credential = fake_get_opaque(&reader);
	fake_get_u32(&reader);
	fake_get_opaque(&reader);
	call->arguments = reader;
	return !reader.bad && direction == CALL;
}

static void encode_denied(const struct fake_reply *reply,
			  struct fake_bytes *out)
{
	fake_put_u32(out, reply->status);
	if (reply->status == FAKE_AUTH_ERROR) {
		fake_put_u32(out, reply->why);
		return;
	}
	fake_put_u32(out, reply->low);
	fake_put_u32(out, reply->high);
}

static void encode_accepted(const struct fake_reply *reply,
			    struct fake_bytes *out)
{
	fake_put_u32(out, reply->verifier_flavor);
	fake_put_opaque(out, reply->verifier);
	fake_put_u32(out, reply->status);
	if (reply->status == FAKE_SUCCESS) {
		fake_put(out, fake_bytes_view(&reply->results));
	} else if (reply->status == FAKE_PROG_MISMATCH) {
		fake_put_u32(out, reply->low);
		fake_put_u32(out, reply->high);
	}
}

void fake_reply_encode(const struct fake_reply *reply, struct fake_bytes *out)
{
	fake_put_u32(out, reply->xid);
	fake_put_u32(out, REPLY);
	fake_put_u32(out, reply->denied);
	if (reply->denied)
		encode_denied(reply, out);
	else
		encode_accepted(reply, out);
}
