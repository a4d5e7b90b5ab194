#include "daemon_needs.h"
#include "server_rules.h"

static void report(struct rule_run *run, const struct nobody_mapping *nobody)
{
	struct local_place place = server_rules_place(
		run->local->server->idmapd_conf, "Mapping", nobody->key);
	struct finding *finding = rule_report_local(
		run, place.source, place.span,
		"rpc.idmapd ends when it starts: there is no %s %.*s%s%s",
		nobody->kind, STR_ARG(nobody->name),
		place.span.end ? "" : ", which it takes without ",
		place.span.end ? "" : nobody->key);

	finding->fix.description =
		arena_printf(run->arena, "write a %s that exists behind `%s =`",
			     nobody->kind, nobody->key);
}

static void check(struct rule_run *run)
{
	const struct local_server *server = run->local->server;

	if (!server->idmapd_conf || !daemon_needs_kerberos(run->table))
		return;
	for (size_t i = 0;
	     i < sizeof(server->nobodies) / sizeof(*server->nobodies); i++)
		if (server->nobodies[i].missing)
			report(run, &server->nobodies[i]);
}

const struct rule rule_idmap_nobody = {
	.slug = "idmap-nobody",
	.severity = SEVERITY_MEDIUM,
	.needs = NEEDS_FILES,
	.traits = TRAIT_ALL,
	.summary = "rpc.idmapd can't start for want of a user or group",
	.rationale = "rpc.idmapd looks Nobody-User and Nobody-Group up when it "
		     "starts, and ends if one does not exist. Without a "
		     "setting both are nobody, but the group of Debian is "
		     "nogroup. The server then has no names for the owners of "
		     "files, which NFSv4 with Kerberos needs: clients see "
		     "nobody, or wait.",
	.remedy = "Name accounts that exist in the section Mapping, and "
		  "restart nfs-idmapd.service.",
	.bad = "[Mapping]\nNobody-User = nobody\n# Debian has no group "
	       "nobody\n",
	.good = "[Mapping]\nNobody-User = nobody\nNobody-Group = nogroup\n",
	.references = (const char *const[]){ "idmapd.conf(5), Mapping",
					     "rpc.idmapd(8)", NULL },
	.check_table = check,
};
