#include "remote_rules.h"

static void check(struct rule_run *run)
{
	const struct server_survey *survey = remote_survey(run);
	struct finding *finding;

	if (survey->tls != SURVEY_TLS_OFFERED || !survey->reached.count)
		return;
	finding = remote_report(
		run, "RPC-with-TLS is offered, but %s can be had without",
		remote_exports_text(run, &survey->reached));
	finding->fix.description = "once tlshd has a certificate, export it "
				   "with xprtsec=tls or xprtsec=mtls";
}

const struct rule rule_remote_tls_optional = {
	.slug = "remote-tls-optional",
	.severity = SEVERITY_LOW,
	.needs = NEEDS_REMOTE,
	.traits = TRAIT_ALL,
	.summary =
		"another server offers RPC-with-TLS and does not insist on it",
	.rationale =
		"Who is between client and server can take the offer away, "
		"and the client goes on in clear text unless it was told to "
		"insist. Linux makes the offer from 6.4 on, also where no "
		"tlshd runs that could keep it.",
	.remedy = "See that tlshd runs and has a certificate, then export with "
		  "xprtsec=tls, or mtls where clients have certificates, and "
		  "mount with the same option.",
	.bad = "STARTTLS, /srv reached without\n",
	.good = "STARTTLS, /srv refused without\n",
	.references = (const char *const[]){ "RFC 9289, section 4.1",
					     "exports(5), xprtsec=", NULL },
	.check_table = check,
};
