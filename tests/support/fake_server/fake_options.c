#include <arpa/inet.h>
#include <errno.h>
#include <getopt.h>

#include "fake_modes.h"

/* Takes the argument of an option, or NULL: false when it is none. */
typedef bool take_fn(struct fake_options *options, const char *argument);

static bool to_number(const char *text, unsigned long most,
		      unsigned long *number)
{
	char *end;

	errno = 0;
	*number = strtoul(text, &end, 10);
	return *text >= '0' && *text <= '9' && !*end && !errno &&
	       *number <= most;
}

static bool to_unsigned(const char *text, unsigned *number)
{
	unsigned long value;

	if (!to_number(text, UINT32_MAX, &value))
		return false;
	*number = (unsigned)value;
	return true;
}

static bool to_port(const char *text, uint16_t *port)
{
	unsigned long value;

	if (!to_number(text, UINT16_MAX, &value))
		return false;
	*port = (uint16_t)value;
	return true;
}

/* "1,3" as bits. */
static bool to_versions(const char *text, unsigned *versions)
{
	unsigned found = 0;

	for (; *text; text += text[1] == ',' ? 2 : 1) {
		if (*text < '1' || *text > '7' || (text[1] && text[1] != ','))
			return false;
		found |= 1u << (*text - '0');
	}
	*versions = found;
	return found != 0;
}

static bool to_address(const char *text, struct in6_addr *address)
{
	char mapped[INET6_ADDRSTRLEN + 8];

	snprintf(mapped, sizeof(mapped), "%s%s",
		 strchr(text, ':') ? "" : "::ffff:", text);
	return inet_pton(AF_INET6, mapped, address) == 1;
}

static bool to_transports(const char *text, unsigned *transports)
{
	if (strcmp(text, "tcp") == 0)
		*transports = 1u << FAKE_TCP;
	else if (strcmp(text, "udp") == 0)
		*transports = 1u << FAKE_UDP;
	else
		return false;
	return true;
}

static bool take_exports(struct fake_options *options, const char *argument)
{
	options->exports_file = argument;
	return true;
}

static bool take_mounts_file(struct fake_options *options, const char *argument)
{
	options->mounts_file = argument;
	return true;
}

static bool take_generate(struct fake_options *options, const char *argument)
{
	char *end;

	options->generate = strtoul(argument, &end, 10);
	return *end == ',' &&
	       to_number(end + 1, UINT32_MAX, &options->generate_groups);
}

static bool take_mounts(struct fake_options *options, const char *argument)
{
	return to_number(argument, UINT32_MAX, &options->generate_mounts);
}

static bool take_mode(struct fake_options *options, const char *argument)
{
	options->mode = fake_mode_find(argument);
	return options->mode != NULL;
}

static bool take_mode_for(struct fake_options *options, const char *argument)
{
	const char *equals = strchr(argument, '=');
	struct fake_mode_for *added;
	char address[INET6_ADDRSTRLEN];

	if (!equals || equals - argument >= (long)sizeof(address))
		return false;
	snprintf(address, sizeof(address), "%.*s", (int)(equals - argument),
		 argument);
	options->modes = fake_grow(options->modes, options->mode_count + 1,
				   sizeof(*options->modes));
	added = &options->modes[options->mode_count++];
	added->mode = fake_mode_find(equals + 1);
	return added->mode && to_address(address, &added->address);
}

static bool take_delay(struct fake_options *options, const char *argument)
{
	return to_unsigned(argument, &options->delay_ms);
}

static bool take_drop(struct fake_options *options, const char *argument)
{
	return to_unsigned(argument, &options->drop);
}

static bool take_log(struct fake_options *options, const char *argument)
{
	options->log_file = argument;
	return true;
}

static bool take_bind(struct fake_options *options, const char *argument)
{
	return to_address(argument, &options->bind);
}

static bool take_ipv6(struct fake_options *options, const char *argument)
{
	(void)argument;
	options->bind = in6addr_any;
	return true;
}

static bool take_rpcbind_port(struct fake_options *options,
			      const char *argument)
{
	return to_port(argument, &options->ports[FAKE_RPCBIND]);
}

