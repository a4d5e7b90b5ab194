#include "server_command.h"

#include <errno.h>
#include <fcntl.h>
#include <ifaddrs.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "file_read.h"
#include "nfsd_clients.h"
#include "rpc_limits.h"
#include "server_report.h"
#include "server_targets.h"

/* One run of a command. */
struct server_run {
	const struct command_context *context;
	const struct server_options *options;
	const struct server_format *format;
	struct server_report report;
	struct server_operands operands;
	struct server_targets targets;
	struct sweep_options sweep;
	ARRAY(struct server_result) results;
	struct nfsd_clients clients; /* of this host */
	bool has_clients;
	size_t asked, written; /* servers so far */
	size_t lists, failures;
	bool input_is_wrong;
	int64_t progress_at; /* milliseconds of a clock: shown last */
};

static int64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static bool shows_progress(const struct server_run *run)
{
	return run->context->err_is_terminal && !run->context->globals.quiet &&
	       !run->report.alone;
}

static void show_progress(struct server_run *run)
{
	int64_t now = now_ms();

	if (!shows_progress(run) || now - run->progress_at < 100)
		return;
	run->progress_at = now;
	fprintf(run->context->err, "\r%zu answered, %zu with a list\033[K",
		run->asked, run->lists);
	fflush(run->context->err);
}

static void clear_progress(struct server_run *run)
{
	if (shows_progress(run) && run->progress_at)
		fputs("\r\033[K", run->context->err);
	run->progress_at = 0;
}

/* Is the address one of this host's own? */
static bool is_own(struct ip_address address)
{
	struct ifaddrs *list, *at;
	bool found = false;

	if (address.family == IP_NONE || getifaddrs(&list) != 0)
		return false;
	for (at = list; at && !found; at = at->ifa_next) {
		struct ip_address own;

		found = at->ifa_addr &&
			ip_address_of_socket(at->ifa_addr, &own) &&
			ip_address_equal(own, address);
	}
	freeifaddrs(list);
	return found;
}

/* The NFSv4 clients of an answer: those below the root are this host's, or
 * those of the tree that is looked at. */
static const struct nfsd_clients *clients_of(const struct server_run *run,
					     const struct server_answer *answer)
{
	bool of_tree = run->context->globals.root && run->report.alone &&
		       !run->context->operand_count;

	if (run->has_clients && (of_tree || is_own(answer->address)))
		return &run->clients;
	return NULL;
}

static void tell_failure(struct server_run *run,
			 const struct server_result *result)
{
	const struct server_answer *answer = result->answer;
	char host[IP_ADDRESS_TEXT];

	if (answer->status == ANSWER_OK)
		return;
	clear_progress(run);
	command_error(run->context, "%s: %s: %s%s",
		      server_result_host(result, host),
		      answer_status_name(answer->status),
		      answer->error ? answer->error : "no list",
		      answer->gives_list ? "; the list is not complete" : "");
}

static void write_result(struct server_run *run,
			 const struct server_result *result)
{
	run->format->write(run->context->out, &run->report, result,
			   run->written++);
}

static void count_result(struct server_run *run,
			 const struct server_result *result)
{
	run->lists += result->answer->gives_list;
	run->failures += result->answer->status != ANSWER_OK;
}

/* Addresses of a network where nobody is are no servers. */
static bool is_nobody(const struct server_run *run,
		      const struct server_answer *answer, bool from_network)
{
	return from_network && !run->options->show_silent &&
	       (answer->status == ANSWER_UNREACHABLE ||
		(answer->status == ANSWER_INTERRUPTED && !answer->gives_list));
}

static void answered(void *context, const struct sweep_target *target,
		     struct server_answer *answer, bool last)
{
	struct server_run *run = context;
	struct server_target_tag tag = server_target_tag(target);
	struct server_result result = {
		.number = tag.number,
		.name = tag.from_network ? NULL : target->name,
		.answer = answer,
	};

	(void)last;
	run->asked++;
	if (is_nobody(run, answer, tag.from_network)) {
		arena_free(answer->arena);
		return;
	}
	result.clients = clients_of(run, answer);
	count_result(run, &result);
	show_progress(run);
	if (!run->format->streams) {
		*ARRAY_ADD(run->context->arena, &run->results) = result;
		return;
	}
	tell_failure(run, &result);
	write_result(run, &result);
	arena_free(answer->arena);
}

