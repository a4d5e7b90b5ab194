#include "fake_event_loop.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdlib.h>

#include "event_loop.h"

enum {
	CONNECT_MS = 1,
	DESCRIPTORS = 1024,
	PORTS_MAX = 256,   /* of one scenario, for counting calls */
	WORDS_LOGGED = 8,  /* of a call's arguments */
	CALLS_LOGGED = 64, /* to one port */
	/* of COMPOUND: up to its first operation, whose arguments may be
	 * random */
	WORDS_LOGGED_NFS = 4,
	NFS_PROGRAM = 100003,
};

/* Something that will happen. What a program knows as a timer is one of these,
 * too. */
struct event_timer {
	struct event_timer *next;
	struct event_loop *loop;
	uint64_t at;
	void (*callback)(void *context);
	void *context;

	/* of the network */
	struct event_socket *socket; /* NULL: a timer of the program */
	enum replay_action action;
	int error;
	struct strbuf bytes;
};

/* A port of a server, and the calls that have arrived there. */
struct port {
	struct event_peer peer;
	unsigned calls;
};

struct event_socket {
	struct event_loop *loop;
	struct event_socket *next;
	struct event_peer peer;
	const struct event_socket_events *events;
	void *context;
	bool connected, over;
	uint64_t busy;	      /* the stream, until then */
	struct strbuf unsent; /* until the connection stands */
};

struct event_loop {
	const struct replay_scenario *scenario;
	struct strbuf *log;
	uint64_t now;
	bool stopped;
	struct event_timer *queue; /* the next one first */
	struct event_socket *sockets;
	struct port ports[PORTS_MAX];
	size_t port_count;
};

struct lookup {
	struct lookup *next;
	event_loop_answer *callback;
	void *context;
	struct str addresses;
};

static const struct replay_scenario *played;
static struct strbuf *played_log;

/* What was asked when its loop was closed is kept, as the real loop does. */
static struct lookup *kept_lookups;

void fake_event_loop_play(const struct replay_scenario *scenario,
			  struct strbuf *log)
{
	played = scenario;
	played_log = log;
}

static void *allocate(size_t size)
{
	void *memory = calloc(1, size);

	if (!memory)
		arena_exhausted();
	return memory;
}

bool event_loop_open(struct event_loop **loop, struct failure *failure)
{
	(void)failure;
	*loop = allocate(sizeof(**loop));
	(*loop)->scenario = played;
	(*loop)->log = played_log;
	return true;
}

uint64_t event_loop_now(struct event_loop *loop)
{
	return loop->now;
}

void event_loop_stop(struct event_loop *loop)
{
	loop->stopped = true;
}

static void free_event(struct event_timer *event)
{
	strbuf_free(&event->bytes);
	free(event);
}

/* Behind those of the same time. */
static struct event_timer *add_event(struct event_loop *loop, uint64_t after)
{
	struct event_timer *event = allocate(sizeof(*event));
	struct event_timer **at = &loop->queue;

	event->loop = loop;
	event->at = loop->now + after;
	while (*at && (*at)->at <= event->at)
		at = &(*at)->next;
	event->next = *at;
	*at = event;
	return event;
}

struct event_timer *event_loop_after(struct event_loop *loop,
				     unsigned milliseconds,
				     void (*callback)(void *context),
				     void *context)
{
	struct event_timer *timer = add_event(loop, milliseconds);

	timer->callback = callback;
	timer->context = context;
	return timer;
}

/* Takes an event out of the queue; false if it is not there. */
static bool take_out(struct event_loop *loop, struct event_timer *event)
{
	for (struct event_timer **at = &loop->queue; *at; at = &(*at)->next)
		if (*at == event) {
			*at = event->next;
			return true;
		}
	return false;
}

void event_timer_cancel(struct event_timer *timer)
{
	if (!timer)
		return;
	if (!take_out(timer->loop, timer))
		abort();
	free_event(timer);
}

