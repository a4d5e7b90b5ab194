#include "file_read.h"

#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

enum { LIMIT = 1 << 20 };

static struct arena *arena;
static struct str text;
static struct failure failure;
static bool changed;

static int set_up(void **state)
{
	(void)state;
	arena = arena_new();
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static bool read_fd(int fd, size_t limit)
{
	bool ok =
		file_read(arena, fd, "name", limit, &text, &changed, &failure);

	close(fd);
	return ok;
}

/* A file of size bytes, byte i being i modulo 251. */
static int file_of(size_t size)
{
	int fd = memfd_create("file", 0);
	char *bytes = malloc(size + 1);

	for (size_t i = 0; i < size; i++)
		bytes[i] = (char)(i % 251);
	assert_int_equal(write(fd, bytes, size), size);
	free(bytes);
	lseek(fd, 0, SEEK_SET);
	return fd;
}

static void check_bytes(size_t size)
{
	assert_int_equal(text.length, size);
	for (size_t i = 0; i < size; i++)
		if (text.data[i] != (char)(i % 251))
			fail_msg("byte %zu", i);
	assert_int_equal(text.data[size], 0);
}

static void files_of_any_size_are_read(void **state)
{
	const size_t sizes[] = { 0,	1,     2,     4095,	 4096,
				 16383, 16384, 70000, LIMIT - 1, LIMIT };

	(void)state;
	for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
		assert_true(read_fd(file_of(sizes[i]), LIMIT));
		assert_false(changed);
		check_bytes(sizes[i]);
	}
}

static void tick(int signal)
{
	(void)signal;
}

/* A child writes size bytes in odd pieces, while a timer interrupts us. */
static void read_pipe(size_t size, size_t limit, bool expected)
{
	struct itimerval often = { { 0, 500 }, { 0, 500 } }, never = { 0 };
	int ends[2], status;
	pid_t child;
	bool ok;

	assert_int_equal(pipe(ends), 0);
	child = fork();
	if (child == 0) {
		close(ends[0]);
		signal(SIGPIPE, SIG_DFL);
		for (size_t i = 0; i < size;) {
			char piece[777];
			size_t count = 0;

			while (count < sizeof(piece) && i < size)
				piece[count++] = (char)(i++ % 251);
			if (write(ends[1], piece, count) < 0)
				_exit(1);
			if (i % 5 == 0)
				usleep(300);
		}
		_exit(0);
	}
	close(ends[1]);
	sigaction(SIGALRM, &(struct sigaction){ .sa_handler = tick }, NULL);
	setitimer(ITIMER_REAL, &often, NULL);
	ok = read_fd(ends[0], limit);
	setitimer(ITIMER_REAL, &never, NULL);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(ok, expected);
}

static void pipes_are_read(void **state)
{
	(void)state;
	read_pipe(0, LIMIT, true);
	check_bytes(0);
	read_pipe(300000, LIMIT, true);
	check_bytes(300000);
	assert_false(changed);
}

static void a_pipe_without_bytes_yet_is_waited_for(void **state)
{
	int ends[2], status;
	pid_t child;

	(void)state;
	assert_int_equal(pipe2(ends, O_NONBLOCK), 0);
	child = fork();
	if (child == 0) {
		usleep(20000);
		_exit(write(ends[1], "\0\1\2", 3) != 3);
	}
	close(ends[1]);
	assert_true(read_fd(ends[0], LIMIT));
	check_bytes(3);
	assert_int_equal(waitpid(child, &status, 0), child);
}

static void more_than_the_limit_is_refused(void **state)
{
	int fd = memfd_create("huge", 0);

	(void)state;
	assert_false(read_fd(file_of(101), 100));
	assert_string_equal(failure.text, "name: larger than 100 bytes");
	assert_null(text.data);
	assert_int_equal(ftruncate(fd, (off_t)1 << 40), 0);
	assert_false(read_fd(fd, (size_t)1 << 30));
	assert_string_equal(failure.text, "name: larger than 1073741824 bytes");
	read_pipe(5001, 5001, true);
	read_pipe(50000, 5001, false);
	assert_string_equal(failure.text, "name: larger than 5001 bytes");
	assert_false(read_fd(open("/dev/zero", O_RDONLY), LIMIT));
}

static void directories_and_errors_are_named(void **state)
{
	(void)state;
	assert_false(read_fd(open("/", O_RDONLY), LIMIT));
	assert_string_equal(failure.text, "name: is a directory");
	assert_false(read_fd(-1, LIMIT));
	assert_string_equal(failure.text, "name: Bad file descriptor");
	assert_false(read_fd(open("/dev/null", O_WRONLY), LIMIT));
	assert_string_equal(failure.text, "name: Bad file descriptor");
}

static void files_without_size_are_read(void **state)
{
	(void)state;
	assert_true(read_fd(open("/proc/self/status", O_RDONLY), LIMIT));
	assert_true(text.length > 100);
	assert_false(changed);
	assert_true(read_fd(open("/dev/null", O_RDONLY), LIMIT));
	assert_int_equal(text.length, 0);
	assert_non_null(text.data);
}

/* The file is written by another process all the time. */
static void a_change_while_reading_is_seen(void **state)
{
	int fd = file_of(LIMIT), writer;
	bool seen = false;
	char path[64];
	pid_t child;

	(void)state;
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	writer = open(path, O_WRONLY | O_APPEND);
	child = fork();
	if (child == 0)
		for (;;)
			if (write(writer, "x", 1) != 1)
				_exit(1);
	for (int i = 0; i < 200 && !seen; i++) {
		lseek(fd, 0, SEEK_SET);
		assert_true(file_read(arena, fd, "name", (size_t)1 << 30, &text,
				      &changed, &failure));
		seen = changed;
	}
	kill(child, SIGKILL);
	waitpid(child, NULL, 0);
	close(writer);
	close(fd);
	assert_true(seen);
}

/* 64 MiB through a pipe: the peak stays near that. */
static void a_large_pipe_takes_its_size(void **state)
{
	enum { SIZE = 64 << 20 };
	int status;
	pid_t child = fork();

	(void)state;
	if (child == 0) {
		struct rusage usage;
		long before;

		getrusage(RUSAGE_SELF, &usage);
		before = usage.ru_maxrss;
		read_pipe(SIZE, SIZE, true);
		getrusage(RUSAGE_SELF, &usage);
		print_message("%ld KiB\n", usage.ru_maxrss - before);
		_exit(usage.ru_maxrss - before > SIZE / 1024 / 4 * 5);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
#ifndef __SANITIZE_ADDRESS__
	assert_int_equal(status, 0);
#endif
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(files_of_any_size_are_read),
		cmocka_unit_test(pipes_are_read),
		cmocka_unit_test(a_pipe_without_bytes_yet_is_waited_for),
		cmocka_unit_test(more_than_the_limit_is_refused),
		cmocka_unit_test(directories_and_errors_are_named),
		cmocka_unit_test(files_without_size_are_read),
		cmocka_unit_test(a_change_while_reading_is_seen),
		cmocka_unit_test(a_large_pipe_takes_its_size),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