static int compare_results(const void *left, const void *right)
{
	const struct server_result *a = left, *b = right;

	if (a->number != b->number)
		return a->number < b->number ? -1 : 1;
	return memcmp(a->answer->address.bytes, b->answer->address.bytes,
		      sizeof(a->answer->address.bytes));
}

static void write_results(struct server_run *run)
{
	struct server_result *results = run->results.items;

	if (run->results.count)
		qsort(results, run->results.count, sizeof(*results),
		      compare_results);
	for (size_t i = 0; i < run->results.count; i++) {
		tell_failure(run, &results[i]);
		write_result(run, &results[i]);
		arena_free(results[i].answer->arena);
	}
}

static void tell_jobs(const struct server_run *run, unsigned jobs)
{
	if (run->context->globals.verbose)
		command_error(run->context,
			      "at most %u servers were asked at once", jobs);
}

static bool next_target(void *context, struct sweep_target *target)
{
	struct server_run *run = context;

	return server_targets_next(&run->targets, target);
}

static int status_of(const struct server_run *run)
{
	if (!run->lists && !run->has_clients)
		return STATUS_FAILED;
	return run->failures || run->input_is_wrong || run->report.partial
		       ? STATUS_FINDINGS
		       : STATUS_OK;
}

static int run_sweep(struct server_run *run)
{
	const struct command_context *context = run->context;
	const struct sweep_events events = {
		.context = run,
		.next = next_target,
		.answered = answered,
	};
	struct failure failure;
	unsigned jobs;

	server_targets_init(context->arena, &run->operands, &run->targets);
	run->format->begin(context->out, &run->report);
	if (!sweep_run(&run->sweep, &events, &run->report.partial, &jobs,
		       &failure)) {
		command_error(context, "%s", failure.text);
		return STATUS_FAILED;
	}
	clear_progress(run);
	tell_jobs(run, jobs);
	write_results(run);
	run->format->end(context->out, &run->report);
	return status_of(run);
}

/* NFSv4 clients are known without a packet, to root. */
static void read_clients(struct server_run *run)
{
	struct failure failure;
	struct root root;
	int error;

	if (run->report.ask != ASK_MOUNTS)
		return;
	if (!root_open(run->context->globals.root, &root, &failure)) {
		command_error(run->context, "%s", failure.text);
		return;
	}
	error = nfsd_clients_gather(run->context->arena, &root, &run->clients);
	run->has_clients = !error;
	if (error == EACCES)
		command_error(run->context,
			      "only root can see this host's NFSv4 clients");
	root_close(&root);
}

static bool add_operand(struct server_run *run, const char *text)
{
	struct arena *arena = run->context->arena;
	struct server_operand operand;
	const char *problem;

	if (!server_operand_parse(arena, str_of(text), &operand, &problem)) {
		command_usage_error(run->context, "'%s' is %s", text, problem);
		return false;
	}
	*ARRAY_ADD(arena, &run->operands.list) = operand;
	return true;
}

static void tell_wrong_input(struct server_run *run, struct source *source)
{
	const struct diag_list *diags = &run->operands.diags;

	run->input_is_wrong = diags->list.count != 0;
	for (size_t i = 0; i < diags->list.count; i++) {
		const struct diag *diag = &diags->list.items[i];
		struct source_position at = source_position(
			run->context->arena, source, diag->span.begin);

		command_error(run->context, "%s:%u:%u: %s; %s", source->name,
			      at.line, at.column_chars, diag->message,
			      diag->consequence);
	}
}

static bool read_input(struct server_run *run)
{
	struct arena *arena = run->context->arena;
	const char *name = run->options->input;
	bool is_stdin = strcmp(name, "-") == 0;
	int fd = is_stdin ? STDIN_FILENO : open(name, O_RDONLY | O_CLOEXEC);
	struct source source = { .name = name };
	struct failure failure;
	bool ok;

	if (fd < 0)
		ok = file_failure(&failure, name, errno);
	else
		ok = file_read(arena, fd, name, SOURCE_MAX_BYTES, &source.text,
			       NULL, &failure);
	if (fd >= 0 && !is_stdin)
		close(fd);
	if (!ok) {
		command_error(run->context, "%s", failure.text);
		return false;
	}
	server_list_parse(arena, &source, &run->operands);
	tell_wrong_input(run, &source);
	return true;
}

