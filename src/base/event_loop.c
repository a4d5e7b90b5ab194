#include "event_loop.h"

#include <errno.h>
#include <netdb.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>
#include <uv.h>

#include "arena.h"
#include "strbuf.h"

struct event_loop {
	uv_loop_t uv;
	uv_signal_t interrupt;
	bool watches_interrupt;
	void (*on_interrupt)(void *context);
	void *interrupt_context;
	size_t jobs;	/* that have not called back */
	char *received; /* EVENT_READ_BYTES, for all sockets in turn */
};

struct event_timer {
	uv_timer_t uv;
	void (*callback)(void *context);
	void *context;
};

struct event_socket {
	uv_poll_t uv;
	struct event_loop *loop;
	const struct event_socket_events *events;
	void *context;
	struct strbuf unsent;
	int fd;
	int error; /* of sending, which is told by the next callback */
	enum event_transport transport;
	bool connected;
	bool over; /* ended or closed: no more callbacks */
};

/* Something that a thread does. */
struct job {
	uv_work_t uv;
	struct event_loop *loop;
	void (*work)(void *context), (*done)(void *context);
	void *context;
};

struct lookup {
	event_loop_answer *callback;
	void *context;
	struct addrinfo *list;
	int error;
	char name[];
};

/* Not from an arena: a look-up may outlive all of them. */
static void *allocate(size_t size)
{
	void *memory = calloc(1, size);

	if (!memory)
		arena_exhausted();
	return memory;
}

bool event_loop_open(struct event_loop **loop, struct failure *failure)
{
	struct event_loop *opened = allocate(sizeof(*opened));
	int error = uv_loop_init(&opened->uv);

	*loop = NULL;
	if (error) {
		free(opened);
		return failure_set(failure, "event loop: %s",
				   uv_strerror(error));
	}
	*loop = opened;
	return true;
}

static void free_timer(uv_handle_t *handle)
{
	free(handle->data);
}

static void close_handle(uv_handle_t *handle, void *unused)
{
	(void)unused;
	if (uv_is_closing(handle))
		return;
	if (handle->type == UV_POLL)
		event_socket_close(handle->data);
	else
		uv_close(handle, handle->type == UV_TIMER ? free_timer : NULL);
}

void event_loop_close(struct event_loop *loop)
{
	if (!loop)
		return;
	uv_walk(&loop->uv, close_handle, NULL);
	/* a thread that is still at work will signal this loop: keep it */
	if (loop->jobs) {
		loop->on_interrupt = NULL;
		return;
	}
	while (uv_run(&loop->uv, UV_RUN_DEFAULT))
		;
	free(loop->received);
	if (uv_loop_close(&loop->uv) == 0)
		free(loop);
}

void event_loop_run(struct event_loop *loop)
{
	uv_run(&loop->uv, UV_RUN_DEFAULT);
}

void event_loop_stop(struct event_loop *loop)
{
	uv_stop(&loop->uv);
}

uint64_t event_loop_now(struct event_loop *loop)
{
	return uv_now(&loop->uv);
}

void event_timer_cancel(struct event_timer *timer)
{
	if (timer)
		uv_close((uv_handle_t *)&timer->uv, free_timer);
}

static void timer_ends(uv_timer_t *handle)
{
	struct event_timer *timer = handle->data;

	/* first, as the callback may end the loop */
	event_timer_cancel(timer);
	timer->callback(timer->context);
}

struct event_timer *event_loop_after(struct event_loop *loop,
				     unsigned milliseconds,
				     void (*callback)(void *context),
				     void *context)
{
	struct event_timer *timer = allocate(sizeof(*timer));

	timer->callback = callback;
	timer->context = context;
	uv_timer_init(&loop->uv, &timer->uv);
	timer->uv.data = timer;
	/* the loop's own clock stands still between runs */
	uv_update_time(&loop->uv);
	uv_timer_start(&timer->uv, timer_ends, milliseconds, 0);
	return timer;
}

static void interrupted(uv_signal_t *handle, int number)
{
	struct event_loop *loop = handle->data;

	(void)number;
	if (loop->on_interrupt)
		loop->on_interrupt(loop->interrupt_context);
}

void event_loop_on_interrupt(struct event_loop *loop,
			     void (*callback)(void *context), void *context)
{
	struct sigaction now;

	if (loop->watches_interrupt || sigaction(SIGINT, NULL, &now) < 0 ||
	    now.sa_handler == SIG_IGN)
		return;
	loop->watches_interrupt = true;
	loop->on_interrupt = callback;
	loop->interrupt_context = context;
	if (uv_signal_init(&loop->uv, &loop->interrupt) < 0)
		return;
	loop->interrupt.data = loop;
	uv_signal_start_oneshot(&loop->interrupt, interrupted, SIGINT);
	uv_unref((uv_handle_t *)&loop->interrupt);
}

