#include "anonymous_ids.h"

#include "number.h"

enum squashed squashed_users(const struct export_policy *policy)
{
	struct flavor_entry flavors[SECURITY_FLAVORS_MAX];
	unsigned count = export_policy_flavors(policy, flavors);
	uint32_t flags = 0;

	for (unsigned i = 0; i < count; i++)
		flags |= flavors[i].flags;
	if (flags & EXPORT_ALL_SQUASH)
		return SQUASHED_USERS;
	return flags & EXPORT_ROOT_SQUASH ? SQUASHED_ROOT : SQUASHED_NOBODY;
}

const char *squashed_text(enum squashed squashed)
{
	return squashed == SQUASHED_USERS ? "every user" : "root";
}

uint32_t anonymous_id(const struct export_policy *policy,
		      enum export_option_id id)
{
	return (uint32_t)(id == OPTION_ANONUID ? policy->anonuid
					       : policy->anongid);
}

bool anonymous_id_overflows(const struct export_table *table, uint32_t policy,
			    enum export_option_id id)
{
	struct str text = policy_value(table, policy, id);
	int64_t value;

	if (!text.data || !number_strtol(text, &value))
		return false;
	return value == -1 || value < INT32_MIN || value >= UINT32_MAX;
}

const char *anonymous_ids_text(struct rule_run *run,
			       const struct export_entry *entry,
			       bool (*chosen)(uint32_t number),
			       struct span *place)
{
	static const struct {
		enum export_option_id id;
		const char *name;
	} ids[] = { { OPTION_ANONUID, "uid" }, { OPTION_ANONGID, "gid" } };
	const char *text = NULL;

	for (size_t i = 0; i < 2; i++) {
		uint32_t number =
			anonymous_id(rule_policy(run, entry), ids[i].id);

		if (!chosen(number) ||
		    anonymous_id_overflows(run->table, entry->policy,
					   ids[i].id))
			continue;
		if (!text)
			*place = export_entry_option_span(
				run->arena, run->table, entry, ids[i].id);
		text = arena_printf(run->arena, "%s%s%s %u", text ? text : "",
				    text ? " and " : "", ids[i].name, number);
	}
	return text;
}

struct finding *anonymous_ids_report(struct rule_run *run,
				     const struct client_group *group,
				     bool (*chosen)(uint32_t number))
{
	const struct export_entry *entry = group->entry;
	struct span place;
	const char *ids = anonymous_ids_text(run, entry, chosen, &place);

	if (!ids)
		return NULL;
	return rule_report(
		run, entry, place, "%s on %s becomes %s on %.*s",
		squashed_text(squashed_users(rule_policy(run, entry))),
		client_group_hosts(run, group), ids,
		STR_ARG(export_entry_path(run->arena, run->table, entry)));
}

static bool is_root(uint32_t number)
{
	return number == 0;
}

void anonymous_ids_report_root(struct rule_run *run,
			       const struct client_group *group,
			       enum squashed users)
{
	struct finding *finding;

	if (squashed_users(rule_policy(run, group->entry)) != users)
		return;
	finding = anonymous_ids_report(run, group, is_root);
	if (finding)
		finding->fix.description =
			"name the ids of an account without rights";
}
