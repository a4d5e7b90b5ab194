#include "fake_script.h"

#define LAST_FRAGMENT 0x80000000u

void fake_script_begin(struct fake_script *script,
		       enum fake_transport transport)
{
	script->transport = transport;
	script->bytes.length = 0;
	script->count = 0;
}

void fake_script_free(struct fake_script *script)
{
	fake_bytes_free(&script->bytes);
	script->count = 0;
}

static struct fake_step *add_step(struct fake_script *script,
				  enum fake_action action)
{
	struct fake_step *step;

	if (script->count == FAKE_STEPS)
		abort();
	step = &script->steps[script->count++];
	*step = (struct fake_step){ .action = action, .times = 1 };
	return step;
}

struct fake_step *fake_script_begin_raw(struct fake_script *script)
{
	struct fake_step *step = add_step(script, FAKE_SEND);

	step->offset = script->bytes.length;
	return step;
}

void fake_script_end_raw(struct fake_script *script, struct fake_step *step)
{
	step->length = script->bytes.length - step->offset;
}

struct fake_step *fake_script_raw(struct fake_script *script,
				  struct fake_view bytes)
{
	struct fake_step *step = fake_script_begin_raw(script);

	fake_put(&script->bytes, bytes);
	fake_script_end_raw(script, step);
	return step;
}

/* Ends a step that began with room for a record mark. */
static void end_record(struct fake_script *script, struct fake_step *step)
{
	size_t length;

	fake_script_end_raw(script, step);
	length = step->length + step->tail.length;
	if (script->transport == FAKE_TCP)
		fake_set_u32(&script->bytes, step->offset,
			     LAST_FRAGMENT | (uint32_t)(length - 4));
}

static struct fake_step *begin_record(struct fake_script *script)
{
	struct fake_step *step = fake_script_begin_raw(script);

	if (script->transport == FAKE_TCP)
		fake_put_u32(&script->bytes, 0);
	return step;
}

struct fake_step *fake_script_message(struct fake_script *script,
				      struct fake_view message)
{
	struct fake_step *step = begin_record(script);

	fake_put(&script->bytes, message);
	end_record(script, step);
	return step;
}

struct fake_step *fake_script_reply(struct fake_script *script,
				    const struct fake_reply *reply)
{
	struct fake_step *step = begin_record(script);

	fake_reply_encode(reply, &script->bytes);
	if (!reply->denied && reply->status == FAKE_SUCCESS)
		step->tail = reply->tail;
	end_record(script, step);
	return step;
}

void fake_script_pause(struct fake_script *script, unsigned milliseconds)
{
	add_step(script, FAKE_PAUSE)->pause_ms = milliseconds;
}

void fake_script_end(struct fake_script *script, enum fake_action action)
{
	add_step(script, action);
}
