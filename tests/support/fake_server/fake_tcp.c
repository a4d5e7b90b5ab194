#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "fake_server.h"

#define LAST_FRAGMENT 0x80000000u

enum {
	BACKLOG = 65535,
	PIECE = 65536,	      /* read at once */
	CALL_BYTES = 1 << 20, /* of one call, at most */
	TURN_BYTES = 4 << 20, /* sent before others have their turn */
};

struct port {
	struct fake_watch watch;
	struct fake_server *server;
	enum fake_service service;
};

struct connection {
	struct fake_watch watch;
	struct fake_timer timer;
	struct fake_server *server;
	struct fake_peer peer;
	bool blocked; /* waits until it can write */

	struct fake_bytes input; /* that is not looked at yet */
	struct fake_bytes call;	 /* fragments of one */

	struct fake_script script; /* that is played */
	unsigned step;
	int64_t done; /* of step->times */
	size_t sent;  /* of step, this time */
};

/* Where playing a script has come to. */
enum progress {
	PLAYED,	 /* all of it */
	BLOCKED, /* the socket is full */
	PAUSED,	 /* the timer goes on */
	SILENT,	 /* for ever */
	CLOSED,	 /* the connection is to be closed */
};

static void free_connection(struct connection *connection)
{
	fake_timer_clear(&connection->server->loop, &connection->timer);
	close(connection->watch.fd);
	fake_bytes_free(&connection->input);
	fake_bytes_free(&connection->call);
	fake_script_free(&connection->script);
	free(connection);
}

/* Sends what is left of a step, at most a chunk: false when it can't. */
static bool send_some(struct connection *connection,
		      const struct fake_step *step, size_t *left)
{
	size_t head = connection->sent < step->length
			      ? step->length - connection->sent
			      : 0;
	size_t skipped = head ? 0 : connection->sent - step->length;
	size_t limit = step->chunk ? step->chunk : *left;
	struct iovec parts[2] = {
		{ connection->script.bytes.data + step->offset +
			  connection->sent,
		  head < limit ? head : limit },
	};
	struct msghdr message = { .msg_iov = parts, .msg_iovlen = 2 };
	ssize_t sent;

	limit -= parts[0].iov_len;
	parts[1].iov_base = (uint8_t *)step->tail.data + skipped;
	parts[1].iov_len = step->tail.length - skipped;
	if (parts[1].iov_len > limit)
		parts[1].iov_len = limit;
	sent = sendmsg(connection->watch.fd, &message, MSG_NOSIGNAL);
	if (sent < 0)
		return false;
	connection->sent += (size_t)sent;
	*left -= (size_t)sent < *left ? (size_t)sent : *left;
	return true;
}

static void next_time(struct connection *connection,
		      const struct fake_step *step)
{
	connection->sent = 0;
	if (++connection->done == step->times) {
		connection->done = 0;
		connection->step++;
	}
}

static enum progress play_sending(struct connection *connection,
				  const struct fake_step *step, size_t *left)
{
	if (!*left)
		return BLOCKED;
	if (!send_some(connection, step, left))
		return errno == EAGAIN ? BLOCKED : CLOSED;
	if (connection->sent == step->length + step->tail.length)
		next_time(connection, step);
	if (!step->pause_ms)
		return PLAYED;
	fake_timer_set(&connection->server->loop, &connection->timer,
		       step->pause_ms);
	return PAUSED;
}

static enum progress play_pause(struct connection *connection,
				const struct fake_step *step)
{
	next_time(connection, step);
	fake_timer_set(&connection->server->loop, &connection->timer,
		       step->pause_ms);
	return PAUSED;
}

/* Closing with unread data or with this option sends RST. */
static enum progress play_reset(struct connection *connection)
{
	struct linger linger = { .l_onoff = 1 };

	setsockopt(connection->watch.fd, SOL_SOCKET, SO_LINGER, &linger,
		   sizeof(linger));
	return CLOSED;
}

static enum progress play_step(struct connection *connection, size_t *left)
{
	const struct fake_step *step =
		&connection->script.steps[connection->step];

	switch (step->action) {
	case FAKE_SEND:
		return play_sending(connection, step, left);
	case FAKE_PAUSE:
		return play_pause(connection, step);
	case FAKE_RESET:
		return play_reset(connection);
	case FAKE_SILENCE:
		return SILENT;
	case FAKE_CLOSE:
		break;
	}
	return CLOSED;
}

static enum progress play(struct connection *connection)
{
	enum progress progress = PLAYED;
	size_t left = TURN_BYTES;

	while (progress == PLAYED &&
	       connection->step < connection->script.count)
		progress = play_step(connection, &left);
	return progress;
}

static void begin_script(struct connection *connection)
{
	fake_script_begin(&connection->script, FAKE_TCP);
	connection->step = 0;
	connection->done = 0;
	connection->sent = 0;
}

/* Answers the call that is complete. */
static enum progress answer(struct connection *connection)
{
	struct fake_view call = fake_bytes_view(&connection->call);

	begin_script(connection);
	connection->call.length = 0;
	if (!fake_server_answer(connection->server, &connection->peer, call,
				&connection->script))
		return PLAYED;
	return play(connection);
}

static uint32_t mark_at(const uint8_t *bytes)
{
	uint32_t mark;

	memcpy(&mark, bytes, sizeof(mark));
	return ntohl(mark);
}

