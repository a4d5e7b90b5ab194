#include "fake_modes.h"

#define LAST_FRAGMENT 0x80000000u

enum {
	UNIT = 65536, /* bytes of what is sent again and again */
	STORM = 100,  /* datagrams */
	NO_XID = 0x55aa55aa,
};

void fake_greet_end(struct fake_script *script, const struct fake_mode *mode)
{
	fake_script_end(script, mode->number);
}

/* Answers what nobody has asked. */
void fake_greet_reply(struct fake_script *script, const struct fake_mode *mode)
{
	struct fake_reply reply = { .xid = NO_XID };

	(void)mode;
	fake_put_u32(&reply.results, 0);
	fake_script_reply(script, &reply);
	fake_bytes_free(&reply.results);
}

void fake_mode_end(struct fake_script *script, const struct fake_mode *mode,
		   const struct fake_call *call, struct fake_reply *reply)
{
	(void)call, (void)reply;
	fake_script_end(script, mode->number);
}

/* Over UDP only. */
void fake_mode_end_udp(struct fake_script *script, const struct fake_mode *mode,
		       const struct fake_call *call, struct fake_reply *reply)
{
	if (call->peer.transport == FAKE_UDP)
		fake_script_end(script, mode->number);
	else
		fake_script_reply(script, reply);
}

void fake_mode_half(struct fake_script *script, const struct fake_mode *mode,
		    const struct fake_call *call, struct fake_reply *reply)
{
	struct fake_step *step = fake_script_reply(script, reply);

	(void)call;
	if (step->tail.length)
		step->tail.length /= 2;
	else
		step->length /= 2;
	fake_script_end(script, mode->number);
}

void fake_mode_drip(struct fake_script *script, const struct fake_mode *mode,
		    const struct fake_call *call, struct fake_reply *reply)
{
	struct fake_step *step;

	if (call->peer.transport == FAKE_UDP)
		return;
	step = fake_script_reply(script, reply);
	step->chunk = 1;
	step->pause_ms = mode->number;
}

static void put_fragments(struct fake_bytes *out, struct fake_view message,
			  size_t size)
{
	const uint8_t *at = message.data;

	for (size_t left = message.length; left; left -= size) {
		if (size >= left)
			size = left;
		fake_put_u32(out, (size == left ? LAST_FRAGMENT : 0) |
					  (uint32_t)size);
		fake_put(out, (struct fake_view){ at, size });
		at += size;
	}
}

void fake_mode_fragments(struct fake_script *script,
			 const struct fake_mode *mode,
			 const struct fake_call *call, struct fake_reply *reply)
{
	struct fake_step *step = fake_script_begin_raw(script);
	struct fake_bytes message = { 0 };

	(void)call;
	fake_reply_encode(reply, &message);
	fake_put(&message, reply->tail);
	put_fragments(&script->bytes, fake_bytes_view(&message), mode->number);
	fake_script_end_raw(script, step);
	fake_bytes_free(&message);
}

static void flood(struct fake_script *script, uint8_t value)
{
	struct fake_step *step = fake_script_begin_raw(script);

	fake_put_fill(&script->bytes, value, UNIT);
	fake_script_end_raw(script, step);
	step->times = FAKE_FOREVER;
}

void fake_mode_empty_fragments(struct fake_script *script,
			       const struct fake_mode *mode,
			       const struct fake_call *call,
			       struct fake_reply *reply)
{
	(void)mode, (void)call, (void)reply;
	flood(script, 0);
}

void fake_mode_garbage_flood(struct fake_script *script,
			     const struct fake_mode *mode,
			     const struct fake_call *call,
			     struct fake_reply *reply)
{
	(void)call, (void)reply;
	flood(script, (uint8_t)mode->number);
}

void fake_mode_empty_first(struct fake_script *script,
			   const struct fake_mode *mode,
			   const struct fake_call *call,
			   struct fake_reply *reply)
{
	(void)mode, (void)call;
	fake_script_raw(script, FAKE_VIEW("\0\0\0\0"));
	fake_script_reply(script, reply);
}

