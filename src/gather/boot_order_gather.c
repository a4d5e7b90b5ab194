#include "boot_order_gather.h"

#include <errno.h>
#include <string.h>

#include "nsswitch_parser.h"
#include "small_file.h"
#include "unit_files.h"

#define FILE_MAX ((size_t)64 << 20)

static const char unit_name[] = "nfs-server.service";
static const char network[] = "network-online.target";
static const char lookup[] = "nss-lookup.target";

struct finder {
	struct arena *arena;
	const struct root *root;
	struct local_state *state;
	struct boot_order *order;
	struct unit_file unit;
};

/* What answers names on this host itself, and the units that start it. */
static const char *const resolvers[] = {
	"named.service",	 "bind9.service",
	"unbound.service",	 "dnsmasq.service",
	"pdns-recursor.service", "systemd-resolved.service",
	"kresd@1.service",	 NULL,
};

static const struct {
	const char *service; /* of nsswitch.conf */
	const char *units[3];
} directories[] = {
	{ "nis", { "ypbind.service", "nis.service" } },
	{ "nisplus", { "ypbind.service" } },
	{ "ldap", { "nslcd.service" } },
	{ "sss", { "sssd.service" } },
	{ "winbind", { "winbind.service" } },
	{ "wins", { "winbind.service", "nmbd.service" } },
};

static bool is_after_any(const struct unit_file *unit, const char *const *names)
{
	for (; *names; names++)
		if (unit_file_is_after(unit, *names))
			return true;
	return false;
}

static void set_unknown(struct finder *finder, const char *path, int error)
{
	finder->order->gap = BOOT_UNKNOWN;
	finder->order->why =
		arena_printf(finder->arena, "%s: %s", path, strerror(error));
}

/* The text of a file; empty if there is none. */
static bool read_text(struct finder *finder, const char *path, struct str *text)
{
	int error = small_file_read(finder->arena, finder->root, path, FILE_MAX,
				    text);

	if (error && error != ENOENT && error != ENOTDIR)
		set_unknown(finder, path, error);
	return !error;
}

/* Is it among those of a line of nsswitch.conf? */
static bool has_service(struct str services, const char *name)
{
	struct str service;

	while (nsswitch_next(&services, &service))
		if (str_is(service, name))
			return true;
	return false;
}

/* Without a line of its own glibc asks DNS, then the files. */
static struct str find_services(struct finder *finder)
{
	struct str text, services;

	(void)read_text(finder, "/etc/nsswitch.conf", &text);
	services = nsswitch_find(text, "hosts");
	return services.data ? services : STR("dns files");
}

static void find_hosts(struct finder *finder, struct str services)
{
	struct boot_order *order = finder->order;
	struct hosts *hosts;
	struct str text;

	order->own_names = has_service(services, "myhostname") ||
			   has_service(services, "resolve");
	if (read_text(finder, "/etc/hostname", &text)) {
		(void)str_take(&text, '\n', &order->host_name);
		order->host_name = str_trim(order->host_name);
	}
	if (!has_service(services, "files") ||
	    !read_text(finder, "/etc/hosts", &text))
		return;
	hosts = arena_alloc(finder->arena, sizeof(*hosts));
	hosts_parse(finder->arena, text, hosts);
	order->hosts = hosts;
}

/* 127.0.0.53 and 54 are systemd-resolved, which is there before the network. */
static bool is_local_resolver(struct str address)
{
	struct ip_address parsed;

	if (!ip_address_parse(address, &parsed))
		return false;
	if (parsed.family == IP_V6)
		return str_is(address, "::1");
	return parsed.bytes[0] == 127 && !str_is(address, "127.0.0.53") &&
	       !str_is(address, "127.0.0.54");
}

/* The first name server, if all of them are on this host. */
static struct str find_local_server(struct finder *finder)
{
	struct str text, line, word, first = { 0 };

