/* What an audit saw, in the form in which it is kept between runs. */
#ifndef AUDIT_SIGHTING_H
#define AUDIT_SIGHTING_H

#include "audit_changes.h"
#include "audit_report.h"
#include "fleet_report.h"

struct audit_sighting {
	struct audit_sight sight; /* for audit_changes_find() */
	struct audit_facts facts;
	struct audit_run run;
	bool whole;    /* all exports files could be read; another server told
			  all that it was asked */
	bool resolved; /* name services were asked */
	enum severity least;
	bool has_list, has_clients; /* of another server */
};

/* Takes all from the report, which must outlive it; now is for the run. */
void audit_sighting_make(struct arena *arena, const struct audit_report *report,
			 bool whole, bool resolved, int64_t now,
			 struct audit_sighting *sighting);

/* The same from what another server showed; least is that of the audit. */
void audit_sighting_make_remote(struct arena *arena,
				const struct lint_report *report,
				const struct fleet_server *server,
				enum severity least, int64_t now,
				struct audit_sighting *sighting);

/* The severity that a finding has in the state. */
enum severity audit_fact_severity(const struct audit_fact *finding);

/* What is new since the last run: has it a finding of that severity or a
 * higher one? A finding that got worse is new. */
bool audit_changes_reach(const struct audit_changes *changes, int severity);

#endif
