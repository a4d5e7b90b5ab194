/* The sockets of the event loop, against sockets of the test's own. All of it
 * is one thread: what a peer does, it does in a callback. */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "event_loop.h"
#include "strbuf.h"
#include "unit_test.h"

enum { LARGE = 4 << 20, NO_END = -1 };

static struct event_loop *loop;

/* A socket of the loop, and what happened to it. */
struct client {
	struct event_socket *socket;
	struct event_peer peer;
	int server; /* listens, or takes datagrams */
	int other;  /* end of the connection */
	struct strbuf received;
	unsigned pieces; /* received */
	size_t expected; /* bytes, after which the socket is closed */
	unsigned connected;
	int error; /* that it ended with */
	void (*when_connected)(struct client *client);
	void (*when_received)(struct client *client);
	void (*when_ended)(struct client *client);
};

static void close_client(struct client *client)
{
	event_socket_close(client->socket);
	client->socket = NULL;
}

static void connected(void *context)
{
	struct client *client = context;

	assert_non_null(client->socket);
	client->connected++;
	if (client->other < 0)
		client->other = accept(client->server, NULL, NULL);
	if (client->when_connected)
		client->when_connected(client);
}

static void received(void *context, const char *bytes, size_t size)
{
	struct client *client = context;

	assert_non_null(client->socket);
	assert_in_range(size, 0, EVENT_READ_BYTES);
	client->pieces++;
	strbuf_add(&client->received, (struct str){ bytes, size });
	if (client->when_received)
		client->when_received(client);
	if (client->expected && client->received.length >= client->expected)
		close_client(client);
}

static void ended(void *context, int error)
{
	struct client *client = context;

	assert_non_null(client->socket);
	assert_int_equal(client->error, NO_END);
	client->error = error;
	if (client->when_ended)
		client->when_ended(client);
	close_client(client);
}

static const struct event_socket_events events = {
	.connected = connected,
	.received = received,
	.ended = ended,
};

static uint16_t port_of(int fd)
{
	struct sockaddr_in6 own;
	socklen_t size = sizeof(own);

	assert_int_equal(getsockname(fd, (struct sockaddr *)&own, &size), 0);
	/* in the same place for IPv4 */
	return ntohs(own.sin6_port);
}

/* A socket of the test at 127.0.0.last. */
static int bound_socket(int type, uint8_t last)
{
	struct sockaddr_in own = {
		.sin_family = AF_INET,
		.sin_addr.s_addr = htonl(0x7f000000u | last),
	};
	int fd = socket(AF_INET, type | SOCK_CLOEXEC, 0);

	assert_true(fd >= 0);
	assert_int_equal(bind(fd, (struct sockaddr *)&own, sizeof(own)), 0);
	return fd;
}

static struct client client_to(enum event_transport transport)
{
	struct client client = {
		.peer = { .transport = transport,
			  .address = { .family = IP_V4,
				       .bytes = { 127, 0, 0, 1 } } },
		.server = bound_socket(
			transport == EVENT_TCP ? SOCK_STREAM : SOCK_DGRAM, 1),
		.other = -1,
		.error = NO_END,
	};

	client.peer.port = port_of(client.server);
	if (transport == EVENT_TCP)
		assert_int_equal(listen(client.server, 5), 0);
	return client;
}

static void open_socket(struct client *client)
{
	assert_int_equal(event_socket_open(loop, &client->peer, &events, client,
					   &client->socket),
			 0);
	assert_non_null(client->socket);
	assert_int_equal(client->connected, 0);
}

static void end_client(struct client *client)
{
	close_client(client);
	strbuf_free(&client->received);
	if (client->server >= 0)
		close(client->server);
	if (client->other >= 0)
		close(client->other);
}

static int open_loop(void **state)
{
	(void)state;
	return event_loop_open(&loop, NULL) ? 0 : -1;
}

static int close_loop(void **state)
{
	(void)state;
	event_loop_close(loop);
	return 0;
}

static void answer_hello(struct client *client)
{
	char bytes[5];

	event_socket_send(client->socket, "hel", 3);
	event_socket_send(client->socket, "lo", 2);
	assert_int_equal(recv(client->other, bytes, 5, MSG_WAITALL), 5);
	assert_memory_equal(bytes, "hello", 5);
	assert_int_equal(write(client->other, "world", 5), 5);
}

static void a_conversation(struct client *client)
{
	client->when_connected = answer_hello;
	client->expected = 5;
	open_socket(client);
	event_loop_run(loop);
	assert_int_equal(client->connected, 1);
	assert_true(str_is(strbuf_str(&client->received), "world"));
	assert_int_equal(client->error, NO_END);
	end_client(client);
}

