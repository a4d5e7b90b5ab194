#include <arpa/inet.h>

#include "fake_programs.h"

static const uint32_t protocols[] = {
	[FAKE_TCP] = IPPROTO_TCP,
	[FAKE_UDP] = IPPROTO_UDP,
};

static const char *const netids[] = { [FAKE_TCP] = "tcp", [FAKE_UDP] = "udp" };

static bool is_registered(const struct fake_options *options,
			  enum fake_service service,
			  enum fake_transport transport)
{
	return options->transports[service] >> transport & 1;
}

/* The port of a program, or 0. The version is not looked at: rpcbind names the
 * port of another one rather than none. */
static uint16_t port_of(const struct fake_options *options, uint32_t program,
			enum fake_transport transport)
{
	for (unsigned i = 0; i < FAKE_SERVICES; i++)
		if (fake_programs[i].number == program &&
		    is_registered(options, i, transport))
			return options->ports[i];
	return 0;
}

void fake_pmap_getport(const struct fake_server *server,
		       const struct fake_call *call, struct fake_reply *reply)
{
	struct fake_reader arguments = call->arguments;
	uint32_t program = fake_get_u32(&arguments);
	uint32_t protocol;

	fake_get_u32(&arguments);
	protocol = fake_get_u32(&arguments);
	if (arguments.bad) {
		reply->status = FAKE_GARBAGE_ARGS;
		return;
	}
	fake_put_u32(&reply->results,
		     port_of(&server->options, program,
			     protocol == IPPROTO_UDP ? FAKE_UDP : FAKE_TCP));
}

void fake_uaddr(char text[FAKE_UADDR], const struct in6_addr *address,
		unsigned port)
{
	char host[INET6_ADDRSTRLEN];

	if (IN6_IS_ADDR_V4MAPPED(address))
		inet_ntop(AF_INET, &address->s6_addr[12], host, sizeof(host));
	else
		inet_ntop(AF_INET6, address, host, sizeof(host));
	snprintf(text, FAKE_UADDR, "%s.%u.%u", host, port >> 8, port & 255u);
}

/* The netid of the question is ignored; what counts is the transport that it
 * came over (RFC 1833, section 2.2.1). */
void fake_rpcb_getaddr(const struct fake_server *server,
		       const struct fake_call *call, struct fake_reply *reply)
{
	struct fake_reader arguments = call->arguments;
	uint32_t program = fake_get_u32(&arguments);
	char text[FAKE_UADDR] = "";
	uint16_t port;

	if (arguments.bad) {
		reply->status = FAKE_GARBAGE_ARGS;
		return;
	}
	port = port_of(&server->options, program, call->peer.transport);
	if (port)
		fake_uaddr(text, &call->peer.asked, port);
	fake_put_text(&reply->results, text);
}

void fake_pmap_dump(const struct fake_server *server,
		    const struct fake_call *call, struct fake_reply *reply)
{
	(void)call;
	reply->tail = fake_bytes_view(&server->prepared.pmap_dump);
}

void fake_rpcb_dump(const struct fake_server *server,
		    const struct fake_call *call, struct fake_reply *reply)
{
	(void)call;
	reply->tail = fake_bytes_view(&server->prepared.rpcb_dump);
}

static void put_mapping(struct fake_server *server, enum fake_service service,
			uint32_t version, enum fake_transport transport)
{
	static const struct in6_addr any = {
		.s6_addr = { [10] = 0xff, [11] = 0xff }
	};
	struct fake_bytes *pmap = &server->prepared.pmap_dump;
	struct fake_bytes *rpcb = &server->prepared.rpcb_dump;
	uint16_t port = server->options.ports[service];
	char text[FAKE_UADDR];

	fake_put_u32(pmap, 1);
	fake_put_u32(pmap, fake_programs[service].number);
	fake_put_u32(pmap, version);
	fake_put_u32(pmap, protocols[transport]);
	fake_put_u32(pmap, port);

	fake_uaddr(text, &any, port);
	fake_put_u32(rpcb, 1);
	fake_put_u32(rpcb, fake_programs[service].number);
	fake_put_u32(rpcb, version);
	fake_put_text(rpcb, netids[transport]);
	fake_put_text(rpcb, text);
	fake_put_text(rpcb, "superuser");
}

static void put_mappings(struct fake_server *server, enum fake_service service,
			 enum fake_transport transport)
{
	if (!is_registered(&server->options, service, transport))
		return;
	for (uint32_t version = 1; version < 32; version++)
		if (server->options.versions[service] >> version & 1)
			put_mapping(server, service, version, transport);
}

void fake_rpcbind_prepare(struct fake_server *server)
{
	for (unsigned i = 0; i < FAKE_SERVICES; i++) {
		put_mappings(server, i, FAKE_TCP);
		put_mappings(server, i, FAKE_UDP);
	}
	fake_put_u32(&server->prepared.pmap_dump, 0);
	fake_put_u32(&server->prepared.rpcb_dump, 0);
}
