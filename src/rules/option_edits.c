#include "option_edits.h"

#include <stdlib.h>

#include "edit_distance.h"

struct str finding_text(const struct rule_run *run,
			const struct finding *finding)
{
	return run->table->input.documents->list.items[finding->document]
		.source.text;
}

static char byte_at(struct str text, uint32_t at)
{
	return at < text.length ? text.data[at] : '\0';
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* -option alone: the word and a blank before it. */
static void delete_defaults(struct rule_run *run, struct finding *finding,
			    struct str text, struct span option)
{
	char behind = byte_at(text, option.end);

	if (option.begin < 2 || !is_blank(text.data[option.begin - 2]) ||
	    (!is_blank(behind) && behind != '\n'))
		return;
	rule_edit(run, finding, (struct span){ option.begin - 2, option.end },
		  "");
}

/* (option): with the parentheses, but behind a client only. */
static void delete_list(struct rule_run *run, struct finding *finding,
			struct str text, struct span option)
{
	if (byte_at(text, option.end) != ')')
		return;
	if (option.begin > 1 && !is_blank(text.data[option.begin - 2])) {
		option.begin--;
		option.end++;
	}
	rule_edit(run, finding, option, "");
}

void option_edit_delete(struct rule_run *run, struct finding *finding,
			struct span option)
{
	struct str text = finding_text(run, finding);
	char before = option.begin ? text.data[option.begin - 1] : '\0';

	if (byte_at(text, option.end) == ',')
		option.end++;
	else if (before == ',')
		option.begin--;
	else if (before == '(') {
		delete_list(run, finding, text, option);
		return;
	} else if (before == '-') {
		delete_defaults(run, finding, text, option);
		return;
	} else
		return;
	rule_edit(run, finding, option, "");
}

/* Goes through the clients of a group. */
struct places {
	const struct export_entry *next;
	size_t left; /* clients not yet seen */
	struct span last;
};

static struct places first_place(const struct client_group *group)
{
	return (struct places){
		.next = group->first ? group->first : group->entry,
		.left = group->count,
		.last = { UINT32_MAX, UINT32_MAX },
	};
}

/* The next place where the option of the group is written; each comes once.
 * False if there is none. */
static bool next_place(struct rule_run *run, const struct client_group *group,
		       enum export_option_id id, struct places *places)
{
	const struct export_table *table = run->table;
	const struct export_entry *end =
		table->entries.items + table->entries.count;
	uint32_t last = places->last.begin;

	while (places->left && places->next < end &&
	       places->next->syntax_entry == group->entry->syntax_entry &&
	       places->next->document == group->entry->document) {
		const struct export_entry *entry = places->next++;

		if (entry->state != EXPORT_LOADED ||
		    entry->policy != group->entry->policy)
			continue;
		places->left--;
		places->last =
			export_entry_option_span(run->arena, table, entry, id);
		if (places->last.begin != last)
			return true;
	}
	return false;
}

void option_edits_delete(struct rule_run *run, struct finding *finding,
			 const struct client_group *group,
			 enum export_option_id id)
{
	struct places places = first_place(group);
	struct str text = finding_text(run, finding);

	finding->fix.description =
		arena_printf(run->arena, "delete `%.*s`",
			     STR_ARG(str_range(text.data + finding->span.begin,
					       text.data + finding->span.end)));
	while (next_place(run, group, id, &places))
		option_edit_delete(run, finding, places.last);
}

void option_edits_replace(struct rule_run *run, struct finding *finding,
			  const struct client_group *group,
			  enum export_option_id id, const char *text)
{
	struct places places = first_place(group);

	while (next_place(run, group, id, &places))
		rule_edit(run, finding, places.last, text);
}

/* The next word in "name=word:word" behind *word, which begins as { 0 }; false
 * behind the last. */
static bool next_word(struct str text, struct span option, struct span *word)
{
	uint32_t at = word->end ? word->end : option.begin;

	while (!word->end && at < option.end && text.data[at] != '=')
		at++;
	if (at >= option.end)
		return false;
	word->begin = word->end = at + 1;
	while (word->end < option.end && text.data[word->end] != ':')
		word->end++;
	return true;
}

static struct str word_at(struct str text, struct span word)
{
	return str_range(text.data + word.begin, text.data + word.end);
}

/* The place of a word among them; empty if it is not there. */
static struct span find_word(struct str text, struct span option,
			     struct str wanted)
{
	struct span word = { 0 };

	while (next_word(text, option, &word))
		if (str_equal(word_at(text, word), wanted))
			return word;
	return (struct span){ 0 };
}

static void edit_word(struct rule_run *run, struct finding *finding,
		      struct span option, struct str word, const char *text)
{
	struct str source = finding_text(run, finding);
	struct span span = find_word(source, option, word);

	if (!span.end)
		return;
	if (!text && span.end < option.end)
		span.end++;
	else if (!text && source.data[span.begin - 1] == ':')
		span.begin--;
	else if (!text)
		return;
	rule_edit(run, finding, span, text ? text : "");
}

void option_edits_value(struct rule_run *run, struct finding *finding,
			const struct client_group *group,
			enum export_option_id id, const char *word,
			const char *text)
{
	struct places places = first_place(group);

	while (next_place(run, group, id, &places))
		edit_word(run, finding, places.last, str_of(word), text);
}

static size_t count_names(const char *const *names)
{
	size_t count = 0;

	while (names[count])
		count++;
	return count;
}

static bool is_among(struct str word, const char *const *names)
{
	for (; *names; names++)
		if (str_is(word, *names))
			return true;
	return false;
}

void option_edit_nearest(struct rule_run *run, struct finding *finding,
			 const char *const *known)
{
	struct str text = finding_text(run, finding), wrong;
	struct span word = { 0 };
	const char *nearest;

	while (next_word(text, finding->span, &word) &&
	       is_among(word_at(text, word), known))
		;
	wrong = word_at(text, word);
	nearest = edit_distance_nearest(wrong, known, count_names(known),
					edit_distance_tolerance(wrong));
	if (!nearest || is_among(wrong, known))
		return;
	finding->fix.description =
		arena_printf(run->arena, "write `%s`", nearest);
	rule_edit(run, finding, word, nearest);
}

static int compare_edits(const void *a, const void *b)
{
	const struct text_edit *x = a, *y = b;

	return x->span.begin < y->span.begin ? -1
					     : x->span.begin > y->span.begin;
}

void option_edits_sort(struct finding *finding)
{
	if (finding->fix.edits.count)
		qsort(finding->fix.edits.items, finding->fix.edits.count,
		      sizeof(*finding->fix.edits.items), compare_edits);
}

void option_edit_append(struct rule_run *run, struct finding *finding,
			const struct export_entry *entry, const char *options)
{
	const struct exports_syntax *syntax =
		export_table_syntax(run->table, entry);
	const struct exports_item *item = &syntax->items.items[entry->item];
	struct span span = exports_token_span(syntax, item->token);
	struct str word = str_range(syntax->text.data + span.begin,
				    syntax->text.data + span.end);
	size_t list = str_find(word, '(') + 1;
	const char *comma = ",";

	if (!(syntax->tokens.items[item->token].flags & EXPORTS_PLAIN) ||
	    item->kind != EXPORTS_CLIENT ||
	    word.length + strlen("(,)") + strlen(options) > EXPORTS_CLIENT_MAX)
		return;
	if (list > word.length) {
		rule_edit(run, finding, (struct span){ span.end, span.end },
			  arena_printf(run->arena, "(%s)", options));
		return;
	}
	if (list + 1 == word.length || word.data[word.length - 2] == ',')
		comma = "";
	rule_edit(run, finding, (struct span){ span.end - 1, span.end - 1 },
		  arena_printf(run->arena, "%s%s", comma, options));
}

/* With the newline if nothing else is in its line. */
static struct span whole_line(struct str text, struct span span)
{
	uint32_t begin = span.begin, end = span.end;

	while (begin && is_blank(text.data[begin - 1]))
		begin--;
	while (is_blank(byte_at(text, end)))
		end++;
	if ((!begin || text.data[begin - 1] == '\n') &&
	    byte_at(text, end) == '\n')
		return (struct span){ begin, end + 1 };
	return span;
}

/* Would -options be the last word of the line without an item? They export to
 * everybody then. */
static bool leaves_defaults(const struct exports_syntax *syntax,
			    const struct exports_entry *line, uint32_t item)
{
	return item + 1 == line->first_item + line->item_count &&
	       item > line->first_item &&
	       syntax->items.items[item - 1].kind == EXPORTS_DEFAULTS;
}

void entry_edit_delete(struct rule_run *run, struct finding *finding,
		       const struct export_entry *entry, bool whole)
{
	const struct exports_syntax *syntax =
		export_table_syntax(run->table, entry);
	const struct exports_entry *line =
		&syntax->entries.items[entry->syntax_entry];
	uint32_t item =
		whole ? line->first_item + line->item_count - 1 : entry->item;
	struct span span =
		exports_token_span(syntax, syntax->items.items[item].token);

	if (whole) {
		span.begin = exports_token_span(syntax, line->path_token).begin;
		span = whole_line(syntax->text, span);
	} else if (syntax->items.items[item].kind == EXPORTS_IMPLICIT ||
		   leaves_defaults(syntax, line, item)) {
		return;
	} else if (span.begin && is_blank(syntax->text.data[span.begin - 1])) {
		span.begin--;
	}
	rule_edit(run, finding, span, "");
}