void event_loop_on_interrupt(struct event_loop *loop,
			     void (*callback)(void *context), void *context)
{
	if (loop->scenario->is_interrupted)
		event_loop_after(loop, loop->scenario->interrupt, callback,
				 context);
}

static void log_socket(const struct event_socket *socket, const char *what)
{
	struct event_loop *loop = socket->loop;
	char address[IP_ADDRESS_TEXT];

	strbuf_printf(loop->log, "%u %s %s %u: %s", (unsigned)loop->now,
		      ip_address_text(socket->peer.address, address),
		      socket->peer.transport == EVENT_TCP ? "tcp" : "udp",
		      socket->peer.port, what);
}

/* The next answer of name services, one address for each entry. */
static void answer_lookup(void *context)
{
	struct lookup *lookup = context;
	struct addrinfo entries[32] = { 0 };
	struct sockaddr_storage storage[32] = { 0 };
	size_t count = 0;
	struct ip_address address;

	while (ip_address_parse(replay_next_word(&lookup->addresses),
				&address) &&
	       count < 32) {
		struct sockaddr_in *in = (void *)&storage[count];
		struct sockaddr_in6 *in6 = (void *)&storage[count];
		bool is_v4 = address.family == IP_V4;

		in->sin_family = is_v4 ? AF_INET : AF_INET6;
		memcpy(is_v4 ? (void *)&in->sin_addr : (void *)&in6->sin6_addr,
		       address.bytes, ip_address_size(address));
		entries[count].ai_family = in->sin_family;
		entries[count].ai_addr = (void *)&storage[count];
		if (count)
			entries[count - 1].ai_next = &entries[count];
		count++;
	}
	lookup->callback(lookup->context, count ? 0 : EAI_NONAME,
			 count ? entries : NULL);
	free(lookup);
}

void event_loop_look_up(struct event_loop *loop, const char *name,
			event_loop_answer *callback, void *context)
{
	const struct replay_scenario *scenario = loop->scenario;
	struct lookup *lookup = allocate(sizeof(*lookup));

	*lookup = (struct lookup){ NULL, callback, context, { 0 } };
	for (size_t i = 0; i < scenario->names.count; i++) {
		const struct replay_name *known = &scenario->names.items[i];

		if (!str_is(known->name, name))
			continue;
		lookup->addresses = known->addresses;
		event_loop_after(loop, known->after, answer_lookup, lookup);
		return;
	}
	event_loop_after(loop, 0, answer_lookup, lookup);
}

static bool is_same_port(const struct event_peer *a, const struct event_peer *b)
{
	return a->transport == b->transport && a->port == b->port &&
	       ip_address_equal(a->address, b->address);
}

static bool is_for(const struct replay_rule *rule,
		   const struct event_peer *peer)
{
	return rule->is_tcp == (peer->transport == EVENT_TCP) &&
	       rule->port == peer->port &&
	       (rule->address.family == IP_NONE ||
		ip_address_equal(rule->address, peer->address));
}

/* Bytes come in pieces no larger than the real loop's, and those of a stream
 * behind those that are under way. */
static void plan_bytes(struct event_socket *to, const struct replay_rule *rule,
		       struct str bytes)
{
	size_t piece = rule->piece ? rule->piece : EVENT_READ_BYTES;
	uint64_t after = rule->after;

	if (rule->is_tcp && to->busy > to->loop->now + after)
		after = to->busy - to->loop->now;
	do {
		struct event_timer *event = add_event(to->loop, after);
		size_t size = bytes.length < piece ? bytes.length : piece;

		event->socket = to;
		event->action = REPLAY_BYTES;
		strbuf_add(&event->bytes, (struct str){ bytes.data, size });
		to->busy = event->at;
		bytes = str_skip(bytes, size);
		after += rule->every;
	} while (bytes.length);
}

