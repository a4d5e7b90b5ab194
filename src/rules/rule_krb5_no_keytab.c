#include "daemon_needs.h"
#include "server_rules.h"

static void report(struct rule_run *run, const struct export_entry *entry)
{
	const struct local_server *server = run->local->server;
	struct str path = export_entry_path(run->arena, run->table, entry);
	struct finding *finding =
		rule_report(run, entry,
			    export_entry_option_span(run->arena, run->table,
						     entry, OPTION_SEC),
			    "nobody can mount %.*s with Kerberos: %s %s",
			    STR_ARG(path), server->keytab_path,
			    server->keytab == KEYTAB_MISSING
				    ? "does not exist"
				    : "has no key for the service nfs");

	finding->fix.description = "create a key for nfs/HOST and put it there";
}

/* One cause is told once, at the first export that needs the key. */
static void check(struct rule_run *run)
{
	const struct local_server *server = run->local->server;
	const struct export_entry *entry = daemon_needs_kerberos(run->table);

	if (entry && server->nfs_conf && keytab_is_useless(server))
		report(run, entry);
}

const struct rule rule_krb5_no_keytab = {
	.slug = "krb5-no-keytab",
	.severity = SEVERITY_HIGH,
	.needs = NEEDS_FILES,
	.traits = TRAIT_ALL,
	.summary = "an export with Kerberos on a server without a key",
	.rationale = "A client gets a ticket for nfs/HOST, which the server "
		     "opens with its key from the keytab. Without the key "
		     "every mount with sec=krb5 fails, and one that may also "
		     "use sec=sys does so without a message.",
	.remedy = "Create the principal nfs/HOST, write its key to "
		  "/etc/krb5.keytab, and restart rpc.svcgssd or gssproxy.",
	.bad = "/srv/a 10.1.0.0/24(rw,sec=krb5p)\n# no /etc/krb5.keytab\n",
	.good = "/srv/a 10.1.0.0/24(rw,sec=krb5p)\n# klist -k: nfs/HOST\n",
	.references = (const char *const[]){ "rpc.svcgssd(8)",
					     "gssproxy.conf(5)", NULL },
	.check_table = check,
};
