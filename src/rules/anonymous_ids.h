/* Who squashed users become. */
#ifndef ANONYMOUS_IDS_H
#define ANONYMOUS_IDS_H

#include "option_lists.h"

enum squashed {
	SQUASHED_NOBODY,
	SQUASHED_ROOT,
	SQUASHED_USERS,
};

/* Whom a policy squashes, under the flavor that squashes most. */
enum squashed squashed_users(const struct export_policy *policy);

/* "every user" or "root", to begin a sentence with. */
const char *squashed_text(enum squashed squashed);

/* Does a written id not fit the 32 bits that it is cut to, or is it -1? Then
 * another rule says what becomes of it. */
bool anonymous_id_overflows(const struct export_table *table, uint32_t policy,
			    enum export_option_id id);

/* The id of OPTION_ANONUID or OPTION_ANONGID as the kernel takes it. */
uint32_t anonymous_id(const struct export_policy *policy,
		      enum export_option_id id);

/* "uid 33", "gid 33" or "uid 33 and gid 33" for the ids that are chosen; the
 * place is that of the first of them. NULL if neither is. */
const char *anonymous_ids_text(struct rule_run *run,
			       const struct export_entry *entry,
			       bool (*chosen)(uint32_t number),
			       struct span *place);

/* Reports a group whose ids are chosen and not too large for 32 bits: squashed
 * users "become" them. Gives the finding, or NULL. */
struct finding *anonymous_ids_report(struct rule_run *run,
				     const struct client_group *group,
				     bool (*chosen)(uint32_t number));

/* Reports a group whose squashed users, if they are these, become root or get
 * its group. */
void anonymous_ids_report_root(struct rule_run *run,
			       const struct client_group *group,
			       enum squashed users);

#endif
