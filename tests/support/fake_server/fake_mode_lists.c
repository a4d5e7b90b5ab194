#include "fake_modes.h"
#include "fake_programs.h"

#define LAST_FRAGMENT 0x80000000u

enum { MOUNT_DUMP = 2, ENTRIES = 2000 /* that are sent at once */ };

/* Whether there is a list in the answer that goes over a stream. */
static bool is_list(const struct fake_call *call,
		    const struct fake_reply *reply)
{
	return call->peer.transport == FAKE_TCP && reply->tail.length;
}

static void put_entry(struct fake_bytes *out, const struct fake_call *call,
		      enum fake_unit unit)
{
	fake_put_u32(out, 1);
	if (call->procedure == MOUNT_DUMP) {
		fake_put_text(out, "c");
		fake_put_text(out, "/");
	} else if (unit == FAKE_UNIT_GROUPS) {
		fake_put_text(out, "g");
	} else {
		fake_put_text(out, "/");
		fake_put_u32(out, 0);
	}
}

/* What comes before the entries. */
static void put_head(struct fake_bytes *out, const struct fake_call *call,
		     enum fake_unit unit, struct fake_reply *reply)
{
	fake_reply_encode(reply, out);
	if (call->procedure != MOUNT_DUMP && unit == FAKE_UNIT_GROUPS) {
		fake_put_u32(out, 1);
		fake_put_text(out, "/srv");
	}
}

/* A step of many entries, all in a fragment of their own if they are marked. */
static struct fake_step *add_entries(struct fake_script *script,
				     const struct fake_call *call,
				     enum fake_unit unit, bool marked)
{
	struct fake_step *step = fake_script_begin_raw(script);

	if (marked)
		fake_put_u32(&script->bytes, 0);
	for (unsigned i = 0; i < ENTRIES; i++)
		put_entry(&script->bytes, call, unit);
	fake_script_end_raw(script, step);
	if (marked)
		fake_set_u32(&script->bytes, step->offset,
			     (uint32_t)step->length - 4);
	return step;
}

static void add_head(struct fake_script *script, const struct fake_call *call,
		     enum fake_unit unit, struct fake_reply *reply)
{
	struct fake_step *step = fake_script_begin_raw(script);

	fake_put_u32(&script->bytes, 0);
	put_head(&script->bytes, call, unit, reply);
	fake_script_end_raw(script, step);
	fake_set_u32(&script->bytes, step->offset, (uint32_t)step->length - 4);
}

void fake_mode_endless(struct fake_script *script, const struct fake_mode *mode,
		       const struct fake_call *call, struct fake_reply *reply)
{
	if (!is_list(call, reply)) {
		fake_script_reply(script, reply);
		return;
	}
	add_head(script, call, mode->number, reply);
	add_entries(script, call, mode->number, true)->times = FAKE_FOREVER;
}

/* high entries, and a proper end. */
void fake_mode_nodes(struct fake_script *script, const struct fake_mode *mode,
		     const struct fake_call *call, struct fake_reply *reply)
{
	if (!is_list(call, reply)) {
		fake_script_reply(script, reply);
		return;
	}
	add_head(script, call, mode->number, reply);
	add_entries(script, call, mode->number, true)->times =
		mode->high / ENTRIES;
	if (mode->number == FAKE_UNIT_NODES)
		fake_script_raw(script, FAKE_VIEW("\x80\0\0\x4\0\0\0\0"));
	else
		fake_script_raw(script,
				FAKE_VIEW("\x80\0\0\x8\0\0\0\0\0\0\0\0"));
}

/* The largest fragment that there can be, and entries to fill it. */
void fake_mode_huge_fragment(struct fake_script *script,
			     const struct fake_mode *mode,
			     const struct fake_call *call,
			     struct fake_reply *reply)
{
	if (!is_list(call, reply)) {
		fake_script_reply(script, reply);
		return;
	}
	add_head(script, call, mode->number, reply);
	fake_set_u32(&script->bytes, script->steps[script->count - 1].offset,
		     0x7fffffff);
	add_entries(script, call, mode->number, false)->times = FAKE_FOREVER;
}

/* One entry of a list: an export with one group, or a mount. */
static void put_named(struct fake_bytes *out, const struct fake_call *call,
		      struct fake_view path, struct fake_view group)
{
	fake_put_u32(out, 1);
	if (call->procedure == MOUNT_DUMP) {
		fake_put_opaque(out, group);
		fake_put_opaque(out, path);
		return;
	}
	fake_put_opaque(out, path);
	fake_put_u32(out, 1);
	fake_put_opaque(out, group);
	fake_put_u32(out, 0);
}

/* A list of an entry of these names between two harmless ones. */
static void give_names(struct fake_script *script, const struct fake_call *call,
		       struct fake_view path, struct fake_view group,
		       struct fake_reply *reply)
{
	struct fake_bytes *out = &reply->results;

	if (reply->tail.length) {
		reply->tail.length = 0;
		put_named(out, call, FAKE_VIEW("/srv/before"),
			  FAKE_VIEW("10.0.0.1"));
		put_named(out, call, path, group);
		put_named(out, call, FAKE_VIEW("/srv/behind"),
			  FAKE_VIEW("10.0.0.2"));
		fake_put_u32(out, 0);
	}
	fake_script_reply(script, reply);
}

void fake_mode_names(struct fake_script *script, const struct fake_mode *mode,
		     const struct fake_call *call, struct fake_reply *reply)
{
	give_names(script, call, mode->text, mode->text, reply);
}

void fake_mode_long_names(struct fake_script *script,
			  const struct fake_mode *mode,
			  const struct fake_call *call,
			  struct fake_reply *reply)
{
	struct fake_bytes path = { 0 }, group = { 0 };

	fake_put_fill(&path, 'p', mode->low);
	fake_put_fill(&group, 'g', mode->high);
	give_names(script, call, fake_bytes_view(&path),
		   fake_bytes_view(&group), reply);
	fake_bytes_free(&path);
	fake_bytes_free(&group);
}

void fake_mode_results(struct fake_script *script, const struct fake_mode *mode,
		       const struct fake_call *call, struct fake_reply *reply)
{
	(void)call;
	reply->tail.length = 0;
	reply->results.length = 0;
	fake_put(&reply->results, mode->text);
	fake_script_reply(script, reply);
}
