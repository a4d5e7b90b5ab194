#include "server_sweep.h"

#include <inttypes.h>

#include "rpc_limits.h"

static bool is_single(const struct server_operands *operands)
{
	return operands->list.count == 1 &&
	       operands->list.items[0].kind != SERVER_NETWORK;
}

bool server_sweep_prepare(const struct command_context *context,
			  const struct server_options *options,
			  enum ask_for ask, struct server_sweep *sweep)
{
	const struct server_operands *operands = &sweep->input.operands;
	struct failure failure;
	uint64_t count;

	sweep->options = options;
	if (!server_input_read(context, options->input, &sweep->input))
		return false;
	sweep->is_single = is_single(operands);
	if (!server_options_settle(options, ask, sweep->is_single,
				   &sweep->sweep, &failure)) {
		command_usage_error(context, "%s", failure.text);
		return false;
	}
	count = server_targets_count(operands);
	if (count > LIMIT_SWEEP_HOSTS && !options->yes_large) {
		command_usage_error(context,
				    "these are more than %d addresses; "
				    "--yes-large asks them all",
				    LIMIT_SWEEP_HOSTS);
		return false;
	}
	server_progress_begin(&sweep->progress, context, count);
	server_targets_init(context->arena, operands, &sweep->targets);
	return true;
}

bool server_sweep_run(const struct command_context *context,
		      struct server_sweep *sweep,
		      const struct sweep_events *events, bool *interrupted)
{
	struct failure failure;
	unsigned jobs;

	if (!sweep_run(&sweep->sweep, events, interrupted, &jobs, &failure)) {
		command_error(context, "%s", failure.text);
		return false;
	}
	server_progress_clear(&sweep->progress);
	if (context->globals.verbose)
		command_error(context, "at most %u servers were asked at once",
			      jobs);
	return true;
}

bool server_sweep_is_nobody(const struct server_sweep *sweep, bool from_network,
			    const struct server_answer *answer)
{
	enum answer_status status = answer->status;

	return from_network && !sweep->options->show_silent &&
	       (status == ANSWER_UNREACHABLE || status == ANSWER_INTERRUPTED) &&
	       server_answer_is_bare(answer);
}

void server_sweep_tell_interruption(const struct command_context *context,
				    const struct server_sweep *sweep)
{
	command_error(context,
		      "interrupted: %" PRIu64 " of %" PRIu64
		      " servers are done",
		      sweep->progress.done, sweep->progress.total);
}
