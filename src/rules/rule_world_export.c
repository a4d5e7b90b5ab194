#include "client_rules.h"

static void check(struct rule_run *run, const struct export_entry *entry)
{
	const struct export_client *client = rule_client(run, entry);
	enum open_access access = client_open_access(rule_policy(run, entry));
	struct finding *finding;

	if (access == OPEN_WRITE || !client_is_world(client) ||
	    !client_is_deliberate(run, entry))
		return;
	finding = rule_report(
		run, entry, client_host_span(run, entry),
		access == OPEN_READ
			? "%s may read %.*s"
			: "%s may mount %.*s and try to log in there",
		client_world_text(run->arena, client),
		STR_ARG(export_entry_path(run->arena, run->table, entry)));
	finding->fix.description = "name the hosts or networks that need it";
	/* who has no ticket or certificate gets no further */
	if (access == OPEN_NOTHING)
		finding->severity = SEVERITY_LOW;
}

const struct rule rule_world_export = {
	.slug = "world-export",
	.severity = SEVERITY_HIGH,
	.traits = TRAIT_CLIENTS | TRAIT_ACCESS,
	.summary = "everybody who reaches the server may read an export",
	.rationale = "An export to everybody is protected by nothing but the "
		     "firewall. Any host that reaches the NFS port reads all "
		     "that other users may read, and with AUTH_SYS it claims "
		     "to be any user it likes.",
	.remedy = "Name the hosts or networks that need the files, or ask for "
		  "Kerberos with sec=krb5p.",
	.bad = "/srv/data *(ro)\n",
	.good = "/srv/data 10.1.0.0/16(ro)\n",
	.references =
		(const char *const[]){
			"exports(5), Machine Name Formats",
			"STIG GEN005840 (V-933)", "STIG AIX7-00-003017",
			"KISA U-25", "CVE-1999-0554",
			"CWE-668: Exposure of Resource to Wrong Sphere", NULL },
	.check_entry = check,
};
