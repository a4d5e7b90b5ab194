#include "option_lists.h"

#include "client_network.h"
#include "client_reach.h"
#include "export_options.h"
#include "exports_word.h"

/* How many lists lead to a policy: the position of its own list. */
static unsigned chain_length(const struct export_table *table, uint32_t policy)
{
	unsigned length = 0;

	for (; policy; policy = table->policies.keys.items[policy].base)
		length++;
	return length;
}

void option_list_read(const struct export_table *table, uint32_t policy,
		      struct option_list *list)
{
	const struct policy_key *key = &table->policies.keys.items[policy];
	struct str rest = key->list, text;
	unsigned section = 0;

	list->number = chain_length(table, policy);
	list->text = key->list;
	list->count = 0;
	while (list->count < OPTIONS_MAX && exports_option_next(&rest, &text)) {
		size_t equals = str_find(text, '=');
		bool clears;
		const struct export_option *row = export_option_find(
			(struct str){ text.data, equals }, &clears);

		if (!row)
			continue;
		section += row == &export_options[OPTION_SEC];
		list->items[list->count++] = (struct written_option){
			.id = (enum export_option_id)(row - export_options),
			.clears = clears,
			.text = text,
			.value = equals < text.length
					 ? str_skip(text, equals + 1)
					 : (struct str){ 0 },
			.section = section,
		};
	}
}

unsigned policy_chain(const struct export_table *table, uint32_t policy,
		      uint32_t chain[POLICY_CHAIN_MAX])
{
	unsigned count = 0;

	while (policy && count < POLICY_CHAIN_MAX) {
		chain[count++] = policy;
		policy = table->policies.keys.items[policy].base;
	}
	for (unsigned i = 0; i < count / 2; i++) {
		uint32_t swap = chain[i];

		chain[i] = chain[count - 1 - i];
		chain[count - 1 - i] = swap;
	}
	return count;
}

static bool has_own_list(struct arena *arena,
			 const struct exports_syntax *syntax,
			 const struct export_entry *entry)
{
	const struct exports_item *item = &syntax->items.items[entry->item];

	return item->kind == EXPORTS_CLIENT &&
	       exports_client_split(
		       exports_word_text(arena, syntax, item->token))
		       .options.data;
}

/* The word that holds list `number` of an entry: -options before the client,
 * counted from 1, or else the client's own word, which is looked at first
 * because a line may have very many clients. */
static uint32_t list_token(struct rule_run *run,
			   const struct export_entry *entry, unsigned number)
{
	const struct exports_syntax *syntax =
		export_table_syntax(run->table, entry);
	const struct exports_entry *line =
		&syntax->entries.items[entry->syntax_entry];
	unsigned seen = 0;

	if (number == chain_length(run->table, entry->policy) &&
	    has_own_list(run->arena, syntax, entry))
		return syntax->items.items[entry->item].token;
	for (uint32_t i = line->first_item; i < entry->item; i++)
		if (syntax->items.items[i].kind == EXPORTS_DEFAULTS &&
		    ++seen == number)
			return syntax->items.items[i].token;
	return syntax->items.items[entry->item].token;
}

struct span written_option_span(struct rule_run *run,
				const struct export_entry *entry,
				const struct option_list *list,
				const struct written_option *option)
{
	const struct exports_syntax *syntax =
		export_table_syntax(run->table, entry);
	uint32_t own = syntax->items.items[entry->item].token;
	uint32_t token = list_token(run, entry, list->number);
	struct str text = exports_word_text(run->arena, syntax, token);
	size_t begin = 1;

	if (token == own &&
	    syntax->items.items[entry->item].kind == EXPORTS_CLIENT)
		begin = (size_t)(exports_client_split(text).options.data -
				 text.data);
	begin += (size_t)(option->text.data - list->text.data);
	return exports_word_span(syntax, token, begin,
				 begin + option->text.length);
}

/* Numbers the lines of loaded entries from 1, one after another. */
struct line_counter {
	uint32_t document, syntax_entry, number;
};

static uint32_t line_number(struct line_counter *counter,
			    const struct export_entry *entry)
{
	if (!counter->number || counter->document != entry->document ||
	    counter->syntax_entry != entry->syntax_entry) {
		counter->document = entry->document;
		counter->syntax_entry = entry->syntax_entry;
		counter->number++;
	}
	return counter->number;
}

void option_lists_each(struct rule_run *run,
		       void (*check)(struct rule_run *run,
				     const struct export_entry *entry,
				     const struct option_list *list))
{
	const struct export_table *table = run->table;
	uint32_t *seen = arena_alloc_array(
		run->arena, table->policies.list.count, sizeof(*seen));
	struct line_counter counter = { 0 };

	for (size_t i = 0; i < table->entries.count; i++) {
		const struct export_entry *entry = &table->entries.items[i];
		uint32_t line, policy = entry->policy;

		if (entry->state != EXPORT_LOADED)
			continue;
		line = line_number(&counter, entry);
		while (policy && seen[policy] != line) {
			struct option_list list;

			seen[policy] = line;
			option_list_read(table, policy, &list);
			check(run, entry, &list);
			policy = table->policies.keys.items[policy].base;
		}
	}
}

