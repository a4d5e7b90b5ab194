#include "event_loop.h"

#include <netdb.h>
#include <signal.h>
#include <uv.h>

#include "arena.h"

struct event_loop {
	uv_loop_t uv;
	uv_signal_t interrupt;
	bool watches_interrupt;
	void (*on_interrupt)(void *context);
	void *interrupt_context;
	size_t lookups; /* that have not called back */
};

struct timer {
	uv_timer_t uv;
	void (*callback)(void *context);
	void *context;
};

struct lookup {
	uv_work_t work;
	struct event_loop *loop;
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
	if (!uv_is_closing(handle))
		uv_close(handle, handle->type == UV_TIMER ? free_timer : NULL);
}

void event_loop_close(struct event_loop *loop)
{
	if (!loop)
		return;
	uv_walk(&loop->uv, close_handle, NULL);
	/* a thread that still looks up will signal this loop: keep it */
	if (loop->lookups) {
		loop->on_interrupt = NULL;
		return;
	}
	while (uv_run(&loop->uv, UV_RUN_DEFAULT))
		;
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

static void timer_ends(uv_timer_t *handle)
{
	struct timer *timer = handle->data;

	timer->callback(timer->context);
	uv_close((uv_handle_t *)handle, free_timer);
}

void event_loop_after(struct event_loop *loop, unsigned milliseconds,
		      void (*callback)(void *context), void *context)
{
	struct timer *timer = allocate(sizeof(*timer));

	timer->callback = callback;
	timer->context = context;
	uv_timer_init(&loop->uv, &timer->uv);
	timer->uv.data = timer;
	/* the loop's own clock stands still between runs */
	uv_update_time(&loop->uv);
	uv_timer_start(&timer->uv, timer_ends, milliseconds, 0);
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

static void look_up(uv_work_t *work)
{
	static const struct addrinfo hints = {
		.ai_family = AF_UNSPEC,
		.ai_protocol = IPPROTO_UDP,
		.ai_flags = AI_CANONNAME,
	};
	struct lookup *lookup = work->data;

	lookup->error = getaddrinfo(lookup->name, NULL, &hints, &lookup->list);
}

static void looked_up(uv_work_t *work, int status)
{
	struct lookup *lookup = work->data;

	(void)status;
	lookup->loop->lookups--;
	lookup->callback(lookup->context, lookup->error, lookup->list);
	if (lookup->list)
		freeaddrinfo(lookup->list);
	free(lookup);
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

void event_loop_look_up(struct event_loop *loop, const char *name,
			event_loop_answer *callback, void *context)
{
	size_t size = strlen(name) + 1;
	struct lookup *lookup = allocate(sizeof(*lookup) + size);

	memcpy(lookup->name, name, size);
	lookup->loop = loop;
	lookup->callback = callback;
	lookup->context = context;
	lookup->work.data = lookup;
	loop->lookups++;
	size_pool();
	/* not uv_getaddrinfo: it rewrites names (IDNA), and uses only half of
	 * the threads */
	uv_queue_work(&loop->uv, &lookup->work, look_up, looked_up);
}
