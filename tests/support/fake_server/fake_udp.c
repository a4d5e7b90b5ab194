#include <errno.h>
#include <netinet/in.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "fake_server.h"

enum {
	BATCH = 64,
	DATAGRAM = 2048,      /* of a call */
	DATAGRAM_MAX = 65507, /* of a reply (RFC 768) */
	FOREVER = 1000,	      /* datagrams that stand for no end */
	SOCKET_BYTES = 8 << 20,
};

union control {
	struct cmsghdr header; /* for its alignment */
	char bytes[CMSG_SPACE(sizeof(struct in6_pktinfo))];
};

struct port {
	struct fake_watch watch;
	struct fake_server *server;
	enum fake_service service;
	int elsewhere; /* a socket with another port */
};

/* A datagram on its way in, then its answer on its way out. */
struct slot {
	uint8_t bytes[DATAGRAM];
	struct sockaddr_in6 from;
	union control control;
	struct iovec parts[2];
	struct fake_script script;
};

/* An answer that takes time. */
struct player {
	struct fake_timer timer;
	struct port *port;
	struct sockaddr_in6 to;
	struct in6_addr asked;
	struct fake_script script;
	unsigned step;
	int64_t done; /* of step->times */
};

static struct slot slots[BATCH];
static struct mmsghdr messages[BATCH];

static void set_parts(const struct fake_script *script,
		      const struct fake_step *step, struct iovec parts[2])
{
	size_t head = step->length < DATAGRAM_MAX ? step->length : DATAGRAM_MAX;
	size_t room = DATAGRAM_MAX - head;

	parts[0].iov_base = script->bytes.data + step->offset;
	parts[0].iov_len = head;
	parts[1].iov_base = (void *)step->tail.data;
	parts[1].iov_len = step->tail.length < room ? step->tail.length : room;
}

static struct in6_pktinfo *packet_info(struct msghdr *message)
{
	for (struct cmsghdr *at = CMSG_FIRSTHDR(message); at;
	     at = CMSG_NXTHDR(message, at))
		if (at->cmsg_level == IPPROTO_IPV6 &&
		    at->cmsg_type == IPV6_PKTINFO)
			return (struct in6_pktinfo *)(void *)CMSG_DATA(at);
	return NULL;
}

/* Says which of our addresses a datagram comes from. */
static void set_source(struct msghdr *message, union control *control,
		       const struct in6_addr *source)
{
	struct cmsghdr *header;
	struct in6_pktinfo info = { .ipi6_addr = *source };

	message->msg_control = control;
	message->msg_controllen = sizeof(*control);
	header = CMSG_FIRSTHDR(message);
	header->cmsg_level = IPPROTO_IPV6;
	header->cmsg_type = IPV6_PKTINFO;
	header->cmsg_len = CMSG_LEN(sizeof(info));
	memcpy(CMSG_DATA(header), &info, sizeof(info));
}

static void send_step(struct player *player, const struct fake_step *step)
{
	/* ::ffff:127.77.77.77, which nobody asks */
	static const struct in6_addr other_host = {
		.s6_addr = { [10] = 0xff, 0xff, 127, 77, 77, 77 }
	};
	union control control = { 0 };
	struct iovec parts[2];
	struct msghdr message = {
		.msg_name = &player->to,
		.msg_namelen = sizeof(player->to),
		.msg_iov = parts,
		.msg_iovlen = 2,
	};

	set_parts(&player->script, step, parts);
	set_source(&message, &control,
		   step->origin == FAKE_FROM_OTHER_HOST ? &other_host
							: &player->asked);
	sendmsg(step->origin == FAKE_FROM_OTHER_PORT ? player->port->elsewhere
						     : player->port->watch.fd,
		&message, MSG_NOSIGNAL);
}

static void free_player(struct player *player)
{
	fake_script_free(&player->script);
	free(player);
}

/* Goes on until a pause; the end of the script is that of the player. */
static void play(struct fake_timer *timer)
{
	struct player *player = (struct player *)timer;
	struct fake_loop *loop = &player->port->server->loop;

	while (player->step < player->script.count) {
		const struct fake_step *step =
			&player->script.steps[player->step];

		if (step->action == FAKE_SEND)
			send_step(player, step);
		if (++player->done == step->times || player->done == FOREVER) {
			player->step++;
			player->done = 0;
		}
		if (step->pause_ms) {
			fake_timer_set(loop, timer, step->pause_ms);
			return;
		}
	}
	free_player(player);
}

static void start_player(struct port *port, struct slot *slot,
			 const struct fake_peer *peer)
{
	struct player *player = fake_grow(NULL, 1, sizeof(*player));

	*player = (struct player){
		.timer.expired = play,
		.port = port,
		.to = slot->from,
		.asked = peer->asked,
		.script = slot->script,
	};
	slot->script = (struct fake_script){ 0 };
	play(&player->timer);
}

