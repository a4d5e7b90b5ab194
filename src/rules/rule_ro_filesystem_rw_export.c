#include "flavor_sets.h"
#include "path_rules.h"

static bool meets(struct rule_run *run, const struct export_entry *entry)
{
	const struct mountinfo_mount *mount = path_mount(run, entry);

	return mount && any_writes(rule_policy(run, entry)) &&
	       (mountinfo_has_option(mount->options, "ro") ||
		mountinfo_has_option(mount->super_options, "ro"));
}

static void check_line(struct rule_run *run, const struct client_group *group)
{
	const struct export_entry *entry = group->entry;
	rule_report(run, entry,
		    export_entry_option_span(run->arena, run->table, entry,
					     OPTION_READ_ONLY),
		    "nobody can write to %.*s, because %.*s is mounted "
		    "read-only",
		    STR_ARG(path_of(run, entry)),
		    STR_ARG(path_mount(run, entry)->point));
}

static void check(struct rule_run *run)
{
	lines_each(run, meets, check_line);
}

const struct rule rule_ro_filesystem_rw_export = {
	.slug = "ro-filesystem-rw-export",
	.severity = SEVERITY_INFO,
	.needs = NEEDS_FILES,
	.traits = TRAIT_ALL,
	.summary = "rw for a file system that is mounted read-only",
	.rationale = "Clients that are told rw get an error when they write.",
	.remedy = "Mount the file system read-write, or write ro.",
	.bad = "/srv/cdrom 10.1.0.0/24(rw)\n",
	.good = "/srv/cdrom 10.1.0.0/24(ro)\n",
	.references = (const char *const[]){ "exports(5), rw", NULL },
	.check_table = check,
};
