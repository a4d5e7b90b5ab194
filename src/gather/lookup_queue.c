#include "lookup_queue.h"

static void ask_more(struct lookup_queue *queue)
{
	while (queue->under_way < queue->at_once &&
	       queue->next < queue->count) {
		queue->under_way++;
		queue->ask(queue, queue->next++);
	}
	if (!queue->under_way)
		event_loop_stop(queue->loop);
}

void lookup_queue_answered(struct lookup_queue *queue)
{
	queue->under_way--;
	ask_more(queue);
}

static void deadline_passed(void *context)
{
	struct lookup_queue *queue = context;

	event_loop_stop(queue->loop);
}

static void was_interrupted(void *context)
{
	struct lookup_queue *queue = context;

	queue->interrupted = true;
	event_loop_stop(queue->loop);
}

bool lookup_queue_run(struct lookup_queue *queue, unsigned deadline_ms)
{
	if (!queue->count)
		return true;
	if (!event_loop_open(&queue->loop, NULL))
		return false;
	event_loop_on_interrupt(queue->loop, was_interrupted, queue);
	if (deadline_ms)
		event_loop_after(queue->loop, deadline_ms, deadline_passed,
				 queue);
	ask_more(queue);
	event_loop_run(queue->loop);
	event_loop_close(queue->loop);
	return true;
}
