#include "server_rules.h"

static void check(struct rule_run *run)
{
	const struct local_server *server = run->local->server;

	for (size_t i = 0; i < server->exports_d.count; i++) {
		const struct stray_file *stray = &server->exports_d.items[i];

		if (stray->kind == STRAY_LEFTOVER)
			rule_report_local(
				run, stray->source, (struct span){ 0 },
				"%s is an old copy that exportfs "
				"does not read",
				run->local->sources.items[stray->source].name);
	}
}

const struct rule rule_exports_d_leftover = {
	.slug = "exports-d-leftover",
	.severity = SEVERITY_INFO,
	.needs = NEEDS_FILES,
	.traits = TRAIT_ALL,
	.summary = "a copy in /etc/exports.d that an editor or package manager "
		   "left",
	.rationale = "exportfs passes over it, but people who look for an "
		     "export find it there and believe it.",
	.remedy = "Delete the copy once nobody needs it.",
	.bad = "/etc/exports.d/data.exports.rpmsave\n",
	.good = "/etc/exports.d/data.exports\n",
	.references = (const char *const[]){ "exports(5), Extra Export Tables",
					     NULL },
	.check_table = check,
};
