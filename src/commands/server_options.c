#include "server_options.h"

#include <errno.h>

#include "rpc_limits.h"
#include "server_report.h"

/* "2.5" seconds to milliseconds. */
static bool parse_timeout(const char *text, unsigned *milliseconds)
{
	enum { LONGEST = 3600 };
	char *end;
	double seconds;

	errno = 0;
	seconds = strtod(text, &end);
	/* no hexadecimal, no infinity */
	if (end == text || *end || errno || strpbrk(text, "xXnN") ||
	    !(seconds > 0) || seconds > LONGEST)
		return false;
	*milliseconds = (unsigned)(seconds * 1000);
	return *milliseconds > 0;
}

/* Options that contradict each other, or the command. */
static bool check(const struct server_options *options, enum ask_for ask,
		  struct failure *failure)
{
	if (options->tcp && options->udp)
		return failure_set(failure,
				   "only one of --tcp and --udp is allowed");
	if (ask == ASK_MOUNTS && options->mnt)
		return failure_set(failure, "--mnt is for exports");
	if (ask == ASK_MOUNTS && options->via == VIA_NFS4)
		return failure_set(failure,
				   "NFSv4 has no list of mounts; --via nfs4 is "
				   "for exports");
	return true;
}

static struct conversation_options
conversation(const struct server_options *options, enum ask_for ask,
	     bool single)
{
	struct conversation_options conversation = {
		.ask = ask,
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
		.max_reply =
			single ? LIMIT_REPLY_BYTES : LIMIT_REPLY_BYTES_SWEEP,
		.max_nodes = single ? LIMIT_LIST_NODES : LIMIT_LIST_NODES_SWEEP,
	};

	if (options->max_reply)
		conversation.max_reply = (size_t)options->max_reply;
	return conversation;
}

bool server_options_settle(const struct server_options *options,
			   enum ask_for ask, bool single,
			   struct sweep_options *sweep, struct failure *failure)
{
	bool streams = server_formats[options->format]->streams;

	if (!check(options, ask, failure))
		return false;
	*sweep = (struct sweep_options){
		.conversation = conversation(options, ask, single),
		.jobs = (unsigned)options->jobs,
		.all_addresses = options->all_addresses,
		.max_total = streams ? 0 : (size_t)options->max_total,
	};
	if (!parse_timeout(options->timeout, &sweep->conversation.timeout_ms))
		return failure_set(failure,
				   "option '--timeout' takes seconds above 0 "
				   "and up to 3600, not '%.100s'",
				   options->timeout);
	return true;
}

static const char *const vias[] = { "auto", "mount", "nfs4", NULL };
static const char *const orders[] = { "path", "server", NULL };

#define OFFSET(field) .offset = offsetof(struct server_options, field)
#define AT(field) offsetof(struct server_options, field)
#define ID                                                                     \
	.kind = OPTION_NUMBER, .argument = "ID", .minimum = 0,                 \
	.maximum = UINT32_MAX, .initial = "65534"
#define BYTES                                                                  \
	.kind = OPTION_NUMBER, .argument = "BYTES", .minimum = 1024,           \
	.maximum = LIMIT_KEPT_BYTES

const struct option_row server_option_rows[] = {
	{ .name = "format",
	  .letter = 'f',
	  .kind = OPTION_CHOICE,
	  .choices = server_format_names,
	  .initial = "table",
	  .help = "what to print; jsonl as answers come, the others in the "
		  "order of the operands",
	  OFFSET(format) },
	SERVER_ASK_OPTION_ROWS(AT),
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
	  SERVER_PORT_ROW,
	  .help = "where MOUNT is; rpcbind is not asked",
	  OFFSET(mount_port) },
	{ .name = "uid", ID, .help = "the user for NFSv4", OFFSET(uid) },
	{ .name = "gid", ID, .help = "the group for NFSv4", OFFSET(gid) },
	{ .name = "probe",
	  .kind = OPTION_FLAG,
	  .help = "also find out versions, transports, RPC-with-TLS and "
		  "security flavors, without a trace on the server",
	  OFFSET(probe) },
	{ .name = "mnt",
	  .kind = OPTION_FLAG,
	  .help = "the same, but flavors by mounting and unmounting each "
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
	{ .name = "all-addresses",
	  .kind = OPTION_FLAG,
	  .help = "each address of a name is a server",
	  OFFSET(all_addresses) },
	{ .name = "max-reply",
	  BYTES,
	  .help = "the largest reply of a server; 134,217,728 when one is "
		  "asked, 16,777,216 for each of many",
	  OFFSET(max_reply) },
	{ .name = "max-total",
	  BYTES,
	  .initial = "536870912",
	  .help = "what is kept of all replies together; jsonl keeps none",
	  OFFSET(max_total) },
	{ 0 },
};
