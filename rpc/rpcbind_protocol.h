/* Asking rpcbind for the port of a program: version 2, which is portmap, and
 * versions 3 and 4 (RFC 1833). */
#ifndef RPCBIND_PROTOCOL_H
#define RPCBIND_PROTOCOL_H

#include "event_loop.h"
#include "rpc_exchange.h"

enum {
	RPCBIND_PROGRAM = 100000,
	RPCBIND_GETPORT = 3, /* version 2 */
	RPCBIND_GETADDR = 3, /* versions 3 and 4 */
	RPCBIND_DUMP = 4,
};

struct rpcbind_question {
	uint32_t rpcbind_version; /* 2 to 4 */
	uint32_t program, version;
	enum event_transport transport;
	enum ip_family family; /* of the server's address */
};

/* The call that asks; its arguments are added to arguments and stay there. */
struct rpc_call rpcbind_call(const struct rpcbind_question *question,
			     struct strbuf *arguments);

struct rpcbind_answer {
	uint16_t port; /* 0: not registered, or nothing that is a port */
	bool is_bad;   /* the server named something that is no port */
	/* of versions 3 and 4: the address named, which nobody must follow;
	 * IP_NONE where none or a wildcard is named */
	struct ip_address address;
};

/* Where the results of a call go. */
struct rpcbind_sink {
	uint32_t rpcbind_version;
	struct rpcbind_answer answer;
};

/* A take of struct reply_sink; its context is a struct rpcbind_sink. */
enum sink_need rpcbind_take(void *context, struct str message, size_t results,
			    bool complete);

enum {
	RPCBIND_PROGRAMS_MAX = 2,
	RPCBIND_MAPPINGS_MAX = 32, /* kept of one server */
};

struct rpcbind_mapping {
	uint32_t program, version;
	enum event_transport transport;
	uint16_t port;
};

/* Keeps what is registered for some programs, for one family. */
struct rpcbind_dump_sink {
	uint32_t rpcbind_version;
	enum ip_family family;
	uint32_t programs[RPCBIND_PROGRAMS_MAX]; /* 0: none */
	struct rpcbind_mapping mappings[RPCBIND_MAPPINGS_MAX];
	size_t count;

	/* where decoding goes on */
	size_t at;
	uint32_t nodes;
};

/* A take of struct reply_sink for DUMP; its context is a struct
 * rpcbind_dump_sink. */
enum sink_need rpcbind_take_dump(void *context, struct str message,
				 size_t results, bool complete);

/* Reads a universal address (RFC 5665, section 5.2.3.3): an address, a dot,
 * and a port as two decimal bytes. False if it is none; an address that names a
 * Unix socket is none. */
bool rpcbind_parse_uaddr(struct str text, struct ip_address *address,
			 uint16_t *port);

#endif
