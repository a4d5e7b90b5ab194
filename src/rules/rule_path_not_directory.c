#include "path_rules.h"

static bool meets(struct rule_run *run, const struct export_entry *entry)
{
	uint8_t kind =
		(uint8_t)run->table->input.paths[entry->written_path].kind;

	return kind == PATH_FILE || kind == PATH_OTHER;
}

static void check_line(struct rule_run *run, const struct client_group *group)
{
	const struct export_entry *entry = group->entry;
	bool file =
		run->table->input.paths[entry->written_path].kind == PATH_FILE;

	path_report(run, entry, "%.*s is %s, which %s",
		    STR_ARG(export_entry_path(run->arena, run->table, entry)),
		    file ? "a file" : "neither a directory nor a file",
		    file ? "only NFSv3 can mount" : "nobody can mount");
}

static void check(struct rule_run *run)
{
	lines_each(run, meets, check_line);
}

const struct rule rule_path_not_directory = {
	.slug = "path-not-directory",
	.severity = SEVERITY_HIGH,
	.needs = NEEDS_FILES,
	.traits = TRAIT_ALL,
	.summary = "an exported path that is not a directory",
	.rationale =
		"The NFSv4 file system consists of directories, and mountd "
		"refuses to mount a device, FIFO or socket. A regular file "
		"can be mounted by NFSv3 alone.",
	.remedy = "Export the directory that holds it.",
	.bad = "/srv/data.img 10.1.0.0/24(rw)\n",
	.good = "/srv/images 10.1.0.0/24(rw)\n",
	.references = (const char *const[]){ "exports(5), DESCRIPTION",
					     "mountd(8)", NULL },
	.check_table = check,
};
