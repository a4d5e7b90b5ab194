#include "suppressions.h"

#include <fnmatch.h>

#include "rule_catalog.h"
#include "suppression_comment.h"

/* One document while its comments are collected. */
struct collecting {
	struct arena *arena;
	struct suppressions *suppressions;
	const struct exports_syntax *syntax;
	uint32_t document;
	uint32_t next; /* the first entry behind the current token */
};

bool suppression_is_expired(const struct suppressions *suppressions,
			    calendar_date until)
{
	return until && until < suppressions->today;
}

static uint32_t last_token(const struct exports_syntax *syntax, uint32_t entry)
{
	const struct exports_entry *line = &syntax->entries.items[entry];

	if (!line->item_count)
		return line->path_token;
	return syntax->items.items[line->first_item + line->item_count - 1]
		.token;
}

/* From the begin of the line that an entry begins in to the end of the one
 * that it ends in, so that what is wrong around its words is covered. */
static struct span scope_of(const struct exports_syntax *syntax, uint32_t entry)
{
	uint32_t path = syntax->entries.items[entry].path_token;
	struct span span = {
		exports_token_span(syntax, path).begin,
		exports_token_span(syntax, last_token(syntax, entry)).end,
	};
	struct str text = syntax->text;

	while (span.begin && text.data[span.begin - 1] != '\n')
		span.begin--;
	while (span.end < text.length && text.data[span.end] != '\n')
		span.end++;
	return span;
}

static unsigned count_newlines(struct str text)
{
	unsigned count = 0;

	for (size_t i = 0; i < text.length; i++)
		count += text.data[i] == '\n';
	return count;
}

/* Is the comment in the last line of the entry before it? */
static bool is_beside(const struct collecting *collecting, uint32_t token)
{
	struct str text = collecting->syntax->text;
	struct span scope;

	if (!collecting->next)
		return false;
	scope = scope_of(collecting->syntax, collecting->next - 1);
	return exports_token_span(collecting->syntax, token).begin <
		       scope.end &&
	       text.length >= scope.end;
}

/* Are only lines of comments between it and the entry behind it? */
static bool is_above(const struct collecting *collecting, uint32_t token)
{
	const struct exports_syntax *syntax = collecting->syntax;
	uint32_t path;

	if (collecting->next == syntax->entries.count)
		return false;
	path = syntax->entries.items[collecting->next].path_token;
	for (uint32_t i = token + 1; i < path; i++) {
		struct span span = exports_token_span(syntax, i);

		if (syntax->tokens.items[i].kind != EXPORTS_COMMENT &&
		    count_newlines(str_range(syntax->text.data + span.begin,
					     syntax->text.data + span.end)) > 1)
			return false;
	}
	return true;
}

static void add_invalid(const struct collecting *collecting, struct span span,
			const char *message)
{
	*ARRAY_ADD(collecting->arena, &collecting->suppressions->invalid) =
		(struct invalid_suppression){ collecting->document, span,
					      message };
}

/* What the comment covers; false if that is nothing. */
static bool find_scope(const struct collecting *collecting, uint32_t token,
		       bool file, struct span *scope)
{
	const struct exports_syntax *syntax = collecting->syntax;
	struct span span = exports_token_span(syntax, token);

	if (file && !collecting->next) {
		*scope = (struct span){ 0, (uint32_t)syntax->text.length };
		return true;
	}
	if (file) {
		add_invalid(collecting, span,
			    "`ignore-file=` counts only before the first "
			    "export");
		return false;
	}
	if (is_beside(collecting, token)) {
		*scope = scope_of(syntax, collecting->next - 1);
		return true;
	}
	if (is_above(collecting, token)) {
		*scope = scope_of(syntax, collecting->next);
		return true;
	}
	add_invalid(collecting, span,
		    "there is no export beside or below this comment");
	return false;
}

static struct span within(struct span comment, struct span part)
{
	return (struct span){ comment.begin + part.begin,
			      comment.begin + part.end };
}

static void add_names(const struct collecting *collecting,
		      const struct suppression_comment *comment,
		      struct span span, struct suppression *suppression)
{
	struct arena *arena = collecting->arena;

