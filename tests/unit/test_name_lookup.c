#include "name_lookup.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <limits.h>
#include <net/if.h>
#include <sched.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "strbuf.h"

enum { CANNOT = 77 };

static char tree[] = "/tmp/name_lookup.XXXXXX";

static void put(const char *name, struct str text)
{
	char path[PATH_MAX];
	int fd;

	snprintf(path, sizeof(path), "%s/%s", tree, name);
	fd = open(path, O_CREAT | O_TRUNC | O_WRONLY, 0644);
	if (fd < 0 || write(fd, text.data, text.length) != (ssize_t)text.length)
		abort();
	close(fd);
}

static int make_tree(void **state)
{
	char path[PATH_MAX];

	(void)state;
	if (!mkdtemp(tree))
		return -1;
	snprintf(path, sizeof(path), "%s/etc", tree);
	if (mkdir(path, 0755) < 0)
		return -1;
	put("etc/hosts", STR("10.0.0.1 one.example.org one both\n"
			     "fd00::2 two both\n"
			     "10.0.0.1 again both\n"
			     "10.9.9.9 10.0.0.7\n"));
	put("nsswitch.conf", STR("hosts: files dns\n"));
	put("resolv.conf",
	    STR("nameserver 127.0.0.1\noptions timeout:30 attempts:1\n"));
	put("hosts", STR("10.0.0.5 live\n10.0.0.6 live\n10.0.0.5 live\n"));
	return 0;
}

static int remove_tree(void **state)
{
	char command[64];

	(void)state;
	snprintf(command, sizeof(command), "rm -rf %s", tree);
	return system(command);
}

static void expect(const struct resolved_name *resolved, const char *text)
{
	struct strbuf out = { 0 };
	char address[IP_ADDRESS_TEXT];

	strbuf_printf(&out, "%d %.*s", (int)resolved->status,
		      STR_ARG(resolved->canonical));
	for (size_t i = 0; i < resolved->address_count; i++)
		strbuf_printf(&out, " %s",
			      ip_address_text(resolved->addresses[i], address));
	assert_string_equal(out.data, text);
	strbuf_free(&out);
}

static void another_root_has_its_own_hosts(void **state)
{
	static char longest[1027];
	struct str names[] = {
		STR("one"),	    STR("BOTH"),	STR("10.1"),
		STR("fd00:0:0::5"), STR("10.0.0.1\0b"), { longest, 1026 },
		STR("10.0.0.7"),
	};
	enum { COUNT = sizeof(names) / sizeof(*names) };
	struct resolved_name resolved[COUNT];
	struct arena *arena = arena_new();
	bool interrupted = true;
	struct root root;

	(void)state;
	memset(longest, 'n', 1026);
	assert_true(root_open(tree, &root, NULL));
	name_lookup(arena, &root, names, COUNT, 5000, resolved, &interrupted);
	assert_false(interrupted);
	expect(&resolved[0], "1 one.example.org 10.0.0.1");
	expect(&resolved[1], "1 one.example.org fd00::2 10.0.0.1");
	expect(&resolved[2], "1 10.1 10.0.0.1");
	expect(&resolved[3], "1 fd00:0:0::5 fd00::5");
	expect(&resolved[4], "2 ");
	expect(&resolved[5], "2 ");
	expect(&resolved[6], "1 10.0.0.7 10.0.0.7");
	name_lookup(arena, &root, names, 0, 5000, resolved, NULL);
	root_close(&root);
	arena_free(arena);
}

static bool bind_mount(const char *name, const char *target)
{
	char path[PATH_MAX];

	snprintf(path, sizeof(path), "%s/%s", tree, name);
	return mount(path, target, NULL, MS_BIND, NULL) == 0;
}

static bool loopback_up(void)
{
	struct ifreq request = { .ifr_name = "lo", .ifr_flags = IFF_UP };
	int fd = socket(AF_INET, SOCK_DGRAM, 0);
	bool ok = ioctl(fd, SIOCSIFFLAGS, &request) == 0;

	close(fd);
	return ok;
}

/* Namespaces with our name services: a name server that takes questions and
 * never answers. Returns its socket. */
static int enter_silent_network(void)
{
	struct sockaddr_in address = { .sin_family = AF_INET,
				       .sin_port = htons(53),
				       .sin_addr.s_addr =
					       htonl(INADDR_LOOPBACK) };
	int fd;

	if ((unshare(CLONE_NEWNS | CLONE_NEWNET) != 0 &&
	     unshare(CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWNET) != 0) ||
	    mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0 ||
	    !bind_mount("nsswitch.conf", "/etc/nsswitch.conf") ||
	    !bind_mount("resolv.conf", "/etc/resolv.conf") ||
	    !bind_mount("hosts", "/etc/hosts") || !loopback_up())
		_exit(CANNOT);
	fd = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0);
	if (bind(fd, (struct sockaddr *)&address, sizeof(address)) != 0)
		_exit(CANNOT);
	return fd;
}

