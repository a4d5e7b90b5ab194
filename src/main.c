/* From argv to an exit status; nothing else here knows of either. */
#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <poll.h>
#include <signal.h>
#include <unistd.h>

#include "command_line.h"

enum { OUTPUT_BUFFER = 64 * 1024 };

/* The first error of standard output; stdio itself keeps only that there was
 * one. */
static int output_error;

static void wait_until_writable(void)
{
	struct pollfd output = { .fd = STDOUT_FILENO, .events = POLLOUT };

	poll(&output, 1, -1);
}

static ssize_t write_output(void *cookie, const char *bytes, size_t size)
{
	size_t done = 0;

	(void)cookie;
	while (done < size && !output_error) {
		ssize_t count = write(STDOUT_FILENO, bytes + done, size - done);

		if (count >= 0)
			done += (size_t)count;
		else if (errno == EAGAIN)
			/* somebody who shares the terminal made it so */
			wait_until_writable();
		else if (errno != EINTR)
			output_error = errno;
	}
	return output_error ? 0 : (ssize_t)size;
}

static void out_of_memory(void)
{
	static const char text[] = "exportctl: out of memory\n";
	ssize_t ignored = write(STDERR_FILENO, text, sizeof(text) - 1);

	(void)ignored;
	_exit(STATUS_FAILED);
}

/* A file that is opened later must not become standard output. */
static void fill_standard_descriptors(void)
{
	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
		if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", O_RDWR) != fd)
			_exit(STATUS_FAILED);
}

static FILE *open_output(bool terminal)
{
	static char buffer[OUTPUT_BUFFER];
	FILE *out = fopencookie(
		NULL, "w", (cookie_io_functions_t){ .write = write_output });

	if (!out || setvbuf(out, buffer, terminal ? _IOLBF : _IOFBF,
			    OUTPUT_BUFFER) != 0)
		out_of_memory();
	return out;
}

/* Writes what is left and gives the final status. */
static int close_output(FILE *out, int status)
{
	fclose(out);
	/* a file on a network may tell only now that its disk is full */
	if (close(STDOUT_FILENO) != 0 && !output_error && errno != EINTR)
		output_error = errno;
	if (!output_error || output_error == EPIPE)
		return status;
	fprintf(stderr, "exportctl: write error: %s\n", strerror(output_error));
	return STATUS_FAILED;
}

int main(int argc, char **argv)
{
	struct command_context context = { .err = stderr,
					   .out_error = &output_error };
	int status;

	/* large arrays grow by moving their pages, not by copying; a fixed
	 * threshold keeps malloc from giving that up */
	mallopt(M_MMAP_THRESHOLD, 128 * 1024);
	arena_on_exhaustion(out_of_memory);
	fill_standard_descriptors();
	signal(SIGPIPE, SIG_IGN);
	context.out_is_terminal = isatty(STDOUT_FILENO) == 1;
	context.err_is_terminal = isatty(STDERR_FILENO) == 1;
	context.out = open_output(context.out_is_terminal);
	status = command_line_run(&context, argc, argv);
	_exit(close_output(context.out, status));
}
