#include "etab_drift.h"

/* What the report of a difference needs besides it. */
struct report {
	struct rule_run *run;
	struct etab_drift found;
	const char *unapplied; /* why the files have more, if so; or NULL */
	bool emptied; /* etab is empty, and not for want of addresses alone */
};

/* Why etab is not what the files say, or NULL if they are no younger. */
static const char *why_outdated(const struct rule_run *run)
{
	static const char *const reasons[] = {
		[ETAB_CURRENT] = NULL,
		[ETAB_MAYBE_OUTDATED] =
			"an exports file was put in place after exportfs ran "
			"last, or this was done by hand",
		[ETAB_OUTDATED] =
			"the files were changed after exportfs ran last",
	};

	return reasons[run->local->live->etab->age];
}

/* A host whose name may have had no address, or is spelled in another way. */
static bool is_nameless(const struct rule_run *run,
			const struct export_drift *drift)
{
	const struct export_client *client;
	struct ip_address address;

	if (drift->kind == DRIFT_OTHER_NAME)
		return true;
	if (drift->kind != DRIFT_MISSING)
		return false;
	client = rule_client(run, drift->entry);
	return client->type == CLIENT_HOST && !client->address_count &&
	       !ip_address_parse_host(client->name, &address);
}

static bool all_are_nameless(const struct rule_run *run,
			     const struct export_drifts *drifts)
{
	for (size_t i = 0; i < drifts->list.count; i++)
		if (!is_nameless(run, &drifts->list.items[i]))
			return false;
	return true;
}

/* Why the files may have entries that etab has not, if they are newer; or NULL.
 * exportfs leaves etab as it is where nothing in it changes, so its age tells
 * nothing if only names are missing. */
static const char *why_unapplied(const struct rule_run *run,
				 const struct export_drifts *drifts)
{
	const char *outdated = why_outdated(run);

	if (!outdated)
		return NULL;
	if (!all_are_nameless(run, drifts))
		return outdated;
	return "perhaps the name had no address when exportfs ran, or it did "
	       "not run after the files were changed";
}

/* A stop of the NFS server takes all exports out, too. */
static const char *why_emptied(const struct live_state *live)
{
	if (!live->threads)
		return "all was taken out, by `exportfs -ua` or when the NFS "
		       "server was stopped";
	return *live->threads
		       ? "all was taken out, as by `exportfs -ua`"
		       : "all was taken out, since the NFS server is stopped";
}

static const char *why_missing(const struct report *report,
			       const struct export_drift *drift)
{
	if (report->emptied)
		return why_emptied(report->run->local->live);
	if (is_nameless(report->run, drift))
		return "perhaps the name had no address when exportfs ran";
	return "it was taken out by hand, or exportfs never saw it";
}

static void report_missing(const struct report *report,
			   const struct export_drift *drift)
{
	struct rule_run *run = report->run;
	struct str path = etab_drift_path(run, drift->path);
	struct finding *finding = rule_report(
		run, drift->entry, export_entry_span(run->table, drift->entry),
		"%.*s is not exported to %.*s although it is written here: %s",
		STR_ARG(path), STR_ARG(drift->client),
		report->unapplied ? report->unapplied
				  : why_missing(report, drift));

	finding->severity = run->rule->severity;
	finding->fix.description = "`exportfs -ra` exports it";
}

/* What the options in force have and lack beside the written ones. */
static const char *difference(struct arena *arena,
			      const struct export_drift *drift)
{
	const char *found =
		export_drift_options(arena, drift->found, drift->wanted);
	const char *wanted =
		export_drift_options(arena, drift->wanted, drift->found);

	if (!*found)
		return arena_printf(
			arena, "without `%s`, which is written here", wanted);
	if (!*wanted)
		return arena_printf(
			arena, "with `%s`, which is not written here", found);
	return arena_printf(arena, "with `%s`, not with `%s` as written here",
			    found, wanted);
}

static void report_options(const struct report *report,
			   const struct export_drift *drift)
{
	struct rule_run *run = report->run;
	const char *outdated = why_outdated(run);
	struct str path = etab_drift_path(run, drift->path);
	struct finding *finding = rule_report(
		run, drift->entry, export_entry_span(run->table, drift->entry),
		"for %.*s %.*s is in force %s: %s", STR_ARG(drift->client),
		STR_ARG(path), difference(run->arena, drift),
		outdated ? outdated
			 : "another option was given by hand, with exportfs -o "
			   "or in etab");

	finding->severity = run->rule->severity;
	finding->fix.description = "`exportfs -ra` applies the files";
}

