#include "audit_report.h"

#define RENDERER(name) render_audit_##name,
audit_renderer *const audit_renderers[] = { AUDIT_FORMATS(RENDERER) };

#define NAME(name) #name,
const char *const audit_format_names[] = { AUDIT_FORMATS(NAME) NULL };

size_t audit_report_clients(const struct audit_report *report,
			    enum client_state state)
{
	size_t count = 0;

	for (size_t i = 0; i < report->clients->list.count; i++)
		count += report->clients->list.items[i].state == state;
	return count;
}

void audit_report_verdict(const struct audit_report *report, struct strbuf *out)
{
	const struct target *target = &report->lint.target;
	char nfs_utils[VERSION_TEXT], kernel[VERSION_TEXT];

	strbuf_printf(out, "nfs-utils %s and kernel %s: ",
		      version_text(target->nfs_utils, nfs_utils),
		      version_text(target->kernel, kernel));
	lint_report_summary(&report->lint, out);
}

void audit_report_nfs4(const struct nfsd_client *nfs4, struct strbuf *out)
{
	const char *separator = "; holds ";

	strbuf_printf(out, "NFSv4.%u, %s, as %.*s", nfs4->minor,
		      nfsd_client_state(nfs4), STR_ARG(nfs4->name));
	for (int i = 0; nfs4->has_states && i < NFSD_STATE_KINDS; i++) {
		if (!nfs4->states[i])
			continue;
		strbuf_printf(out, "%s%u %s%s", separator, nfs4->states[i],
			      nfsd_state_name((enum nfsd_state_kind)i),
			      nfs4->states[i] == 1 ? "" : "s");
		separator = ", ";
	}
}