struct str policy_value(const struct export_table *table, uint32_t policy,
			enum export_option_id id)
{
	for (; policy; policy = table->policies.keys.items[policy].base) {
		struct option_list list;

		option_list_read(table, policy, &list);
		while (list.count--)
			if (list.items[list.count].id == id)
				return list.items[list.count].value;
	}
	return (struct str){ 0 };
}

bool option_is_from_defaults(struct rule_run *run,
			     const struct export_entry *entry,
			     enum export_option_id id)
{
	const struct exports_syntax *syntax =
		export_table_syntax(run->table, entry);

	return export_entry_has_option(run->table, entry, id) &&
	       syntax->items.items[entry->item].kind == EXPORTS_CLIENT &&
	       !has_own_list(run->arena, syntax, entry);
}

/* How well a client stands for others: one that lets nobody in does not. */
static int rank_of(const struct rule_run *run, const struct export_entry *entry)
{
	const struct export_client *client = rule_client(run, entry);
	struct client_network network;
	struct client_reach reach;

	if (client->type == CLIENT_NETWORK &&
	    client_network_parse(client->name, &network) == CLIENT_FINE &&
	    network.zero_prefix)
		return 0;
	if (client->type != CLIENT_ANONYMOUS && client->type != CLIENT_NETWORK)
		return 1;
	reach = client_reach_of(client);
	return reach.everybody || reach.broad || reach.is_public ? 2 : 1;
}

static void join_group(const struct rule_run *run, struct client_group *group,
		       const struct export_entry *entry)
{
	if (!group->count)
		group->first = entry;
	if (!group->count++ || rank_of(run, entry) > rank_of(run, group->entry))
		group->entry = entry;
}

/* The groups of the line at hand, found by policy. */
struct line_groups {
	ARRAY(struct client_group) list;
	uint32_t *line_of; /* for each policy: the last line that has it */
	uint32_t *index_of;
	uint32_t line;
};

static void finish_line(struct rule_run *run, struct line_groups *groups,
			void (*check)(struct rule_run *run,
				      const struct client_group *group))
{
	for (size_t i = 0; i < groups->list.count; i++)
		check(run, &groups->list.items[i]);
	groups->list.count = 0;
}

static void group_entry(struct rule_run *run, struct line_groups *groups,
			const struct export_entry *entry)
{
	uint32_t policy = entry->policy;

	if (groups->line_of[policy] != groups->line) {
		groups->line_of[policy] = groups->line;
		groups->index_of[policy] = (uint32_t)groups->list.count;
		ARRAY_ADD(run->arena, &groups->list);
	}
	join_group(run, &groups->list.items[groups->index_of[policy]], entry);
}

void client_groups_each(struct rule_run *run,
			void (*check)(struct rule_run *run,
				      const struct client_group *group))
{
	const struct export_table *table = run->table;
	size_t policies = table->policies.list.count;
	struct line_counter counter = { 0 };
	struct line_groups groups = {
		.line_of = arena_alloc_array(run->arena, policies,
					     sizeof(*groups.line_of)),
		.index_of = arena_alloc_array(run->arena, policies,
					      sizeof(*groups.index_of)),
	};

	for (size_t i = 0; i < table->entries.count; i++) {
		const struct export_entry *entry = &table->entries.items[i];
		uint32_t line;

		if (entry->state != EXPORT_LOADED)
			continue;
		line = line_number(&counter, entry);
		if (line != groups.line)
			finish_line(run, &groups, check);
		groups.line = line;
		group_entry(run, &groups, entry);
	}
	finish_line(run, &groups, check);
}

void lines_each(struct rule_run *run,
		bool (*meets)(struct rule_run *run,
			      const struct export_entry *entry),
		void (*check)(struct rule_run *run,
			      const struct client_group *group))
{
	struct line_counter counter = { 0 };
	struct client_group group = { 0 };
	uint32_t last = 0;

	for (size_t i = 0; i < run->table->entries.count; i++) {
		const struct export_entry *entry =
			&run->table->entries.items[i];
		uint32_t line;

		if (entry->state != EXPORT_LOADED || !meets(run, entry))
			continue;
		line = line_number(&counter, entry);
		if (line != last && group.count) {
			check(run, &group);
			group.count = 0;
		}
		last = line;
		join_group(run, &group, entry);
	}
	if (group.count)
		check(run, &group);
}

static const char *with_others(const struct rule_run *run, const char *text,
			       size_t others)
{
	if (!others)
		return text;
	return arena_printf(run->arena, "%s and %zu more %s", text, others,
			    others == 1 ? "client" : "clients");
}

const char *client_group_text(const struct rule_run *run,
			      const struct client_group *group)
{
	const struct export_client *client = rule_client(run, group->entry);

	return with_others(run, client_reach_text(run->arena, client),
			   group->count - 1);
}

const char *client_group_hosts(const struct rule_run *run,
			       const struct client_group *group)
{
	const struct export_client *client = rule_client(run, group->entry);

	if (client->type == CLIENT_ANONYMOUS)
		return with_others(run, "any host", group->count - 1);
	return client_group_text(run, group);
}
