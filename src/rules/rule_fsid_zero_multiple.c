#include "client_reach.h"
#include "fsid_roots.h"
#include "option_edits.h"

static void check(struct rule_run *run)
{
	struct fsid_roots roots = fsid_roots_of(run);
	struct finding *finding;
	struct str path;

	if (roots.trouble != FSID_MULTIPLE)
		return;
	path = export_entry_path(run->arena, run->table, roots.root);
	finding = rule_report(
		run, roots.root,
		export_entry_option_span(run->arena, run->table, roots.root,
					 OPTION_FSID),
		"%.*s is a second root of NFSv4 for %s, beside %.*s: one of "
		"them "
		"is out of reach",
		STR_ARG(path),
		client_reach_text(run->arena, rule_client(run, roots.root)),
		STR_ARG(export_entry_path(run->arena, run->table,
					  roots.other)));
	rule_relate(run, finding, roots.other, "the first root");
	option_edits_delete(
		run, finding,
		&(struct client_group){ .entry = roots.root, .count = 1 },
		OPTION_FSID);
}

const struct rule rule_fsid_zero_multiple = {
	.slug = "fsid-zero-multiple",
	.severity = SEVERITY_HIGH,
	.traits = TRAIT_ALL,
	.summary = "two roots of NFSv4 for one client",
	.rationale = "fsid=0 names the directory that is / for NFSv4. Where a "
		     "client has two, mountd takes the first that it comes to, "
		     "and the tree of the other one is out of reach.",
	.remedy = "Keep fsid=0 on one path, or on none: the server makes a "
		  "root of its own.",
	.bad = "/srv/a 10.1.0.0/24(ro,fsid=0)\n/srv/b 10.1.0.0/24(ro,fsid=0)\n",
	.good = "/srv/a 10.1.0.0/24(ro)\n/srv/b 10.1.0.0/24(ro)\n",
	.references =
		(const char *const[]){
			"exports(5), General Options",
			"RFC 7530, section 7: NFSv4 Server Name Space", NULL },
	.check_table = check,
};
