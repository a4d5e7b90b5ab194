#include "remote_rules.h"

static void check(struct rule_run *run)
{
	const struct server_survey *survey = remote_survey(run);

	if (survey->tls == SURVEY_TLS_NONE)
		remote_report(run,
			      "the server does not offer RPC-with-TLS, so what "
			      "is not protected by Kerberos is readable on its "
			      "way");
}

const struct rule rule_remote_no_tls = {
	.slug = "remote-no-tls",
	.severity = SEVERITY_INFO,
	.needs = NEEDS_REMOTE,
	.traits = TRAIT_ALL,
	.summary = "another server does not offer RPC-with-TLS",
	.rationale =
		"Without TLS and without krb5p, names and contents of files "
		"travel in clear text.",
	.remedy =
		"Servers with Linux 6.4 or later and ktls-utils can offer it; "
		"see xprtsec in exports(5).",
	.bad = "AUTH_TLS refused\n",
	.good = "STARTTLS\n",
	.references = (const char *const[]){ "RFC 9289, section 4.1",
					     "exports(5), xprtsec=", NULL },
	.check_table = check,
};
