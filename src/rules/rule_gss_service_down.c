#include "daemon_needs.h"
#include "live_state.h"
#include "server_rules.h"

/* One cause is told once; a useless keytab, without which svcgssd ends, is one
 * of its own. */
static void check(struct rule_run *run)
{
	const struct live_daemons *daemons = run->local->live->daemons;
	const struct export_entry *entry = daemon_needs_kerberos(run->table);
	struct finding *finding;

	if (!daemons || daemons->gssproxy || daemons->svcgssd || !entry ||
	    keytab_is_useless(run->local->server))
		return;
	finding = rule_report(
		run, entry,
		export_entry_option_span(run->arena, run->table, entry,
					 OPTION_SEC),
		"nobody can mount %.*s with Kerberos: neither gssproxy nor "
		"rpc.svcgssd runs",
		STR_ARG(export_entry_path(run->arena, run->table, entry)));
	finding->fix.description = "start gssproxy, or rpc-svcgssd.service";
}

const struct rule rule_gss_service_down = {
	.slug = "gss-service-down",
	.severity = SEVERITY_HIGH,
	.needs = NEEDS_LIVE,
	.traits = TRAIT_ALL,
	.summary = "exports with Kerberos, and no daemon for it",
	.rationale = "The kernel's server can't open the ticket of a client "
		     "itself: it asks gssproxy, or rpc.svcgssd. While neither "
		     "runs, a client waits and gives up; one that may also use "
		     "sec=sys does so without a message.",
	.remedy = "Start the one that the distribution has, and look into its "
		  "journal for the reason that it ended.",
	.bad = "/srv/a 10.1.0.0/24(rw,sec=krb5p)\n# nfsd runs, gssproxy does "
	       "not\n",
	.good = "/srv/a 10.1.0.0/24(rw,sec=krb5p)\n# nfsd and gssproxy run\n",
	.references =
		(const char *const[]){ "rpc.svcgssd(8)", "gssproxy(8)", NULL },
	.check_table = check,
};
