#include "etab_drift.h"

static void check(struct rule_run *run)
{
	struct etab_drift found;

	if (!etab_drift_find(run, &found) || etab_drift_is_unapplied(run))
		return;
	for (size_t i = 0; i < found.drifts.list.count; i++) {
		const struct export_drift *drift = &found.drifts.list.items[i];
		struct str path = etab_drift_path(run, drift->path);
		struct finding *finding;

		if (drift->kind != DRIFT_EXTRA ||
		    etab_drift_lost(run, &found, drift))
			continue;
		finding = etab_drift_report(
			run, drift,
			"%.*s is exported to %.*s, which no file says: it was "
			"added by hand, or `exportfs -a` kept it when its line "
			"was deleted; the next `exportfs -r` or reboot takes "
			"it away",
			STR_ARG(path), STR_ARG(drift->client));
		finding->fix.description =
			"write it to /etc/exports, or `exportfs -u` it";
	}
}

const struct rule rule_runtime_only_export = {
	.slug = "runtime-only-export",
	.severity = SEVERITY_MEDIUM,
	.needs = NEEDS_LIVE,
	.traits = TRAIT_ALL,
	.summary = "an export that is in force but in no file",
	.rationale = "`exportfs -o` adds an export without a trace in the "
		     "files, and `exportfs -a` keeps one whose line is gone. "
		     "Nobody who reads them knows of it, and it ends "
		     "without a word at the next `exportfs -r`, restart or "
		     "boot.",
	.remedy = "Write the export to /etc/exports or a file of exports.d, "
		  "or take it back with `exportfs -u CLIENT:PATH`.",
	.bad = "/srv/data  10.1.0.0/16(rw)\n",
	.good = "/srv/data  10.1.0.0/16(rw)\n",
	.references = (const char *const[]){ "exportfs(8), DISCUSSION", NULL },
	.check_table = check,
};
