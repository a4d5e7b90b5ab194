/* What one run of the audit saw, to be compared with what earlier ones saw. */
#ifndef AUDIT_FACTS_H
#define AUDIT_FACTS_H

#include <stdint.h>

#include "array.h"
#include "str.h"

enum audit_kind {
	AUDIT_FINDING,	 /* that is not suppressed */
	AUDIT_EXPORT,	 /* that is loaded, as exportfs makes it */
	AUDIT_LISTED,	 /* export, as another server lists it */
	AUDIT_CLIENT,	 /* of the running server */
	AUDIT_UNCHECKED, /* what could not be looked at */
	AUDIT_KINDS,
};

enum { AUDIT_COLUMNS = 5 };

/* The columns of a kind, by their names in the state. Facts are the same if
 * their first `keys` columns are; one whose next `values` columns are others
 * has changed, the rest is only noted. */
struct audit_kind_row {
	const char *table;
	unsigned columns, keys, values;
	const char *names[AUDIT_COLUMNS];
};

enum {
	FINDING_FINGERPRINT,
	FINDING_SEVERITY,
	FINDING_RULE,
	FINDING_PLACE,
	FINDING_MESSAGE
};
enum { EXPORT_PATH, EXPORT_CLIENT, EXPORT_OPTIONS_TEXT };
enum { LISTED_PATH, LISTED_CLIENTS }; /* with commas between them */
enum { CLIENT_NAME };
enum { UNCHECKED_WHAT, UNCHECKED_WHY };

extern const struct audit_kind_row audit_kinds[AUDIT_KINDS];

/* What is unchecked at a server without a full answer. */
#define AUDIT_WHOLE_SERVER "the server"

struct audit_fact {
	struct str text[AUDIT_COLUMNS];
	int64_t row;   /* in the state; 0: not there */
	int64_t since; /* the run that saw it first */
};

/* One run, without what it saw, or several of one sweep. */
enum { AUDIT_SEVERITIES = 5, AUDIT_NO_EXPOSURE = -1 };
struct audit_run {
	int64_t id;
	int64_t time;			   /* seconds since 1970 */
	uint32_t counts[AUDIT_SEVERITIES]; /* findings, as enum severity */
	uint32_t exports, clients;
	uint32_t appeared, vanished; /* findings, since the run before */
	uint32_t servers, answered;  /* that it was about */
	int32_t exposure; /* in tenths, of the most exposed server of a sweep;
			     AUDIT_NO_EXPOSURE: not known */
};

struct audit_facts {
	ARRAY(struct audit_fact) list[AUDIT_KINDS];
};

#endif
