#include "client_rules.h"
#include "option_edits.h"

static void check_gss(struct rule_run *run, const struct export_entry *entry)
{
	struct str client = client_written(run, entry);
	struct str flavor = str_skip(client, strlen("gss/"));
	struct finding *finding = rule_report(
		run, entry, client_host_span(run, entry),
		"`%.*s` counts only for clients whose address no other entry "
		"of %.*s matches",
		STR_ARG(client),
		STR_ARG(export_entry_path(run->arena, run->table, entry)));

	finding->fix.description =
		arena_printf(run->arena, "name the clients, with `sec=%.*s`",
			     STR_ARG(flavor));
}

static void check_squash(struct rule_run *run, const struct export_entry *entry,
			 enum export_option_id option, const char *name)
{
	struct finding *finding = rule_report(
		run, entry,
		export_entry_option_span(run->arena, run->table, entry, option),
		"`%s` squashes nobody on %.*s, because the kernel never hears "
		"of it",
		name,
		STR_ARG(export_entry_path(run->arena, run->table, entry)));

	option_edits_delete(
		run, finding,
		&(struct client_group){ .entry = entry, .count = 1 }, option);
}

static void check(struct rule_run *run, const struct export_entry *entry)
{
	const struct export_policy *policy = rule_policy(run, entry);

	if (rule_client(run, entry)->type == CLIENT_GSS)
		check_gss(run, entry);
	if (policy->squash_uids.count)
		check_squash(run, entry, OPTION_SQUASH_UIDS, "squash_uids=");
	if (policy->squash_gids.count)
		check_squash(run, entry, OPTION_SQUASH_GIDS, "squash_gids=");
}

const struct rule rule_deprecated_syntax = {
	.slug = "deprecated-syntax",
	.severity = SEVERITY_LOW,
	.traits = TRAIT_ALL,
	.summary = "clients gss/… and the options squash_uids and squash_gids",
	.rationale = "A client like gss/krb5 is from the time before sec=, "
		     "and yields to every entry with an address. squash_uids "
		     "and squash_gids are of an older server; exportfs still "
		     "reads them, but no id is ever squashed for it.",
	.remedy = "Name the clients and give them sec=krb5p. Squash all users "
		  "with all_squash, or none.",
	.bad = "/srv/data gss/krb5(rw)\n",
	.good = "/srv/data 10.1.0.0/16(rw,sec=krb5p)\n",
	.references = (const char *const[]){ "exports(5), RPCSEC_GSS security",
					     NULL },
	.check_entry = check,
};
