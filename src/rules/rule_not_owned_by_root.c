#include "path_rules.h"

/* Where programs and configuration of the system are. */
static bool is_system_directory(struct str path)
{
	static const char *const directories[] = { "/bin", "/boot", "/etc",
						   "/lib", "/opt",  "/sbin",
						   "/usr" };

	for (size_t i = 0; i < sizeof(directories) / sizeof(*directories); i++)
		if (str_is(path, directories[i]) ||
		    local_path_is_below(path, str_of(directories[i])))
			return true;
	return false;
}

static bool meets(struct rule_run *run, const struct export_entry *entry)
{
	const struct local_path *path = path_local(run, entry);

	return path && path->uid != 0 &&
	       is_system_directory(path_of(run, entry));
}

static void check_line(struct rule_run *run, const struct client_group *group)
{
	const struct export_entry *entry = group->entry;
	path_report(run, entry,
		    "%.*s belongs to uid %u, who can change what clients find "
		    "there",
		    STR_ARG(path_of(run, entry)),
		    (unsigned)path_local(run, entry)->uid);
}

static void check(struct rule_run *run)
{
	lines_each(run, meets, check_line);
}

const struct rule rule_not_owned_by_root = {
	.slug = "not-owned-by-root",
	.severity = SEVERITY_LOW,
	.needs = NEEDS_FILES,
	.traits = TRAIT_ALL,
	.summary = "an exported system directory that does not belong to root",
	.rationale =
		"Its owner can change what all clients run or read from it.",
	.remedy = "chown root:root the directory.",
	.bad = "/usr/local 10.1.0.0/24(ro)\n",
	.good = "/usr/local 10.1.0.0/24(ro)\n",
	.references = (const char *const[]){ "STIG GEN005800",
					     "CWE-732: Incorrect Permission "
					     "Assignment for Critical Resource",
					     NULL },
	.check_table = check,
};
