#include "host_addresses.h"

static void check(struct rule_run *run, const struct export_entry *entry)
{
	const struct export_policy *policy = rule_policy(run, entry);
	unsigned type = rule_client(run, entry)->type;
	struct finding *finding;
	bool insecure;

	if ((type != CLIENT_HOST && type != CLIENT_NETWORK) ||
	    !host_is_this_server(run, entry))
		return;
	insecure = (policy->flags & EXPORT_INSECURE_PORT) &&
		   client_open_access(policy) != OPEN_NOTHING;
	finding = rule_report(
		run, entry, client_host_span(run, entry),
		"programs on the server itself may %s %.*s over NFS%s",
		client_can_write(policy) ? "read and write" : "read",
		STR_ARG(export_entry_path(run->arena, run->table, entry)),
		insecure ? ", those of ordinary users included, as any user"
			 : "");
	finding->fix.description = "delete this client";
	if (insecure && finding->severity < SEVERITY_HIGH)
		finding->severity++;
}

const struct rule rule_loopback_export = {
	.slug = "loopback-export",
	.severity = SEVERITY_MEDIUM,
	.traits = TRAIT_CLIENTS,
	.summary = "an export to the server itself",
	.rationale = "A program on the server that speaks NFS to it gets "
		     "around the permissions of the local file system, since "
		     "with AUTH_SYS it claims any user id. A tunnel or proxy "
		     "on the server makes remote clients look local. With "
		     "`insecure` every local user can do it, which counts one "
		     "step more. What other names and addresses the server "
		     "has is looked for with --resolve only.",
	.remedy = "Delete the client, and bind mount where the server needs "
		  "the files in another place.",
	.bad = "/srv/data localhost(rw)\n",
	.good = "/srv/data 10.1.0.7(rw)\n",
	.references = (const char *const[]){ "exports(5), General Options",
					     "CWE-269: Improper Privilege "
					     "Management",
					     NULL },
	.check_entry = check,
};
