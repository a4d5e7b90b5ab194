#include "edit_distance.h"
#include "server_rules.h"

enum { KEYS_MAX = 24 };

/* What the programs of nfs-utils up to 2.9.1 look up; of nfsrahead and
 * environment the keys are free. */
static const struct section {
	const char *name;
	const char *keys[KEYS_MAX]; /* ends with NULL; none: any */
} sections[] = {
	{ "environment", { NULL } },
	{ "nfsrahead", { NULL } },
	{ "general", { "pipefs-directory", NULL } },
	{ "exports", { "rootdir", NULL } },
	{ "exportfs", { "debug", NULL } },
	{ "exportd",
	  { "debug", "manage-gids", "state-directory-path", "threads",
	    "cache-use-ipaddr", "ttl", "no-netlink", NULL } },
	{ "mountd",
	  { "debug", "manage-gids", "descriptors", "port", "threads",
	    "reverse-lookup", "state-directory-path", "ha-callout",
	    "cache-use-ipaddr", "ttl", "apply-root-cred", "no-netlink",
	    NULL } },
	{ "nfsd", { "debug",	 "threads",	"host",	      "scope",
		    "port",	 "grace-time",	"lease-time", "udp",
		    "tcp",	 "vers2",	"vers3",      "vers4",
		    "vers4.0",	 "vers4.1",	"vers4.2",    "rdma",
		    "rdma-port", "fh-key-file", "pool-mode",  "min-threads",
		    NULL } },
	{ "nfsdcld", { "debug", "storagedir", NULL } },
	{ "nfsdcltrack", { "debug", "storagedir", NULL } },
	{ "lockd", { "port", "udp-port", NULL } },
	{ "statd",
	  { "debug", "port", "outgoing-port", "name", "state-directory-path",
	    "ha-callout", "no-notify", NULL } },
	{ "sm-notify",
	  { "debug", "force", "retry-time", "outgoing-port", "outgoing-addr",
	    "lift-grace", "update-state", NULL } },
	{ "gssd",
	  { "verbosity", "rpc-verbosity", "use-memcache", "use-machine-creds",
	    "use-gss-proxy", "avoid-dns", "limit-to-legacy-enctypes",
	    "allowed-enctypes", "context-timeout", "rpc-timeout", "keytab-file",
	    "cred-cache-directory", "preferred-realm", "set-home",
	    "upcall-timeout", "cancel-timed-out-upcalls", "pipefs-directory",
	    NULL } },
	{ "svcgssd",
	  { "principal", "verbosity", "rpc-verbosity", "idmap-verbosity",
	    NULL } },
	{ "reexport", { "fsidd_socket", "sqlitedb", NULL } },
};

enum { SECTIONS = sizeof(sections) / sizeof(*sections) };

static const struct section *find_section(struct str name)
{
	for (size_t i = 0; i < SECTIONS; i++)
		if (str_equal_nocase(name, str_of(sections[i].name)))
			return &sections[i];
	return NULL;
}

static size_t count_keys(const struct section *section)
{
	size_t count = 0;

	while (section->keys[count])
		count++;
	return count;
}

static bool has_key(const struct section *section, struct str key)
{
	size_t count = count_keys(section);

	for (size_t i = 0; i < count; i++)
		if (str_equal_nocase(key, str_of(section->keys[i])))
			return true;
	return !count;
}

/* The section in which the key would mean something; NULL if there is none, or
 * more than one. */
static const char *section_of(struct str key)
{
	const char *found = NULL;

	for (size_t i = 0; i < SECTIONS; i++) {
		if (!count_keys(&sections[i]) || !has_key(&sections[i], key))
			continue;
		if (found)
			return NULL;
		found = sections[i].name;
	}
	return found;
}

/* What was perhaps meant. */
static const char *suggest(struct arena *arena, const struct section *section,
			   struct str key)
{
	const char *home = section_of(key), *nearest = NULL;

	if (home)
		return arena_printf(arena, "write it in [%s]", home);
	if (section)
		nearest = edit_distance_nearest(key, section->keys,
						count_keys(section),
						edit_distance_tolerance(key));
	return nearest ? arena_printf(arena, "write `%s`", nearest) : NULL;
}

static void check_setting(struct rule_run *run,
			  const struct config_setting *setting)
{
	const struct section *section = find_section(setting->section);
	struct finding *finding;

	if (section && !setting->argument.data &&
	    has_key(section, setting->key))
		return;
	finding = rule_report_local(
		run, setting->source, setting->span,
		"no program reads %.*s in a section [%.*s%s%.*s%s]",
		STR_ARG(setting->key), STR_ARG(setting->section),
		setting->argument.data ? " \"" : "", STR_ARG(setting->argument),
		setting->argument.data ? "\"" : "");
	finding->fix.description = suggest(run->arena, section, setting->key);
}

static void check(struct rule_run *run)
{
	const struct server_config *config = run->local->server->nfs_conf;

	if (!config)
		return;
	for (size_t i = 0; i < config->settings.count; i++)
		check_setting(run, &config->settings.items[i]);
	for (size_t i = 0; i < config->diags.list.count; i++) {
		const struct diag *diag = &config->diags.list.items[i];

		rule_report_local(run, diag->source, diag->span, "%s: %s",
				  diag->message, diag->consequence);
	}
}

const struct rule rule_nfs_conf_unknown_key = {
	.slug = "nfs-conf-unknown-key",
	.severity = SEVERITY_LOW,
	.needs = NEEDS_FILES,
	.traits = TRAIT_ALL,
	.summary = "a line of nfs.conf that no program reads",
	.rationale = "nfs-utils takes any name in any section, and never says "
		     "that nothing looks it up: a misspelled vers3=n leaves "
		     "NFSv3 on. A last line without newline is skipped.",
	.remedy = "Correct the name or the section; nfs.conf(5) lists them.",
	.bad = "[nfsd]\nthread=16\n",
	.good = "[nfsd]\nthreads=16\n",
	.references = (const char *const[]){ "nfs.conf(5)", NULL },
	.check_table = check,
};
