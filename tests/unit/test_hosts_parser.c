#include "hosts_parser.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netdb.h>
#include <sched.h>
#include <setjmp.h>
#include <stdarg.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "strbuf.h"

/* Name, canonical name and addresses of an answer as one text. */
static void describe(struct strbuf *out, struct arena *arena,
		     const struct hosts *hosts, const char *name)
{
	char text[IP_ADDRESS_TEXT];
	struct hosts_answer answer;

	if (!hosts_find(arena, hosts, str_of(name), &answer)) {
		strbuf_printf(out, "%s: none\n", name);
		return;
	}
	strbuf_printf(out, "%s: %.*s", name, STR_ARG(answer.canonical));
	for (size_t i = 0; i < answer.count; i++)
		strbuf_printf(out, " %s",
			      ip_address_text(answer.addresses[i], text));
	strbuf_add_char(out, '\n');
}

static void expect(const char *file, const char *name, const char *expected)
{
	struct arena *arena = arena_new();
	struct strbuf out = { 0 };
	struct hosts hosts;

	hosts_parse(arena, str_of(file), &hosts);
	describe(&out, arena, &hosts, name);
	assert_string_equal(out.data, expected);
	strbuf_free(&out);
	arena_free(arena);
}

static void answers_are_those_of_the_file(void **state)
{
	static const char file[] = "127.0.0.1\tlocalhost # comment other\n"
				   "  10.0.0.1 Canon multi multi\n"
				   "fd00::1 canon2 multi\n"
				   "10.0.0.2 MULTI alias#gone\n"
				   "10.0.0.1 again multi\n"
				   "10.1 short\n"
				   "10.0.0.7\n"
				   "\n#10.0.0.8 hidden\n"
				   "fe80::1%eth0 scoped\n"
				   "10.0.0.9 last";

	(void)state;
	expect(file, "localhost", "localhost: localhost 127.0.0.1\n");
	expect(file, "multi",
	       "multi: Canon fd00::1 10.0.0.1 10.0.0.2 10.0.0.1\n");
	expect(file, "cAnOn", "cAnOn: Canon 10.0.0.1\n");
	expect(file, "alias", "alias: MULTI 10.0.0.2\n");
	expect(file, "last", "last: last 10.0.0.9\n");
	expect(file, "short", "short: none\n");
	expect(file, "scoped", "scoped: none\n");
	expect(file, "hidden", "hidden: none\n");
	expect(file, "other", "other: none\n");
	expect(file, "", ": none\n");
	expect("", "x", "x: none\n");
	expect("10.0.0.1", "x", "x: none\n");
}

/* What getaddrinfo(3) answers, described in the same way. */
static void describe_real(struct strbuf *out, const char *name)
{
	const struct addrinfo hints = { .ai_family = AF_UNSPEC,
					.ai_protocol = IPPROTO_UDP,
					.ai_flags = AI_CANONNAME };
	struct addrinfo *list;

	if (getaddrinfo(name, NULL, &hints, &list) != 0) {
		strbuf_printf(out, "%s: none\n", name);
		return;
	}
	strbuf_printf(out, "%s: %s", name, list->ai_canonname);
	for (struct addrinfo *at = list; at; at = at->ai_next) {
		char text[INET6_ADDRSTRLEN];
		const void *address =
			at->ai_family == AF_INET
				? (void *)&((struct sockaddr_in *)at->ai_addr)
					  ->sin_addr
				: (void *)&((struct sockaddr_in6 *)at->ai_addr)
					  ->sin6_addr;

		strbuf_printf(
			out, " %s",
			inet_ntop(at->ai_family, address, text, sizeof(text)));
	}
	strbuf_add_char(out, '\n');
	freeaddrinfo(list);
}

static uint32_t seed = 11;

static uint32_t below(uint32_t bound)
{
	seed = seed * 1664525u + 1013904223u;
	return (seed >> 8) % bound;
}

static const char *const names[] = { "alpha", "Beta",  "gamma.example.org",
				     "delta", "ALPHA", "eps.",
				     "eps",   "z_eta", "localhost" };
enum { NAMES = sizeof(names) / sizeof(*names) };

static void generate(struct strbuf *file)
{
	static const char *const addresses[] = {
		"10.0.0.1",
		"10.0.0.2",
		"127.0.0.1",
		"::1",
		"fd00::1",
		"fe80::1",
		"2001:db8::5",
		"2002:a00::1",
		"10.1",
		"::ffff:10.0.0.3",
		"::10.0.0.4",
		"fec0::1",
		"ff02::1",
		"169.254.1.1",
		"010.0.0.1",
		"10.0.0.1/8",
		"0x0a.0.0.1",
		"fe80::1%1",
		"300.0.0.1",
		"name",
		"ff05::2",
		"0.0.0.0",
		"255.255.255.255",
		"::",
	};
	static const char *const blanks[] = { " ",  "\t",  "  ",  "\v",
					      "\r", "\f ", " \t " };

	strbuf_clear(file);
	for (uint32_t line = 1 + below(8); line; line--) {
		if (below(5) == 0)
			strbuf_add_text(file, blanks[below(7)]);
		if (below(9) == 0)
			strbuf_add_char(file, '#');
		strbuf_add_text(file, addresses[below(24)]);
		for (uint32_t name = below(5); name; name--) {
			strbuf_add_text(file,
					below(25) ? blanks[below(7)] : "#");
			strbuf_add_text(file, names[below(NAMES)]);
		}
		if (below(9) == 0)
			strbuf_add_text(file, "#x");
		if (below(30) == 0)
			strbuf_add(file, (struct str){ "\0 alpha", 7 });
		if (line > 1 || below(2))
			strbuf_add_char(file, '\n');
	}
}

