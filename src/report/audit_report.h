/* What the audit command hands to the output formats. */
#ifndef AUDIT_REPORT_H
#define AUDIT_REPORT_H

#include "lint_report.h"
#include "live_clients.h"

struct audit_report {
	struct lint_report lint; /* the findings, of one unit */
	const char *host;	 /* whose server it is */
	const struct live_state *live;
	const struct live_clients *clients;
	bool failing; /* a finding reaches the threshold */
};

/* The output formats. */
#define AUDIT_FORMATS(FORMAT)                                                  \
	FORMAT(text)                                                           \
	FORMAT(json) FORMAT(prometheus) FORMAT(nagios)

typedef void audit_renderer(FILE *out, const struct audit_report *report);

extern audit_renderer *const audit_renderers[];

/* The names for --format, in the same order; ends with NULL. */
extern const char *const audit_format_names[];

#define DECLARE(name) audit_renderer render_audit_##name;
AUDIT_FORMATS(DECLARE)
#undef DECLARE

/* How many clients are in a state. */
size_t audit_report_clients(const struct audit_report *report,
			    enum client_state state);

#endif
