#include <arpa/inet.h>
#include <errno.h>
#include <getopt.h>
#include <limits.h>

#include "fake_modes.h"

/* Reads an argument into a field of the options: false when it is none. */
typedef bool take_fn(void *field, const char *argument);

static bool to_number(const char *text, unsigned long most,
		      unsigned long *number)
{
	char *end;

	errno = 0;
	*number = strtoul(text, &end, 10);
	return *text >= '0' && *text <= '9' && !*end && !errno &&
	       *number <= most;
}

static bool take_text(void *field, const char *argument)
{
	*(const char **)field = argument;
	return true;
}

static bool take_count(void *field, const char *argument)
{
	return to_number(argument, UINT32_MAX, field);
}

static bool take_number(void *field, const char *argument)
{
	unsigned long number;

	if (!to_number(argument, INT_MAX, &number))
		return false;
	*(unsigned *)field = (unsigned)number;
	return true;
}

static bool take_port(void *field, const char *argument)
{
	unsigned long number;

	if (!to_number(argument, UINT16_MAX, &number))
		return false;
	*(uint16_t *)field = (uint16_t)number;
	return true;
}

/* "1,3" as bits. */
static bool take_versions(void *field, const char *argument)
{
	unsigned versions = 0;

	for (; *argument; argument += argument[1] == ',' ? 2 : 1) {
		if (*argument < '1' || *argument > '7' ||
		    (argument[1] && argument[1] != ','))
			return false;
		versions |= 1u << (*argument - '0');
	}
	*(unsigned *)field = versions;
	return versions != 0;
}

static bool take_transport(void *field, const char *argument)
{
	static const struct {
		const char *name;
		unsigned bits;
	} transports[] = {
		{ "tcp", 1u << FAKE_TCP },
		{ "udp", 1u << FAKE_UDP },
		{ "none", 0 },
	};

	for (size_t i = 0; i < sizeof(transports) / sizeof(*transports); i++)
		if (strcmp(argument, transports[i].name) == 0) {
			*(unsigned *)field = transports[i].bits;
			return true;
		}
	return false;
}

static bool take_flag(void *field, const char *argument)
{
	(void)argument;
	*(bool *)field = true;
	return true;
}

static bool take_address(void *field, const char *argument)
{
	char mapped[INET6_ADDRSTRLEN + 8];

	snprintf(mapped, sizeof(mapped), "%s%s",
		 strchr(argument, ':') ? "" : "::ffff:", argument);
	return inet_pton(AF_INET6, mapped, field) == 1;
}

static bool take_tls(void *field, const char *argument)
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
			*(enum fake_tls *)field = i;
			return true;
		}
	return false;
}

static bool take_mode(void *field, const char *argument)
{
	const struct fake_mode *mode = fake_mode_find(argument);

	*(const struct fake_mode **)field = mode;
	return mode != NULL;
}

static bool take_generate(void *field, const char *argument)
{
	struct fake_options *options = field;
	char *end;

	options->generate = strtoul(argument, &end, 10);
	return *end == ',' && take_count(&options->generate_groups, end + 1);
}

static bool take_mode_for(void *field, const char *argument)
{
	struct fake_options *options = field;
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
	return take_mode(&added->mode, equals + 1) &&
	       take_address(&added->address, address);
}

