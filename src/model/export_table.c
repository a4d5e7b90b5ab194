#include "export_table.h"

#include "exports_word.h"

enum { NONE = UINT32_MAX };

const char *export_state_name(enum export_state state)
{
	static const char *const names[EXPORT_STATES] = {
		[EXPORT_LOADED] = "loaded",
		[EXPORT_DUPLICATE] = "duplicate",
		[EXPORT_REJECTED] = "rejected",
		[EXPORT_UNRESOLVED] = "unresolved",
		[EXPORT_NOT_REACHED] = "not-reached",
		[EXPORT_LOST_ON_REREAD] = "lost-on-reread",
	};

	return names[state];
}

const struct exports_syntax *
export_table_syntax(const struct export_table *table,
		    const struct export_entry *entry)
{
	return &table->input.documents->list.items[entry->document].syntax;
}

struct span export_entry_span(const struct export_table *table,
			      const struct export_entry *entry)
{
	const struct exports_syntax *syntax = export_table_syntax(table, entry);

	return exports_token_span(syntax,
				  syntax->items.items[entry->item].token);
}

static struct option_origin origin_of(const struct export_table *table,
				      const struct export_entry *entry,
				      enum export_option_id option)
{
	return table->policies.list.items[entry->policy].origins[option];
}

bool export_entry_has_option(const struct export_table *table,
			     const struct export_entry *entry,
			     enum export_option_id option)
{
	return origin_of(table, entry, option).list != 0;
}

/* Is a parenthesis written behind the client? Escaped ones don't count. */
static bool has_own_list(const struct exports_syntax *syntax,
			 const struct export_entry *entry)
{
	const struct exports_item *item = &syntax->items.items[entry->item];
	struct span span = exports_token_span(syntax, item->token);
	struct str word = str_range(syntax->text.data + span.begin,
				    syntax->text.data + span.end);

	return item->kind == EXPORTS_CLIENT &&
	       str_find(word, '(') < word.length;
}

/* Number list of the option lists that apply to an entry: the -options before
 * its client, then the client's own. */
static uint32_t list_token(const struct export_table *table,
			   const struct export_entry *entry, unsigned list)
{
	const struct exports_syntax *syntax = export_table_syntax(table, entry);
	const struct exports_entry *line =
		&syntax->entries.items[entry->syntax_entry];
	unsigned last = table->policies.keys.items[entry->policy].list_number;
	unsigned seen = 0;

	/* a line may have many clients; mostly it is the client's own list */
	if (list == last && has_own_list(syntax, entry))
		return syntax->items.items[entry->item].token;
	for (uint32_t i = line->first_item; i < entry->item; i++) {
		const struct exports_item *item = &syntax->items.items[i];

		if (item->kind == EXPORTS_DEFAULTS && ++seen == list)
			return item->token;
	}
	return syntax->items.items[entry->item].token;
}

struct span export_entry_option_span(struct arena *arena,
				     const struct export_table *table,
				     const struct export_entry *entry,
				     enum export_option_id option)
{
	const struct exports_syntax *syntax = export_table_syntax(table, entry);
	const struct exports_item *item = &syntax->items.items[entry->item];
	struct option_origin origin = origin_of(table, entry, option);
	struct exports_client_word word;
	struct str text, list;
	uint32_t token;
	size_t begin;

	if (!origin.list)
		return export_entry_span(table, entry);
	token = list_token(table, entry, origin.list);
	text = exports_word_text(arena, syntax, token);
	word = exports_client_split(text);
	/* an implicit client has the token of the -options before it */
	list = token == item->token && item->kind == EXPORTS_CLIENT
		       ? word.options
		       : str_skip(text, 1);
	list = str_skip(list, origin.offset);
	list.length = str_find(list, ',');
	begin = (size_t)(list.data - text.data);
	return exports_word_span(syntax, token, begin, begin + list.length);
}

struct str export_entry_host(struct arena *arena,
			     const struct export_table *table,
			     const struct export_entry *entry)
{
	const struct exports_syntax *syntax = export_table_syntax(table, entry);
	const struct exports_item *item = &syntax->items.items[entry->item];
	struct exports_client_word word;

	if (item->kind == EXPORTS_IMPLICIT)
		return STR("");
	word = exports_client_split(
		exports_word_text(arena, syntax, item->token));
	if (word.options.data && !word.host.length)
		return STR("*");
	return word.host;
}

struct str export_entry_written_path(struct arena *arena,
				     const struct export_table *table,
				     const struct export_entry *entry)
{
	const struct exports_syntax *syntax = export_table_syntax(table, entry);
	uint32_t token;

	if (entry->written_path != NONE)
		return export_table_path(table, entry->written_path);
	token = syntax->entries.items[entry->syntax_entry].path_token;
	return exports_word_text(arena, syntax, token);
}

struct str export_entry_path(struct arena *arena,
			     const struct export_table *table,
			     const struct export_entry *entry)
{
	if (entry->path != NONE)
		return export_table_path(table, entry->path);
	return export_entry_written_path(arena, table, entry);
}
