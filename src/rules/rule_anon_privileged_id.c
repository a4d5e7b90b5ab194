#include "anonymous_ids.h"
#include "local_server.h"

/* Among the ids of the system, but made for this: the old uid of nobody and
 * the group users of many distributions. */
enum { OLD_NOBODY = 99, GROUP_USERS = 100, FIRST_USER = 1000 };

static bool is_of_system(uint32_t number)
{
	return number > 0 && number < FIRST_USER && number != OLD_NOBODY &&
	       number != GROUP_USERS;
}

/* The account of the server that an anonymous id is, if its groups make it as
 * good as root there. */
static const struct powerful_id *find_powerful(const struct rule_run *run,
					       const struct export_entry *entry,
					       enum export_option_id option)
{
	const struct local_server *server =
		run->local ? run->local->server : NULL;
	uint32_t id = anonymous_id(rule_policy(run, entry), option);

	for (size_t i = 0; server && i < server->powerful.count; i++) {
		const struct powerful_id *powerful = &server->powerful.items[i];

		if (powerful->id == id && (powerful->kind == POWERFUL_USER) ==
						  (option == OPTION_ANONUID))
			return powerful;
	}
	return NULL;
}

static const char *powerful_text(struct arena *arena,
				 const struct powerful_id *powerful)
{
	if (powerful->kind == POWERFUL_GROUP)
		return arena_printf(arena, "gid %u, the server's group `%.*s`",
				    powerful->id, STR_ARG(powerful->group));
	return arena_printf(arena,
			    "uid %u, the server's user `%.*s` of the group "
			    "`%.*s`",
			    powerful->id, STR_ARG(powerful->user),
			    STR_ARG(powerful->group));
}

static struct finding *report_powerful(struct rule_run *run,
				       const struct client_group *group)
{
	static const enum export_option_id options[] = { OPTION_ANONUID,
							 OPTION_ANONGID };
	const struct export_entry *entry = group->entry;

	for (size_t i = 0; i < sizeof(options) / sizeof(*options); i++) {
		const struct powerful_id *powerful =
			find_powerful(run, entry, options[i]);

		if (!powerful || anonymous_id_overflows(
					 run->table, entry->policy, options[i]))
			continue;
		return rule_report(
			run, entry,
			export_entry_option_span(run->arena, run->table, entry,
						 options[i]),
			"%s on %s becomes %s, on %.*s",
			squashed_text(squashed_users(rule_policy(run, entry))),
			client_group_hosts(run, group),
			powerful_text(run->arena, powerful),
			STR_ARG(export_entry_path(run->arena, run->table,
						  entry)));
	}
	return NULL;
}

static void check_group(struct rule_run *run, const struct client_group *group)
{
	struct finding *finding;

	if (squashed_users(rule_policy(run, group->entry)) == SQUASHED_NOBODY)
		return;
	finding = anonymous_ids_report(run, group, is_of_system);
	if (!finding)
		finding = report_powerful(run, group);
	if (finding)
		finding->fix.description =
			"name the ids of an account without rights";
}

static void check(struct rule_run *run)
{
	client_groups_each(run, check_group);
}

const struct rule rule_anon_privileged_id = {
	.slug = "anon-privileged-id",
	.severity = SEVERITY_MEDIUM,
	.summary = "squashed users become an account with rights of its own",
	.rationale = "Ids below 1000 belong to system accounts and their "
		     "groups, such as disk, shadow or www-data. Squashed users "
		     "get the rights that these have below the path. The same "
		     "holds for a user of the server who is in a group such as "
		     "sudo or docker: who may write his files, his shell's "
		     "start files for example, acts as him, and he can become "
		     "root. These users are looked for where the files are "
		     "those of the server.",
	.remedy = "Create an account for the purpose and name its ids in "
		  "anonuid and anongid.",
	.bad = "/srv/data 10.1.0.0/24(rw,all_squash,anonuid=33,anongid=33)\n",
	.good = "/srv/data "
		"10.1.0.0/24(rw,all_squash,anonuid=2000,anongid=2000)\n",
	.references = (const char *const[]){ "exports(5), User ID Mapping",
					     "STIG GEN005820", NULL },
	.check_table = check,
};
