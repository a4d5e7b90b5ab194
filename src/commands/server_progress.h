/* How far a sweep is, in a line of standard error that is written over. */
#ifndef SERVER_PROGRESS_H
#define SERVER_PROGRESS_H

#include "command.h"
#include "server_answer.h"

struct server_progress {
	const struct command_context *context;
	bool wanted;
	uint64_t total, done, lists; /* servers */
	int64_t shown_at; /* milliseconds of a clock; 0: nothing is shown */
};

/* total servers are to be asked. Nothing is shown with --quiet, for a single
 * server, and where standard error is no terminal. */
void server_progress_begin(struct server_progress *progress,
			   const struct command_context *context,
			   uint64_t total);

/* A server has answered, or will not; an interrupted one does not count. */
void server_progress_step(struct server_progress *progress,
			  const struct server_answer *answer);

/* Takes the line away, before other lines. */
void server_progress_clear(struct server_progress *progress);

#endif
