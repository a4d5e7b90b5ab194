#include "flavor_sets.h"

static const struct {
	const char *path;
	bool below;	 /* what lies below it counts as well */
	bool if_written; /* only where somebody may write */
	bool if_sys;	 /* only with sec=sys, and one level less severe */
	const char *holds;
} places[] = {
	{ "/etc", true, false, false, "keys and configuration of the server" },
	{ "/root", true, false, false, "the files of root" },
	{ "/boot", true, false, false, "kernels and boot configuration" },
	{ "/dev", true, false, false, "device nodes" },
	{ "/proc", true, false, false, "the state of processes" },
	{ "/sys", true, false, false, "the state of the kernel" },
	{ "/run", false, false, false, "the sockets and state of services" },
	{ "/var", false, false, false, "the data and logs of services" },
	{ "/var/lib", false, false, false, "the data of services" },
	{ "/var/log", false, false, false, "logs" },
	{ "/var/spool", false, false, false, "jobs that services will run" },
	{ "/var/lib/nfs", true, false, false, "the state of the NFS server" },
	{ "/bin", true, true, false, "programs" },
	{ "/sbin", true, true, false, "programs" },
	{ "/lib", true, true, false, "libraries" },
	{ "/usr", false, true, false, "programs and libraries" },
	{ "/usr/bin", true, true, false, "programs" },
	{ "/usr/sbin", true, true, false, "programs" },
	{ "/usr/lib", true, true, false, "libraries" },
	{ "/home", false, true, true, "the files of all users" },
};

enum { PLACES = sizeof(places) / sizeof(*places) };

static bool lies_in(struct str path, size_t place)
{
	struct str directory = str_of(places[place].path);

	if (!str_starts(path, directory))
		return false;
	path = str_skip(path, directory.length);
	return !path.length || (places[place].below && path.data[0] == '/');
}

/* The place that an entry exports, or PLACES. */
static size_t place_of(const struct rule_run *run,
		       const struct export_entry *entry)
{
	const struct export_policy *policy = rule_policy(run, entry);
	struct str path = export_table_path(run->table, entry->path);
	size_t i = 0;

	while (i < PLACES &&
	       (!lies_in(path, i) ||
		(places[i].if_written && !any_writes(policy)) ||
		(places[i].if_sys && !(flavor_set_of(policy) & FLAVOR_SYS))))
		i++;
	return i;
}

static bool is_sensitive(struct rule_run *run, const struct export_entry *entry)
{
	return place_of(run, entry) < PLACES;
}

static void check_line(struct rule_run *run, const struct client_group *group)
{
	const struct export_entry *entry = group->entry;
	size_t place = place_of(run, entry);
	struct finding *finding = rule_report(
		run, entry, export_entry_span(run->table, entry),
		"%s may %s %.*s, which holds %s", client_group_text(run, group),
		any_writes(rule_policy(run, entry)) ? "read and write" : "read",
		STR_ARG(export_entry_path(run->arena, run->table, entry)),
		places[place].holds);

	finding->fix.description = "move what clients need to a directory of "
				   "its own";
	if (!places[place].if_sys)
		return;
	rule_lower(finding, 1);
	finding->fix.description = "write `sec=krb5p`";
}

static void check(struct rule_run *run)
{
	lines_each(run, is_sensitive, check_line);
}

const struct rule rule_export_sensitive_path = {
	.slug = "export-sensitive-path",
	.severity = SEVERITY_HIGH,
	.summary = "a directory of the system is exported",
	.rationale = "Directories such as /etc, /root or /var hold keys, "
		     "password hashes and what services run. Who reads them "
		     "learns enough to log in, who writes them runs code as "
		     "root. All homes in one export with sec=sys are open to "
		     "any client that claims the user.",
	.remedy = "Keep data for clients below a directory of its own, such as "
		  "/srv, and export that. Ask for Kerberos where the homes of "
		  "all users are exported.",
	.bad = "/etc 10.1.0.0/24(ro)\n",
	.good = "/srv/data 10.1.0.0/24(rw)\n",
	.references = (const char *const[]){ "STIG GEN005800", "STIG GEN005810",
					     "CWE-552: Files or Directories "
					     "Accessible to External Parties",
					     NULL },
	.check_table = check,
};
