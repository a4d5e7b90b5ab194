/* What the configuration says about lint: exportctl.conf, see the manual. */
#ifndef LINT_SETTINGS_H
#define LINT_SETTINGS_H

#include "address_set.h"
#include "command.h"
#include "root.h"
#include "rule_profiles.h"
#include "suppressions.h"

struct lint_settings {
	struct source source; /* the file; name NULL: there is none */
	const struct rule_profile *profile;
	int fail_on;	    /* a severity, SEVERITIES: never, -1: not said */
	const char *target; /* NULL: not said; target_parse() accepts it */
	struct option_list severities; /* RULE=LEVEL */
	struct address_set *trusted;   /* networks; NULL: not said */
	ARRAY(struct waiver) waivers;
};

/* Reads /etc/exportctl.conf below the root, which may be missing, or the file
 * at path if that is not NULL. Tells on stderr what is wrong, and returns
 * false, if anything is. All lives in context->arena. */
bool lint_settings_read(const struct command_context *context,
			const struct root *root, const char *path,
			struct lint_settings *settings)
	__attribute__((warn_unused_result));

#endif
