#include "program_run.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { TIME_LIMIT = 20 };

extern char **environ;

static int out_fd = -1, messages_fd = -1;

static void open_captures(void)
{
	if (out_fd < 0)
		out_fd = memfd_create("stdout", MFD_CLOEXEC);
	if (messages_fd < 0)
		messages_fd = memfd_create("stderr", MFD_CLOEXEC);
}

static void rewind_capture(int fd)
{
	if (ftruncate(fd, 0) || lseek(fd, 0, SEEK_SET))
		abort();
}

static void take_capture(int fd, struct strbuf *text)
{
	char piece[65536];
	ssize_t got;

	strbuf_clear(text);
	while ((got = pread(fd, piece, sizeof(piece), (off_t)text->length)) > 0)
		strbuf_add(text, (struct str){ piece, (size_t)got });
}

static void set_preload(const char *preload)
{
	if (preload ? setenv("LD_PRELOAD", preload, 1) : unsetenv("LD_PRELOAD"))
		abort();
}

static int spawn(const char *path, const char *const *arguments, pid_t *pid)
{
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
	sigset_t none;
	int error;

	sigemptyset(&none);
	posix_spawnattr_init(&attributes);
	posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
	posix_spawnattr_setsigmask(&attributes, &none);
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
	posix_spawn_file_actions_adddup2(&actions, out_fd, 1);
	posix_spawn_file_actions_adddup2(&actions, messages_fd, 2);
	error = posix_spawn(pid, path, &actions, &attributes,
			    (char *const *)arguments, environ);
	posix_spawn_file_actions_destroy(&actions);
	posix_spawnattr_destroy(&attributes);
	return error;
}

static int wait_with_limit(pid_t pid)
{
	const struct timespec limit = { .tv_sec = TIME_LIMIT };
	sigset_t child;
	int status;

	sigemptyset(&child);
	sigaddset(&child, SIGCHLD);
	while (waitpid(pid, &status, WNOHANG) == 0) {
		if (sigtimedwait(&child, NULL, &limit) >= 0 || errno == EINTR)
			continue;
		kill(pid, SIGKILL);
		waitpid(pid, &status, 0);
		break;
	}
	return status;
}

void program_run(const char *path, const char *const *arguments,
		 const char *preload, struct program_run *run)
{
	pid_t pid;
	int status, error;

	open_captures();
	rewind_capture(out_fd);
	rewind_capture(messages_fd);
	run->status = -1;
	run->signal = 0;
	set_preload(preload);
	error = spawn(path, arguments, &pid);
	set_preload(NULL);
	if (error) {
		strbuf_clear(&run->out);
		strbuf_clear(&run->messages);
		strbuf_printf(&run->messages, "%s: %s\n", path,
			      strerror(error));
		return;
	}
	status = wait_with_limit(pid);
	if (WIFEXITED(status))
		run->status = WEXITSTATUS(status);
	else
		run->signal = WTERMSIG(status);
	take_capture(out_fd, &run->out);
	take_capture(messages_fd, &run->messages);
}

void program_run_free(struct program_run *run)
{
	strbuf_free(&run->out);
	strbuf_free(&run->messages);
}