/* Runs body in a child in that network, and gives how it ended. */
static int run_in_silent_network(int (*body)(int server))
{
	int status;
	pid_t child;

	fflush(stdout);
	child = fork();
	if (child == 0) {
		int server = enter_silent_network();

		signal(SIGINT, SIG_DFL);
		_exit(body(server));
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	if (WIFEXITED(status) && WEXITSTATUS(status) == CANNOT) {
		print_message("no private network to be had\n");
		skip();
	}
	return status;
}

static double now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/* 200 names of which only numeric and local ones are answered. */
struct asked {
	struct arena *arena;
	struct resolved_name resolved[200];
	bool interrupted;
	double seconds;
	unsigned counts[5]; /* by status */
};

static struct asked *ask(const char *silent, const char *local, unsigned ms)
{
	struct arena *arena = arena_new();
	struct asked *asked = arena_alloc(arena, sizeof(*asked));
	struct root root;
	struct str names[200];

	if (!root_open("/", &root, NULL))
		_exit(3);
	for (unsigned i = 0; i < 200; i++)
		names[i] = str_of(i == 0 ? local
				  : i % 20 == 0
					  ? arena_printf(arena, "10.0.0.%u", i)
					  : arena_printf(arena, silent, i));
	asked->seconds = now();
	name_lookup(arena, &root, names, 200, ms, asked->resolved,
		    &asked->interrupted);
	asked->seconds = now() - asked->seconds;
	for (unsigned i = 0; i < 200; i++)
		asked->counts[asked->resolved[i].status]++;
	asked->arena = arena;
	return asked;
}

#define CHECK(condition) /* as exit status of a child */                       \
	do {                                                                   \
		if (!(condition)) {                                            \
			printf("line %d: %s\n", __LINE__, #condition);         \
			fflush(stdout);                                        \
			return 1;                                              \
		}                                                              \
	} while (0)

static int silent_names_time_out(int server)
{
	struct asked *asked = ask("silent%u", "live", 500);
	unsigned questions = 0;
	char datagram[512];

	CHECK(asked->seconds > 0.4 && asked->seconds < 5);
	CHECK(asked->counts[NAME_FOUND] == 10);
	CHECK(asked->counts[NAME_TIMED_OUT] == 190);
	CHECK(!asked->interrupted);
	CHECK(asked->resolved[0].address_count == 2);
	CHECK(str_is(asked->resolved[0].canonical, "live"));
	/* A and AAAA of those that were under way together */
	while (recv(server, datagram, sizeof(datagram), 0) > 0)
		questions++;
	CHECK(questions == 2 * 64 || questions == 64);
	/* the threads still wait: nothing of ours may be touched by them */
	arena_free(asked->arena);
	return 0;
}

static void a_deadline_is_kept(void **state)
{
	(void)state;
	assert_int_equal(run_in_silent_network(silent_names_time_out), 0);
}

static void send_interrupts(unsigned count)
{
	pid_t target = getpid();

	if (fork() == 0) {
		while (count--) {
			usleep(200000);
			kill(target, SIGINT);
		}
		_exit(0);
	}
}

static int interrupted_names(int server)
{
	struct asked *asked;

	(void)server;
	send_interrupts(1);
	asked = ask("silent%u", "live", 20000);
	CHECK(asked->interrupted);
	CHECK(asked->seconds < 10);
	CHECK(asked->counts[NAME_FOUND] == 10);
	CHECK(asked->counts[NAME_INTERRUPTED] == 190);
	return 0;
}

static int interrupted_twice(int server)
{
	interrupted_names(server);
	raise(SIGINT);
	return 0;
}

static void an_interrupt_ends_the_waiting(void **state)
{
	int status;

	(void)state;
	assert_int_equal(run_in_silent_network(interrupted_names), 0);
	status = run_in_silent_network(interrupted_twice);
	assert_true(WIFSIGNALED(status));
	assert_int_equal(WTERMSIG(status), SIGINT);
}

static int many_names(int server)
{
	enum { COUNT = 20000 };
	struct arena *arena = arena_new();
	struct str *names = arena_alloc_array(arena, COUNT, sizeof(*names));
	struct resolved_name *resolved =
		arena_alloc_array(arena, COUNT, sizeof(*resolved));
	struct root root;

	/* without a name server every question is refused at once */
	close(server);
	CHECK(root_open("/", &root, NULL));
	for (unsigned i = 0; i < COUNT; i++)
		names[i] = i % 2 ? STR("live")
				 : str_of(arena_printf(arena, "bad name%u", i));
	name_lookup(arena, &root, names, COUNT, 0, resolved, NULL);
	for (unsigned i = 0; i < COUNT; i++) {
		CHECK(resolved[i].status ==
		      (i % 2 ? NAME_FOUND : NAME_NOT_FOUND));
		CHECK(resolved[i].address_count == (i % 2 ? 2 : 0));
	}
	root_close(&root);
	arena_free(arena);
	return 0;
}

static void many_names_are_fed_to_the_pool(void **state)
{
	(void)state;
	assert_int_equal(run_in_silent_network(many_names), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		/* forks come before this process has threads */
		cmocka_unit_test(a_deadline_is_kept),
		cmocka_unit_test(an_interrupt_ends_the_waiting),
		cmocka_unit_test(many_names_are_fed_to_the_pool),
		cmocka_unit_test(another_root_has_its_own_hosts),
	};

	return cmocka_run_group_tests(tests, make_tree, remove_tree);
}
