#include "flavor_sets.h"
#include "server_rules.h"

/* As many as a request with AUTH_SYS has room for (RFC 5531). */
enum { GROUPS_MAX = 16 };

static bool uses_sys(const struct rule_run *run)
{
	for (size_t i = 0; i < run->table->entries.count; i++) {
		const struct export_entry *entry =
			&run->table->entries.items[i];

		if (entry->state == EXPORT_LOADED &&
		    flavor_set_of(rule_policy(run, entry)) & FLAVOR_SYS)
			return true;
	}
	return false;
}

static void check(struct rule_run *run)
{
	const struct local_server *server = run->local->server;
	const struct server_config *config = server->nfs_conf;
	struct local_place place;
	struct finding *finding;

	if (!config || server->crowded_user_groups <= GROUPS_MAX ||
	    server_config_bool(config, "mountd", "manage-gids", false) ||
	    !uses_sys(run))
		return;
	place = server_rules_place(config, "mountd", "manage-gids");
	finding = rule_report_local(
		run, place.source, place.span,
		"user %.*s is in %u groups, of which a request names only %d: "
		"he loses what the others may do",
		STR_ARG(server->crowded_user), server->crowded_user_groups,
		GROUPS_MAX);
	finding->fix.description = "write `manage-gids=y` in [mountd]";
}

const struct rule rule_group_limit = {
	.slug = "group-limit",
	.severity = SEVERITY_INFO,
	.needs = NEEDS_FILES,
	.traits = TRAIT_ALL,
	.summary = "users in more groups than a request can name",
	.rationale = "With sec=sys a client sends at most 16 groups of a user, "
		     "and leaves out the rest without a message. Access by one "
		     "of these fails, and depends on their order.",
	.remedy = "Write manage-gids=y in the section mountd, so that the "
		  "server looks up the groups itself, or use Kerberos.",
	.bad = "[mountd]\nmanage-gids=n\n",
	.good = "[mountd]\nmanage-gids=y\n",
	.references = (const char *const[]){ "rpc.mountd(8), --manage-gids",
					     "RFC 5531, appendix A", NULL },
	.check_table = check,
};