static void plan_reply(struct event_socket *to, const struct replay_rule *rule,
		       uint32_t xid)
{
	struct strbuf message = { 0 }, stream = { 0 };
	uint32_t mark;

	replay_add_items(&message, rule->items, xid);
	mark = htonl((uint32_t)message.length | 0x80000000u);
	if (rule->action == REPLAY_REPLY && rule->is_tcp)
		strbuf_add(&stream, (struct str){ (const char *)&mark, 4 });
	strbuf_add(&stream, strbuf_str(&message));
	plan_bytes(to, rule, strbuf_str(&stream));
	strbuf_free(&message);
	strbuf_free(&stream);
}

static void plan(struct event_socket *to, const struct replay_rule *rule,
		 uint32_t xid)
{
	struct event_timer *event;

	if (rule->action == REPLAY_LOST)
		return;
	if (rule->action >= REPLAY_REPLY) {
		plan_reply(to, rule, xid);
		return;
	}
	event = add_event(to->loop, rule->after);
	event->socket = to;
	event->action = rule->action;
	event->error = rule->error;
}

static bool plan_all(struct event_socket *to, enum replay_when when,
		     unsigned call, uint32_t xid)
{
	const struct replay_scenario *scenario = to->loop->scenario;
	bool any = false;

	for (size_t i = 0; i < scenario->rules.count; i++) {
		const struct replay_rule *rule = &scenario->rules.items[i];

		if (is_for(rule, &to->peer) && rule->when == when &&
		    rule->call == call) {
			any = true;
			plan(to, rule, xid);
		}
	}
	return any;
}

static void plan_open(struct event_socket *to)
{
	const struct replay_scenario *scenario = to->loop->scenario;
	const struct replay_rule accept = { .after = CONNECT_MS };

	if (plan_all(to, REPLAY_OPEN, 0, 0) || to->peer.transport != EVENT_TCP)
		return;
	for (size_t i = 0; i < scenario->rules.count; i++)
		if (is_for(&scenario->rules.items[i], &to->peer)) {
			plan(to, &accept, 0);
			return;
		}
}

static bool can_open(const struct event_loop *loop,
		     const struct event_peer *peer)
{
	for (size_t i = 0; i < loop->scenario->rules.count; i++) {
		const struct replay_rule *rule =
			&loop->scenario->rules.items[i];

		if (rule->action == REPLAY_CANNOT && is_for(rule, peer))
			return false;
	}
	return true;
}

int event_socket_open(struct event_loop *loop, const struct event_peer *peer,
		      const struct event_socket_events *events, void *context,
		      struct event_socket **opened)
{
	struct event_socket *socket;

	*opened = NULL;
	if (!can_open(loop, peer))
		return ENETUNREACH;
	socket = allocate(sizeof(*socket));
	*socket = (struct event_socket){
		.loop = loop,
		.next = loop->sockets,
		.peer = *peer,
		.events = events,
		.context = context,
		.connected = peer->transport == EVENT_UDP,
	};
	loop->sockets = socket;
	if (peer->transport == EVENT_TCP)
		log_socket(socket, peer->from_reserved_port
					   ? "open from a reserved port\n"
					   : "open\n");
	plan_open(socket);
	*opened = socket;
	return 0;
}

static uint32_t word_at(struct str message, size_t index)
{
	uint32_t word = 0;

	if (index * 4 + 4 <= message.length)
		memcpy(&word, message.data + index * 4, sizeof(word));
	return ntohl(word);
}

/* A call: xid, direction, RPC version, program, version, procedure, credential,
 * verifier, arguments. */
static void log_call(const struct event_socket *to, struct str message)
{
	struct strbuf *log = to->loop->log;
	size_t arguments = 10 + word_at(message, 7) / 4;
	size_t logged = word_at(message, 3) == NFS_PROGRAM ? WORDS_LOGGED_NFS
							   : WORDS_LOGGED;

	log_socket(to, "call");
	strbuf_printf(log, " %u v%u p%u", word_at(message, 3),
		      word_at(message, 4), word_at(message, 5));
	if (word_at(message, 6))
		strbuf_printf(log, " flavor %u", word_at(message, 6));
	for (size_t i = arguments;
	     i < message.length / 4 && i < arguments + logged; i++)
		strbuf_printf(log, " %08x", word_at(message, i));
	strbuf_add_text(log, "\n");
}

