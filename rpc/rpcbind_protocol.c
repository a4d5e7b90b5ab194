#include "rpcbind_protocol.h"

#include <netinet/in.h>

#include "list_sink.h"
#include "number.h"
#include "rpc_limits.h"
#include "xdr_encode.h"

static void add_getport(const struct rpcbind_question *question,
			struct strbuf *arguments)
{
	xdr_write_u32(arguments, question->program);
	xdr_write_u32(arguments, question->version);
	xdr_write_u32(arguments, question->transport == EVENT_TCP
					 ? IPPROTO_TCP
					 : IPPROTO_UDP);
	xdr_write_u32(arguments, 0);
}

static struct str netid(const struct rpcbind_question *question)
{
	bool is_v4 = question->family == IP_V4;

	if (question->transport == EVENT_TCP)
		return is_v4 ? STR("tcp") : STR("tcp6");
	return is_v4 ? STR("udp") : STR("udp6");
}

static void add_getaddr(const struct rpcbind_question *question,
			struct strbuf *arguments)
{
	xdr_write_u32(arguments, question->program);
	xdr_write_u32(arguments, question->version);
	xdr_write_bytes(arguments, netid(question));
	xdr_write_bytes(arguments, STR("")); /* address */
	xdr_write_bytes(arguments, STR("")); /* owner */
}

struct rpc_call rpcbind_call(const struct rpcbind_question *question,
			     struct strbuf *arguments)
{
	bool is_portmap = question->rpcbind_version == 2;

	if (is_portmap)
		add_getport(question, arguments);
	else
		add_getaddr(question, arguments);
	return (struct rpc_call){
		.program = RPCBIND_PROGRAM,
		.version = question->rpcbind_version,
		.procedure = is_portmap ? RPCBIND_GETPORT : RPCBIND_GETADDR,
		.arguments = strbuf_str(arguments),
	};
}

/* Takes a number of at most 255 and the dot before it off the end. */
static bool take_byte(struct str *text, uint32_t *byte)
{
	size_t begin = text->length;
	int64_t value;

	while (begin && ascii_is_digit(text->data[begin - 1]))
		begin--;
	if (begin == text->length || begin == 0 ||
	    text->data[begin - 1] != '.' ||
	    !number_strtol(str_skip(*text, begin), &value) || value > 255)
		return false;
	*byte = (uint32_t)value;
	text->length = begin - 1;
	return true;
}

bool rpcbind_parse_uaddr(struct str text, struct ip_address *address,
			 uint16_t *port)
{
	uint32_t low, high;

	if (!take_byte(&text, &low) || !take_byte(&text, &high) ||
	    !ip_address_parse(text, address))
		return false;
	*port = (uint16_t)(high << 8 | low);
	return true;
}

static bool is_wildcard(struct ip_address address)
{
	static const uint8_t zeros[16];

	return memcmp(address.bytes, zeros, sizeof(zeros)) == 0;
}

static void take_uaddr(struct str uaddr, struct rpcbind_answer *answer)
{
	if (!uaddr.length)
		return; /* not registered */
	answer->is_bad =
		!rpcbind_parse_uaddr(uaddr, &answer->address, &answer->port) ||
		!answer->port;
	if (answer->is_bad || is_wildcard(answer->address))
		answer->address = (struct ip_address){ 0 };
}

static void take_port(uint32_t port, struct rpcbind_answer *answer)
{
	answer->is_bad = port > UINT16_MAX;
	answer->port = answer->is_bad ? 0 : (uint16_t)port;
}

enum sink_need rpcbind_take(void *context, struct str message, size_t results,
			    bool complete)
{
	struct rpcbind_sink *sink = context;
	struct xdr_reader reader;
	struct str uaddr;
	uint32_t port;

	sink->answer = (struct rpcbind_answer){ 0 };
	xdr_reader_init(&reader, message.data + results,
			message.length - results);
	if (sink->rpcbind_version == 2
		    ? !xdr_read_u32(&reader, &port)
		    : !xdr_read_bytes(&reader, LIMIT_UADDR_BYTES, &uaddr))
		return sink_need_of(&reader, complete);
	if (sink->rpcbind_version == 2)
		take_port(port, &sink->answer);
	else
		take_uaddr(uaddr, &sink->answer);
	return SINK_DONE;
}

static void keep_mapping(struct rpcbind_dump_sink *sink,
			 struct rpcbind_mapping mapping)
{
	for (size_t i = 0; i < RPCBIND_PROGRAMS_MAX; i++)
		if (sink->programs[i] && sink->programs[i] == mapping.program &&
		    mapping.port && sink->count < RPCBIND_MAPPINGS_MAX)
			sink->mappings[sink->count++] = mapping;
}

static enum sink_need step_portmap(void *context, struct xdr_reader *reader,
				   const char *message)
{
	struct rpcbind_dump_sink *sink = context;
	uint32_t program, version, protocol, port;
	bool more;

	(void)message;
	if (!xdr_read_bool(reader, &more) || !more)
		return SINK_DONE;
	if (!xdr_read_u32(reader, &program) ||
	    !xdr_read_u32(reader, &version) ||
	    !xdr_read_u32(reader, &protocol) || !xdr_read_u32(reader, &port))
		return SINK_BAD;
	if (++sink->nodes > LIMIT_RPCBIND_MAPPINGS)
		return SINK_TOO_LARGE;
	if ((protocol == IPPROTO_TCP || protocol == IPPROTO_UDP) &&
	    port <= UINT16_MAX)
		keep_mapping(sink, (struct rpcbind_mapping){
					   program, version,
					   protocol == IPPROTO_TCP ? EVENT_TCP
								   : EVENT_UDP,
					   (uint16_t)port });
	return SINK_MORE;
}

/* False for a transport that has no part in NFS, or the other family. */
static bool transport_of(struct str name, enum ip_family family,
			 enum event_transport *transport)
{
	bool is_tcp = str_is(name, family == IP_V4 ? "tcp" : "tcp6");

	*transport = is_tcp ? EVENT_TCP : EVENT_UDP;
	return is_tcp || str_is(name, family == IP_V4 ? "udp" : "udp6");
}

static enum sink_need step_rpcbind(void *context, struct xdr_reader *reader,
				   const char *message)
{
	struct rpcbind_dump_sink *sink = context;
	struct rpcbind_mapping mapping = { 0 };
	struct ip_address address;
	struct str name, uaddr, owner;
	bool more;

	(void)message;
	if (!xdr_read_bool(reader, &more) || !more)
		return SINK_DONE;
	if (!xdr_read_u32(reader, &mapping.program) ||
	    !xdr_read_u32(reader, &mapping.version) ||
	    !xdr_read_bytes(reader, LIMIT_UADDR_BYTES, &name) ||
	    !xdr_read_bytes(reader, LIMIT_UADDR_BYTES, &uaddr) ||
	    !xdr_read_bytes(reader, LIMIT_UADDR_BYTES, &owner))
		return SINK_BAD;
	if (++sink->nodes > LIMIT_RPCBIND_MAPPINGS)
		return SINK_TOO_LARGE;
	if (transport_of(name, sink->family, &mapping.transport) &&
	    rpcbind_parse_uaddr(uaddr, &address, &mapping.port))
		keep_mapping(sink, mapping);
	return SINK_MORE;
}

enum sink_need rpcbind_take_dump(void *context, struct str message,
				 size_t results, bool complete)
{
	struct rpcbind_dump_sink *sink = context;

	return list_take(
		&sink->at, message, results, complete,
		sink->rpcbind_version == 2 ? step_portmap : step_rpcbind, sink);
}
