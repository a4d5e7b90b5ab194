#include "fake_modes.h"
#include "fake_programs.h"

enum { PORTMAP = 2, GETADDR = 3, DUMP = 4, GETVERSADDR = 9, MAPPINGS = 3000 };

static bool asks_for_port(const struct fake_call *call)
{
	return call->procedure == GETADDR || call->procedure == GETVERSADDR;
}

/* Answers GETADDR with text. Clients that ask for a mere port are sent to ask
 * for an address. */
static void give_uaddr(struct fake_script *script, const struct fake_call *call,
		       struct fake_view text, struct fake_reply *reply)
{
	if (call->version == PORTMAP) {
		reply->status = FAKE_PROG_MISMATCH;
		reply->low = 3;
		reply->high = 4;
	} else if (asks_for_port(call)) {
		reply->results.length = 0;
		fake_put_opaque(&reply->results, text);
	}
	fake_script_reply(script, reply);
}

void fake_mode_uaddr(struct fake_script *script, const struct fake_mode *mode,
		     const struct fake_call *call, struct fake_reply *reply)
{
	give_uaddr(script, call, mode->text, reply);
}

void fake_mode_long_uaddr(struct fake_script *script,
			  const struct fake_mode *mode,
			  const struct fake_call *call,
			  struct fake_reply *reply)
{
	struct fake_bytes text = { 0 };

	fake_put_fill(&text, '1', mode->number);
	give_uaddr(script, call, fake_bytes_view(&text), reply);
	fake_bytes_free(&text);
}

/* Where ".p.p" begins in an honest universal address. */
static size_t host_length(struct fake_view uaddr)
{
	const char *text = uaddr.data;
	size_t at = uaddr.length;
	unsigned dots = 0;

	while (at && dots < 2)
		dots += text[--at] == '.';
	return at;
}

void fake_mode_redirect(struct fake_script *script,
			const struct fake_mode *mode,
			const struct fake_call *call, struct fake_reply *reply)
{
	struct fake_reader results =
		fake_reader_of(fake_bytes_view(&reply->results));
	struct fake_view honest = fake_get_opaque(&results);
	struct fake_bytes text = { 0 };
	size_t host = host_length(honest);

	fake_put(&text, mode->text);
	fake_put(&text, (struct fake_view){ (const char *)honest.data + host,
					    honest.length - host });
	give_uaddr(script, call, fake_bytes_view(&text), reply);
	fake_bytes_free(&text);
}

void fake_mode_port(struct fake_script *script, const struct fake_mode *mode,
		    const struct fake_call *call, struct fake_reply *reply)
{
	char text[FAKE_UADDR];

	if (asks_for_port(call)) {
		reply->results.length = 0;
		fake_uaddr(text, &call->peer.asked, mode->number);
		if (call->version == PORTMAP)
			fake_put_u32(&reply->results, mode->number);
		else
			fake_put_text(&reply->results, text);
	}
	fake_script_reply(script, reply);
}

/* Ports are told; who asks for all that is registered gets no end. */
void fake_mode_endless_dump(struct fake_script *script,
			    const struct fake_mode *mode,
			    const struct fake_call *call,
			    struct fake_reply *reply)
{
	struct fake_step *step;
	uint32_t mapping_bytes = 5 * sizeof(uint32_t);

	(void)mode;
	if (call->procedure != DUMP || call->peer.transport == FAKE_UDP) {
		fake_script_reply(script, reply);
		return;
	}
	step = fake_script_begin_raw(script);
	fake_put_u32(&script->bytes, 24);
	fake_reply_encode(reply, &script->bytes);
	fake_script_end_raw(script, step);
	step = fake_script_begin_raw(script);
	fake_put_u32(&script->bytes, MAPPINGS * mapping_bytes);
	for (unsigned i = 0; i < MAPPINGS * mapping_bytes / 4; i++)
		fake_put_u32(&script->bytes, 1);
	fake_script_end_raw(script, step);
	step->times = FAKE_FOREVER;
}

static void give_no_results(struct fake_script *script,
			    struct fake_reply *reply)
{
	reply->results.length = 0;
	reply->tail.length = 0;
	fake_script_reply(script, reply);
}

void fake_mode_cut_or_end(struct fake_script *script,
			  const struct fake_mode *mode,
			  const struct fake_call *call,
			  struct fake_reply *reply)
{
	if (call->peer.transport == FAKE_UDP)
		give_no_results(script, reply);
	else
		fake_mode_end(script, mode, call, reply);
}

void fake_mode_cut_or_flood(struct fake_script *script,
			    const struct fake_mode *mode,
			    const struct fake_call *call,
			    struct fake_reply *reply)
{
	if (call->peer.transport == FAKE_UDP)
		give_no_results(script, reply);
	else
		fake_mode_garbage_flood(script, mode, call, reply);
}
