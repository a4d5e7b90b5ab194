#include "rpcbind_protocol.h"

#include <netinet/in.h>

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
		return reader.trouble == XDR_CUT && !complete ? SINK_MORE
							      : SINK_BAD;
	if (sink->rpcbind_version == 2)
		take_port(port, &sink->answer);
	else
		take_uaddr(uaddr, &sink->answer);
	return SINK_DONE;
}
