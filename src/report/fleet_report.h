/* What the audit of other servers hands to the output formats. */
#ifndef FLEET_REPORT_H
#define FLEET_REPORT_H

#include "audit_report.h"
#include "server_survey.h"

struct fleet_server {
	size_t number; /* in the order of the operands */
	struct server_survey survey;
	struct lint_unit unit;
};

struct fleet_report {
	struct lint_report lint; /* its units are those of the servers */
	ARRAY(struct fleet_server *) servers;
};

typedef void fleet_renderer(FILE *out, const struct fleet_report *report);

fleet_renderer render_fleet_text, render_fleet_json;

#endif