static void work(uv_work_t *uv)
{
	struct job *job = uv->data;

	job->work(job->context);
}

static void worked(uv_work_t *uv, int status)
{
	struct job *job = uv->data;

	(void)status;
	job->loop->jobs--;
	job->done(job->context);
	free(job);
}

/* libuv reads the number of its threads once, when it starts the first. */
static void size_pool(void)
{
	static bool sized;
	char number[16];

	if (sized)
		return;
	sized = true;
	snprintf(number, sizeof(number), "%d", EVENT_LOOP_LOOKUPS);
	setenv("UV_THREADPOOL_SIZE", number, 1);
}

void event_loop_aside(struct event_loop *loop, void (*act)(void *context),
		      void (*done)(void *context), void *context)
{
	struct job *job = allocate(sizeof(*job));

	job->loop = loop;
	job->work = act;
	job->done = done;
	job->context = context;
	job->uv.data = job;
	loop->jobs++;
	size_pool();
	uv_queue_work(&loop->uv, &job->uv, work, worked);
}

static void look_up(void *context)
{
	static const struct addrinfo hints = {
		.ai_family = AF_UNSPEC,
		.ai_protocol = IPPROTO_UDP,
		.ai_flags = AI_CANONNAME,
	};
	struct lookup *lookup = context;

	lookup->error = getaddrinfo(lookup->name, NULL, &hints, &lookup->list);
}

static void looked_up(void *context)
{
	struct lookup *lookup = context;

	lookup->callback(lookup->context, lookup->error, lookup->list);
	if (lookup->list)
		freeaddrinfo(lookup->list);
	free(lookup);
}

/* Not uv_getaddrinfo: it rewrites names (IDNA), and uses only half of the
 * threads. */
void event_loop_look_up(struct event_loop *loop, const char *name,
			event_loop_answer *callback, void *context)
{
	size_t size = strlen(name) + 1;
	struct lookup *lookup = allocate(sizeof(*lookup) + size);

	memcpy(lookup->name, name, size);
	lookup->callback = callback;
	lookup->context = context;
	event_loop_aside(loop, look_up, looked_up, lookup);
}

/* An address as the system calls take it; its size. */
static socklen_t fill_address(const struct event_peer *peer,
			      struct sockaddr_storage *storage)
{
	struct sockaddr_in *in = (struct sockaddr_in *)storage;
	struct sockaddr_in6 *in6 = (struct sockaddr_in6 *)storage;

	*storage = (struct sockaddr_storage){ 0 };
	if (peer->address.family == IP_V4) {
		in->sin_family = AF_INET;
		in->sin_port = htons(peer->port);
		memcpy(&in->sin_addr, peer->address.bytes, 4);
		return sizeof(*in);
	}
	in6->sin6_family = AF_INET6;
	in6->sin6_port = htons(peer->port);
	in6->sin6_scope_id = peer->address.zone;
	memcpy(&in6->sin6_addr, peer->address.bytes, 16);
	return sizeof(*in6);
}

/* Binds to a port from 512 to 1023, as programs that serve root do; below 512
 * are the well-known ones. */
static bool bind_reserved(int fd, sa_family_t family)
{
	enum { FIRST = 512, COUNT = 512 };
	struct event_peer any = {
		.address.family = family == AF_INET ? IP_V4 : IP_V6,
	};
	unsigned start = (unsigned)uv_hrtime();

	for (unsigned i = 0; i < COUNT; i++) {
		struct sockaddr_storage own;
		socklen_t size;

		any.port = (uint16_t)(FIRST + (start + i) % COUNT);
		size = fill_address(&any, &own);
		if (bind(fd, (struct sockaddr *)&own, size) == 0)
			return true;
		if (errno != EADDRINUSE)
			return false;
	}
	return false;
}

static bool begin_connection(int fd, const struct event_peer *peer)
{
	struct sockaddr_storage to;
	socklen_t size = fill_address(peer, &to);
	int one = 1;

	if (peer->transport == EVENT_TCP)
		setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
	if (peer->from_reserved_port && !bind_reserved(fd, to.ss_family))
		return false;
	return connect(fd, (struct sockaddr *)&to, size) == 0 ||
	       errno == EINPROGRESS;
}

/* A socket that connects; -1 and errno. */
static int open_connecting(const struct event_peer *peer)
{
	int family = peer->address.family == IP_V4 ? AF_INET : AF_INET6;
	int type = peer->transport == EVENT_TCP ? SOCK_STREAM : SOCK_DGRAM;
	int fd = socket(family, type | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);

	if (fd >= 0 && !begin_connection(fd, peer)) {
		int error = errno;

		close(fd);
		errno = error;
		fd = -1;
	}
	return fd;
}

