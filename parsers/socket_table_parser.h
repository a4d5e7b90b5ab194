/* The sockets of a network namespace, /proc/net/tcp, tcp6, udp and udp6 as
 * proc(5) describes them. */
#ifndef SOCKET_TABLE_PARSER_H
#define SOCKET_TABLE_PARSER_H

#include "array.h"
#include "ip_address.h"

enum socket_state {
	SOCKET_ESTABLISHED = 1,
	SOCKET_UDP = 7, /* a UDP socket without a peer */
	SOCKET_LISTEN = 10,
};

struct socket_entry {
	struct ip_address local, remote; /* IPv4-mapped ones are IPv4 */
	uint16_t local_port, remote_port;
	uint32_t state; /* enum socket_state, and others */
	uint64_t inode; /* that of /proc/PID/fd; 0: not known, or no file */
};

struct socket_table {
	ARRAY(struct socket_entry) list;
};

/* Adds the sockets of text to the table; lines of another form are left
 * out. */
void socket_table_parse(struct arena *arena, struct str text,
			struct socket_table *sockets);

#endif