static bool take_mount_port(struct fake_options *options, const char *argument)
{
	return to_port(argument, &options->ports[FAKE_MOUNTD]);
}

static bool take_nfs_port(struct fake_options *options, const char *argument)
{
	return to_port(argument, &options->ports[FAKE_NFS]);
}

static bool take_rpcbind_versions(struct fake_options *options,
				  const char *argument)
{
	return to_versions(argument, &options->versions[FAKE_RPCBIND]);
}

static bool take_mount_versions(struct fake_options *options,
				const char *argument)
{
	return to_versions(argument, &options->versions[FAKE_MOUNTD]);
}

static bool take_nfs_versions(struct fake_options *options,
			      const char *argument)
{
	return to_versions(argument, &options->versions[FAKE_NFS]);
}

static bool take_rpcbind_transport(struct fake_options *options,
				   const char *argument)
{
	return to_transports(argument, &options->transports[FAKE_RPCBIND]);
}

static bool take_udp_only(struct fake_options *options, const char *argument)
{
	(void)argument;
	return to_transports("udp", &options->transports[FAKE_MOUNTD]);
}

static bool take_tcp_only(struct fake_options *options, const char *argument)
{
	(void)argument;
	return to_transports("tcp", &options->transports[FAKE_MOUNTD]);
}

static bool take_no_mount(struct fake_options *options, const char *argument)
{
	(void)argument;
	options->no_mount = true;
	options->transports[FAKE_MOUNTD] = 0;
	return true;
}

static bool take_no_rpcbind(struct fake_options *options, const char *argument)
{
	(void)argument;
	options->transports[FAKE_RPCBIND] = 0;
	return true;
}

static bool take_no_nfs(struct fake_options *options, const char *argument)
{
	(void)argument;
	options->transports[FAKE_NFS] = 0;
	return true;
}