/* Who is asked. */
static bool read_operands(struct server_run *run)
{
	const struct command_context *context = run->context;
	bool large;

	for (int i = 0; i < context->operand_count; i++)
		if (!add_operand(run, context->operands[i]))
			return false;
	if (run->options->input && !read_input(run))
		return false;
	if (!context->operand_count && !run->options->input &&
	    !add_operand(run, "localhost"))
		return false;
	large = server_targets_count(&run->operands) > LIMIT_SWEEP_HOSTS;
	if (large && !run->options->yes_large)
		command_usage_error(context,
				    "these are more than %u addresses; "
				    "--yes-large asks them all",
				    (unsigned)LIMIT_SWEEP_HOSTS);
	return !large || run->options->yes_large;
}

/* "2.5" seconds to milliseconds. */
static bool parse_timeout(const char *text, unsigned *milliseconds)
{
	enum { LONGEST = 3600 };
	char *end;
	double seconds;

	errno = 0;
	seconds = strtod(text, &end);
	if (end == text || *end || errno || !(seconds > 0) ||
	    seconds > LONGEST || !strpbrk(text, "0123456789") ||
	    strpbrk(text, "xXnN"))
		return false;
	*milliseconds = (unsigned)(seconds * 1000);
	return *milliseconds > 0;
}

static bool settle(struct server_run *run)
{
	const struct server_options *options = run->options;
	const struct server_operands *operands = &run->operands;
	bool single = operands->list.count == 1 &&
		      operands->list.items[0].kind != SERVER_NETWORK;

	run->report.alone = single && !options->all_addresses;
	run->sweep = (struct sweep_options){
		.conversation = {
			.ask = run->report.ask,
			.via = (enum ask_via)options->via,
			.tcp = options->tcp,
			.udp = options->udp,
			.mount_version = (unsigned)options->mount_version,
			.mount_port = (uint16_t)options->mount_port,
			.rpcbind_port = (uint16_t)options->rpcbind_port,
			.nfs_port = (uint16_t)options->nfs_port,
			.reserved_port = options->reserved_port,
			.uid = (uint32_t)options->uid,
			.gid = (uint32_t)options->gid,
			.patient = options->patient || single,
			.probe = options->probe || options->mnt,
			.probe_mnt = options->mnt,
			.max_reply = single ? LIMIT_REPLY_BYTES
					    : LIMIT_REPLY_BYTES_SWEEP,
			.max_nodes = single ? LIMIT_LIST_NODES
					    : LIMIT_LIST_NODES_SWEEP,
		},
		.jobs = (unsigned)options->jobs,
		.all_addresses = options->all_addresses,
		.max_total = run->format->streams ? 0 : LIMIT_KEPT_BYTES,
	};
	if (options->max_reply)
		run->sweep.conversation.max_reply = (size_t)options->max_reply;
	if (options->max_total && !run->format->streams)
		run->sweep.max_total = (size_t)options->max_total;
	if (parse_timeout(options->timeout,
			  &run->sweep.conversation.timeout_ms))
		return true;
	command_usage_error(run->context,
			    "--timeout wants seconds above 0 and up to 3600, "
			    "not '%s'",
			    options->timeout);
	return false;
}

int server_command_run(const struct command_context *context, enum ask_for ask)
{
	const struct server_options *options = context->options;
	struct server_run run = {
		.context = context,
		.options = options,
		.format = server_formats[options->format],
		.report = { .ask = ask,
			    .by_path = options->order == 0,
			    .timing = options->timing,
			    .is_terminal = context->out_is_terminal,
			    .color = context->color },
	};

	if (!read_operands(&run) || !settle(&run))
		return STATUS_FAILED;
	read_clients(&run);
	return run_sweep(&run);
}

static const char *const vias[] = { "auto", "mount", "nfs4", NULL };
static const char *const orders[] = { "path", "server", NULL };

#define OFFSET(field) .offset = offsetof(struct server_options, field)
#define PORT                                                                   \
	.kind = OPTION_NUMBER, .argument = "PORT", .minimum = 1,               \
	.maximum = UINT16_MAX
#define ID                                                                     \
	.kind = OPTION_NUMBER, .argument = "ID", .minimum = 0,                 \
	.maximum = UINT32_MAX, .initial = "65534"
#define BYTES                                                                  \
	.kind = OPTION_NUMBER, .argument = "BYTES", .minimum = 1024,           \
	.maximum = LIMIT_KEPT_BYTES

