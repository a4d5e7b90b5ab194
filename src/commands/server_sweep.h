/* Whom a command asks, how, and how far it is. */
#ifndef SERVER_SWEEP_H
#define SERVER_SWEEP_H

#include "server_input.h"
#include "server_options.h"
#include "server_progress.h"
#include "server_targets.h"

struct server_sweep {
	const struct server_options *options;
	struct server_input input;
	struct server_targets targets;
	struct sweep_options sweep;
	struct server_progress progress;
	bool is_single; /* one name or address is asked */
};

/* Fills sweep from the operands and the options of a command. False, with the
 * reason told, for wrong usage and what can't be read. */
bool server_sweep_prepare(const struct command_context *context,
			  const struct server_options *options,
			  enum ask_for ask, struct server_sweep *sweep)
	__attribute__((warn_unused_result));

/* Asks all servers: as sweep_run(), of which a failure is told, and so is what
 * the user should know of the course. */
bool server_sweep_run(const struct command_context *context,
		      struct server_sweep *sweep,
		      const struct sweep_events *events, bool *interrupted)
	__attribute__((warn_unused_result));

/* Is it an address of a network where no server is? */
bool server_sweep_is_nobody(const struct server_sweep *sweep, bool from_network,
			    const struct server_answer *answer);

/* Tells how far an interrupted sweep came. */
void server_sweep_tell_interruption(const struct command_context *context,
				    const struct server_sweep *sweep);

#endif
