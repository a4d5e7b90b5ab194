#include "server_command.h"

#include <errno.h>
#include <stdlib.h>

#include "nfsd_clients.h"
#include "own_addresses.h"
#include "server_report.h"
#include "server_sweep.h"

/* One run of a command. */
struct server_run {
	const struct command_context *context;
	const struct server_options *options;
	const struct server_format *format;
	struct server_report report;
	struct server_sweep sweep;
	ARRAY(struct server_result) results;
	size_t written;
	size_t lists, failures;

	struct nfsd_clients clients; /* of this host, or the tree of --root */
	struct own_addresses own;
	int clients_error;   /* of errno(3), or 0 */
	bool misses_clients; /* that only root could see */
};

/* NFSv4 clients are those of the tree that was named, if only one server is
 * asked, else of this host. */
static const struct nfsd_clients *clients_of(struct server_run *run,
					     const struct server_answer *answer)
{
	bool of_tree = run->context->globals.root && run->report.alone;

	if (run->report.ask != ASK_MOUNTS ||
	    (!of_tree && !own_addresses_has(&run->own, answer->address)))
		return NULL;
	run->misses_clients |=
		run->clients_error == EACCES || run->clients_error == EPERM;
	return run->clients_error ? NULL : &run->clients;
}

/* What machines read has the failures in it. */
static void tell_failure(const struct server_run *run,
			 const struct server_result *result)
{
	const struct server_answer *answer = result->answer;
	const char *status = answer_status_name(answer->status);
	const char *error = answer->error;
	char host[IP_ADDRESS_TEXT];

	if (answer->status == ANSWER_OK || run->format->has_failures)
		return;
	if (error && strcmp(error, status) == 0)
		error = NULL;
	command_error(run->context, "%s: %s%s%s%s",
		      server_result_host(result, host), status,
		      error ? ": " : "", error ? error : "",
		      answer->gives_list ? "; the list is not complete" : "");
}

static void trace(struct server_run *run, const struct server_result *result)
{
	const struct server_answer *answer = result->answer;
	char host[IP_ADDRESS_TEXT], address[IP_ADDRESS_TEXT];

	if (!run->context->globals.verbose)
		return;
	server_progress_clear(&run->sweep.progress);
	command_error(run->context, "%s: asked %s: %s, %s",
		      server_result_host(result, host),
		      answer->address.family == IP_NONE
			      ? "nobody"
			      : ip_address_text(answer->address, address),
		      answer_status_name(answer->status),
		      answer->via ? answer->via : "no list");
}

/* Counts and prints a result, and ends it. */
static void write_result(struct server_run *run,
			 const struct server_result *result)
{
	run->lists += result->answer->gives_list || result->clients;
	run->failures += result->answer->status != ANSWER_OK;
	server_progress_clear(&run->sweep.progress);
	tell_failure(run, result);
	run->format->write(run->context->out, &run->report, result,
			   run->written++);
	arena_free(result->answer->arena);
}

static void answered(void *context, const struct sweep_target *target,
		     struct server_answer *answer, bool last)
{
	struct server_run *run = context;
	struct server_target_tag tag = server_target_tag(target);
	struct server_result result = {
		.number = tag.number,
		.from_network = tag.from_network,
		.name = target->name,
		.answer = answer,
		.clients = clients_of(run, answer),
	};

	(void)last;
	trace(run, &result);
	server_progress_step(&run->sweep.progress, answer);
	if (server_sweep_is_nobody(&run->sweep, tag.from_network, answer)) {
		arena_free(answer->arena);
		return;
	}
	if (run->format->streams)
		write_result(run, &result);
	else
		*ARRAY_ADD(run->context->arena, &run->results) = result;
}

static bool next_target(void *context, struct sweep_target *target)
{
	struct server_run *run = context;

	/* nobody reads any more */
	if (ferror(run->context->out))
		return false;
	return server_targets_next(&run->sweep.targets, target);
}

/* In the order of the operands; several addresses of a name are sorted. */
static int compare_results(const void *left, const void *right)
{
	const struct server_result *a = left, *b = right;

	if (a->number != b->number)
		return a->number < b->number ? -1 : 1;
	return memcmp(a->answer->address.bytes, b->answer->address.bytes,
		      sizeof(a->answer->address.bytes));
}

static void write_document(struct server_run *run)
{
	if (run->results.count)
		qsort(run->results.items, run->results.count,
		      sizeof(*run->results.items), compare_results);
	if (run->format->begin)
		run->format->begin(run->context->out, &run->report);
	for (size_t i = 0; i < run->results.count; i++)
		write_result(run, &run->results.items[i]);
	if (run->format->end)
		run->format->end(run->context->out, &run->report);
}

/* What concerns no single server. */
static void tell_end(const struct server_run *run)
{
	if (run->report.partial)
		server_sweep_tell_interruption(run->context, &run->sweep);
	if (run->misses_clients && !run->context->globals.quiet)
		command_error(run->context,
			      "only root can see the NFSv4 clients of this "
			      "host");
}

static int status_of(const struct server_run *run)
{
	if (!run->lists || run->sweep.input.has_wrong_words)
		return STATUS_FAILED;
	return run->failures || run->report.partial ? STATUS_FINDINGS
						    : STATUS_OK;
}

static int run_sweep(struct server_run *run)
{
	const struct sweep_events events = {
		.context = run,
		.next = next_target,
		.answered = answered,
	};

	if (!server_sweep_run(run->context, &run->sweep, &events,
			      &run->report.partial))
		return STATUS_FAILED;
	write_document(run);
	tell_end(run);
	return status_of(run);
}

/* Finds the NFSv4 clients of this host, which takes no packet. False if the
 * tree of --root can't be opened. */
static bool read_clients(struct server_run *run)
{
	const struct command_context *context = run->context;
	struct failure failure;
	struct root root;

	if (!root_open(context->globals.root, &root, &failure)) {
		command_error(context, "%s", failure.text);
		return false;
	}
	run->clients_error =
		nfsd_clients_gather(context->arena, &root, &run->clients);
	own_addresses_gather(context->arena, &run->own);
	root_close(&root);
	return true;
}

/* Fills run with whom to ask, and how. */
static bool prepare(struct server_run *run)
{
	if (!server_sweep_prepare(run->context, run->options, run->report.ask,
				  &run->sweep))
		return false;
	run->report.alone =
		run->sweep.is_single && !run->options->all_addresses;
	return run->report.ask == ASK_EXPORTS || read_clients(run);
}

int server_command_run(const struct command_context *context, enum ask_for ask)
{
	const struct server_options *options = context->options;
	struct server_run run = {
		.context = context,
		.options = options,
		.format = server_formats[options->format],
		.report = {
			.ask = ask,
			.sorted = options->order == SERVER_ORDER_PATH,
			.timing = options->timing,
			.color = context->color,
		},
	};

	return prepare(&run) ? run_sweep(&run) : STATUS_FAILED;
}