static bool take_flavors(void *field, const char *argument)
{
	struct fake_options *options = field;
	char *end;

	options->flavor_count = 0;
	while (options->flavor_count < FAKE_FLAVORS) {
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

#define FIELD(name) offsetof(struct fake_options, name)
#define WHOLE 0 /* all options are the field */

static const struct option_row {
	const char *name;
	const char *argument; /* its name, or NULL: has none */
	const char *fixed;    /* what is taken without one */
	take_fn *take;	      /* NULL: prints something and ends */
	size_t field;
	const char *help;
} rows[] = {
	{ "exports", "FILE", NULL, take_text, FIELD(exports_file),
	  "exports: a path and its groups on each line; \\ooo is a byte, "
	  "\"\" an empty name" },
	{ "mounts-file", "FILE", NULL, take_text, FIELD(mounts_file),
	  "mounts: a client and a path on each line" },
	{ "generate", "N,M", NULL, take_generate, WHOLE,
	  "N exports with M groups each" },
	{ "mounts", "N", NULL, take_count, FIELD(generate_mounts), "N mounts" },
	{ "mode", "MODE", NULL, take_mode, FIELD(mode),
	  "misbehaves, on all addresses" },
	{ "mode-for", "ADDRESS=MODE", NULL, take_mode_for, WHOLE,
	  "misbehaves on this address; may be repeated" },
	{ "delay", "MS", NULL, take_number, FIELD(delay_ms),
	  "waits before each answer" },
	{ "drop", "N", NULL, take_number, FIELD(drop),
	  "does not answer the first N calls" },
	{ "log", "FILE", NULL, take_text, FIELD(log_file),
	  "a line for each connection and call" },
	{ "bind", "ADDRESS", NULL, take_address, FIELD(bind),
	  "listens there only (all addresses of IPv4)" },
	{ "ipv6", NULL, "::", take_address, FIELD(bind),
	  "listens on IPv6 addresses, too" },
	{ "rpcbind-port", "N", NULL, take_port, FIELD(ports[FAKE_RPCBIND]),
	  "instead of 111; 0: any" },
	{ "mount-port", "N", NULL, take_port, FIELD(ports[FAKE_MOUNTD]),
	  "instead of 20048; 0: any" },
	{ "nfs-port", "N", NULL, take_port, FIELD(ports[FAKE_NFS]),
	  "instead of 2049; 0: any" },
	{ "rpcbind-versions", "LIST", NULL, take_versions,
	  FIELD(versions[FAKE_RPCBIND]), "instead of 2,3,4" },
	{ "mount-versions", "LIST", NULL, take_versions,
	  FIELD(versions[FAKE_MOUNTD]), "instead of 1,2,3" },
	{ "nfs-versions", "LIST", NULL, take_versions,
	  FIELD(versions[FAKE_NFS]), "instead of 3,4" },
	{ "rpcbind-transport", "tcp|udp", NULL, take_transport,
	  FIELD(transports[FAKE_RPCBIND]), "instead of both" },
	{ "udp-only", NULL, "udp", take_transport,
	  FIELD(transports[FAKE_MOUNTD]), "MOUNT over UDP only" },
	{ "tcp-only", NULL, "tcp", take_transport,
	  FIELD(transports[FAKE_MOUNTD]), "MOUNT over TCP only" },
	{ "no-mount", NULL, "none", take_transport,
	  FIELD(transports[FAKE_MOUNTD]), "no MOUNT service" },
	{ "no-rpcbind", NULL, "none", take_transport,
	  FIELD(transports[FAKE_RPCBIND]), "nothing at rpcbind's port" },
	{ "no-nfs", NULL, "none", take_transport, FIELD(transports[FAKE_NFS]),
	  "nothing at the port of NFS" },
	{ "tls", "ANSWER", NULL, take_tls, FIELD(tls),
	  "of NFS to AUTH_TLS: denied, starttls, plain, wrongtoken, short, "
	  "hang" },
	{ "flavors", "LIST", NULL, take_flavors, WHOLE,
	  "of security that MNT names, instead of 1" },
	{ "ready-fd", "N", NULL, take_number, FIELD(ready_fd),
	  "says there, and not on stdout, that all ports are open" },
	{ "until-eof", NULL, NULL, take_flag, FIELD(until_eof),
	  "ends when stdin does" },
	{ "list-modes", NULL, NULL, NULL, WHOLE,
	  "prints the modes: name, what a client should arrive at, "
	  "description" },
	{ "help", NULL, NULL, NULL, WHOLE, "prints this" },
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
	if (row->take((char *)options + row->field,
		      row->argument ? optarg : row->fixed))
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
