#include "fake_loop.h"

#include <errno.h>
#include <sys/epoll.h>
#include <time.h>

#include "fake_bytes.h"

enum { EVENTS = 256 };

static void die(const char *what)
{
	fprintf(stderr, "fake_server: %s: %s\n", what, strerror(errno));
	exit(1);
}

static uint64_t now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (uint64_t)time.tv_sec * 1000 + (uint64_t)time.tv_nsec / 1000000;
}

void fake_loop_open(struct fake_loop *loop)
{
	loop->epoll = epoll_create1(EPOLL_CLOEXEC);
	if (loop->epoll < 0)
		die("epoll_create1");
}

static void control(struct fake_loop *loop, int operation,
		    struct fake_watch *watch, uint32_t events)
{
	struct epoll_event event = { .events = events, .data.ptr = watch };

	if (epoll_ctl(loop->epoll, operation, watch->fd, &event))
		die("epoll_ctl");
}

void fake_loop_watch(struct fake_loop *loop, struct fake_watch *watch,
		     uint32_t events)
{
	control(loop, EPOLL_CTL_ADD, watch, events);
}

void fake_loop_change(struct fake_loop *loop, struct fake_watch *watch,
		      uint32_t events)
{
	control(loop, EPOLL_CTL_MOD, watch, events);
}

static void place(struct fake_loop *loop, struct fake_timer *timer, size_t at)
{
	loop->heap[at] = timer;
	timer->place = at;
}

static void sift_up(struct fake_loop *loop, struct fake_timer *timer, size_t at)
{
	while (at > 1 && loop->heap[at / 2]->deadline > timer->deadline) {
		place(loop, loop->heap[at / 2], at);
		at /= 2;
	}
	place(loop, timer, at);
}

static void sift_down(struct fake_loop *loop, struct fake_timer *timer,
		      size_t at)
{
	for (size_t below; (below = at * 2) <= loop->timers; at = below) {
		if (below < loop->timers && loop->heap[below + 1]->deadline <
						    loop->heap[below]->deadline)
			below++;
		if (loop->heap[below]->deadline >= timer->deadline)
			break;
		place(loop, loop->heap[below], at);
	}
	place(loop, timer, at);
}

void fake_timer_set(struct fake_loop *loop, struct fake_timer *timer,
		    unsigned milliseconds)
{
	fake_timer_clear(loop, timer);
	timer->deadline = now() + milliseconds;
	if (loop->timers + 1 >= loop->capacity) {
		loop->capacity = loop->capacity ? loop->capacity * 2 : 64;
		loop->heap = fake_grow(loop->heap, loop->capacity,
				       sizeof(struct fake_timer *));
	}
	sift_up(loop, timer, ++loop->timers);
}

void fake_timer_clear(struct fake_loop *loop, struct fake_timer *timer)
{
	size_t at = timer->place;
	struct fake_timer *last;

	if (!at)
		return;
	timer->place = 0;
	last = loop->heap[loop->timers--];
	if (last == timer)
		return;
	if (last->deadline < timer->deadline)
		sift_up(loop, last, at);
	else
		sift_down(loop, last, at);
}

static int wait_ms(const struct fake_loop *loop)
{
	uint64_t time, deadline;

	if (!loop->timers)
		return -1;
	time = now();
	deadline = loop->heap[1]->deadline;
	return deadline <= time ? 0 : (int)(deadline - time);
}

static void expire_timers(struct fake_loop *loop)
{
	uint64_t time = loop->timers ? now() : 0;

	while (loop->timers && loop->heap[1]->deadline <= time) {
		struct fake_timer *timer = loop->heap[1];

		fake_timer_clear(loop, timer);
		timer->expired(timer);
	}
}

static void turn(struct fake_loop *loop)
{
	struct epoll_event events[EVENTS];
	int count = epoll_wait(loop->epoll, events, EVENTS, wait_ms(loop));

	if (count < 0 && errno != EINTR)
		die("epoll_wait");
	for (int i = 0; i < count; i++) {
		struct fake_watch *watch = events[i].data.ptr;

		watch->ready(watch, events[i].events);
	}
	expire_timers(loop);
}

void fake_loop_run(struct fake_loop *loop)
{
	while (!loop->stopped)
		turn(loop);
}