	(void)read_text(finder, "/etc/resolv.conf", &text);
	while (str_take(&text, '\n', &line)) {
		line = str_trim(line);
		if (!str_starts(line, STR("nameserver")))
			continue;
		line = str_trim(str_skip(line, strlen("nameserver")));
		(void)str_take(&line, ' ', &word);
		if (!is_local_resolver(word))
			return (struct str){ 0 };
		if (!first.data)
			first = word;
	}
	return first;
}

/* Something on this host that has to run before names are known; NULL if there
 * is none, or if the unit comes after it. */
static const char *find_late_resolver(struct finder *finder,
				      struct str services)
{
	struct str server;

	if (unit_file_is_after(&finder->unit, lookup) ||
	    has_service(services, "resolve"))
		return NULL;
	if (has_service(services, "dns")) {
		server = find_local_server(finder);
		return server.data && !is_after_any(&finder->unit, resolvers)
			       ? arena_copy(finder->arena, server.data,
					    server.length)
			       : NULL;
	}
	for (size_t i = 0; i < sizeof(directories) / sizeof(*directories); i++)
		if (has_service(services, directories[i].service) &&
		    !is_after_any(&finder->unit, directories[i].units))
			return directories[i].service;
	return NULL;
}

/* exportfs runs when something wants the unit. */
static bool is_started_at_boot(const struct finder *finder)
{
	static const char *const folders[] = {
		"multi-user.target.wants", "multi-user.target.requires",
		"graphical.target.wants",  "default.target.wants",
		"network.target.wants",	   "remote-fs.target.wants",
	};
	static const char *const names[] = { unit_name,
					     "nfs-kernel-server.service",
					     "nfs.service", NULL };

	for (size_t i = 0; i < sizeof(folders) / sizeof(*folders); i++)
		if (unit_files_are_linked(finder->arena, finder->root,
					  folders[i], names))
			return true;
	return false;
}

static bool something_waits(const struct finder *finder)
{
	return unit_files_are_linked(finder->arena, finder->root,
				     "network-online.target.wants", NULL) ||
	       unit_files_are_linked(finder->arena, finder->root,
				     "network-online.target.requires", NULL);
}

static enum boot_gap find_gap(struct finder *finder, struct str services)
{
	if (!unit_file_is_after(&finder->unit, network))
		return unit_file_is_after(&finder->unit, lookup)
			       ? BOOT_FINE
			       : BOOT_UNORDERED;
	if (!unit_file_wants(&finder->unit, network))
		return BOOT_NOT_WANTED;
	if (!something_waits(finder))
		return BOOT_NOT_WAITED;
	finder->order->resolver = find_late_resolver(finder, services);
	return finder->order->resolver ? BOOT_RESOLVER : BOOT_FINE;
}

static void judge_unit(struct finder *finder, struct str services)
{
	struct boot_order *order = finder->order;

	unit_file_read(finder->arena, finder->root, unit_name, &finder->unit);
	if (finder->unit.error) {
		set_unknown(finder,
			    finder->unit.path ? finder->unit.path : unit_name,
			    finder->unit.error);
	} else if (!finder->unit.path) {
		order->gap = BOOT_UNKNOWN;
		order->why = unit_files_are_used(finder->root)
				     ? "there is no nfs-server.service"
				     : "what starts the server is not known";
	} else if (!finder->unit.masked && is_started_at_boot(finder)) {
		order->gap = find_gap(finder, services);
	}
	if (order->gap <= BOOT_UNKNOWN)
		return;
	order->unit = (uint32_t)finder->state->sources.count;
	*ARRAY_ADD(finder->arena, &finder->state->sources) = (struct source){
		.name = finder->unit.path,
		.text = STR(""),
	};
}

const struct boot_order *boot_order_gather(struct arena *arena,
					   const struct root *root,
					   struct local_state *state)
{
	struct boot_order *order = arena_alloc(arena, sizeof(*order));
	struct finder finder = {
		.arena = arena,
		.root = root,
		.state = state,
		.order = order,
	};
	struct str services = find_services(&finder);

	find_hosts(&finder, services);
	if (order->gap == BOOT_FINE)
		judge_unit(&finder, services);
	return order;
}
