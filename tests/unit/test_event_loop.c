#include "event_loop.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

static struct event_loop *loop;
static unsigned answers, order;

static int open_loop(void **state)
{
	(void)state;
	answers = order = 0;
	return event_loop_open(&loop, NULL) ? 0 : -1;
}

static int close_loop(void **state)
{
	(void)state;
	event_loop_close(loop);
	return 0;
}

static void add_digit(void *context)
{
	order = order * 10 + *(unsigned *)context;
}

static double now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void timers_end_in_their_order(void **state)
{
	unsigned digits[] = { 1, 2, 3 };
	double begin = now();

	(void)state;
	event_loop_after(loop, 60, add_digit, &digits[2]);
	event_loop_after(loop, 1, add_digit, &digits[0]);
	event_loop_after(loop, 30, add_digit, &digits[1]);
	event_loop_run(loop);
	assert_int_equal(order, 123);
	assert_true(now() - begin >= 0.055 && now() - begin < 5);
}

static void stop(void *context)
{
	(void)context;
	event_loop_stop(loop);
}

static void stop_leaves_the_rest(void **state)
{
	unsigned digit = 1;

	(void)state;
	event_loop_after(loop, 1, stop, NULL);
	event_loop_after(loop, 60000, add_digit, &digit);
	event_loop_run(loop);
	assert_int_equal(order, 0);
}

static void count_answer(void *context, int error, const struct addrinfo *list)
{
	const char *expected = context;
	char text[INET6_ADDRSTRLEN] = "";

	answers++;
	if (!expected) {
		assert_int_not_equal(error, 0);
		return;
	}
	assert_int_equal(error, 0);
	assert_int_equal(list->ai_protocol, IPPROTO_UDP);
	assert_string_equal(list->ai_canonname, expected);
	inet_ntop(AF_INET, &((struct sockaddr_in *)list->ai_addr)->sin_addr,
		  text, sizeof(text));
	assert_string_equal(text, "10.0.0.1");
	assert_null(list->ai_next);
}

static void many_names_are_answered(void **state)
{
	static char names[2][16] = { "10.0.0.1", "10.1" };

	(void)state;
	for (int i = 0; i < 500; i++)
		event_loop_look_up(loop, names[i % 2], count_answer,
				   names[i % 2]);
	event_loop_look_up(loop, "a b", count_answer, NULL);
	event_loop_run(loop);
	assert_int_equal(answers, 501);
}

static void interrupt_again(void *context)
{
	add_digit(context);
	raise(SIGINT);
}

static void nothing(void *context)
{
	(void)context;
}

static void interrupt(void *context)
{
	(void)context;
	raise(SIGINT);
}

/* The first ^C calls back, the second one kills. */
static void the_second_interrupt_kills(void **state)
{
	unsigned digit = 7;
	int status;
	pid_t child = fork();

	(void)state;
	if (child == 0) {
		signal(SIGINT, SIG_DFL);
		event_loop_on_interrupt(loop, interrupt_again, &digit);
		event_loop_after(loop, 1, interrupt, NULL);
		event_loop_after(loop, 5000, nothing, NULL);
		event_loop_run(loop);
		_exit(0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFSIGNALED(status));
	assert_int_equal(WTERMSIG(status), SIGINT);
}

static void interrupts_call_back(void **state)
{
	struct sigaction action;
	unsigned digit = 7;

	(void)state;
	signal(SIGINT, SIG_DFL);
	event_loop_on_interrupt(loop, add_digit, &digit);
	event_loop_after(loop, 1, interrupt, NULL);
	event_loop_after(loop, 50, nothing, NULL);
	event_loop_run(loop);
	assert_int_equal(order, 7);
	event_loop_close(loop);
	loop = NULL;
	sigaction(SIGINT, NULL, &action);
	assert_ptr_equal(action.sa_handler, SIG_DFL);
}

static void closing_gives_the_interrupt_back(void **state)
{
	struct sigaction action;

	(void)state;
	signal(SIGINT, SIG_DFL);
	event_loop_on_interrupt(loop, nothing, NULL);
	sigaction(SIGINT, NULL, &action);
	assert_ptr_not_equal(action.sa_handler, SIG_DFL);
	/* waiting for ^C alone is no reason to run */
	event_loop_run(loop);
	event_loop_close(loop);
	loop = NULL;
	sigaction(SIGINT, NULL, &action);
	assert_ptr_equal(action.sa_handler, SIG_DFL);
}

static void an_ignored_interrupt_stays_ignored(void **state)
{
	struct sigaction action;

	(void)state;
	signal(SIGINT, SIG_IGN);
	event_loop_on_interrupt(loop, nothing, NULL);
	sigaction(SIGINT, NULL, &action);
	assert_ptr_equal(action.sa_handler, SIG_IGN);
	signal(SIGINT, SIG_DFL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		/* first, since it forks, and threads do not survive that */
		cmocka_unit_test_setup_teardown(the_second_interrupt_kills,
						open_loop, close_loop),
		cmocka_unit_test_setup_teardown(timers_end_in_their_order,
						open_loop, close_loop),
		cmocka_unit_test_setup_teardown(stop_leaves_the_rest, open_loop,
						close_loop),
		cmocka_unit_test_setup_teardown(many_names_are_answered,
						open_loop, close_loop),
		cmocka_unit_test_setup_teardown(interrupts_call_back, open_loop,
						close_loop),
		cmocka_unit_test_setup_teardown(
			closing_gives_the_interrupt_back, open_loop,
			close_loop),
		cmocka_unit_test_setup_teardown(
			an_ignored_interrupt_stays_ignored, open_loop,
			close_loop),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
