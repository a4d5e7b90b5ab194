#include "server_rules.h"

/* The default of nfsd, and far more than any machine needs. */
enum { FEW_THREADS = 8, MANY_THREADS = 1024 };

/* From so many clients on one thread of mountd is slow after a reboot. */
enum { MANY_CLIENTS = 500 };

static void report(struct rule_run *run, const char *section,
		   const char *message)
{
	struct local_place place = server_rules_place(
		run->local->server->nfs_conf, section, "threads");

	rule_report_local(run, place.source, place.span, "%s", message);
}

static void check(struct rule_run *run)
{
	const struct server_config *config = server_rules_config(run);
	int threads;

	if (!config)
		return;
	threads = server_config_number(config, "nfsd", "threads", FEW_THREADS);
	if (threads <= 0)
		report(run, "nfsd",
		       "nfsd is started without threads, and "
		       "answers nobody");
	else if (threads < FEW_THREADS || threads > MANY_THREADS)
		report(run, "nfsd",
		       arena_printf(
			       run->arena,
			       "nfsd has %d %s for all clients together, "
			       "%s",
			       threads, threads == 1 ? "thread" : "threads",
			       threads < FEW_THREADS
				       ? "fewer than by default"
				       : "which cost memory and do not help"));
	if (server_config_number(config, "mountd", "threads", 1) <= 1 &&
	    run->table->clients.list.count >= MANY_CLIENTS)
		report(run, "mountd",
		       arena_printf(run->arena,
				    "one thread of mountd answers for %zu "
				    "clients, one after the other",
				    run->table->clients.list.count));
}

const struct rule rule_threads_extreme = {
	.slug = "threads-extreme",
	.severity = SEVERITY_INFO,
	.needs = NEEDS_FILES,
	.traits = TRAIT_ALL,
	.summary = "very few or very many threads",
	.rationale = "A request that waits for the disk holds a thread of "
		     "nfsd, and when all wait nobody is served. After a "
		     "reboot every client asks mountd at once, and one slow "
		     "name look-up stops them all.",
	.remedy = "Give nfsd at least its default number of threads, some for "
		  "each processor and disk, and mountd about a quarter of "
		  "that.",
	.bad = "[nfsd]\nthreads=1\n",
	.good = "[nfsd]\nthreads=16\n",
	.references =
		(const char *const[]){ "rpc.nfsd(8)",
				       "rpc.mountd(8), --num-threads", NULL },
	.check_table = check,
};
