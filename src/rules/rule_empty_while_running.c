#include "live_state.h"
#include "rule.h"

/* Is nothing in force? Empty lines and comments are nothing. */
static bool is_empty(struct str etab)
{
	struct str line;

	while (str_take(&etab, '\n', &line))
		if (line.length && line.data[0] != '#')
			return false;
	return true;
}

static void check(struct rule_run *run)
{
	const struct live_state *live = run->local->live;
	struct finding *finding;

	if (!live->threads || !*live->threads || !live->etab ||
	    !is_empty(live->etab->text))
		return;
	finding = rule_report_local(
		run, live->etab->source, (struct span){ 0 },
		"the NFS server runs with %u threads and exports nothing",
		*live->threads);
	finding->fix.description = "systemctl disable --now nfs-server";
}

const struct rule rule_empty_while_running = {
	.slug = "empty-while-running",
	.severity = SEVERITY_INFO,
	.needs = NEEDS_LIVE,
	.traits = TRAIT_ALL,
	.summary = "the NFS server runs and exports nothing",
	.rationale = "A server that serves nobody still listens: for nfsd, "
		     "mountd and rpcbind anybody on the network may send "
		     "packets to the kernel.",
	.remedy = "Stop and disable the server until something is exported.",
	.bad = "# no exports, and 8 threads in /proc/fs/nfsd/threads\n",
	.good = "# no exports, and no thread\n",
	.references = (const char *const[]){ "CIS 2.1.9", "STIG RHEL-09-215025",
					     "STIG UBTU-22-215040", NULL },
	.check_table = check,
};
