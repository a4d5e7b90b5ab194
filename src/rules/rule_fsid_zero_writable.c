#include "client_reach.h"
#include "fsid_roots.h"
#include "option_edits.h"

static void check(struct rule_run *run)
{
	struct fsid_roots roots = fsid_roots_of(run);
	struct finding *finding;
	struct str path;

	if (roots.trouble != FSID_WRITABLE)
		return;
	path = export_entry_path(run->arena, run->table, roots.root);
	finding = rule_report(
		run, roots.root,
		export_entry_option_span(run->arena, run->table, roots.root,
					 OPTION_FSID),
		"%s may write to %.*s, the root of NFSv4",
		client_reach_text(run->arena, rule_client(run, roots.root)),
		STR_ARG(path));
	option_edits_delete(
		run, finding,
		&(struct client_group){ .entry = roots.root, .count = 1 },
		OPTION_FSID);
}

const struct rule rule_fsid_zero_writable = {
	.slug = "fsid-zero-writable",
	.severity = SEVERITY_MEDIUM,
	.summary = "clients may write to the NFSv4 root above other exports",
	.rationale = "The root of NFSv4 is there to lead to the exports below. "
		     "Where it is writable, clients fill the file system that "
		     "it lies on, and can put files in the place of what is "
		     "mounted below.",
	.remedy = "Write ro for the entry with fsid=0, or delete fsid=0.",
	.bad = "/srv/nfs4 10.1.0.0/24(rw,fsid=0)\n"
	       "/srv/nfs4/data 10.1.0.0/24(rw)\n",
	.good = "/srv/nfs4 10.1.0.0/24(ro,fsid=0)\n"
		"/srv/nfs4/data 10.1.0.0/24(rw,nohide)\n",
	.references =
		(const char *const[]){
			"exports(5), General Options",
			"RFC 7530, section 7: NFSv4 Server Name Space", NULL },
	.check_table = check,
};
