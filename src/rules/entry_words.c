#include "entry_words.h"

const struct exports_entry *entry_line(const struct export_table *table,
				       const struct export_entry *entry)
{
	return &export_table_syntax(table, entry)
			->entries.items[entry->syntax_entry];
}

bool entry_leads_line(const struct export_table *table,
		      const struct export_entry *entry)
{
	const struct export_entry *other = entry;

	while (other-- > table->entries.items &&
	       other->document == entry->document &&
	       other->syntax_entry == entry->syntax_entry)
		if (other->state == EXPORT_LOADED)
			return false;
	return true;
}

const struct exports_item *entry_previous(const struct export_table *table,
					  const struct export_entry *entry)
{
	if (entry->item == entry_line(table, entry)->first_item)
		return NULL;
	return &export_table_syntax(table, entry)->items.items[entry->item - 1];
}

static char byte_at(const struct exports_syntax *syntax, uint32_t offset)
{
	return offset < syntax->text.length ? syntax->text.data[offset] : '\n';
}

/* A CR before a newline looks like the end of the line to its author. */
static bool is_line_end(const struct exports_syntax *syntax, uint32_t token)
{
	uint32_t begin = syntax->tokens.items[token].begin;

	return byte_at(syntax, begin) == '\r' &&
	       byte_at(syntax, begin + 1) == '\n';
}

static enum missing_client implicit_client(const struct export_table *table,
					   const struct export_entry *entry)
{
	const struct exports_syntax *syntax = export_table_syntax(table, entry);
	const struct exports_item *previous = entry_previous(table, entry);
	uint32_t token = syntax->items.items[entry->item].token;

	if (syntax->tokens.items[token].kind == EXPORTS_EMPTY_WORD &&
	    !is_line_end(syntax, token))
		return CLIENT_EMPTY_WORD;
	return previous && previous->kind == EXPORTS_DEFAULTS
		       ? CLIENT_AFTER_DEFAULTS
		       : CLIENT_NOT_WRITTEN;
}

enum missing_client entry_missing_client(struct arena *arena,
					 const struct export_table *table,
					 const struct export_entry *entry)
{
	const struct exports_syntax *syntax = export_table_syntax(table, entry);
	const struct exports_item *item = &syntax->items.items[entry->item];
	const struct exports_item *previous = entry_previous(table, entry);
	struct str text;

	if (item->kind == EXPORTS_IMPLICIT)
		return implicit_client(table, entry);
	text = exports_word_text(arena, syntax, item->token);
	if (!text.length || text.data[0] != '(')
		return CLIENT_THERE;
	if (!previous || previous->kind != EXPORTS_CLIENT)
		return CLIENT_OPTIONS_ALONE;
	text = exports_word_text(arena, syntax, previous->token);
	return exports_client_split(text).options.data ? CLIENT_OPTIONS_ALONE
						       : CLIENT_OPTIONS_APART;
}

bool word_ends_in_backslash(const struct exports_syntax *syntax, uint32_t token)
{
	struct span span = exports_token_span(syntax, token);
	uint32_t at = span.end;

	if (span.begin == span.end || syntax->text.data[span.end - 1] != '\\')
		return false;
	while (strchr(" \t\r", byte_at(syntax, at)) &&
	       byte_at(syntax, at) != '\0')
		at++;
	return byte_at(syntax, at) == '\n';
}

/* The last token before token that is not a gap; false if there is none. */
static bool word_before(const struct exports_syntax *syntax, bool skip_comments,
			uint32_t *token)
{
	while (*token > 0) {
		uint8_t kind = syntax->tokens.items[--*token].kind;

		if (kind != EXPORTS_BLANK && kind != EXPORTS_SEPARATOR &&
		    !(skip_comments && kind == EXPORTS_COMMENT))
			return true;
	}
	return false;
}

/* Does a comment stand behind a word or in a continued line? */
static bool is_within_entry(const struct exports_syntax *syntax,
			    uint32_t comment)
{
	const struct exports_token *tokens = syntax->tokens.items;
	struct span span;

	if (comment == 0)
		return false;
	if (tokens[comment - 1].kind != EXPORTS_BLANK)
		return tokens[comment - 1].kind != EXPORTS_COMMENT;
	span = exports_token_span(syntax, comment - 1);
	return comment > 1 && !memchr(syntax->text.data + span.begin, '\n',
				      span.end - span.begin);
}

static bool is_indented(const struct exports_syntax *syntax, uint32_t begin)
{
	char before = begin ? syntax->text.data[begin - 1] : '\n';

	return before == ' ' || before == '\t';
}

enum continuation_fault entry_stray(struct arena *arena,
				    const struct export_table *table,
				    const struct export_entry *entry)
{
	const struct exports_syntax *syntax = export_table_syntax(table, entry);
	uint32_t path = entry_line(table, entry)->path_token, token = path;
	struct str text = exports_word_text(arena, syntax, path);

	if ((text.length && text.data[0] == '/') ||
	    !word_before(syntax, false, &token))
		return CONTINUATION_FINE;
	if (word_ends_in_backslash(syntax, token)) {
		if (syntax->tokens.items[token].kind != EXPORTS_COMMENT)
			return CONTINUATION_BLANK;
		if (is_within_entry(syntax, token))
			return CONTINUATION_COMMENT;
	}
	if (is_indented(syntax, syntax->tokens.items[path].begin) &&
	    word_before(syntax, true, &path))
		return CONTINUATION_MISSING;
	return CONTINUATION_FINE;
}

bool document_has_problem(const struct export_table *table, uint32_t document,
			  const enum export_problem *kinds)
{
	for (size_t i = 0; i < table->diags.list.count; i++) {
		const struct diag *diag = &table->diags.list.items[i];

		for (const enum export_problem *kind = kinds;
		     diag->source == document && *kind != PROBLEM_NONE; kind++)
			if (diag->kind == *kind)
				return true;
	}
	return false;
}
