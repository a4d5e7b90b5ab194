/* What the audit tells of its earlier runs. */
#ifndef AUDIT_CHANGES_REPORT_H
#define AUDIT_CHANGES_REPORT_H

#include <stdio.h>

#include "audit_changes.h"

struct audit_server_changes {
	const char *host;
	const struct audit_changes *changes;
	bool first; /* there was no run before: all is new, and only findings
		       are told; of another server also that it gives no full
		       answer */
};

struct audit_changes_report {
	bool fleet; /* of other servers; else of one, this one */
	const struct audit_server_changes *servers;
	size_t count;
	size_t asked; /* how many there are in all, those without changes, too
		       */
	bool color;
};

/* Is there something to tell of a server? */
bool audit_server_changes_any(const struct audit_server_changes *server,
			      bool fleet);

/* Is that kind of change told of it? */
bool audit_server_changes_tell(const struct audit_server_changes *server,
			       bool fleet, enum audit_kind kind);

/* Is it the first run of all of them? */
bool audit_changes_report_first(const struct audit_changes_report *report);

/* What is new, fixed or different; in lines of 78 columns. */
void render_changes_text(FILE *out, const struct audit_changes_report *report);

/* exportctl-audit-changes/1 */
void render_changes_json(FILE *out, const struct audit_changes_report *report);

struct audit_history_report {
	const char *host; /* NULL: other servers, whose number is told */
	const struct audit_run *runs;
	size_t count;
	bool color;
};

/* A line for each run. */
void render_history_text(FILE *out, const struct audit_history_report *report);

/* exportctl-audit-history/1 */
void render_history_json(FILE *out, const struct audit_history_report *report);

/* "2027-01-31T04:30:00Z" */
enum { AUDIT_TIME_TEXT = 32 };
const char *audit_time_text(int64_t seconds, char text[AUDIT_TIME_TEXT]);

#endif