static void tcp_sends_and_receives(void **state)
{
	struct client client = client_to(EVENT_TCP);

	(void)state;
	a_conversation(&client);
}

static void ipv6_too(void **state)
{
	struct client client = client_to(EVENT_TCP);
	struct sockaddr_in6 own = { .sin6_family = AF_INET6,
				    .sin6_addr = IN6ADDR_LOOPBACK_INIT };
	int fd = socket(AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0);

	(void)state;
	if (bind(fd, (struct sockaddr *)&own, sizeof(own)) != 0) {
		end_client(&client);
		close(fd);
		print_message("no IPv6 here\n");
		skip();
	}
	close(client.server);
	client.server = fd;
	assert_int_equal(listen(fd, 1), 0);
	client.peer.port = port_of(fd);
	client.peer.address =
		(struct ip_address){ .family = IP_V6, .bytes[15] = 1 };
	a_conversation(&client);
}

/* Looks each millisecond whether the bytes have come. */
static void await_early(void *context)
{
	struct client *client = context;
	char bytes[5];

	if (recv(client->other, bytes, sizeof(bytes), MSG_DONTWAIT) !=
	    sizeof(bytes)) {
		event_loop_after(loop, 1, await_early, client);
		return;
	}
	assert_memory_equal(bytes, "early", 5);
	close_client(client);
}

static void what_is_sent_before_the_connection_waits(void **state)
{
	struct client client = client_to(EVENT_TCP);

	(void)state;
	open_socket(&client);
	event_socket_send(client.socket, "early", 5);
	event_loop_after(loop, 1, await_early, &client);
	event_loop_run(loop);
	assert_int_equal(client.connected, 1);
	end_client(&client);
}

static void refusals_are_told(void **state)
{
	(void)state;
	for (int i = 0; i < 2; i++) {
		struct client client = client_to(i ? EVENT_UDP : EVENT_TCP);

		close(client.server);
		client.server = -1;
		open_socket(&client);
		if (client.peer.transport == EVENT_UDP)
			event_socket_send(client.socket, "call", 4);
		event_loop_run(loop);
		assert_int_equal(client.connected, 0);
		assert_int_equal(client.pieces, 0);
		assert_int_equal(client.error, ECONNREFUSED);
		end_client(&client);
	}
}

static void datagrams_to_a_closed_port(void **state)
{
	struct client client = client_to(EVENT_UDP);

	(void)state;
	close(client.server);
	client.server = -1;
	open_socket(&client);
	/* the error of the first one is found by the second one */
	event_socket_send(client.socket, "call", 4);
	event_socket_send(client.socket, "call", 4);
	assert_int_equal(client.error, NO_END);
	event_loop_run(loop);
	assert_int_equal(client.error, ECONNREFUSED);
	end_client(&client);
}

static void a_socket_that_can_not_be_opened(void **state)
{
	struct client client = client_to(EVENT_UDP);

	(void)state;
	memset(client.peer.address.bytes, 255, 4);
	client.socket = (void *)&client;
	assert_int_equal(event_socket_open(loop, &client.peer, &events, &client,
					   &client.socket),
			 EACCES);
	assert_null(client.socket);
	event_loop_run(loop);
	assert_int_equal(client.error, NO_END);
	end_client(&client);
}

static void write_and_end(struct client *client)
{
	assert_int_equal(write(client->other, "last words", 10), 10);
	close(client->other);
	client->other = -1;
}

static void the_end_comes_behind_the_bytes(void **state)
{
	struct client client = client_to(EVENT_TCP);

	(void)state;
	client.when_connected = write_and_end;
	open_socket(&client);
	event_loop_run(loop);
	assert_true(str_is(strbuf_str(&client.received), "last words"));
	assert_int_equal(client.error, 0);
	end_client(&client);
}

static void write_and_reset(struct client *client)
{
	static const struct linger at_once = { .l_onoff = 1 };

	setsockopt(client->other, SOL_SOCKET, SO_LINGER, &at_once,
		   sizeof(at_once));
	write_and_end(client);
}

static void so_does_a_reset(void **state)
{
	struct client client = client_to(EVENT_TCP);

	(void)state;
	client.when_connected = write_and_reset;
	open_socket(&client);
	event_loop_run(loop);
	assert_true(str_is(strbuf_str(&client.received), "last words"));
	assert_int_equal(client.error, ECONNRESET);
	end_client(&client);
}

