#include "server_rules.h"

static void check(struct rule_run *run)
{
	const struct guarded_files *files = &run->local->server->exports;

	for (size_t i = 0; i < files->list.count; i++) {
		const struct guarded_file *file = &files->list.items[i];
		const char *owner = guarded_file_owner(run, file);
		struct finding *finding;

		if (!owner)
			continue;
		finding = rule_report_local(
			run, file->source, (struct span){ 0 },
			"%s belongs to %s, who may change what is exported",
			run->local->sources.items[file->source].name, owner);
		finding->fix.description = "chown root:root";
	}
}

const struct rule rule_exports_file_owner = {
	.slug = "exports-file-owner",
	.severity = SEVERITY_HIGH,
	.needs = NEEDS_FILES,
	.traits = TRAIT_ALL,
	.summary = "a file that decides the exports does not belong to root",
	.rationale = "The owner of a file may change it whatever its mode is. "
		     "Whoever can change /etc/exports, or a folder that it is "
		     "found through, can export the whole file system to "
		     "himself.",
	.remedy = "Give the files and folders to root.",
	.bad = "-rw-r--r-- 1 backup root /etc/exports\n",
	.good = "-rw-r--r-- 1 root root /etc/exports\n",
	.references = (const char *const[]){ "STIG GEN005740 (V-928)",
					     "KISA U-69", "CWE-732", NULL },
	.check_table = check,
};