const struct option_row server_command_options[] = {
	{ .name = "format",
	  .letter = 'f',
	  .kind = OPTION_CHOICE,
	  .choices = server_format_names,
	  .initial = "table",
	  .help = "what to print",
	  OFFSET(format) },
	{ .name = "input",
	  .letter = 'i',
	  .kind = OPTION_PATH,
	  .argument = "FILE",
	  .help = "ask the servers that FILE names, too; - is standard input",
	  OFFSET(input) },
	{ .name = "timeout",
	  .letter = 't',
	  .kind = OPTION_TEXT,
	  .argument = "SECONDS",
	  .initial = "5",
	  .help = "the time that each server has for all",
	  OFFSET(timeout) },
	{ .name = "jobs",
	  .letter = 'j',
	  .kind = OPTION_NUMBER,
	  .argument = "N",
	  .minimum = 1,
	  .maximum = 100000,
	  .initial = "1024",
	  .help = "servers to ask at once, fewer where descriptors end",
	  OFFSET(jobs) },
	{ .name = "via",
	  .kind = OPTION_CHOICE,
	  .choices = vias,
	  .initial = "auto",
	  .help = "the protocol: MOUNT, NFSv4, or NFSv4 where there is no "
		  "MOUNT service",
	  OFFSET(via) },
	{ .name = "tcp",
	  .kind = OPTION_FLAG,
	  .help = "ask rpcbind and MOUNT over TCP only",
	  OFFSET(tcp) },
	{ .name = "udp",
	  .kind = OPTION_FLAG,
	  .help = "ask rpcbind and MOUNT over UDP only",
	  OFFSET(udp) },
	{ .name = "mount-version",
	  .kind = OPTION_NUMBER,
	  .argument = "N",
	  .minimum = 1,
	  .maximum = 3,
	  .help = "the version of MOUNT, and no other",
	  OFFSET(mount_version) },
	{ .name = "mount-port",
	  PORT,
	  .help = "where MOUNT is; rpcbind is not asked",
	  OFFSET(mount_port) },
	{ .name = "nfs-port",
	  PORT,
	  .initial = "2049",
	  .help = "where NFS is",
	  OFFSET(nfs_port) },
	{ .name = "rpcbind-port",
	  PORT,
	  .initial = "111",
	  .help = "where rpcbind is",
	  OFFSET(rpcbind_port) },
	{ .name = "reserved-port",
	  .kind = OPTION_FLAG,
	  .help = "ask from ports below 1024, which only root can",
	  OFFSET(reserved_port) },
	{ .name = "uid", ID, .help = "the user for NFSv4", OFFSET(uid) },
	{ .name = "gid", ID, .help = "the group for NFSv4", OFFSET(gid) },
	{ .name = "probe",
	  .kind = OPTION_FLAG,
	  .help = "also find out versions, transports, RPC-with-TLS and "
		  "security flavors, without a trace on the server",
	  OFFSET(probe) },
	{ .name = "mnt",
	  .kind = OPTION_FLAG,
	  .help = "probe security flavors by mounting and unmounting each "
		  "export, which the server logs and notes in its rmtab",
	  OFFSET(mnt) },
	{ .name = "order",
	  .kind = OPTION_CHOICE,
	  .choices = orders,
	  .initial = "path",
	  .help = "sorted by path, or as the server sent it",
	  OFFSET(order) },
	{ .name = "timing",
	  .kind = OPTION_FLAG,
	  .help = "tell how long each server took",
	  OFFSET(timing) },
	{ .name = "patient",
	  .kind = OPTION_FLAG,
	  .help = "give silent servers the whole time, not 1.2 seconds",
	  OFFSET(patient) },
	{ .name = "show-silent",
	  .kind = OPTION_FLAG,
	  .help = "tell of the addresses of a network where nobody answers",
	  OFFSET(show_silent) },
	{ .name = "all-addresses",
	  .kind = OPTION_FLAG,
	  .help = "each address of a name is a server",
	  OFFSET(all_addresses) },
	{ .name = "max-reply",
	  BYTES,
	  .help = "the largest reply of a server",
	  OFFSET(max_reply) },
	{ .name = "max-total",
	  BYTES,
	  .help = "what is kept of all replies together",
	  OFFSET(max_total) },
	{ .name = "yes-large",
	  .kind = OPTION_FLAG,
	  .help = "ask more than 1,048,576 addresses",
	  OFFSET(yes_large) },
	{ 0 },
};