static const char *const addresses[] = {
	"10.0.0.1", "127.0.0.1",      "::1", "fd00::1", "10.0.0.3",
	"10.0.0.2", "::ffff:10.0.0.3"
};
enum { ADDRESSES = sizeof(addresses) / sizeof(*addresses) };

/* The names of an address as one text. */
static void describe_names(struct strbuf *out, const struct hosts *hosts,
			   const char *text)
{
	struct ip_address address;
	struct hosts_names found;

	assert_true(ip_address_parse(str_of(text), &address));
	found = hosts_find_names(hosts, address);
	strbuf_printf(out, "%s:", text);
	for (size_t i = 0; i < found.count; i++)
		strbuf_printf(out, " %.*s", STR_ARG(found.items[i].name));
	strbuf_add_char(out, '\n');
}

static void describe_entry(struct strbuf *out, const char *text,
			   const struct hostent *entry)
{
	strbuf_printf(out, "%s:", text);
	if (entry)
		strbuf_printf(out, " %s", entry->h_name);
	for (char **alias = entry ? entry->h_aliases : NULL; alias && *alias;
	     alias++)
		strbuf_printf(out, " %s", *alias);
	strbuf_add_char(out, '\n');
}

/* Adds what we and gethostbyaddr(3) say of an address. */
static void compare_names(struct strbuf *ours, struct strbuf *real,
			  const struct hosts *hosts, const char *text)
{
	int family = strchr(text, ':') ? AF_INET6 : AF_INET;
	const struct hostent *entry;
	struct in6_addr bytes;

	inet_pton(family, text, &bytes);
	entry = gethostbyaddr(&bytes, family == AF_INET ? 4 : 16, family);
	/* a line without a name, which only the C library takes */
	if (entry && !*entry->h_name)
		return;
	describe_names(ours, hosts, text);
	describe_entry(real, text, entry);
}

static void write_file(const char *path, struct str text)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0644);

	if (fd < 0 || write(fd, text.data, text.length) != (ssize_t)text.length)
		_exit(3);
	close(fd);
}

/* Runs in namespaces of its own, without any network interface. */
static void compare_generated(void)
{
	struct strbuf file = { 0 }, ours = { 0 }, real = { 0 };

	for (int round = 0; round < 2000; round++) {
		struct arena *arena = arena_new();
		struct hosts hosts;

		generate(&file);
		write_file("/etc/hosts", strbuf_str(&file));
		hosts_parse(arena, strbuf_str(&file), &hosts);
		strbuf_clear(&ours);
		strbuf_clear(&real);
		for (size_t i = 0; i < NAMES; i++) {
			describe(&ours, arena, &hosts, names[i]);
			describe_real(&real, names[i]);
		}
		for (size_t i = 0; i < ADDRESSES; i++)
			compare_names(&ours, &real, &hosts, addresses[i]);
		arena_free(arena);
		if (strcmp(ours.data, real.data) == 0)
			continue;
		/* a NUL of the file is shown as it is */
		fwrite(file.data, 1, file.length, stdout);
		printf("\nours:\n%sgetaddrinfo:\n%s", ours.data, real.data);
		fflush(stdout);
		_exit(1);
	}
	_exit(0);
}

static void answers_are_those_of_getaddrinfo(void **state)
{
	char hosts[] = "/tmp/hosts.XXXXXX", conf[] = "/tmp/nsswitch.XXXXXX";
	int status;
	pid_t child;

	(void)state;
	close(mkstemp(hosts));
	close(mkstemp(conf));
	child = fork();
	if (child == 0) {
		write_file(conf, STR("hosts: files\n"));
		if ((unshare(CLONE_NEWNS | CLONE_NEWNET) != 0 &&
		     unshare(CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWNET) !=
			     0) ||
		    mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0 ||
		    mount(hosts, "/etc/hosts", NULL, MS_BIND, NULL) != 0 ||
		    mount(conf, "/etc/nsswitch.conf", NULL, MS_BIND, NULL) != 0)
			_exit(2);
		compare_generated();
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	unlink(hosts);
	unlink(conf);
	if (WIFEXITED(status) && WEXITSTATUS(status) == 2) {
		print_message("no private /etc/hosts to be had\n");
		skip();
	}
	assert_int_equal(status, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(answers_are_those_of_the_file),
		cmocka_unit_test(answers_are_those_of_getaddrinfo),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
