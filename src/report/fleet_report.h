/* What the audit of other servers hands to the output formats. */
#ifndef FLEET_REPORT_H
#define FLEET_REPORT_H

#include "audit_report.h"
#include "nagios_status.h"
#include "remote_exposure.h"
#include "server_lists.h"
#include "server_survey.h"

struct fleet_server {
	size_t number; /* in the order of the operands */
	struct server_survey survey;
	struct server_lists lists; /* only where a state is kept */
	struct lint_unit unit;
	struct remote_exposure exposure;
};

struct fleet_report {
	struct lint_report lint; /* its units are those of the servers */
	ARRAY(struct fleet_server *) servers;
	size_t answered;     /* servers that told all that they were asked */
	enum severity least; /* lower ones are hidden, and not counted */
	bool failing;	     /* a finding reaches the threshold */
	bool undone; /* nobody answered, not all could be asked at all, or the
			state could not be used */
};

typedef void fleet_renderer(FILE *out, const struct fleet_report *report);

/* In the order of audit_format_names. */
extern fleet_renderer *const fleet_renderers[];

#define DECLARE(name) fleet_renderer render_fleet_##name;
AUDIT_FORMATS(DECLARE)
#undef DECLARE

/* Appends "3 NFS servers were asked, 2 answered". */
void fleet_report_head(const struct fleet_report *report, struct strbuf *out);

/* How many servers a rule finds something at, and how bad it is there. */
struct fleet_rule {
	size_t servers;
	const struct fleet_server *last; /* of these */
	enum severity worst;
};

/* One for each of rule_catalog, in the arena of the report. */
struct fleet_rule *fleet_report_rules(const struct fleet_report *report);

/* Why there is no full answer: "unreachable: no sign of life", in the arena. */
const char *fleet_server_problem(struct arena *arena,
				 const struct fleet_server *server);

/* The findings of a server, by severity. */
void fleet_server_counts(const struct fleet_server *server,
			 size_t counts[SEVERITIES]);

/* The most exposed server, the first of equal ones; NULL if none has a
 * number. */
const struct fleet_server *
fleet_report_most_exposed(const struct fleet_report *report);

/* Findings count as everywhere; a server without a full answer is a warning. */
enum nagios_status fleet_report_nagios(const struct fleet_report *report);

#endif
