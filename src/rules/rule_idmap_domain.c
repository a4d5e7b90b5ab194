#include "daemon_needs.h"
#include "server_rules.h"

/* Is realm one of the comma-separated names? */
static bool names_realm(struct str names, struct str realm)
{
	while (names.length) {
		struct str name = { names.data, str_find(names, ',') };
		size_t next = name.length + (name.length < names.length);

		while (name.length && name.data[0] == ' ')
			name = str_skip(name, 1);
		while (name.length && name.data[name.length - 1] == ' ')
			name.length--;
		if (str_equal_nocase(name, realm))
			return true;
		names = str_skip(names, next);
	}
	return false;
}

static void check(struct rule_run *run)
{
	const struct server_config *config = run->local->server->idmapd_conf;
	struct str realm = run->local->server->default_realm;
	struct str domain, realms;
	struct local_place place;
	struct finding *finding;

	if (!config || !realm.data || !daemon_needs_kerberos(run->table))
		return;
	domain = server_config_value(
		config, server_config_find(config, "General", "Domain"));
	realms = server_config_value(
		config, server_config_find(config, "General", "Local-Realms"));
	if ((!domain.data && !realms.data) ||
	    names_realm(realms.data ? realms : domain, realm))
		return;
	place = server_rules_place(config, "General",
				   realms.data ? "Local-Realms" : "Domain");
	finding = rule_report_local(
		run, place.source, place.span,
		"users of the Kerberos realm %.*s become nobody: %s %.*s",
		STR_ARG(realm),
		realms.data ? "the local realms are"
			    : "without Local-Realms the realm is expected to "
			      "be that of the domain",
		STR_ARG(realms.data ? realms : domain));
	finding->fix.description = arena_printf(
		run->arena, "write `Local-Realms = %.*s`", STR_ARG(realm));
}

const struct rule rule_idmap_domain = {
	.slug = "idmap-domain",
	.severity = SEVERITY_LOW,
	.needs = NEEDS_FILES,
	.traits = TRAIT_ALL,
	.summary = "idmapd.conf does not know the Kerberos realm",
	.rationale = "A Kerberos name of a realm that is not among the local "
		     "ones belongs to no user of the server. Without "
		     "Local-Realms that is the one with the name of the "
		     "domain. Access then fails in a way that looks like wrong "
		     "permissions.",
	.remedy = "Set Domain to the same value on server and clients, and "
		  "Local-Realms to the Kerberos realms.",
	.bad = "[General]\nDomain = lab.example.org\n",
	.good = "[General]\nDomain = lab.example.org\n"
		"Local-Realms = EXAMPLE.ORG\n",
	.references = (const char *const[]){ "idmapd.conf(5), General", NULL },
	.check_table = check,
};