/* Answers the calls in the input as long as nothing has to be waited for. */
static enum progress take_calls(struct connection *connection)
{
	struct fake_bytes *input = &connection->input;
	enum progress progress = PLAYED;
	size_t at = 0;

	while (progress == PLAYED && input->length - at >= 4) {
		uint32_t mark = mark_at(input->data + at);
		size_t length = mark & ~LAST_FRAGMENT;

		if (length + connection->call.length > CALL_BYTES)
			return CLOSED;
		if (input->length - at - 4 < length)
			break;
		fake_put(&connection->call,
			 (struct fake_view){ input->data + at + 4, length });
		at += 4 + length;
		if (mark & LAST_FRAGMENT)
			progress = answer(connection);
	}
	if (at)
		memmove(input->data, input->data + at, input->length - at);
	input->length -= at;
	return progress;
}

/* Plays what is left, then answers what has come meanwhile. */
static void go_on(struct connection *connection)
{
	struct fake_watch *watch = &connection->watch;
	enum progress progress = play(connection);

	if (progress == PLAYED)
		progress = take_calls(connection);
	if (progress == CLOSED) {
		free_connection(connection);
		return;
	}
	if (connection->blocked == (progress == BLOCKED))
		return;
	connection->blocked = !connection->blocked;
	fake_loop_change(&connection->server->loop, watch,
			 EPOLLRDHUP |
				 (connection->blocked ? EPOLLOUT : EPOLLIN));
}

/* False when the other end has closed. */
static bool read_input(struct connection *connection)
{
	static uint8_t piece[PIECE];
	ssize_t got = recv(connection->watch.fd, piece, sizeof(piece), 0);

	if (got > 0)
		fake_put(&connection->input,
			 (struct fake_view){ piece, (size_t)got });
	return got > 0 || (got < 0 && errno == EAGAIN);
}

static void ready(struct fake_watch *watch, uint32_t events)
{
	struct connection *connection = (struct connection *)watch;

	if (events & (EPOLLRDHUP | EPOLLHUP | EPOLLERR) ||
	    (events & EPOLLIN && !read_input(connection)) ||
	    connection->input.length > CALL_BYTES)
		free_connection(connection);
	else if (!connection->timer.place)
		go_on(connection);
}

static void pause_over(struct fake_timer *timer)
{
	go_on((struct connection *)((char *)timer -
				    offsetof(struct connection, timer)));
}

static void begin_connection(struct port *port, int fd,
			     const struct sockaddr_in6 *from)
{
	struct connection *connection = fake_grow(NULL, 1, sizeof(*connection));
	struct fake_server *server = port->server;
	struct sockaddr_in6 asked = { 0 };
	socklen_t length = sizeof(asked);

	getsockname(fd, (struct sockaddr *)&asked, &length);
	*connection = (struct connection){
		.watch = { ready, fd },
		.timer.expired = pause_over,
		.server = server,
		.peer = {
			.transport = FAKE_TCP,
			.door = port->service,
			.asked = asked.sin6_addr,
			.from = from->sin6_addr,
			.port = ntohs(asked.sin6_port),
			.source = ntohs(from->sin6_port),
		},
	};
	fake_loop_watch(&server->loop, &connection->watch,
			EPOLLIN | EPOLLRDHUP);
	begin_script(connection);
	if (fake_server_greet(server, &connection->peer, &connection->script))
		go_on(connection);
}

static void accept_ready(struct fake_watch *watch, uint32_t events)
{
	struct port *port = (struct port *)watch;
	struct sockaddr_in6 from;
	socklen_t length;
	int fd;

	(void)events;
	for (;;) {
		length = sizeof(from);
		fd = accept4(watch->fd, (struct sockaddr *)&from, &length,
			     SOCK_NONBLOCK | SOCK_CLOEXEC);
		if (fd < 0)
			return;
		begin_connection(port, fd, &from);
	}
}

static int open_listener(const struct fake_options *options, uint16_t port)
{
	struct sockaddr_in6 address = {
		.sin6_family = AF_INET6,
		.sin6_addr = options->bind,
		.sin6_port = htons(port),
	};
	int fd =
		socket(AF_INET6, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	int off = 0, on = 1;

	if (fd < 0)
		return -1;
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
	setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof(off));
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
	if (bind(fd, (struct sockaddr *)&address, sizeof(address)) == 0 &&
	    listen(fd, BACKLOG) == 0)
		return fd;
	close(fd);
	return -1;
}

bool fake_tcp_open(struct fake_server *server, enum fake_service service)
{
	uint16_t *number = &server->options.ports[service];
	struct port *port = fake_grow(NULL, 1, sizeof(*port));
	struct sockaddr_in6 address = { 0 };
	socklen_t length = sizeof(address);

	*port = (struct port){
		.watch = { accept_ready,
			   open_listener(&server->options, *number) },
		.server = server,
		.service = service,
	};
	if (port->watch.fd < 0) {
		fprintf(stderr, "fake_server: TCP port %u: %s\n", *number,
			strerror(errno));
		return false;
	}
	getsockname(port->watch.fd, (struct sockaddr *)&address, &length);
	*number = ntohs(address.sin6_port);
	fake_loop_watch(&server->loop, &port->watch, EPOLLIN);
	return true;
}
