/* Waiting for descriptors and for time, on epoll(7). */
#ifndef FAKE_LOOP_H
#define FAKE_LOOP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Part of whoever waits for a descriptor. */
struct fake_watch {
	void (*ready)(struct fake_watch *watch, uint32_t events);
	int fd;
};

/* Part of whoever waits for a time. */
struct fake_timer {
	void (*expired)(struct fake_timer *timer);
	uint64_t deadline; /* milliseconds of CLOCK_MONOTONIC */
	size_t place;	   /* in the heap, from 1; 0: not set */
};

struct fake_loop {
	int epoll;
	bool stopped;
	struct fake_timer **heap; /* from 1 */
	size_t timers, capacity;
};

/* Errors of epoll end the program. */
void fake_loop_open(struct fake_loop *loop);
void fake_loop_watch(struct fake_loop *loop, struct fake_watch *watch,
		     uint32_t events);
void fake_loop_change(struct fake_loop *loop, struct fake_watch *watch,
		      uint32_t events);
/* Until loop->stopped. Who is called back may close its own descriptor and free
 * itself, nobody else. */
void fake_loop_run(struct fake_loop *loop);

void fake_timer_set(struct fake_loop *loop, struct fake_timer *timer,
		    unsigned milliseconds);
void fake_timer_clear(struct fake_loop *loop, struct fake_timer *timer);

#endif
