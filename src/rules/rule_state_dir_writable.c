#include "server_rules.h"

static void check(struct rule_run *run)
{
	const struct guarded_files *files = &run->local->server->state;

	for (size_t i = 0; i < files->list.count; i++) {
		const struct guarded_file *file = &files->list.items[i];
		const char *writer = guarded_file_writer(run, file);
		struct finding *finding;

		if (!writer)
			continue;
		finding = rule_report_local(
			run, file->source, (struct span){ 0 },
			"%s may write to %s, and make mountd believe that "
			"anything is exported to anybody",
			writer, run->local->sources.items[file->source].name);
		finding->fix.description = "chmod go-w";
	}
}

const struct rule rule_state_dir_writable = {
	.slug = "state-dir-writable",
	.severity = SEVERITY_CRITICAL,
	.needs = NEEDS_FILES,
	.traits = TRAIT_ALL,
	.summary = "others than root may write to the state of the server",
	.rationale = "mountd takes what each client may do from the file etab "
		     "in /var/lib/nfs, and believes what stands there. Who "
		     "can write to it, or replace it, exports whatever he "
		     "likes.",
	.remedy = "Take write permission on the folder, etab and rmtab from "
		  "group and others.",
	.bad = "drwxrwxrwx 5 root root /var/lib/nfs\n",
	.good = "drwxr-xr-x 5 root root /var/lib/nfs\n",
	.references =
		(const char *const[]){ "exportfs(8), FILES", "CWE-732", NULL },
	.check_table = check,
};
