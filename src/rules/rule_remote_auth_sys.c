#include "remote_rules.h"

static void check(struct rule_run *run)
{
	const struct server_survey *survey = remote_survey(run);
	struct finding *finding;

	if (!survey->with_sys.count)
		return;
	finding = remote_report(
		run,
		"of who uses %s the server knows only what the client's host "
		"says, sec=sys",
		remote_exports_text(run, &survey->with_sys));
	finding->fix.description = "export it with sec=krb5p, or at least krb5";
}

const struct rule rule_remote_auth_sys = {
	.slug = "remote-auth-sys",
	.severity = SEVERITY_INFO,
	.needs = NEEDS_REMOTE,
	.traits = TRAIT_ALL,
	.summary = "another server accepts AUTH_SYS",
	.rationale = "With AUTH_SYS a request says as which user it comes, and "
		     "nothing proves it: whoever is root on a client, or sends "
		     "packets as one, is whom he likes.",
	.remedy = "Use Kerberos where the clients are not all under the same "
		  "control as the server.",
	.bad = "/srv sec=sys\n",
	.good = "/srv sec=krb5p\n",
	.references = (const char *const[]){ "RFC 5531, appendix A",
					     "exports(5), sec=", NULL },
	.check_table = check,
};
