#include "server_rules.h"

static const char *const reasons[] = {
	[STRAY_NAME] = "its name does not end in .exports, or begins with a "
		       "dot",
	[STRAY_FOLDER] = "it is a directory",
	[STRAY_SPECIAL] = "it is not a regular file",
};

static void check(struct rule_run *run)
{
	const struct local_server *server = run->local->server;

	for (size_t i = 0; i < server->exports_d.count; i++) {
		const struct stray_file *stray = &server->exports_d.items[i];
		struct finding *finding;

		if (stray->kind == STRAY_LEFTOVER || !stray->has_exports)
			continue;
		finding = rule_report_local(
			run, stray->source, (struct span){ 0 },
			"exportfs does not read %s: %s",
			run->local->sources.items[stray->source].name,
			reasons[stray->kind]);
		if (stray->kind == STRAY_NAME)
			finding->fix.description = "rename it, if it is meant "
						   "to be read";
	}
}

const struct rule rule_exports_d_ignored_file = {
	.slug = "exports-d-ignored-file",
	.severity = SEVERITY_MEDIUM,
	.needs = NEEDS_FILES,
	.traits = TRAIT_ALL,
	.summary = "a file with exports in /etc/exports.d that is not read",
	.rationale = "Of /etc/exports.d exportfs reads the regular files whose "
		     "names end in .exports and do not begin with a dot. It "
		     "passes over everything else without a message.",
	.remedy = "Give the file a name that ends in .exports, or move it out "
		  "of the folder.",
	.bad = "/etc/exports.d/data.conf\n",
	.good = "/etc/exports.d/data.exports\n",
	.references = (const char *const[]){ "exports(5), Extra Export Tables",
					     NULL },
	.check_table = check,
};
