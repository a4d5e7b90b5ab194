/* The options of the commands that ask servers. */
#ifndef SERVER_OPTIONS_H
#define SERVER_OPTIONS_H

#include "command_options.h"
#include "sweep.h"

enum server_order { SERVER_ORDER_PATH, SERVER_ORDER_SERVER };

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

/* What they mean for a sweep. single: one name or address is asked, which may
 * then answer more, and has all the time. False when options contradict each
 * other. */
bool server_options_settle(const struct server_options *options,
			   enum ask_for ask, bool single,
			   struct sweep_options *sweep, struct failure *failure)
	__attribute__((warn_unused_result));

#endif