static bool take_tls(struct fake_options *options, const char *argument)
{
	static const char *const names[] = {
		[FAKE_TLS_DENIED] = "denied",
		[FAKE_TLS_STARTTLS] = "starttls",
		[FAKE_TLS_PLAIN] = "plain",
		[FAKE_TLS_WRONGTOKEN] = "wrongtoken",
		[FAKE_TLS_SHORT] = "short",
		[FAKE_TLS_HANG] = "hang",
	};

	for (unsigned i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (strcmp(argument, names[i]) == 0) {
			options->tls = i;
			return true;
		}
	return false;
}

static bool take_flavors(struct fake_options *options, const char *argument)
{
	options->flavor_count = 0;
	while (options->flavor_count < FAKE_FLAVORS) {
		char *end;

		options->flavors[options->flavor_count++] =
			(uint32_t)strtoul(argument, &end, 10);
		if (!*end && end > argument)
			return true;
		if (*end != ',' || end == argument)
			return false;
		argument = end + 1;
	}
	return false;
}

static bool take_ready_fd(struct fake_options *options, const char *argument)
{
	unsigned fd;

	if (!to_unsigned(argument, &fd))
		return false;
	options->ready_fd = (int)fd;
	return true;
}

static bool take_until_eof(struct fake_options *options, const char *argument)
{
	(void)argument;
	options->until_eof = true;
	return true;
}

static const struct option_row {
	const char *name;
	const char *argument; /* its name, or NULL: takes none */
	take_fn *take;	      /* NULL: prints something and ends */
	const char *help;
} rows[] = {
	{ "exports", "FILE", take_exports,
	  "exports: a path and its groups on each line; \\ooo is a byte, "
	  "\"\" an empty name" },
	{ "mounts-file", "FILE", take_mounts_file,
	  "mounts: a client and a path on each line" },
	{ "generate", "N,M", take_generate, "N exports with M groups each" },
	{ "mounts", "N", take_mounts, "N mounts" },
	{ "mode", "MODE", take_mode, "misbehaves, on all addresses" },
	{ "mode-for", "ADDRESS=MODE", take_mode_for,
	  "misbehaves on this address; may be repeated" },
	{ "delay", "MS", take_delay, "waits before each answer" },
	{ "drop", "N", take_drop, "does not answer the first N calls" },
	{ "log", "FILE", take_log, "a line for each connection and call" },
	{ "bind", "ADDRESS", take_bind,
	  "listens there only (all addresses of IPv4)" },
	{ "ipv6", NULL, take_ipv6, "listens on IPv6 addresses, too" },
	{ "rpcbind-port", "N", take_rpcbind_port, "instead of 111; 0: any" },
	{ "mount-port", "N", take_mount_port, "instead of 20048; 0: any" },
	{ "nfs-port", "N", take_nfs_port, "instead of 2049; 0: any" },
	{ "rpcbind-versions", "LIST", take_rpcbind_versions,
	  "instead of 2,3,4" },
	{ "mount-versions", "LIST", take_mount_versions, "instead of 1,2,3" },
	{ "nfs-versions", "LIST", take_nfs_versions, "instead of 3,4" },
	{ "rpcbind-transport", "tcp|udp", take_rpcbind_transport,
	  "instead of both" },
	{ "udp-only", NULL, take_udp_only, "MOUNT over UDP only" },
	{ "tcp-only", NULL, take_tcp_only, "MOUNT over TCP only" },
	{ "no-mount", NULL, take_no_mount, "no MOUNT service" },
	{ "no-rpcbind", NULL, take_no_rpcbind, "nothing at rpcbind's port" },
	{ "no-nfs", NULL, take_no_nfs, "nothing at the port of NFS" },
	{ "tls", "ANSWER", take_tls,
	  "of NFS to AUTH_TLS: denied, starttls, plain, wrongtoken, short, "
	  "hang" },
	{ "flavors", "LIST", take_flavors,
	  "of security that MNT names, instead of 1" },
	{ "ready-fd", "N", take_ready_fd,
	  "says there, and not on stdout, that all ports are open" },
	{ "until-eof", NULL, take_until_eof, "ends when stdin does" },
	{ "list-modes", NULL, NULL,
	  "prints the modes: name, what a client "
	  "should arrive at, description" },
	{ "help", NULL, NULL, "prints this" },
};

enum { ROWS = sizeof(rows) / sizeof(*rows) };

static void print_help(void)
{
	puts("usage: fake_server [OPTION]…");
	for (size_t i = 0; i < ROWS; i++)
		printf("  --%s%s%s\n\t%s\n", rows[i].name,
		       rows[i].argument ? " " : "",
		       rows[i].argument ? rows[i].argument : "", rows[i].help);
}

static bool take_row(struct fake_options *options, const struct option_row *row,
		     int *status)
{
	*status = 0;
	if (!row->take) {
		if (strcmp(row->name, "help") == 0)
			print_help();
		else
			fake_modes_print();
		return false;
	}
	if (row->take(options, optarg))
		return true;
	fprintf(stderr, "fake_server: bad argument of --%s: %s\n", row->name,
		optarg);
	*status = 2;
	return false;
}

static void set_defaults(struct fake_options *options)
{
	static const unsigned both = 1u << FAKE_TCP | 1u << FAKE_UDP;

	*options = (struct fake_options){
		.bind = { .s6_addr = { [10] = 0xff, [11] = 0xff } },
		.ports = { 111, 20048, 2049 },
		.versions = { 0x1c, 0x0e, 0x18 },
		.transports = { both, both, 1u << FAKE_TCP },
		.flavors = { 1 },
		.flavor_count = 1,
		.ready_fd = -1,
	};
}

bool fake_options_parse(struct fake_options *options, int argc, char **argv,
			int *status)
{
	struct option table[ROWS + 1] = { 0 };
	int row, found;

	for (size_t i = 0; i < ROWS; i++)
		table[i] = (struct option){ rows[i].name,
					    rows[i].argument != NULL, NULL, 0 };
	set_defaults(options);
	while ((found = getopt_long(argc, argv, "", table, &row)) == 0)
		if (!take_row(options, &rows[row], status))
			return false;
	*status = 2;
	return found == -1 && optind == argc;
}