	for (size_t i = 0; i < comment->rules.count; i++) {
		const struct suppressed_rule *name = &comment->rules.items[i];
		const char *slug =
			arena_copy(arena, name->name.data, name->name.length);
		const struct rule *rule = rule_find(slug);
		struct span place = within(span, name->span);

		if (rule)
			*ARRAY_ADD(arena, &suppression->names) =
				(struct suppressed_name){ .rule = rule,
							  .span = place };
		else
			add_invalid(collecting, place,
				    rule_unknown_text(arena, slug));
	}
}

static const char *text_of(struct arena *arena, struct str text)
{
	return text.data ? arena_copy(arena, text.data, text.length) : NULL;
}

static void collect_comment(const struct collecting *collecting, uint32_t token)
{
	struct arena *arena = collecting->arena;
	struct span span = exports_token_span(collecting->syntax, token);
	const char *data = collecting->syntax->text.data;
	struct str text = str_range(data + span.begin, data + span.end);
	struct suppression_comment comment;
	struct suppression suppression = { .document = collecting->document };

	if (!suppression_comment_is(text))
		return;
	suppression_comment_parse(arena, text, &comment);
	if (comment.error) {
		add_invalid(collecting, within(span, comment.error_span),
			    comment.error);
		return;
	}
	if (!find_scope(collecting, token, comment.file, &suppression.scope))
		return;
	suppression.until = comment.until;
	suppression.told = (struct finding_suppression){
		.by = "comment",
		.reason = text_of(arena, comment.reason),
	};
	add_names(collecting, &comment, span, &suppression);
	if (comment.file)
		*ARRAY_ADD(arena, &collecting->suppressions->files) =
			suppression;
	else
		*ARRAY_ADD(arena, &collecting->suppressions->entries) =
			suppression;
}

static void collect_document(struct collecting *collecting)
{
	const struct exports_syntax *syntax = collecting->syntax;

	for (uint32_t i = 0; i + 1 < syntax->tokens.count; i++) {
		while (collecting->next < syntax->entries.count &&
		       syntax->entries.items[collecting->next].path_token <= i)
			collecting->next++;
		if (syntax->tokens.items[i].kind == EXPORTS_COMMENT)
			collect_comment(collecting, i);
	}
}

void suppressions_collect(struct arena *arena,
			  const struct export_documents *documents,
			  struct suppressions *suppressions)
{
	for (uint32_t i = 0; i < documents->list.count; i++) {
		struct collecting collecting = {
			.arena = arena,
			.suppressions = suppressions,
			.syntax = &documents->list.items[i].syntax,
			.document = i,
		};

		collect_document(&collecting);
	}
}

/* Lets the finding rest if the comment names its rule. */
static void try_comment(const struct suppressions *suppressions,
			struct suppression *suppression,
			struct finding *finding)
{
	if (suppression_is_expired(suppressions, suppression->until))
		return;
	for (size_t i = 0; i < suppression->names.count; i++) {
		struct suppressed_name *name = &suppression->names.items[i];

		if (name->rule != finding->rule)
			continue;
		name->used = true;
		finding->suppressed = &suppression->told;
	}
}

static bool comes_after(const struct suppression *suppression,
			const struct finding *finding)
{
	return suppression->document > finding->document ||
	       (suppression->document == finding->document &&
		suppression->scope.begin > finding->span.begin);
}

/* Comments of entries are in the order of their scopes, which are disjoint or
 * the same. */
static void apply_to_entries(struct suppressions *suppressions,
			     struct finding_list *findings)
{
	size_t next = 0;

	for (size_t i = 0; i < findings->list.count; i++) {
		struct finding *finding = &findings->list.items[i];

		while (next < suppressions->entries.count &&
		       !comes_after(&suppressions->entries.items[next],
				    finding))
			next++;
		for (size_t k = next; k-- > 0;) {
			struct suppression *suppression =
				&suppressions->entries.items[k];

			if (suppression->document != finding->document ||
			    suppression->scope.end < finding->span.begin)
				break;
			try_comment(suppressions, suppression, finding);
		}
	}
}

/* For each rule the name in a comment for its file that counts. */
struct file_names {
	uint32_t document;
	struct suppressed_name **names;
	const struct finding_suppression **told;
};

