/* What the commands that ask servers have in common: operands, options, the
 * sweep, the output and the exit status. */
#ifndef SERVER_COMMAND_H
#define SERVER_COMMAND_H

#include "command.h"
#include "conversation_options.h"

/* What the options of both commands fill. */
struct server_options {
	int format; /* index into server_format_names */
	const char *input;
	int via; /* enum ask_via */
	bool tcp, udp;
	int64_t mount_version, mount_port, nfs_port, rpcbind_port; /* 0: none */
	bool reserved_port;
	int64_t uid, gid;
	const char *timeout; /* seconds */
	int64_t jobs, max_reply, max_total;
	int order; /* 0: by path, 1: the server's */
	bool timing, patient, show_silent, all_addresses, yes_large;
	bool probe, mnt;
};

extern const struct option_row server_command_options[];

/* Asks the operands, or this host, and prints what they say. Returns the exit
 * status. */
int server_command_run(const struct command_context *context, enum ask_for ask);

#endif