/* Writes as much as goes without waiting, until LARGE bytes are written. */
static void write_on(struct client *client)
{
	static char bytes[LARGE];
	static size_t written;
	ssize_t count;

	if (!client->received.length)
		written = 0;
	fcntl(client->other, F_SETFL, O_NONBLOCK);
	while (written < LARGE) {
		count = write(client->other, bytes, LARGE - written);
		if (count < 0)
			return;
		written += (size_t)count;
	}
}

static void reads_are_bounded(void **state)
{
	struct client client = client_to(EVENT_TCP);

	(void)state;
	client.when_connected = client.when_received = write_on;
	client.expected = LARGE;
	open_socket(&client);
	event_loop_run(loop);
	assert_int_equal(client.received.length, LARGE);
	assert_in_range(client.pieces, LARGE / EVENT_READ_BYTES, LARGE);
	end_client(&client);
}

static void send_large(struct client *client)
{
	char *bytes = malloc(LARGE);

	assert_non_null(bytes);
	for (size_t i = 0; i < LARGE; i++)
		bytes[i] = (char)(i * 7919 >> 8);
	event_socket_send(client->socket, bytes, LARGE);
	fcntl(client->other, F_SETFL, O_NONBLOCK);
	free(bytes);
}

/* Takes what the client sends, a little each millisecond. */
static void read_on(void *context)
{
	struct client *client = context;
	static char bytes[256 * 1024];
	static size_t taken;
	ssize_t count;

	if (!client->connected) {
		taken = 0;
		event_loop_after(loop, 1, read_on, client);
		return;
	}
	count = read(client->other, bytes, sizeof(bytes));
	for (ssize_t i = 0; i < count; i++, taken++)
		assert_int_equal(bytes[i], (char)(taken * 7919 >> 8));
	if (taken < LARGE)
		event_loop_after(loop, 1, read_on, client);
	else
		close_client(client);
}

static void what_does_not_fit_waits(void **state)
{
	struct client client = client_to(EVENT_TCP);

	(void)state;
	client.when_connected = send_large;
	open_socket(&client);
	event_loop_after(loop, 0, read_on, &client);
	event_loop_run(loop);
	assert_null(client.socket);
	assert_int_equal(client.error, NO_END);
	end_client(&client);
}

static void send_as(int fd, const struct sockaddr_in *to, const char *text)
{
	assert_int_equal(sendto(fd, text, strlen(text), 0,
				(const struct sockaddr *)to, sizeof(*to)),
			 (ssize_t)strlen(text));
}

static void only_the_peer_is_heard(void **state)
{
	struct client client = client_to(EVENT_UDP);
	int other_port = bound_socket(SOCK_DGRAM, 1);
	int other_address = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	struct sockaddr_in from, own = {
		.sin_family = AF_INET,
		.sin_port = htons(client.peer.port),
		.sin_addr.s_addr = htonl(0x7f000002),
	};
	socklen_t size = sizeof(from);
	char bytes[8];

	(void)state;
	assert_int_equal(
		bind(other_address, (struct sockaddr *)&own, sizeof(own)), 0);
	client.expected = 7;
	open_socket(&client);
	event_socket_send(client.socket, "call", 4);
	assert_int_equal(recvfrom(client.server, bytes, sizeof(bytes), 0,
				  (struct sockaddr *)&from, &size),
			 4);
	send_as(other_port, &from, "forged 1");
	send_as(other_address, &from, "forged 2");
	send_as(client.server, &from, "");
	send_as(client.server, &from, "genuine");
	event_loop_run(loop);
	assert_true(str_is(strbuf_str(&client.received), "genuine"));
	assert_int_equal(client.pieces, 2); /* the empty one, too */
	close(other_port);
	close(other_address);
	end_client(&client);
}

static void check_port(struct client *client)
{
	struct sockaddr_in from;
	socklen_t size = sizeof(from);

	assert_int_equal(
		getpeername(client->other, (struct sockaddr *)&from, &size), 0);
	if (client->peer.from_reserved_port)
		assert_in_range(ntohs(from.sin_port), 512, 1023);
	else
		assert_in_range(ntohs(from.sin_port), 1024, UINT16_MAX);
	close_client(client);
}

static void ports_are_reserved_only_on_request(void **state)
{
	(void)state;
	if (geteuid() != 0) {
		print_message("reserved ports are for root\n");
		skip();
	}
	for (int reserved = 0; reserved <= 1; reserved++) {
		struct client client = client_to(EVENT_TCP);

		client.peer.from_reserved_port = reserved;
		client.when_connected = check_port;
		open_socket(&client);
		event_loop_run(loop);
		assert_int_equal(client.connected, 1);
		end_client(&client);
	}
}

