#include "live_state.h"
#include "mountd_drift.h"
#include "rule.h"

static const struct mountd_view *view_of(const struct rule_run *run)
{
	return run->local->live->mountd;
}

/* Is it etab that mountd has read, but not as it is now? */
static bool is_edited(const struct mountd_view *view)
{
	return view->process == MOUNTD_READS_ETAB ||
	       (view->process == MOUNTD_UNSEEN && view->edited);
}

/* Where another table than etab comes from. */
static const char *other_table(const struct rule_run *run)
{
	const struct mountd_view *view = view_of(run);
	uint32_t etab = run->local->live->etab->source;

	if (view->process == MOUNTD_ABSENT)
		return arena_printf(
			run->arena, "%s answers in the place of mountd",
			view->program ? view->program : "another server");
	if (is_edited(view))
		return "etab was edited in place, which mountd does not notice";
	if (view->process == MOUNTD_UNSEEN)
		return "etab was edited in place, or mountd reads that of "
		       "another state directory or mount namespace";
	if (view->elsewhere ||
	    strcmp(view->reads, run->local->sources.items[etab].name) == 0)
		return "mountd runs in another mount namespace and reads the "
		       "etab there";
	return arena_printf(run->arena, "mountd reads %s", view->reads);
}

static bool is_for_name(const struct rule_run *run,
			const struct mountd_drift *drift)
{
	enum mountd_process process = view_of(run)->process;

	return drift->by_name &&
	       (process == MOUNTD_UNSEEN || process == MOUNTD_READS_ETAB);
}

static const char *cause(const struct rule_run *run,
			 const struct mountd_drift *drift)
{
	if (!is_for_name(run, drift))
		return other_table(run);
	return "perhaps the name had no address when mountd read etab";
}

static const char *remedy(const struct rule_run *run,
			  const struct mountd_drift *drift)
{
	static const char *const remedies[] = {
		[MOUNTD_UNSEEN] = "restart mountd",
		[MOUNTD_ABSENT] = "`rpcinfo -p` tells where MOUNT is "
				  "registered",
		[MOUNTD_READS_ETAB] = "restart mountd",
		[MOUNTD_READS_ANOTHER] = "run exportfs and mountd in one mount "
					 "namespace, with one "
					 "state-directory-path",
	};

	if (drift && is_for_name(run, drift))
		return "restart mountd when the name can be resolved";
	return remedies[view_of(run)->process];
}

/* The difference, without its cause. */
static const char *difference(struct arena *arena,
			      const struct mountd_drift *drift)
{
	static const struct {
		const char *head, *between, *tail;
	} words[] = {
		[MOUNTD_LACKS_PATH] = { "does not export", "", "has" },
		[MOUNTD_HAS_PATH] = { "exports", "", "does not have" },
		[MOUNTD_LACKS_CLIENT] = { "does not export", " to ", "has" },
		[MOUNTD_HAS_CLIENT] = { "exports", " to ", "does not have" },
	};

	return arena_printf(arena, "mountd %s %.*s%s%.*s, which etab %s",
			    words[drift->kind].head, STR_ARG(drift->path),
			    words[drift->kind].between, STR_ARG(drift->client),
			    words[drift->kind].tail);
}

static void report(struct rule_run *run, const struct mountd_drift *drift)
{
	const struct live_state *live = run->local->live;
	struct span span = { 0 };
	struct finding *finding;

	if (drift->entry)
		span = export_entry_span(live->in_force, drift->entry);
	finding = rule_report_local(run, live->etab->source, span, "%s: %s",
				    difference(run->arena, drift),
				    cause(run, drift));
	finding->path = drift->path;
	finding->client = drift->client;
	finding->fix.description = remedy(run, drift);
}

static const char *count_text(struct arena *arena, size_t paths)
{
	return arena_printf(arena, "%zu path%s", paths, paths == 1 ? "" : "s");
}

static const char *whole_difference(const struct rule_run *run,
				    const struct mountd_drifts *drifts)
{
	struct arena *arena = run->arena;
	const char *announced = count_text(arena, drifts->announced);
	const char *who = view_of(run)->process == MOUNTD_ABSENT
				  ? "the MOUNT service of this host"
				  : "mountd";

	if (drifts->common)
		return arena_printf(arena,
				    "what %s exports and what etab has differ "
				    "in %zu places",
				    who, drifts->list.count);
	if (!drifts->announced)
		return arena_printf(arena,
				    "%s exports nothing, and etab has %s", who,
				    count_text(arena, drifts->paths));
	if (!drifts->paths)
		return arena_printf(arena, "%s exports %s, and etab has none",
				    who, announced);
	return arena_printf(
		arena, "%s exports %s, and not one of the %zu that etab has",
		who, announced, drifts->paths);
}

static bool is_for_names(const struct rule_run *run,
			 const struct mountd_drifts *drifts)
{
	for (size_t i = 0; i < drifts->list.count; i++)
		if (!is_for_name(run, &drifts->list.items[i]))
			return false;
	return true;
}

/* Has all of it one cause? */
static bool is_whole(const struct rule_run *run,
		     const struct mountd_drifts *drifts)
{
	const struct mountd_view *view = view_of(run);

	if (drifts->list.count < 2 || is_edited(view))
		return false;
	return view->process == MOUNTD_ABSENT ||
	       (!drifts->common && !is_for_names(run, drifts));
}

static void report_whole(struct rule_run *run,
			 const struct mountd_drifts *drifts)
{
	struct finding *finding = rule_report_local(
		run, run->local->live->etab->source, (struct span){ 0 },
		"%s: %s", whole_difference(run, drifts), other_table(run));

	finding->fix.description = remedy(run, NULL);
}

static void check(struct rule_run *run)
{
	const struct live_state *live = run->local->live;
	struct mountd_drifts drifts;

	if (!live->mountd)
		return;
	mountd_drift_find(run->arena, live->in_force, live->mountd, &drifts);
	if (is_whole(run, &drifts)) {
		report_whole(run, &drifts);
		return;
	}
	for (size_t i = 0; i < drifts.list.count; i++)
		report(run, &drifts.list.items[i]);
}

const struct rule rule_drift_remote_view = {
	.slug = "drift-remote-view",
	.severity = SEVERITY_MEDIUM,
	.needs = NEEDS_LIVE | NEEDS_MOUNTD,
	.traits = TRAIT_ALL,
	.summary = "mountd answers with other exports than etab has",
	.rationale = "mountd reads etab again only when another file has taken "
		     "its place, as exportfs sees to. An edit in place, names "
		     "that had no address at that moment, another state "
		     "directory, a mount namespace or a container of its own, "
		     "or a second NFS server on this host leave clients with "
		     "other exports than those that were looked at. mountd is "
		     "asked over loopback, as showmount does.",
	.remedy = "Let exportfs write etab, restart mountd, and see that both "
		  "have the same state-directory-path.",
	.bad = "# showmount -e localhost\n/srv/old  10.1.0.0/16\n",
	.good = "# showmount -e localhost\n/srv/data 10.1.0.0/16\n",
	.references = (const char *const[]){ "rpc.mountd(8), FILES",
					     "showmount(8)", NULL },
	.check_table = check,
};
