/* For rules on what another server showed of itself. */
#ifndef REMOTE_RULES_H
#define REMOTE_RULES_H

#include "rule.h"
#include "server_survey.h"

/* The server that is judged; a rule that needs NEEDS_REMOTE has one. */
static inline const struct server_survey *
remote_survey(const struct rule_run *run)
{
	return run->local->survey;
}

/* Reports on the server as a whole. */
#define remote_report(run, ...)                                                \
	rule_report_local(run, 0, (struct span){ 0 }, __VA_ARGS__)

/* Reports on each export that has a name in the survey, and once on the rest.
 * format has a %s for "/a" or "7 more exports". Names end at the first NUL. */
void remote_report_each(struct rule_run *run,
			const struct survey_exports *exports,
			const char *format, const char *fix)
	__attribute__((format(printf, 3, 0)));

/* "/a, /b, /c and 7 more". Names end at the first NUL. */
const char *remote_exports_text(const struct rule_run *run,
				const struct survey_exports *exports);

#endif
