#include "host_facts.h"

#include <errno.h>

#include "accounts_parser.h"
#include "folder_list.h"
#include "fstab_parser.h"
#include "ini_parser.h"
#include "keytab_parser.h"
#include "nsswitch_parser.h"
#include "small_file.h"
#include "unit_files.h"

#define HOST_FILE_MAX ((size_t)16 << 20)

struct reader {
	struct arena *arena;
	const struct root *root;
	struct local_state *state;
	struct local_server *server;
};

/* The text of a file; empty if there is none, or none that can be read. Sets
 * errno when it can't be opened. */
static bool read_text(const struct reader *reader, const char *path,
		      struct str *text)
{
	errno = small_file_read(reader->arena, reader->root, path,
				HOST_FILE_MAX, text);
	return !errno;
}

static uint32_t add_source(const struct reader *reader, const char *path,
			   struct str text)
{
	*ARRAY_ADD(reader->arena, &reader->state->sources) =
		(struct source){ .name = path, .text = text };
	return (uint32_t)reader->state->sources.count - 1;
}

/* Cuts the next line off rest. */
static bool next_line(struct str *rest, struct str *line)
{
	*line = (struct str){ rest->data, str_find(*rest, '\n') };
	if (!rest->length)
		return false;
	*rest = str_skip(*rest, line->length + (line->length < rest->length));
	return true;
}

/* Cuts the next word off rest, which blanks or separators end. */
static bool next_word(struct str *rest, const char *separators,
		      struct str *word)
{
	while (rest->length && strchr(separators, rest->data[0]))
		*rest = str_skip(*rest, 1);
	*word = (struct str){ rest->data, 0 };
	while (word->length < rest->length &&
	       !strchr(separators, rest->data[word->length]))
		word->length++;
	*rest = str_skip(*rest, word->length);
	return word->length > 0;
}

static struct span span_in(struct str text, struct str part)
{
	uint32_t begin = (uint32_t)(part.data - text.data);

	return (struct span){ begin, begin + (uint32_t)part.length };
}

static bool mentions(struct str text, const char *word)
{
	return text.length &&
	       memmem(text.data, text.length, word, strlen(word));
}

static void find_imports(struct reader *reader)
{
	static const char path[] = "/etc/fstab";
	struct fstab fstab;
	struct str text;
	uint32_t source;

	if (!read_text(reader, path, &text))
		return;
	source = add_source(reader, path, text);
	fstab_parse(reader->arena, text, &fstab);
	for (size_t i = 0; i < fstab.entries.count; i++) {
		const struct fstab_entry *entry = &fstab.entries.items[i];

		if (str_is(entry->type, "nfs") || str_is(entry->type, "nfs4"))
			*ARRAY_ADD(reader->arena, &reader->server->imports) =
				(struct import_mount){
					.place = { source,
						   entry->options_span },
					.mountpoint = entry->folder,
					.options = entry->options,
				};
	}
}

/* Is this what the package comes with, or does it say nothing? */
static bool is_stock(struct str name, struct str value)
{
	static const struct {
		const char *name, *value;
	} stock[] = {
		{ "RPCNFSDCOUNT", "8" },
		{ "RPCNFSDPRIORITY", "0" },
		{ "RPCMOUNTDOPTS", "--manage-gids" },
		{ "NEED_SVCGSSD", "no" },
		{ "NEED_STATD", "yes" },
		{ "NEED_IDMAPD", "yes" },
		{ "NEED_GSSD", "no" },
	};

	for (size_t i = 0; i < sizeof(stock) / sizeof(*stock); i++)
		if (str_is(name, stock[i].name) &&
		    str_is(value, stock[i].value))
			return true;
	return value.length == 0;
}

static struct str unquote(struct str value)
{
	char quote = value.length ? value.data[0] : '\0';

	if (value.length < 2 || (quote != '"' && quote != '\''))
		return value;
	value = str_skip(value, 1);
	value.length = str_find(value, quote);
	return str_trim(value);
}

