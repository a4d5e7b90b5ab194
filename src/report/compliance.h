/* How a server stands to a catalogue of security requirements, as far as the
 * references of the rules name ids of it: "STIG GEN005880". */
#ifndef COMPLIANCE_H
#define COMPLIANCE_H

#include "lint_report.h"

enum compliance_result {
	COMPLIANCE_PASS,
	COMPLIANCE_WAIVED, /* all that was found is suppressed */
	COMPLIANCE_UNCHECKED,
	COMPLIANCE_FAIL,
	COMPLIANCE_RESULTS,
};

/* "pass", "waived", "not-checked", "fail" */
const char *compliance_result_name(enum compliance_result result);

/* "stig", "cis", "ssg", "kisa"; ends with NULL. */
extern const char *const compliance_names[];

/* One requirement. */
struct compliance_id {
	struct str name; /* "GEN005880" */
	ARRAY(const struct rule *) rules;
	ARRAY(uint32_t) findings;   /* of these rules, as indexes into all */
	struct id_table by_subject; /* these, by path and client; those that are
				       about all clients of a path, by that */
	bool of_exports; /* each export is judged; otherwise the server is */
	enum compliance_result result;
};

struct compliance {
	struct arena *arena;
	const char *host;
	const char *name; /* one of compliance_names */
	bool failing;	  /* a requirement is */
	const struct lint_unit *unit;
	struct finding_list findings;	 /* all, also those that are hidden */
	ARRAY(struct compliance_id) ids; /* in the order of their names */
};

/* What is known about one export, or about the server. */
struct compliance_row {
	enum compliance_result result;
	const struct rule *rule; /* that found something, or NULL */
	struct str path, client; /* empty: the server */
	const char *file;	 /* NULL: none */
	unsigned line;		 /* 0: none */
	struct str evidence;	 /* what was found, or the options in etab */
};

/* Judges the findings. ran tells for each rule of the catalogue if it could
 * have found anything. What compliance holds besides ids is to be filled. */
void compliance_judge(struct compliance *compliance, int name, const bool *ran);

/* Calls write for each export, or once for the server. */
void compliance_each(const struct compliance *compliance,
		     const struct compliance_id *id, void *context,
		     void (*write)(void *context,
				   const struct compliance_row *row));

/* For people, as RFC 4180, as exportctl-audit-compliance/1. */
void render_compliance_text(FILE *out, const struct compliance *compliance);
void render_compliance_csv(FILE *out, const struct compliance *compliance);
void render_compliance_json(FILE *out, const struct compliance *compliance);

#endif
