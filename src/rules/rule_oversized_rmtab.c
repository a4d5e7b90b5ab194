#include "live_state.h"
#include "rule.h"

/* Up to 40,000 mountd was seen to answer; at 60,000 it crashes, with the usual
 * stack of 8 MiB. */
enum { MANY_MOUNTS = 50000 };

static void check(struct rule_run *run)
{
	const struct live_state *live = run->local->live;

	if (!live->rmtab || live->rmtab->list.count < MANY_MOUNTS)
		return;
	rule_report_local(run, live->rmtab_source, (struct span){ 0 },
			  "mountd crashes when anybody asks it for the list of "
			  "its %zu mounts",
			  live->rmtab->list.count);
}

const struct rule rule_oversized_rmtab = {
	.slug = "oversized-rmtab",
	.severity = SEVERITY_MEDIUM,
	.needs = NEEDS_LIVE,
	.traits = TRAIT_ALL,
	.summary = "50,000 mounts or more are noted",
	.rationale = "mountd and showmount write and read the list of mounts "
		     "by recursion, one step deeper for each. With 50,000 to "
		     "60,000 of them the stack ends, and mountd dies of a "
		     "request that needs no rights. Each mount of NFSv3 also "
		     "reads or writes the whole file.",
	.remedy = "Stop mountd, delete the lines of clients that are gone from "
		  "/var/lib/nfs/rmtab, start it again.",
	.bad = "10.1.2.3:/srv/data:0x00000001\n# and 49,999 lines more\n",
	.good = "10.1.2.3:/srv/data:0x00000001\n",
	.references =
		(const char *const[]){ "rpc.mountd(8), showmount(8)", NULL },
	.check_table = check,
};
