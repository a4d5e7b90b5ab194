/* Asks rpcbind at which port a server's MOUNT service is.
 *
 * Portmap over UDP first, which costs one packet each way; on request rpcbind
 * over TCP beside it, over IPv6 at once. The
 * versions of MOUNT and the transports are asked for in the order in which they
 * are wanted: version 3 over TCP, 1 over TCP, then both over UDP.
 */
#ifndef PORT_QUERY_H
#define PORT_QUERY_H

#include "conversation_options.h"
#include "event_loop.h"
#include "query_result.h"

struct port_query;

struct port_answer {
	struct query_result result; /* ANSWER_OK: the port is known.
				       ANSWER_NO_MOUNT_SERVICE: rpcbind knows of
				       none */
	uint16_t port;
	uint32_t version; /* of MOUNT */
	enum event_transport transport;
	struct ip_address named; /* address that rpcbind gave with it, which
				    nobody must follow, or IP_NONE */
	bool over_udp; /* rpcbind has answered over UDP, whatever it said */
};

/* Begins to ask the server at address. arena keeps what is read. done
 * is called once, not before this returns, and may end the query. */
struct port_query *port_query_begin(struct event_loop *loop,
				    struct arena *arena,
				    struct ip_address address,
				    const struct conversation_options *options,
				    bool *alive, void (*done)(void *context),
				    void *context);

/* Asks over TCP too, unless only UDP is wanted. */
void port_query_insist(struct port_query *query);

/* What came out, once done is called; before that, a timeout. */
const struct port_answer *port_query_answer(const struct port_query *query);

/* Ends the query without further callbacks; NULL is allowed. */
void port_query_end(struct port_query *query);

#endif