static void clear_names(struct file_names *names, uint32_t document)
{
	names->document = document;
	memset(names->names, 0, rule_count * sizeof(*names->names));
}

static void add_file(const struct suppressions *suppressions,
		     struct suppression *suppression, struct file_names *names)
{
	if (suppression_is_expired(suppressions, suppression->until))
		return;
	for (size_t i = 0; i < suppression->names.count; i++) {
		struct suppressed_name *name = &suppression->names.items[i];
		size_t index = rule_index(name->rule);

		if (names->names[index])
			continue;
		names->names[index] = name;
		names->told[index] = &suppression->told;
	}
}

static void apply_to_files(struct arena *arena,
			   struct suppressions *suppressions,
			   struct finding_list *findings)
{
	struct file_names names = {
		.document = UINT32_MAX,
		.names = arena_alloc_array(arena, rule_count,
					   sizeof(*names.names)),
		.told = arena_alloc_array(arena, rule_count,
					  sizeof(*names.told)),
	};
	size_t next = 0;

	for (size_t i = 0; i < findings->list.count; i++) {
		struct finding *finding = &findings->list.items[i];
		size_t index = rule_index(finding->rule);

		if (finding->document != names.document)
			clear_names(&names, finding->document);
		for (; next < suppressions->files.count &&
		       suppressions->files.items[next].document <=
			       finding->document;
		     next++)
			if (suppressions->files.items[next].document ==
			    finding->document)
				add_file(suppressions,
					 &suppressions->files.items[next],
					 &names);
		if (!names.names[index])
			continue;
		names.names[index]->used = true;
		finding->suppressed = names.told[index];
	}
}

static bool fits_rule(const struct waiver *waiver, const struct rule *rule)
{
	for (size_t i = 0; i < waiver->rules.count; i++)
		if (waiver->rules.items[i] == rule)
			return true;
	return !waiver->rules.count;
}

static bool fits_path(struct arena *arena, const struct waiver *waiver,
		      struct str path)
{
	return !waiver->path ||
	       fnmatch(waiver->path, arena_copy(arena, path.data, path.length),
		       0) == 0;
}

static bool fits_client(const struct waiver *waiver, struct str client)
{
	return !waiver->client ||
	       str_equal_nocase(client, str_of(waiver->client));
}

static bool fits_server(const struct waiver *waiver, const char *server)
{
	return !waiver->server ||
	       (server && fnmatch(waiver->server, server, FNM_CASEFOLD) == 0);
}

static void apply_waiver(struct arena *arena,
			 const struct suppressions *suppressions,
			 struct waiver *waiver, struct finding_list *findings)
{
	if (!fits_server(waiver, suppressions->server))
		return;
	for (size_t i = 0; i < findings->list.count; i++) {
		struct finding *finding = &findings->list.items[i];

		if (!fits_rule(waiver, finding->rule) ||
		    !fits_client(waiver, finding->client) ||
		    !fits_path(arena, waiver, finding->path))
			continue;
		waiver->used = true;
		if (!suppression_is_expired(suppressions, waiver->until))
			finding->suppressed = &waiver->told;
	}
}

void suppressions_apply(struct arena *arena, struct suppressions *suppressions,
			struct finding_list *findings)
{
	apply_to_files(arena, suppressions, findings);
	apply_to_entries(suppressions, findings);
	for (size_t i = 0; i < suppressions->waivers.count; i++)
		apply_waiver(arena, suppressions,
			     &suppressions->waivers.items[i], findings);
}

void suppressions_each(
	struct rule_run *run, const struct suppressions *suppressions,
	void (*comment)(struct rule_run *run,
			const struct suppressions *suppressions,
			const struct suppression *comment),
	void (*waiver)(struct rule_run *run,
		       const struct suppressions *suppressions,
		       const struct waiver *waiver))
{
	for (size_t i = 0; i < suppressions->files.count; i++)
		comment(run, suppressions, &suppressions->files.items[i]);
	for (size_t i = 0; i < suppressions->entries.count; i++)
		comment(run, suppressions, &suppressions->entries.items[i]);
	for (size_t i = 0; i < suppressions->waivers.count; i++)
		waiver(run, suppressions, &suppressions->waivers.items[i]);
}
