/* What is sent in answer, step by step: bytes, pauses, the end of a connection.
 *
 * An honest answer is one step. Over UDP each sending is a datagram of its own.
 */
#ifndef FAKE_SCRIPT_H
#define FAKE_SCRIPT_H

#include "fake_call.h"

enum fake_action {
	FAKE_SEND,
	FAKE_PAUSE,   /* pause_ms */
	FAKE_SILENCE, /* nothing more, until the other end closes */
	FAKE_CLOSE,
	FAKE_RESET,
};

enum { FAKE_FOREVER = -1, FAKE_STEPS = 8 };

/* Where a datagram seems to come from. */
enum fake_origin {
	FAKE_FROM_ASKED,
	FAKE_FROM_OTHER_PORT,
	FAKE_FROM_OTHER_HOST
};

struct fake_step {
	enum fake_action action;
	size_t offset, length; /* sent first: own bytes of the script */
	struct fake_view tail; /* sent next; lives as long as the program */
	int64_t times;	       /* the step is done, or FAKE_FOREVER */
	size_t chunk;	       /* sent at once, then pause_ms; 0: all */
	unsigned pause_ms;
	enum fake_origin origin;
};

struct fake_script {
	enum fake_transport transport;
	struct fake_bytes bytes;
	struct fake_step steps[FAKE_STEPS];
	unsigned count;
};

/* Empties a script for another answer. */
void fake_script_begin(struct fake_script *script,
		       enum fake_transport transport);
void fake_script_free(struct fake_script *script);

/* Appends the step of a message: a record over TCP, a datagram over UDP. */
struct fake_step *fake_script_reply(struct fake_script *script,
				    const struct fake_reply *reply);
struct fake_step *fake_script_message(struct fake_script *script,
				      struct fake_view message);

/* Appends a step that sends bytes as they are. */
struct fake_step *fake_script_raw(struct fake_script *script,
				  struct fake_view bytes);

/* Appends a step that sends all that is added to script->bytes from now on;
 * fake_script_end_raw() says where it ends. */
struct fake_step *fake_script_begin_raw(struct fake_script *script);
void fake_script_end_raw(struct fake_script *script, struct fake_step *step);

void fake_script_pause(struct fake_script *script, unsigned milliseconds);
void fake_script_end(struct fake_script *script, enum fake_action action);

#endif
