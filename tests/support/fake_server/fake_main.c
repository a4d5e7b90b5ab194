/* A server of NFS lists for tests, honest or hostile: fake_server --help. */
#include <errno.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "fake_programs.h"

/* Something that ends the program. */
struct ending {
	struct fake_watch watch;
	struct fake_loop *loop;
};

static void stop(struct fake_watch *watch, uint32_t events)
{
	struct ending *ending = (struct ending *)watch;
	char rest[512];

	/* what comes on stdin before its end means nothing */
	if (watch->fd == STDIN_FILENO && events & EPOLLIN &&
	    read(watch->fd, rest, sizeof(rest)) > 0)
		return;
	ending->loop->stopped = true;
}

static void end_on(struct fake_loop *loop, int fd)
{
	struct ending *ending = fake_grow(NULL, 1, sizeof(*ending));

	*ending = (struct ending){ { stop, fd }, loop };
	fake_loop_watch(loop, &ending->watch, EPOLLIN);
}

static void end_on_signals(struct fake_loop *loop)
{
	sigset_t signals;

	sigemptyset(&signals);
	sigaddset(&signals, SIGTERM);
	sigaddset(&signals, SIGINT);
	sigprocmask(SIG_BLOCK, &signals, NULL);
	end_on(loop, signalfd(-1, &signals, SFD_CLOEXEC));
}

static void raise_descriptors(void)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
		limit.rlim_cur = limit.rlim_max;
		setrlimit(RLIMIT_NOFILE, &limit);
	}
}

static bool open_log(struct fake_server *server)
{
	const char *file = server->options.log_file;

	if (!file)
		return true;
	server->log = fopen(file, "we");
	if (!server->log) {
		fprintf(stderr, "fake_server: %s: %s\n", file, strerror(errno));
		return false;
	}
	/* who has an answer finds its call in the log */
	setvbuf(server->log, NULL, _IOLBF, 0);
	return true;
}

static bool open_ports(struct fake_server *server)
{
	for (unsigned i = 0; i < FAKE_SERVICES; i++) {
		unsigned transports = server->options.transports[i];

		if (transports >> FAKE_TCP & 1 && !fake_tcp_open(server, i))
			return false;
		if (transports >> FAKE_UDP & 1 && !fake_udp_open(server, i))
			return false;
	}
	return true;
}

/* "ready", and the ports, which the system may have chosen. */
static void say_ready(const struct fake_options *options)
{
	int fd = options->ready_fd < 0 ? STDOUT_FILENO : options->ready_fd;

	dprintf(fd, "ready rpcbind=%u mountd=%u nfs=%u\n",
		options->ports[FAKE_RPCBIND], options->ports[FAKE_MOUNTD],
		options->ports[FAKE_NFS]);
	if (options->ready_fd >= 0)
		close(fd);
}

int main(int argc, char **argv)
{
	static struct fake_server server;
	int status = 1;

	if (!fake_options_parse(&server.options, argc, argv, &status))
		return status;
	raise_descriptors();
	fake_loop_open(&server.loop);
	if (!open_log(&server) || !fake_lists_prepare(&server) ||
	    !open_ports(&server))
		return 1;
	fake_rpcbind_prepare(&server);
	end_on_signals(&server.loop);
	if (server.options.until_eof)
		end_on(&server.loop, STDIN_FILENO);
	say_ready(&server.options);
	fake_loop_run(&server.loop);
	/* open connections are known to epoll only, and no leaks */
	_exit(0);
}
