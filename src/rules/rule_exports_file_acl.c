#include "server_rules.h"

static void check(struct rule_run *run)
{
	const struct guarded_files *files = &run->local->server->exports;

	for (size_t i = 0; i < files->list.count; i++) {
		const struct guarded_file *file = &files->list.items[i];
		struct finding *finding;

		/* Of a list that lets somebody write another rule speaks. */
		if (file->is_parent || !file->has_list || file->list_writer)
			continue;
		finding = rule_report_local(
			run, file->source, (struct span){ 0 },
			"%s has an access control list, which its mode does "
			"not show",
			run->local->sources.items[file->source].name);
		finding->fix.description = "setfacl -b";
	}
}

const struct rule rule_exports_file_acl = {
	.slug = "exports-file-acl",
	.severity = SEVERITY_LOW,
	.needs = NEEDS_FILES,
	.traits = TRAIT_ALL,
	.summary = "a file that decides the exports has an access control list",
	.rationale = "ls -l shows only a plus sign of a list that gives "
		     "others than the owner and the group rights to a file, "
		     "so that it is easily forgotten when one of them is "
		     "widened.",
	.remedy = "Remove the list with setfacl -b, and let the mode say who "
		  "may read the file.",
	.bad = "-rw-r--r--+ 1 root root /etc/exports\n",
	.good = "-rw-r--r-- 1 root root /etc/exports\n",
	.references = (const char *const[]){ "acl(5)",
					     "STIG GEN005770 (V-22493)", NULL },
	.check_table = check,
};