static void add_legacy(struct reader *reader, const char *path)
{
	struct str text, rest, line;
	uint32_t source = UINT32_MAX;

	if (!read_text(reader, path, &text))
		return;
	for (rest = text; next_line(&rest, &line);) {
		struct legacy_setting setting = { 0 };
		size_t equals;

		line = str_trim(line);
		equals = str_find(line, '=');
		if (!line.length || line.data[0] == '#' ||
		    equals == line.length)
			continue;
		setting.name = (struct str){ line.data, equals };
		setting.value = unquote(str_skip(line, equals + 1));
		if (is_stock(setting.name, setting.value))
			continue;
		if (source == UINT32_MAX)
			source = add_source(reader, path, text);
		setting.source = source;
		setting.span = span_in(text, line);
		*ARRAY_ADD(reader->arena, &reader->server->legacy) = setting;
	}
}

/* Do the units of the NFS server look at files of variables? Drop-ins may, so
 * with one of these nothing is certain. */
static bool units_read_variables(const struct reader *reader)
{
	static const char *const dropins[] = {
		"/etc/systemd/system/nfs-server.service.d",
		"/etc/systemd/system/nfs-mountd.service.d",
		"/etc/systemd/system/rpc-statd.service.d",
		"/usr/lib/systemd/system/nfs-config.service",
		"/lib/systemd/system/nfs-config.service",
	};
	static const char *const units[] = {
		"/usr/lib/systemd/system/nfs-server.service",
		"/lib/systemd/system/nfs-server.service",
		"/usr/lib/systemd/system/nfs-mountd.service",
		"/lib/systemd/system/nfs-mountd.service",
	};
	bool found = false;
	struct str text;

	for (size_t i = 0; i < sizeof(dropins) / sizeof(*dropins); i++)
		if (root_has(reader->root, dropins[i]))
			return true;
	for (size_t i = 0; i < sizeof(units) / sizeof(*units); i++) {
		if (!read_text(reader, units[i], &text))
			continue;
		found = true;
		if (mentions(text, "EnvironmentFile"))
			return true;
	}
	return !found;
}

static void find_legacy(struct reader *reader)
{
	if (!unit_files_are_used(reader->root) || units_read_variables(reader))
		return;
	add_legacy(reader, "/etc/default/nfs-kernel-server");
	add_legacy(reader, "/etc/default/nfs-common");
	add_legacy(reader, "/etc/sysconfig/nfs");
}

static void find_rpcbind(struct reader *reader)
{
	static const struct {
		const char *link, *unit;
	} rows[] = {
		{ "/etc/systemd/system/sockets.target.wants/rpcbind.socket",
		  "rpcbind.socket" },
		{ "/etc/systemd/system/multi-user.target.wants/rpcbind.service",
		  "rpcbind.service" },
	};
	struct local_place *place;

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		if (!root_has(reader->root, rows[i].link) ||
		    unit_file_is_masked(reader->arena, reader->root,
					rows[i].unit))
			continue;
		place = arena_alloc(reader->arena, sizeof(*place));
		place->source = add_source(reader, rows[i].link, STR(""));
		reader->server->rpcbind = place;
		return;
	}
}

static void find_firewall(struct reader *reader)
{
	static const char wants[] = "/etc/systemd/system/";
	static const struct {
		const char *target, *unit;
	} rows[] = {
		{ "sysinit.target.wants", "nftables.service" },
		{ "multi-user.target.wants", "nftables.service" },
		{ "multi-user.target.wants", "firewalld.service" },
		{ "multi-user.target.wants", "netfilter-persistent.service" },
	};
	struct str text;

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (root_has(reader->root,
			     arena_printf(reader->arena, "%s%s/%s", wants,
					  rows[i].target, rows[i].unit)))
			reader->server->firewall = rows[i].unit;
	if (read_text(reader, "/etc/ufw/ufw.conf", &text) &&
	    mentions(text, "\nENABLED=yes"))
		reader->server->firewall = "ufw.service";
}

/* Group names that come over a network may be late, or not come at all. */
static bool is_network_service(struct str word)
{
	static const char *const words[] = { "sss", "winbind", "ldap", "nis",
					     "nisplus" };

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (str_is(word, words[i]))
			return true;
	return false;
}

static void find_group_services(struct reader *reader)
{
	static const char path[] = "/etc/nsswitch.conf";
	struct str text, services, service;
	struct local_place *place;

	if (!read_text(reader, path, &text))
		return;
	services = nsswitch_find(text, "group");
	while (nsswitch_next(&services, &service)) {
		if (!is_network_service(service))
			continue;
		place = arena_alloc(reader->arena, sizeof(*place));
		place->source = add_source(reader, path, text);
		place->span = span_in(text, service);
		reader->server->network_groups = place;
		reader->server->network_groups_name = service;
		return;
	}
}

