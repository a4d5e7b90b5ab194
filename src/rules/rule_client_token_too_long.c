#include "client_rules.h"

/* The longest client name that the MOUNT protocol tells (RFC 1813, MNTNAMLEN).
 */
enum { MOUNT_NAME_MAX = 255 };

static void check(struct rule_run *run, const struct export_entry *entry)
{
	size_t length = rule_client(run, entry)->name.length;

	if (length > MOUNT_NAME_MAX)
		rule_report(
			run, entry, client_host_span(run, entry),
			"`showmount -e` of this server fails for everybody, "
			"since the name of this client has %zu bytes and "
			"the protocol has room for %d",
			length, MOUNT_NAME_MAX)
			->severity = SEVERITY_MEDIUM;
}

const struct rule rule_client_token_too_long = {
	.slug = "client-token-too-long",
	.severity = SEVERITY_HIGH,
	.traits = TRAIT_ALL,
	.summary = "a client with its options, or a list of defaults, longer "
		   "than 511 bytes, or a name longer than 255",
	.rationale =
		"exportfs reads at most 511 bytes of one word. At a longer one "
		"it stops with a syntax error that names \"command line\" "
		"instead of the file, and withdraws what stands behind it. A "
		"name of more than 255 bytes is exported, but the list of "
		"exports can then not be told to clients.",
	.remedy = "Shorten the list, or move options that all clients share "
		  "into a list of defaults before them.",
	.bad = "/srv/data "
	       "10.1.0.0/24(ro,mountpoint=/srv/"
	       "ddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd"
	       "ddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd"
	       "ddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd"
	       "ddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd"
	       "ddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd"
	       "ddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd"
	       "ddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd"
	       "ddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd)\n",
	.good = "/srv/data 10.1.0.0/24(ro,mountpoint=/srv/data)\n",
	.references = (const char *const[]){ "exports(5), DESCRIPTION", NULL },
	.problems = (const enum export_problem[]){ PROBLEM_CLIENT_TOO_LONG,
						   PROBLEM_DEFAULTS_TOO_LONG,
						   PROBLEM_NONE },
	.check_entry = check,
};
