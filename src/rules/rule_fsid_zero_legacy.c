#include "fsid_roots.h"
#include "option_edits.h"

static void check(struct rule_run *run)
{
	struct fsid_roots roots = fsid_roots_of(run);
	struct finding *finding;
	struct str path;

	if (roots.trouble != FSID_LEGACY)
		return;
	path = export_entry_path(run->arena, run->table, roots.root);
	finding = rule_report(run, roots.root,
			      export_entry_option_span(run->arena, run->table,
						       roots.root, OPTION_FSID),
			      "clients mount %.*s by NFSv4 as /, and what is "
			      "below it without "
			      "that name in front",
			      STR_ARG(path));
	option_edits_delete(
		run, finding,
		&(struct client_group){ .entry = roots.root, .count = 1 },
		OPTION_FSID);
}

const struct rule rule_fsid_zero_legacy = {
	.slug = "fsid-zero-legacy",
	.severity = SEVERITY_INFO,
	.traits = TRAIT_ALL,
	.summary = "fsid=0, which is no longer needed",
	.rationale = "Since nfs-utils 1.2 the server makes an NFSv4 root by "
		     "itself. With fsid=0 the paths of NFSv4 are relative to "
		     "that directory and differ from those of NFSv3.",
	.remedy = "Delete fsid=0 and mount the full paths. Clients that mount "
		  "the short ones must be changed at the same time.",
	.bad = "/srv/nfs4 10.1.0.0/24(ro,fsid=0)\n",
	.good = "/srv/nfs4 10.1.0.0/24(ro)\n",
	.references =
		(const char *const[]){
			"exports(5), General Options",
			"RFC 7530, section 7: NFSv4 Server Name Space", NULL },
	.check_table = check,
};
