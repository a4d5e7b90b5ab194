/* What a rule has to say about a place in somebody's exports files. */
#ifndef FINDING_H
#define FINDING_H

#include "export_table.h"
#include "text_edit.h"

enum severity {
	SEVERITY_INFO,
	SEVERITY_LOW,
	SEVERITY_MEDIUM,
	SEVERITY_HIGH,
	SEVERITY_CRITICAL,
	SEVERITIES,
};

/* "info", "low", …; ends with NULL. */
extern const char *const severity_names[];

/* A document is numbered as in the table; behind these come the sources of the
 * local state (rule_source()). */

/* Another place that the finding is about. */
struct finding_place {
	uint32_t document;
	struct span span;
	const char *message;
};

/* What repairs a finding. It is safe if etab stays the same byte for byte and
 * no entry's state changes. */
struct finding_fix {
	const char *description; /* "delete `no_root_squash`"; NULL: none */
	bool safe;
	ARRAY(struct text_edit)
	edits; /* in the finding's document, in the
		  order of the text; none: the fix
		  can't be made without knowing more */
};

/* Why a finding does not count. */
struct finding_suppression {
	const char *by;	    /* "comment", "waiver NAME", "baseline" */
	const char *reason; /* NULL: none was given */
};

struct finding {
	const struct rule *rule;
	enum severity severity;
	uint32_t document;
	struct span span;
	struct span client_span; /* the host that it is about, underlined as
				    well; empty if there is none */
	const char *message;	 /* one sentence without a full stop; may hold
				    bytes of the file: print it escaped */
	struct str path, client; /* empty where it is about neither */
	ARRAY(struct finding_place) related;
	struct finding_fix fix;
	uint64_t fingerprint; /* 0 until fingerprints_assign() */
	const struct finding_suppression *suppressed; /* NULL: it counts */
};

struct finding_list {
	ARRAY(struct finding) list;
};

#endif
