#include "client_reach.h"
#include "fsid_roots.h"
#include "option_edits.h"

static void check(struct rule_run *run)
{
	struct fsid_roots roots = fsid_roots_of(run);
	struct finding *finding;
	struct str path;

	if (roots.trouble != FSID_PARTIAL)
		return;
	path = export_entry_path(run->arena, run->table, roots.root);
	finding = rule_report(
		run, roots.root,
		export_entry_option_span(run->arena, run->table, roots.root,
					 OPTION_FSID),
		"%s can't reach %.*s by NFSv4, %s%s",
		client_reach_text(run->arena, rule_client(run, roots.other)),
		STR_ARG(export_entry_path(run->arena, run->table, roots.other)),
		roots.by_client
			? "because the root is exported to others only"
			: arena_printf(run->arena,
				       "because it is outside the root %.*s",
				       STR_ARG(path)),
		roots.others < 2
			? ""
			: arena_printf(run->arena, ", like %zu more exports",
				       roots.others - 1));
	rule_relate(run, finding, roots.other, "out of reach by NFSv4");
	option_edits_delete(
		run, finding,
		&(struct client_group){ .entry = roots.root, .count = 1 },
		OPTION_FSID);
}

const struct rule rule_fsid_zero_partial = {
	.slug = "fsid-zero-partial",
	.severity = SEVERITY_HIGH,
	.traits = TRAIT_ALL,
	.summary = "fsid=0 takes NFSv4 from other clients or paths",
	.rationale = "As soon as one entry has fsid=0, the server makes no "
		     "NFSv4 root of its own, for nobody. Clients without a "
		     "root of their own can mount nothing by NFSv4, and paths "
		     "outside the root are out of reach; NFSv3 still works, so "
		     "it looks like a fault of the client.",
	.remedy = "Delete fsid=0; no server of today needs it.",
	.bad = "/srv/a 10.1.0.0/24(ro,fsid=0)\n/srv/b 10.2.0.0/24(ro)\n",
	.good = "/srv/a 10.1.0.0/24(ro)\n/srv/b 10.2.0.0/24(ro)\n",
	.references =
		(const char *const[]){
			"exports(5), General Options",
			"RFC 7530, section 7: NFSv4 Server Name Space", NULL },
	.check_table = check,
};
