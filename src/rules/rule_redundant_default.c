#include "option_edits.h"

/* What exportfs has where nothing is written. Who wants to know the anonymous
 * ids has them written. */
static const struct {
	enum export_option_id id;
	bool clears;
} defaults[] = {
	{ OPTION_READ_ONLY, false },
	{ OPTION_ASYNC, true },
	{ OPTION_WDELAY, false },
	{ OPTION_NOHIDE, true },
	{ OPTION_CROSSMNT, true },
	{ OPTION_INSECURE, true },
	{ OPTION_ROOT_SQUASH, false },
	{ OPTION_ALL_SQUASH, true },
	{ OPTION_SUBTREE_CHECK, true },
	{ OPTION_INSECURE_LOCKS, true },
	{ OPTION_NO_ACL, true },
	{ OPTION_PNFS, true },
};

static bool is_default(const struct written_option *option)
{
	for (size_t i = 0; i < sizeof(defaults) / sizeof(*defaults); i++)
		if (option->id == defaults[i].id)
			return option->clears == defaults[i].clears;
	return false;
}

static bool says(const struct option_list *list, enum export_option_id id,
		 unsigned count)
{
	for (unsigned i = 0; i < count; i++)
		if (list->items[i].id == id)
			return true;
	return false;
}

/* Is the option written in a list that applies before this one? */
static bool is_said_before(const struct rule_run *run,
			   const struct export_entry *entry, unsigned number,
			   enum export_option_id id)
{
	uint32_t chain[POLICY_CHAIN_MAX];
	unsigned count = policy_chain(run->table, entry->policy, chain);

	for (unsigned i = 0; i + 1 < number && i < count; i++) {
		struct option_list list;

		option_list_read(run->table, chain[i], &list);
		if (says(&list, id, list.count))
			return true;
	}
	return number > POLICY_CHAIN_MAX;
}

/* Older programs print a reminder where it is missing. */
static bool is_asked_for(const struct rule_run *run,
			 const struct written_option *option)
{
	return option->id == OPTION_SUBTREE_CHECK &&
	       run->table->input.rules.target.nfs_utils <
		       VERSION_NUMBER(2, 7, 1);
}

static void check_list(struct rule_run *run, const struct export_entry *entry,
		       const struct option_list *list)
{
	/* exportfs complains of a client without any option. */
	for (unsigned i = 0; list->count > 1 && i < list->count; i++) {
		const struct written_option *option = &list->items[i];
		struct finding *finding;

		if (!is_default(option) || is_asked_for(run, option) ||
		    says(list, option->id, i) ||
		    is_said_before(run, entry, list->number, option->id))
			continue;
		finding = rule_report(
			run, entry,
			written_option_span(run, entry, list, option),
			"`%.*s` is what the server does anyway",
			STR_ARG(option->text));
		finding->fix.description = arena_printf(
			run->arena, "delete `%.*s`", STR_ARG(option->text));
		finding->fix.safe = true;
		option_edit_delete(run, finding, finding->span);
	}
}

static void check(struct rule_run *run)
{
	option_lists_each(run, check_list);
}

const struct rule rule_redundant_default = {
	.slug = "redundant-default",
	.severity = SEVERITY_INFO,
	.traits = TRAIT_ALL,
	.summary = "an option that says what is the default",
	.rationale = "A default that is spelled out changes nothing and makes "
		     "the line longer. Some sites want it so: this is a "
		     "matter of style.",
	.remedy = "Delete the option, or keep it for the reader.",
	.bad = "/srv/data 10.1.0.0/24(rw,sync,root_squash)\n",
	.good = "/srv/data 10.1.0.0/24(rw,no_subtree_check)\n",
	.references =
		(const char *const[]){ "exports(5), General Options", NULL },
	.check_table = check,
};
