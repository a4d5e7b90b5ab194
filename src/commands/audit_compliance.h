/* The audit command and catalogues of requirements. */
#ifndef AUDIT_COMPLIANCE_H
#define AUDIT_COMPLIANCE_H

#include "audit_report.h"
#include "compliance.h"
#include "lint_run.h"

/* What prints a catalogue in the format of that renderer of reports, or NULL.
 */
typedef void compliance_renderer(FILE *out,
				 const struct compliance *compliance);
compliance_renderer *audit_compliance_renderer(audit_renderer *format);

/* Judges all findings of a run, those that the report hides as well. What
 * could not be read passes for nothing: files_read tells if all exports files
 * could be. name is an index into compliance_names. */
void audit_compliance_make(const struct lint_run *run,
			   const struct audit_report *report,
			   const struct finding_list *findings, int name,
			   bool files_read, struct compliance *compliance);

#endif
