#include "daemon_needs.h"
#include "live_state.h"
#include "rule.h"

/* One cause is told once, at the first export. */
static void check(struct rule_run *run)
{
	const struct live_daemons *daemons = run->local->live->daemons;
	const struct export_entry *entry = daemon_needs_tls(run->table);
	struct finding *finding;

	if (!daemons || (daemons->tlshd && daemons->certificate) || !entry)
		return;
	finding = rule_report(
		run, entry,
		export_entry_option_span(run->arena, run->table, entry,
					 OPTION_XPRTSEC),
		"nobody can mount %.*s: it wants TLS, and tlshd %s",
		STR_ARG(export_entry_path(run->arena, run->table, entry)),
		daemons->tlshd ? "has no certificate for the server"
			       : "does not run");
	finding->fix.description = daemons->tlshd
					   ? "write `x509.certificate` and "
					     "`x509.private_key` below "
					     "`[authenticate.server]` for tlshd"
					   : "start tlshd.service";
}

const struct rule rule_tlshd_missing = {
	.slug = "tlshd-missing",
	.severity = SEVERITY_HIGH,
	.needs = NEEDS_LIVE,
	.traits = TRAIT_ALL,
	.summary = "exports that want TLS, and no daemon that offers it",
	.rationale = "The kernel leaves the handshake of TLS to tlshd, which "
		     "shows the client a certificate from its configuration. "
		     "Without the daemon or the certificate every handshake "
		     "fails, and xprtsec=tls or mtls lets nobody in.",
	.remedy = "Install ktls-utils, name a certificate and its key in the "
		  "section authenticate.server of tlshd's configuration, and "
		  "enable tlshd.service.",
	.bad = "/srv/a 10.1.0.0/24(rw,xprtsec=mtls)\n# nfsd runs, tlshd does "
	       "not\n",
	.good = "/srv/a 10.1.0.0/24(rw,xprtsec=mtls)\n# nfsd and tlshd run\n",
	.references =
		(const char *const[]){
			"tlshd(8)", "tlshd.conf(5)",
			"RFC 9289: Towards Remote Procedure Call Encryption by "
			"Default",
			NULL },
	.check_table = check,
};