/* The largest fragment that there can be is announced, and never comes. */
void fake_mode_announced(struct fake_script *script,
			 const struct fake_mode *mode,
			 const struct fake_call *call, struct fake_reply *reply)
{
	(void)mode, (void)call, (void)reply;
	fake_script_raw(script, FAKE_VIEW("\x7f\xff\xff\xff"));
	fake_script_end(script, FAKE_SILENCE);
}

void fake_mode_twice(struct fake_script *script, const struct fake_mode *mode,
		     const struct fake_call *call, struct fake_reply *reply)
{
	(void)mode, (void)call;
	fake_script_reply(script, reply);
	fake_script_reply(script, reply);
}

void fake_mode_extra_in_record(struct fake_script *script,
			       const struct fake_mode *mode,
			       const struct fake_call *call,
			       struct fake_reply *reply)
{
	(void)mode, (void)call;
	fake_put(&reply->results, reply->tail);
	reply->tail.length = 0;
	fake_put_fill(&reply->results, 0xa5, 1000);
	fake_script_reply(script, reply);
}

void fake_mode_extra_after_record(struct fake_script *script,
				  const struct fake_mode *mode,
				  const struct fake_call *call,
				  struct fake_reply *reply)
{
	(void)mode, (void)call;
	fake_script_reply(script, reply);
	flood(script, 0xa5);
}

/* Replies to another call; how many, or 0 for no end. */
static void add_wrong_xids(struct fake_script *script, uint32_t count,
			   struct fake_reply *reply)
{
	struct fake_step *step;

	reply->xid ^= NO_XID;
	step = fake_script_reply(script, reply);
	reply->xid ^= NO_XID;
	step->times = count;
	if (!count)
		step->times = FAKE_FOREVER;
}

void fake_mode_wrong_xid(struct fake_script *script,
			 const struct fake_mode *mode,
			 const struct fake_call *call, struct fake_reply *reply)
{
	(void)call;
	add_wrong_xids(script, mode->number, reply);
	fake_script_reply(script, reply);
}

void fake_mode_wrong_xid_only(struct fake_script *script,
			      const struct fake_mode *mode,
			      const struct fake_call *call,
			      struct fake_reply *reply)
{
	(void)call;
	add_wrong_xids(script, mode->number, reply);
}

/* Fills a step with one record, as often as a unit has room for it. */
static void flood_records(struct fake_script *script, struct fake_view message)
{
	struct fake_step *step = fake_script_begin_raw(script);
	size_t count = UNIT / (message.length + 4);

	for (size_t i = 0; i < count; i++)
		put_fragments(&script->bytes, message, message.length);
	fake_script_end_raw(script, step);
	step->times = FAKE_FOREVER;
}

void fake_mode_garbage_records(struct fake_script *script,
			       const struct fake_mode *mode,
			       const struct fake_call *call,
			       struct fake_reply *reply)
{
	(void)mode, (void)call, (void)reply;
	flood_records(script, FAKE_VIEW("garbage, garbage, garbage, garba"));
}

/* Replies that end after the verifier. */
void fake_mode_cut_status(struct fake_script *script,
			  const struct fake_mode *mode,
			  const struct fake_call *call,
			  struct fake_reply *reply)
{
	struct fake_bytes message = { 0 };

	(void)mode;
	fake_reply_encode(reply, &message);
	fake_set_u32(&message, 0, call->xid);
	fake_set_u32(&message, 4, 1); /* REPLY */
	flood_records(script, (struct fake_view){ message.data, 20 });
	fake_bytes_free(&message);
}

/* The number is an enum fake_origin. */
void fake_mode_udp_origin(struct fake_script *script,
			  const struct fake_mode *mode,
			  const struct fake_call *call,
			  struct fake_reply *reply)
{
	(void)call;
	fake_script_reply(script, reply)->origin = mode->number;
}

/* Junk, and somewhere behind it the answer. */
void fake_mode_udp_storm(struct fake_script *script,
			 const struct fake_mode *mode,
			 const struct fake_call *call, struct fake_reply *reply)
{
	(void)mode;
	if (call->peer.transport == FAKE_UDP)
		fake_script_raw(script, FAKE_VIEW("garbage, garbage"))->times =
			STORM;
	fake_script_reply(script, reply);
}