static void find_services(struct reader *reader)
{
	struct str text, line, word;

	if (!read_text(reader, "/etc/services", &text))
		return;
	while (next_line(&text, &line))
		if (next_word(&line, " \t", &word) && str_is(word, "mountd"))
			reader->server->mountd_port_in_services = true;
}

struct member {
	struct str name;
	unsigned groups;
};

struct members {
	ARRAY(struct member) list;
	struct id_table by_name;
};

static void count_member(struct reader *reader, struct members *members,
			 struct str name)
{
	uint32_t hash = hash_bytes(0, name);

	ID_TABLE_EACH (&members->by_name, hash, index) {
		struct member *member = &members->list.items[index];

		if (str_equal(member->name, name)) {
			member->groups++;
			return;
		}
	}
	id_table_add(reader->arena, &members->by_name, hash,
		     (uint32_t)members->list.count);
	*ARRAY_ADD(reader->arena, &members->list) = (struct member){ name, 1 };
}

static void count_groups(struct reader *reader)
{
	struct members members = { 0 };
	struct account group;
	struct str text, word;

	(void)read_text(reader, "/etc/group", &text);
	while (account_next(&text, &group))
		while (next_word(&group.rest, ", \t\r", &word))
			count_member(reader, &members, word);
	for (size_t i = 0; i < members.list.count; i++) {
		const struct member *member = &members.list.items[i];

		if (member->groups <= reader->server->crowded_user_groups)
			continue;
		reader->server->crowded_user = member->name;
		reader->server->crowded_user_groups = member->groups;
	}
}

/* Files that may name another keytab than krb5.conf does. */
static bool keytab_may_be_elsewhere(struct reader *reader)
{
	static const char *const folders[] = { "/etc/krb5.conf.d",
					       "/etc/gssproxy" };
	struct folder_list list;
	struct str text;

	for (size_t i = 0; i < sizeof(folders) / sizeof(*folders); i++) {
		(void)folder_list_read(reader->arena, reader->root, folders[i],
				       &list);
		for (size_t k = 0; k < list.entries.count; k++)
			if (read_text(reader, list.entries.items[k].path,
				      &text) &&
			    mentions(text, "keytab"))
				return true;
	}
	return root_has(reader->root,
			"/etc/systemd/system/rpc-svcgssd.service.d");
}

static enum keytab_state look_at_keytab(struct reader *reader, const char *path)
{
	struct str text;

	if (read_text(reader, path, &text))
		return keytab_has_service(text, "nfs") ? KEYTAB_USABLE
						       : KEYTAB_WITHOUT_NFS;
	if (errno != ENOENT || keytab_may_be_elsewhere(reader))
		return KEYTAB_UNKNOWN;
	return KEYTAB_MISSING;
}

static void find_kerberos(struct reader *reader)
{
	struct local_server *server = reader->server;
	const struct ini_setting *setting;
	struct ini_file file;
	struct str text, name = { 0 };

	if (!read_text(reader, "/etc/krb5.conf", &text) && errno != ENOENT)
		return;
	ini_parse(reader->arena, text, &file);
	setting = ini_find(&file, "libdefaults", "default_realm");
	if (setting)
		server->default_realm = setting->value;
	setting = ini_find(&file, "libdefaults", "default_keytab_name");
	if (setting)
		name = setting->value;
	if (str_starts(name, STR("FILE:")))
		name = str_skip(name, strlen("FILE:"));
	server->keytab_path =
		name.data ? arena_copy(reader->arena, name.data, name.length)
			  : "/etc/krb5.keytab";
	if (server->keytab_path[0] == '/')
		server->keytab = look_at_keytab(reader, server->keytab_path);
}

void host_facts_gather(struct arena *arena, const struct root *root,
		       struct local_state *state, struct local_server *server)
{
	struct reader reader = { arena, root, state, server };

	find_imports(&reader);
	find_legacy(&reader);
	find_rpcbind(&reader);
	find_firewall(&reader);
	find_group_services(&reader);
	find_services(&reader);
	count_groups(&reader);
	find_kerberos(&reader);
}
