#include "server_rules.h"

static void check(struct rule_run *run)
{
	const struct guarded_files *files = &run->local->server->exports;

	for (size_t i = 0; i < files->list.count; i++) {
		const struct guarded_file *file = &files->list.items[i];
		const char *writer = guarded_file_writer(run, file);
		struct finding *finding;

		if (!writer)
			continue;
		finding = rule_report_local(
			run, file->source, (struct span){ 0 },
			"%s may write to %s, and export any directory to any "
			"host that way",
			writer, run->local->sources.items[file->source].name);
		finding->fix.description = file->is_folder
						   ? "chmod go-w, to mode 0755"
						   : "chmod go-w, to mode 0644";
	}
}

const struct rule rule_exports_file_writable = {
	.slug = "exports-file-writable",
	.severity = SEVERITY_CRITICAL,
	.needs = NEEDS_FILES,
	.traits = TRAIT_ALL,
	.summary = "others than root may change what is exported",
	.rationale = "Who can write to /etc/exports, or to a folder that it "
		     "is found through, exports the whole file system to "
		     "himself, with root's rights. A new file in exports.d is "
		     "enough.",
	.remedy = "Give the files mode 0644, their folders 0755, and take "
		  "write permission from access control lists.",
	.bad = "-rw-rw-rw- 1 root root /etc/exports\n",
	.good = "-rw-r--r-- 1 root root /etc/exports\n",
	.references =
		(const char *const[]){ "exports(5)", "STIG GEN005760 (V-929)",
				       "KISA U-69", "CWE-732", NULL },
	.check_table = check,
};
