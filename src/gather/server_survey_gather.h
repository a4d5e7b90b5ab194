/* From what a server answered to what rules judge. */
#ifndef SERVER_SURVEY_GATHER_H
#define SERVER_SURVEY_GATHER_H

#include "server_answer.h"
#include "server_survey.h"

/* Fills survey, but for its host and what a list of mounts would tell, from an
 * answer to a question for exports with a probe. What is kept is copied to
 * arena: little, however long the list was. */
void server_survey_gather(struct arena *arena,
			  const struct server_answer *answer,
			  struct server_survey *survey);

#endif
