#include "live_state.h"
#include "server_rules.h"

static const char story[] = "looks up what a client of NFSv3 mounts below an "
			    "export as root";

static struct local_place place_of(const struct rule_run *run,
				   const struct mount_lookup *lookup)
{
	if (lookup->can)
		return server_rules_place(run->local->server->nfs_conf,
					  "mountd", "apply-root-cred");
	return (struct local_place){ .source = lookup->program };
}

/* The program is judged by what is in it, since distributions repair older
 * versions, and the number does not tell. */
static void check(struct rule_run *run)
{
	const struct mount_lookup *lookup = run->local->live->mount_lookup;
	struct local_place place;
	struct finding *finding;

	if (!lookup || lookup->by_caller)
		return;
	place = place_of(run, lookup);
	if (lookup->closed.data) {
		finding = rule_report_local(
			run, place.source, place.span,
			"mountd %s: who knows a name below %.*s gets in there, "
			"although that directory is closed to him",
			story, STR_ARG(lookup->closed));
		finding->path =
			export_table_path(run->table, lookup->entry->path);
		rule_relate(run, finding, lookup->entry, "exported here");
	} else {
		finding = rule_report_local(
			run, place.source, place.span,
			"mountd %s, whether the directories on the way are "
			"closed to the user or not",
			story);
		rule_lower(finding, 2);
	}
	finding->fix.description =
		lookup->can ? "delete `apply-root-cred`"
			    : "install a build of nfs-utils that has the "
			      "repair of CVE-2025-12801, or write `vers3=n` "
			      "and `vers2=n`";
}

const struct rule rule_mountd_subdir_unchecked = {
	.slug = "mountd-subdir-unchecked",
	.severity = SEVERITY_HIGH,
	.needs = NEEDS_LIVE,
	.traits = TRAIT_ALL,
	.summary = "clients of NFSv3 mount directories that are closed to them",
	.rationale =
		"Before nfs-utils 2.8.6 mountd looked up the directory that a "
		"client wants to mount with the rights of root, so that a "
		"client could begin below a directory that is closed to its "
		"users, squashed or not, and use what is open there. "
		"Distributions repaired older versions; the program is judged "
		"by what is in it. The severity is low where the exported "
		"directories and those just below them are open, or closed "
		"only to users whom a client may call itself.",
	.remedy = "Install the repaired version and restart mountd, or switch "
		  "NFSv3 off: NFSv4 is not affected. Do not use "
		  "apply-root-cred.",
	.bad = "# rpc.mountd 2.6.2 without the repair, and\n/srv/data  "
	       "10.1.0.0/16(ro)\n# drwx------ root /srv/data/private\n",
	.good = "# rpc.mountd 2.8.6\n/srv/data  10.1.0.0/16(ro)\n"
		"# drwx------ root /srv/data/private\n",
	.references =
		(const char *const[]){ "CVE-2025-12801",
				       "rpc.mountd(8), --apply-root-cred",
				       "nfs-utils f36bd900", "CWE-863", NULL },
	.check_table = check,
};
