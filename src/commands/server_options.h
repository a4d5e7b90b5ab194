/* The options of the commands that ask servers. */
#ifndef SERVER_OPTIONS_H
#define SERVER_OPTIONS_H

#include "command_options.h"
#include "sweep.h"

enum server_order { SERVER_ORDER_PATH, SERVER_ORDER_SERVER };

enum { SERVER_NOBODY = 65534 }; /* the user and group for NFSv4 */

/* What the rows fill. */
struct server_options {
	int format; /* index into server_format_names */
	const char *input;
	int via; /* enum ask_via */
	bool tcp, udp;
	int64_t mount_version, mount_port, nfs_port, rpcbind_port; /* 0: none */
	bool reserved_port;
	int64_t uid, gid;
	const char *timeout;		    /* seconds */
	int64_t jobs, max_reply, max_total; /* max_reply 0: not given */
	int order;			    /* enum server_order */
	bool timing, patient, show_silent, all_addresses, yes_large;
	bool probe, mnt;
};

extern const struct option_row server_option_rows[];

#define SERVER_PORT_ROW                                                        \
	.kind = OPTION_NUMBER, .argument = "PORT", .minimum = 1,               \
	.maximum = UINT16_MAX

/* The rows of all commands that ask servers; AT(field) is the offset of a field
 * of the struct server_options in the struct of the command. */
#define SERVER_ASK_OPTION_ROWS(AT)                                             \
	{ .name = "input",                                                     \
	  .letter = 'i',                                                       \
	  .kind = OPTION_PATH,                                                 \
	  .argument = "FILE",                                                  \
	  .help = "ask the servers that FILE names, too; - is standard input", \
	  .offset = AT(input) },                                               \
		{ .name = "timeout",                                           \
		  .letter = 't',                                               \
		  .kind = OPTION_TEXT,                                         \
		  .argument = "SECONDS",                                       \
		  .initial = "5",                                              \
		  .help = "the time that each server has for all",             \
		  .offset = AT(timeout) },                                     \
		{ .name = "jobs",                                              \
		  .letter = 'j',                                               \
		  .kind = OPTION_NUMBER,                                       \
		  .argument = "N",                                             \
		  .minimum = 1,                                                \
		  .maximum = 100000,                                           \
		  .initial = "1024",                                           \
		  .help = "servers to ask at once, fewer where descriptors "   \
			  "end",                                               \
		  .offset = AT(jobs) },                                        \
		{ .name = "nfs-port",                                          \
		  SERVER_PORT_ROW,                                             \
		  .initial = "2049",                                           \
		  .help = "where NFS is",                                      \
		  .offset = AT(nfs_port) },                                    \
		{ .name = "rpcbind-port",                                      \
		  SERVER_PORT_ROW,                                             \
		  .initial = "111",                                            \
		  .help = "where rpcbind is",                                  \
		  .offset = AT(rpcbind_port) },                                \
		{ .name = "reserved-port",                                     \
		  .kind = OPTION_FLAG,                                         \
		  .help = "ask from ports below 1024, which only root can",    \
		  .offset = AT(reserved_port) },                               \
		{ .name = "patient",                                           \
		  .kind = OPTION_FLAG,                                         \
		  .help = "give silent servers the whole time, not 1.2 "       \
			  "seconds",                                           \
		  .offset = AT(patient) },                                     \
		{ .name = "show-silent",                                       \
		  .kind = OPTION_FLAG,                                         \
		  .help = "tell of the addresses of a network where nobody "   \
			  "answers",                                           \
		  .offset = AT(show_silent) },                                 \
	{                                                                      \
		.name = "yes-large", .kind = OPTION_FLAG,                      \
		.help = "ask more than 1,048,576 addresses",                   \
		.offset = AT(yes_large)                                        \
	}

/* What they mean for a sweep. single: one name or address is asked, which may
 * then answer more, and has all the time. False when options contradict each
 * other. */
bool server_options_settle(const struct server_options *options,
			   enum ask_for ask, bool single,
			   struct sweep_options *sweep, struct failure *failure)
	__attribute__((warn_unused_result));

#endif
