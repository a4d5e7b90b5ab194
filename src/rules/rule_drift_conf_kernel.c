#include "live_state.h"
#include "server_rules.h"

/* What nfs.conf says where it differs from the server that runs. */
struct differences {
	const struct server_config *config;
	struct local_place place; /* of the first one that is written */
	struct strbuf text;
	size_t count;
	bool only_threads;
};

static void begin_difference(struct differences *differences, const char *key)
{
	const struct config_setting *written =
		server_config_find(differences->config, "nfsd", key);

	if (written && !differences->place.span.end)
		differences->place =
			server_rules_place(differences->config, "nfsd", key);
	if (differences->count++)
		strbuf_add_text(&differences->text, "; ");
}

static void compare(struct differences *differences, const char *key,
		    bool otherwise, const char *what, bool served)
{
	if (server_config_bool(differences->config, "nfsd", key, otherwise) ==
	    served)
		return;
	begin_difference(differences, key);
	differences->only_threads = false;
	strbuf_printf(&differences->text, "%s %s", what,
		      served ? "is served" : "is not served");
}

/* What is on or off without a word depends on the version of nfs-utils, but
 * for the last two. */
static void compare_versions(struct differences *differences,
			     const struct nfsd_versions *versions)
{
	bool v3 = versions->served & 1u << 3, v4 = versions->served & 1u << 4;

	/* kernels of today do not have it, whatever is written */
	if (versions->served & 1u << 2)
		compare(differences, "vers2", true, "NFSv2", true);
	compare(differences, "vers3", v3, "NFSv3", v3);
	compare(differences, "vers4", v4, "NFSv4", v4);
	if (!v4)
		return;
	v4 = versions->minors & 1u << 0;
	compare(differences, "vers4.0", v4, "NFSv4.0", v4);
	compare(differences, "vers4.1", true, "NFSv4.1",
		versions->minors & 1u << 1);
	compare(differences, "vers4.2", true, "NFSv4.2",
		versions->minors & 1u << 2);
}

static void compare_transports(struct differences *differences,
			       const struct nfsd_ports *ports)
{
	static const struct {
		const char *key, *what;
		bool off; /* unless somebody writes it */
	} rows[] = {
		{ "udp", "UDP", true },
		{ "tcp", "TCP", false },
		{ "rdma", "RDMA", true },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		bool served = nfsd_ports_have(ports, rows[i].key, 0);

		compare(differences, rows[i].key, served && !rows[i].off,
			rows[i].what, served);
	}
}

static bool is_any(struct ip_address address)
{
	static const uint8_t none[16] = { 0 };

	return memcmp(address.bytes, none, sizeof(none)) == 0;
}

/* Is it one of the addresses of host=, or not certain that it is none? */
static bool is_among(struct str hosts, struct ip_address address)
{
	struct str host;
	struct ip_address own;

	while (str_take(&hosts, ',', &host))
		if (!ip_address_parse(str_trim(host), &own) ||
		    ip_address_equal(own, address))
			return true;
	return false;
}

static void compare_addresses(struct differences *differences,
			      const struct live_state *live)
{
	struct str hosts = server_config_value(
		differences->config,
		server_config_find(differences->config, "nfsd", "host"));
	char text[IP_ADDRESS_TEXT];

	for (size_t i = 0; hosts.length && i < live->tcp->list.count; i++) {
		const struct socket_entry *entry = &live->tcp->list.items[i];

		if (entry->state != SOCKET_LISTEN ||
		    !nfsd_ports_have(live->ports, "tcp", entry->local_port) ||
		    is_among(hosts, entry->local))
			continue;
		begin_difference(differences, "host");
		differences->only_threads = false;
		strbuf_printf(&differences->text, "it listens on %s",
			      is_any(entry->local)
				      ? "every address"
				      : ip_address_text(entry->local, text));
		return;
	}
}

static void compare_threads(struct differences *differences, uint32_t threads)
{
	int wanted = server_config_number(differences->config, "nfsd",
					  "threads", (int)threads);

	if (wanted <= 0 || (uint32_t)wanted == threads)
		return;
	begin_difference(differences, "threads");
	strbuf_printf(&differences->text, "it has %u thread%s, not %d", threads,
		      threads == 1 ? "" : "s", wanted);
}

static void check(struct rule_run *run)
{
	const struct live_state *live = run->local->live;
	struct differences differences = {
		.config = run->local->server->nfs_conf,
		.only_threads = true,
	};
	struct finding *finding;

	if (!differences.config || !live->threads || !*live->threads)
		return;
	differences.place.source = differences.config->source;
	if (live->versions)
		compare_versions(&differences, live->versions);
	if (live->ports)
		compare_transports(&differences, live->ports);
	if (live->ports && live->tcp)
		compare_addresses(&differences, live);
	compare_threads(&differences, *live->threads);
	if (differences.count) {
		finding = rule_report_local(run, differences.place.source,
					    differences.place.span,
					    "the server that runs is not what "
					    "nfs.conf makes: %s",
					    differences.text.data);
		finding->fix.description = "restart nfs-server.service";
		if (differences.only_threads)
			rule_lower(finding, 2);
	}
	strbuf_free(&differences.text);
}

const struct rule rule_drift_conf_kernel = {
	.slug = "drift-conf-kernel",
	.severity = SEVERITY_MEDIUM,
	.needs = NEEDS_LIVE,
	.traits = TRAIT_ALL,
	.summary = "the server that runs is not what nfs.conf makes",
	.rationale = "rpc.nfsd reads nfs.conf when the server is started, and "
		     "the kernel keeps versions and transports until it is "
		     "stopped. Who switches NFSv3 off and only reloads still "
		     "serves it; what was set by hand ends at the next "
		     "restart.",
	.remedy = "Restart nfs-server.service when clients can bear it, or "
		  "write to nfs.conf what is wanted.",
	.bad = "[nfsd]\nvers3=n\n# /proc/fs/nfsd/versions\n"
	       "# +3 +4 +4.1 +4.2\n",
	.good = "[nfsd]\nvers3=n\n# /proc/fs/nfsd/versions\n"
		"# -3 +4 +4.1 +4.2\n",
	.references = (const char *const[]){ "rpc.nfsd(8)", "nfs.conf(5), nfsd",
					     NULL },
	.check_table = check,
};