/* So that the connection and its first bytes are told of at once. */
static void write_before_the_loop_runs(struct client *client)
{
	client->other = accept(client->server, NULL, NULL);
	assert_int_equal(write(client->other, "unheard", 7), 7);
}

static void a_callback_may_close_its_socket(void **state)
{
	struct client one = client_to(EVENT_TCP), two = client_to(EVENT_TCP),
		      three = client_to(EVENT_TCP);

	(void)state;
	one.when_connected = close_client;
	two.when_connected = write_and_end;
	two.when_received = close_client;
	three.when_connected = write_and_reset;
	three.when_received = close_client;
	open_socket(&one);
	open_socket(&two);
	open_socket(&three);
	write_before_the_loop_runs(&one);
	event_loop_run(loop);
	assert_int_equal(one.connected, 1);
	assert_int_equal(one.pieces, 0);
	assert_int_equal(two.pieces, 1);
	assert_int_equal(three.pieces, 1);
	assert_int_equal(one.error, NO_END);
	assert_int_equal(two.error, NO_END);
	assert_int_equal(three.error, NO_END);
	end_client(&one);
	end_client(&two);
	end_client(&three);
}

static struct client pair[2];

static void close_both(struct client *client)
{
	(void)client;
	close_client(&pair[0]);
	close_client(&pair[1]);
}

/* Both are ready in the same turn of the loop. */
static void a_callback_may_close_another_socket(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(pair); i++) {
		pair[i] = client_to(EVENT_TCP);
		close(pair[i].server);
		pair[i].server = -1;
		pair[i].when_ended = close_both;
	}
	open_socket(&pair[0]);
	open_socket(&pair[1]);
	event_loop_run(loop);
	assert_int_equal(pair[0].error == ECONNREFUSED,
			 pair[1].error == NO_END);
	end_client(&pair[0]);
	end_client(&pair[1]);
}

static void closing_the_loop_closes_sockets(void **state)
{
	struct client client = client_to(EVENT_TCP);

	(void)state;
	open_socket(&client);
	event_socket_send(client.socket, "never sent", 10);
	event_loop_close(loop);
	loop = NULL;
	client.socket = NULL;
	assert_int_equal(client.connected, 0);
	/* the connection stood, and is closed */
	client.other = accept(client.server, NULL, NULL);
	assert_int_equal(read(client.other, &client.pieces, 1), 0);
	end_client(&client);
}

static struct event_timer *timers[3];
static unsigned calls;

static void cancel_the_others(void *context)
{
	(void)context;
	calls++;
	for (size_t i = 0; i < COUNT(timers); i++)
		if (timers[i] != *(struct event_timer **)context)
			event_timer_cancel(timers[i]);
}

static void timers_are_cancelled_in_callbacks(void **state)
{
	(void)state;
	calls = 0;
	for (size_t i = 0; i < COUNT(timers); i++)
		timers[i] = event_loop_after(loop, 1, cancel_the_others,
					     &timers[i]);
	event_timer_cancel(NULL);
	event_loop_run(loop);
	assert_int_equal(calls, 1);
}

static void close_from_timer(void *context)
{
	close_client(context);
}

static void a_timer_may_close_a_socket(void **state)
{
	struct client client = client_to(EVENT_UDP);

	(void)state;
	open_socket(&client);
	event_socket_send(client.socket, "call", 4);
	event_loop_after(loop, 1, close_from_timer, &client);
	event_loop_run(loop);
	assert_int_equal(client.error, NO_END);
	end_client(&client);
}

static void descriptors_are_those_of_the_hard_limit(void **state)
{
	int status;
	pid_t child = fork();

	(void)state;
	if (child == 0) {
		struct rlimit limit = { 64, 128 };

		setrlimit(RLIMIT_NOFILE, &limit);
		_exit(event_loop_descriptors() != 128);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_loop, close_loop)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(tcp_sends_and_receives),
		TEST(ipv6_too),
		TEST(what_is_sent_before_the_connection_waits),
		TEST(refusals_are_told),
		TEST(datagrams_to_a_closed_port),
		TEST(a_socket_that_can_not_be_opened),
		TEST(the_end_comes_behind_the_bytes),
		TEST(so_does_a_reset),
		TEST(reads_are_bounded),
		TEST(what_does_not_fit_waits),
		TEST(only_the_peer_is_heard),
		TEST(ports_are_reserved_only_on_request),
		TEST(a_callback_may_close_its_socket),
		TEST(a_callback_may_close_another_socket),
		TEST(closing_the_loop_closes_sockets),
		TEST(timers_are_cancelled_in_callbacks),
		TEST(a_timer_may_close_a_socket),
		TEST(descriptors_are_those_of_the_hard_limit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