static void end_socket(struct event_socket *from, int error)
{
	from->over = true;
	uv_poll_stop(&from->uv);
	from->events->ended(from->context, error);
}

static void socket_ready(uv_poll_t *handle, int status, int events);

static void watch(struct event_socket *of)
{
	bool writes = !of->connected || of->unsent.length || of->error;

	if (!of->over)
		uv_poll_start(&of->uv,
			      writes ? UV_READABLE | UV_WRITABLE : UV_READABLE,
			      socket_ready);
}

/* Reads once, as the other sockets want their turn too. True if there may be
 * more. */
static bool receive(struct event_socket *from)
{
	char *bytes = from->loop->received;
	ssize_t count = recv(from->fd, bytes, EVENT_READ_BYTES, 0);

	if (count > 0 || (count == 0 && from->transport == EVENT_UDP))
		from->events->received(from->context, bytes, (size_t)count);
	else if (count == 0)
		end_socket(from, 0);
	else if (errno != EAGAIN && errno != EINTR)
		end_socket(from, errno);
	else
		return false;
	return !from->over;
}

/* Sends what waits. An error is told by the next callback, not from here: the
 * caller may be in the middle of something. */
static void flush(struct event_socket *to)
{
	struct strbuf *unsent = &to->unsent;
	ssize_t count =
		send(to->fd, unsent->data, unsent->length, MSG_NOSIGNAL);
	bool is_whole = to->transport == EVENT_UDP;

	if (count < 0 && errno != EAGAIN && errno != EINTR)
		to->error = errno;
	if (count < 0)
		count = 0;
	unsent->length = is_whole ? 0 : unsent->length - (size_t)count;
	memmove(unsent->data, unsent->data + count, unsent->length);
	if (unsent->length || to->error)
		watch(to);
}

/* An error came in, of which libuv has told by ceasing to watch. A connection
 * that was reset can have bytes that came before; reading them ends with the
 * error, unless that has been asked for. */
static void socket_troubled(struct event_socket *of)
{
	int error = 0;
	socklen_t size = sizeof(error);

	if (of->transport == EVENT_TCP && of->connected)
		while (receive(of))
			;
	if (of->over)
		return;
	getsockopt(of->fd, SOL_SOCKET, SO_ERROR, &error, &size);
	if (error)
		end_socket(of, error);
	else
		watch(of);
}

static void socket_writable(struct event_socket *of)
{
	if (of->error) {
		end_socket(of, of->error);
	} else if (!of->connected) {
		of->connected = true;
		watch(of);
		of->events->connected(of->context);
	} else if (of->unsent.length) {
		flush(of);
		watch(of);
	}
}

static void socket_ready(uv_poll_t *handle, int status, int events)
{
	struct event_socket *of = handle->data;

	if (status < 0) {
		socket_troubled(of);
		return;
	}
	if (events & UV_WRITABLE)
		socket_writable(of);
	if ((events & UV_READABLE) && of->connected && !of->over)
		receive(of);
}

int event_socket_open(struct event_loop *loop, const struct event_peer *peer,
		      const struct event_socket_events *events, void *context,
		      struct event_socket **opened)
{
	int fd = open_connecting(peer);
	struct event_socket *of;

	*opened = NULL;
	if (fd < 0)
		return errno;
	if (!loop->received)
		loop->received = allocate(EVENT_READ_BYTES);
	of = allocate(sizeof(*of));
	of->loop = loop;
	of->events = events;
	of->context = context;
	of->fd = fd;
	of->transport = peer->transport;
	of->connected = peer->transport == EVENT_UDP;
	uv_poll_init(&loop->uv, &of->uv, fd);
	of->uv.data = of;
	watch(of);
	*opened = of;
	return 0;
}

void event_socket_send(struct event_socket *to, const char *bytes, size_t size)
{
	strbuf_add(&to->unsent, (struct str){ bytes, size });
	if (to->connected && !to->over)
		flush(to);
}

static void free_socket(uv_handle_t *handle)
{
	struct event_socket *of = handle->data;

	strbuf_free(&of->unsent);
	free(of);
}

void event_socket_close(struct event_socket *socket)
{
	if (!socket)
		return;
	socket->over = true;
	uv_close((uv_handle_t *)&socket->uv, free_socket);
	close(socket->fd);
}

unsigned event_loop_descriptors(void)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
		return 0;
	if (limit.rlim_cur < limit.rlim_max) {
		limit.rlim_cur = limit.rlim_max;
		if (setrlimit(RLIMIT_NOFILE, &limit) != 0 &&
		    getrlimit(RLIMIT_NOFILE, &limit) != 0)
			return 0;
	}
	return limit.rlim_cur > UINT32_MAX ? UINT32_MAX
					   : (unsigned)limit.rlim_cur;
}
