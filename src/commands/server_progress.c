#include "server_progress.h"

#include <inttypes.h>
#include <time.h>

enum { INTERVAL_MS = 100 };

static int64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void server_progress_begin(struct server_progress *progress,
			   const struct command_context *context,
			   uint64_t total)
{
	*progress = (struct server_progress){
		.context = context,
		.wanted = context->err_is_terminal && !context->globals.quiet &&
			  total > 1,
		.total = total,
	};
}

void server_progress_step(struct server_progress *progress,
			  const struct server_answer *answer)
{
	int64_t now;

	progress->done += answer->status != ANSWER_INTERRUPTED;
	progress->lists += answer->gives_list;
	if (!progress->wanted)
		return;
	now = now_ms();
	if (now - progress->shown_at < INTERVAL_MS)
		return;
	progress->shown_at = now;
	fprintf(progress->context->err,
		"\r%" PRIu64 " of %" PRIu64 " done, %" PRIu64
		" gave a list\033[K",
		progress->done, progress->total, progress->lists);
	fflush(progress->context->err);
}

void server_progress_clear(struct server_progress *progress)
{
	if (progress->shown_at)
		fputs("\r\033[K", progress->context->err);
	progress->shown_at = 0;
}