static bool is_one_datagram(const struct fake_script *script)
{
	const struct fake_step *step = script->steps;

	return script->count == 1 && step->action == FAKE_SEND &&
	       step->times == 1 && step->origin == FAKE_FROM_ASKED;
}

/* Fills the message with the answer; false when there is nothing to send at
 * once. */
static bool answer(struct port *port, struct slot *slot, struct msghdr *message,
		   size_t length)
{
	struct in6_pktinfo *info = packet_info(message);
	struct fake_peer peer = {
		.transport = FAKE_UDP,
		.door = port->service,
		.from = slot->from.sin6_addr,
		.port = port->server->options.ports[port->service],
		.source = ntohs(slot->from.sin6_port),
	};

	if (info)
		peer.asked = info->ipi6_addr;
	fake_script_begin(&slot->script, FAKE_UDP);
	if (!fake_server_answer(port->server, &peer,
				(struct fake_view){ slot->bytes, length },
				&slot->script))
		return false;
	if (!is_one_datagram(&slot->script)) {
		start_player(port, slot, &peer);
		return false;
	}
	set_parts(&slot->script, slot->script.steps, slot->parts);
	message->msg_iovlen = 2;
	set_source(message, &slot->control, &peer.asked);
	return true;
}

static void expect(struct slot *slot, struct mmsghdr *message)
{
	slot->parts[0] = (struct iovec){ slot->bytes, sizeof(slot->bytes) };
	message->msg_hdr = (struct msghdr){
		.msg_name = &slot->from,
		.msg_namelen = sizeof(slot->from),
		.msg_iov = slot->parts,
		.msg_iovlen = 1,
		.msg_control = &slot->control,
		.msg_controllen = sizeof(slot->control),
	};
}

static void send_all(int fd, unsigned count)
{
	for (unsigned sent = 0; sent < count; sent++) {
		int now = sendmmsg(fd, messages + sent, count - sent,
				   MSG_NOSIGNAL);

		/* one that can't be sent is lost */
		if (now > 0)
			sent += (unsigned)now - 1;
	}
}

/* Answers one batch: false when there was less than that. */
static bool take_batch(struct port *port)
{
	unsigned answers = 0;
	int count;

	for (unsigned i = 0; i < BATCH; i++)
		expect(&slots[i], &messages[i]);
	count = recvmmsg(port->watch.fd, messages, BATCH, MSG_DONTWAIT, NULL);
	for (int i = 0; i < count; i++)
		if (answer(port, &slots[i], &messages[i].msg_hdr,
			   messages[i].msg_len))
			messages[answers++] = messages[i];
	send_all(port->watch.fd, answers);
	return count == BATCH;
}

static void ready(struct fake_watch *watch, uint32_t events)
{
	(void)events;
	while (take_batch((struct port *)watch))
		;
}

static bool complain(uint16_t port)
{
	fprintf(stderr, "fake_server: UDP port %u: %s\n", port,
		strerror(errno));
	return false;
}

static int open_socket(const struct fake_options *options, uint16_t port)
{
	struct sockaddr_in6 address = {
		.sin6_family = AF_INET6,
		.sin6_addr = options->bind,
		.sin6_port = htons(port),
	};
	int fd = socket(AF_INET6, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	int off = 0, on = 1, size = SOCKET_BYTES;

	if (fd < 0)
		return -1;
	setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof(off));
	setsockopt(fd, IPPROTO_IPV6, IPV6_RECVPKTINFO, &on, sizeof(on));
	if (setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof(size)))
		setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &size, sizeof(size));
	if (bind(fd, (struct sockaddr *)&address, sizeof(address)) == 0)
		return fd;
	close(fd);
	return -1;
}

static uint16_t port_of(int fd)
{
	struct sockaddr_in6 address = { 0 };
	socklen_t length = sizeof(address);

	getsockname(fd, (struct sockaddr *)&address, &length);
	return ntohs(address.sin6_port);
}

bool fake_udp_open(struct fake_server *server, enum fake_service service)
{
	uint16_t *number = &server->options.ports[service];
	struct port *port = fake_grow(NULL, 1, sizeof(*port));

	*port = (struct port){
		.watch = { ready, open_socket(&server->options, *number) },
		.server = server,
		.service = service,
		.elsewhere = open_socket(&server->options, 0),
	};
	if (port->watch.fd < 0 || port->elsewhere < 0)
		return complain(*number);
	*number = port_of(port->watch.fd);
	fake_loop_watch(&server->loop, &port->watch, EPOLLIN);
	return true;
}