/* Told only where the files are newer: otherwise exportfs wrote that name. */
static void report_other_name(const struct report *report,
			      const struct export_drift *drift)
{
	struct rule_run *run = report->run;
	struct str path = etab_drift_path(run, drift->path);
	struct finding *finding;

	if (!etab_drift_is_unapplied(run))
		return;
	finding = rule_report(
		run, drift->entry, export_entry_span(run->table, drift->entry),
		"%.*s is exported to %.*s, not to %.*s as written here: "
		"perhaps that is another name of the host, or exportfs did "
		"not run after the files were changed",
		STR_ARG(path), STR_ARG(drift->found_client),
		STR_ARG(drift->client));
	finding->severity = run->rule->severity;
	finding->fix.description = "`exportfs -ra` applies the files; "
				   "--resolve tells whether it is one host";
}

static void report_moved(const struct report *report,
			 const struct export_drift *drift)
{
	struct rule_run *run = report->run;
	struct str path = etab_drift_path(run, drift->path);
	struct str found_path = etab_drift_path(run, drift->found_path);
	struct finding *finding = rule_report(
		run, drift->entry, export_entry_span(run->table, drift->entry),
		"%.*s is exported to %.*s, but what is written here leads to "
		"%.*s by now: a link on the path was made or changed after "
		"exportfs ran last",
		STR_ARG(found_path), STR_ARG(drift->client), STR_ARG(path));

	finding->severity = run->rule->severity;
	finding->fix.description = "`exportfs -ra` follows the link";
}

static void report_held_back(struct rule_run *run,
			     const struct export_drift *drift,
			     const struct export_entry *lost)
{
	struct str path = etab_drift_path(run, drift->path);
	struct finding *finding = etab_drift_report(
		run, drift,
		"%.*s is still exported to %.*s, but an error keeps exportfs "
		"from reading it in the files: the next `exportfs -ra` takes "
		"it away",
		STR_ARG(path), STR_ARG(drift->client));

	rule_relate(run, finding, lost, "here");
	finding->fix.description = "repair the files first";
}

static void report_withdrawn(struct rule_run *run,
			     const struct export_drift *drift)
{
	struct str path = etab_drift_path(run, drift->path);
	struct finding *finding = etab_drift_report(
		run, drift,
		"%.*s is still exported to %.*s, but no file has it: %s",
		STR_ARG(path), STR_ARG(drift->client), why_outdated(run));

	finding->fix.description = "`exportfs -ra` takes it away";
}

/* What an etab that is up to date has besides is of another rule. */
static void report_extra(const struct report *report,
			 const struct export_drift *drift)
{
	struct rule_run *run = report->run;
	const struct export_entry *lost =
		etab_drift_lost(run, &report->found, drift);

	if (lost)
		report_held_back(run, drift, lost);
	else if (etab_drift_is_unapplied(run))
		report_withdrawn(run, drift);
}

static void check(struct rule_run *run)
{
	static void (*const reports[])(const struct report *,
				       const struct export_drift *) = {
		[DRIFT_MISSING] = report_missing,
		[DRIFT_EXTRA] = report_extra,
		[DRIFT_OPTIONS] = report_options,
		[DRIFT_OTHER_NAME] = report_other_name,
		[DRIFT_MOVED] = report_moved,
	};
	struct report report = { .run = run };
	const struct export_drifts *drifts = &report.found.drifts;

	if (!etab_drift_find(run, &report.found))
		return;
	report.unapplied = why_unapplied(run, drifts);
	report.emptied = !str_trim(run->local->live->etab->text).length &&
			 !all_are_nameless(run, drifts);
	for (size_t i = 0; i < drifts->list.count; i++)
		reports[drifts->list.items[i].kind](&report,
						    &drifts->list.items[i]);
}

const struct rule rule_drift_file_etab = {
	.slug = "drift-file-etab",
	.severity = SEVERITY_MEDIUM,
	.needs = NEEDS_LIVE,
	.traits = TRAIT_ALL,
	.summary = "what the files say is not what is in force",
	.rationale = "mountd does not read the exports files. It takes what "
		     "exportfs wrote to /var/lib/nfs/etab when it ran last. "
		     "An edit that was not applied, a name that could not be "
		     "resolved at that moment, or an error that stopped "
		     "exportfs leave the two apart; the difference shows at "
		     "the next reload or boot, when nobody thinks of it. "
		     "etab has the names that the resolver gave: without "
		     "--resolve, those that only lack a domain are taken for "
		     "the same, and any other name for what exportfs made of "
		     "it, unless the files were changed since.",
	.remedy = "Look at the difference, then run `exportfs -ra`.",
	.bad = "/srv/data  10.1.0.0/16(ro)\n",
	.good = "/srv/data  10.1.0.0/16(rw)\n",
	.references = (const char *const[]){ "exportfs(8), DISCUSSION",
					     "rpc.mountd(8), FILES", NULL },
	.check_table = check,
};