static unsigned count_call(struct event_loop *loop,
			   const struct event_peer *peer)
{
	for (size_t i = 0; i < loop->port_count; i++)
		if (is_same_port(&loop->ports[i].peer, peer))
			return ++loop->ports[i].calls;
	if (loop->port_count == PORTS_MAX)
		abort();
	loop->ports[loop->port_count++] = (struct port){ *peer, 1 };
	return 1;
}

static void take_call(struct event_socket *to, struct str message)
{
	unsigned call = count_call(to->loop, &to->peer);
	uint32_t xid;

	if (to->peer.transport == EVENT_TCP)
		message = str_skip(message, 4); /* the mark */
	xid = word_at(message, 0);
	if (call <= CALLS_LOGGED)
		log_call(to, message);
	if (!plan_all(to, REPLAY_CALL, call, xid))
		plan_all(to, REPLAY_OTHER_CALL, 0, xid);
}

void event_socket_send(struct event_socket *to, const char *bytes, size_t size)
{
	if (to->over)
		return;
	if (to->connected)
		take_call(to, (struct str){ bytes, size });
	else
		strbuf_add(&to->unsent, (struct str){ bytes, size });
}

static void forget_events(struct event_socket *of)
{
	struct event_timer **at = &of->loop->queue, *event;

	while ((event = *at))
		if (event->socket == of) {
			*at = event->next;
			free_event(event);
		} else {
			at = &event->next;
		}
}

void event_socket_close(struct event_socket *socket)
{
	struct event_socket **at;

	if (!socket)
		return;
	if (socket->peer.transport == EVENT_TCP)
		log_socket(socket, "close\n");
	forget_events(socket);
	for (at = &socket->loop->sockets; *at != socket; at = &(*at)->next)
		;
	*at = socket->next;
	strbuf_free(&socket->unsent);
	free(socket);
}

static void connect_socket(struct event_socket *socket)
{
	struct strbuf unsent = socket->unsent;

	socket->connected = true;
	socket->unsent = (struct strbuf){ 0 };
	if (unsent.length)
		take_call(socket, strbuf_str(&unsent));
	strbuf_free(&unsent);
	socket->events->connected(socket->context);
}

static void happen(struct event_timer *event)
{
	struct event_socket *socket = event->socket;

	if (!socket) {
		event->callback(event->context);
	} else if (event->action == REPLAY_ACCEPT) {
		connect_socket(socket);
	} else if (event->action == REPLAY_BYTES) {
		socket->events->received(socket->context,
					 strbuf_str(&event->bytes).data,
					 event->bytes.length);
	} else {
		forget_events(socket);
		socket->over = true;
		socket->events->ended(socket->context, event->error);
	}
}

void event_loop_run(struct event_loop *loop)
{
	while (!loop->stopped && loop->queue) {
		struct event_timer *event = loop->queue;

		loop->queue = event->next;
		loop->now = event->at;
		happen(event);
		free_event(event);
	}
	if (!loop->stopped && loop->sockets)
		strbuf_add_text(loop->log, "waits for ever\n");
	loop->stopped = false;
}

static void keep_lookup(struct lookup *lookup)
{
	lookup->next = kept_lookups;
	kept_lookups = lookup;
}

void event_loop_close(struct event_loop *loop)
{
	if (!loop)
		return;
	while (loop->queue) {
		struct event_timer *event = loop->queue;

		if (event->callback == answer_lookup)
			keep_lookup(event->context);
		loop->queue = event->next;
		free_event(event);
	}
	while (loop->sockets) {
		log_socket(loop->sockets, "left open\n");
		event_socket_close(loop->sockets);
	}
	free(loop);
}

unsigned event_loop_descriptors(void)
{
	return DESCRIPTORS;
}
