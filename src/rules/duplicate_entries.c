#include "duplicate_entries.h"

#include "export_rights.h"

static enum duplicate_kind kind_of(const struct rule_run *run,
				   const struct export_entry *entry,
				   const struct export_entry *winner)
{
	if (entry->document != winner->document)
		return DUPLICATE_ACROSS;
	return export_policies_agree(rule_policy(run, entry),
				     rule_policy(run, winner))
		       ? DUPLICATE_SAME
		       : DUPLICATE_CONFLICTING;
}

static const struct export_entry *find(const struct rule_run *run, size_t index,
				       enum duplicate_kind kind)
{
	const struct export_entry *entry = &run->table->entries.items[index];

	if (entry->state != EXPORT_DUPLICATE ||
	    kind_of(run, entry, &run->table->entries.items[entry->cause]) !=
		    kind)
		return NULL;
	return entry;
}

static bool is_same_line(const struct export_entry *a,
			 const struct export_entry *b)
{
	return a->document == b->document && a->syntax_entry == b->syntax_entry;
}

/* One and the same repetition: from one line into one line. */
static bool belongs(const struct rule_run *run,
		    const struct duplicate *duplicate,
		    const struct export_entry *entry)
{
	return is_same_line(entry, duplicate->entry) &&
	       is_same_line(&run->table->entries.items[entry->cause],
			    duplicate->winner);
}

bool duplicate_next(const struct rule_run *run, enum duplicate_kind kind,
		    struct duplicate *duplicate)
{
	size_t count = run->table->entries.count, i = duplicate->next;
	const struct export_entry *entry = NULL;

	while (i < count && !(entry = find(run, i, kind)))
		i++;
	if (i == count)
		return false;
	duplicate->entry = entry;
	duplicate->winner = &run->table->entries.items[entry->cause];
	duplicate->more = 0;
	while (++i < count && (entry = find(run, i, kind)) &&
	       belongs(run, duplicate, entry))
		duplicate->more++;
	duplicate->next = i;
	return true;
}

const char *duplicate_clients_text(const struct rule_run *run,
				   const struct duplicate *duplicate)
{
	struct str host =
		export_entry_host(run->arena, run->table, duplicate->entry);
	const char *client =
		host.length ? arena_printf(run->arena, "`%.*s`", STR_ARG(host))
			    : "everybody";

	if (!duplicate->more)
		return client;
	return arena_printf(run->arena, "%s and %zu more client%s", client,
			    duplicate->more, duplicate->more == 1 ? "" : "s");
}
