/* Properties that hold for any exports file, however broken. */
#include "etab_reread.h"
#include "export_table_builder.h"
#include "exports_parser.h"
#include "exports_word.h"
#include "fuzz_target.h"
#include "rule_catalog.h"
#include "rule_runner.h"

/* Every byte belongs to exactly one token, and only the last is empty. */
static void check_tiling(const struct exports_syntax *syntax)
{
	size_t last = syntax->tokens.count - 1;

	REQUIRE(syntax->tokens.count > 0);
	REQUIRE(syntax->tokens.items[0].begin == 0);
	for (size_t i = 0; i < last; i++) {
		REQUIRE(syntax->tokens.items[i].kind != EXPORTS_END);
		REQUIRE(syntax->tokens.items[i].begin <
			syntax->tokens.items[i + 1].begin);
	}
	REQUIRE(syntax->tokens.items[last].kind == EXPORTS_END);
	REQUIRE(syntax->tokens.items[last].begin == syntax->text.length);
}

static void check_entry(const struct exports_syntax *syntax,
			const struct exports_entry *entry, uint32_t *token,
			uint32_t *item)
{
	REQUIRE(entry->path_token >= *token);
	REQUIRE(entry->path_token < syntax->tokens.count - 1);
	*token = entry->path_token;
	REQUIRE(entry->first_item == *item);
	REQUIRE(entry->item_count <= syntax->items.count - *item);
	*item += entry->item_count;
	for (uint32_t i = entry->first_item; i < *item; i++) {
		REQUIRE(syntax->items.items[i].token >= *token);
		*token = syntax->items.items[i].token;
		REQUIRE(*token < syntax->tokens.count - 1);
	}
}

/* Entries and items stand in the order of the text, and none is left over. */
static void check_entries(const struct exports_syntax *syntax)
{
	uint32_t token = 0, item = 0;

	for (size_t i = 0; i < syntax->entries.count; i++)
		check_entry(syntax, &syntax->entries.items[i], &token, &item);
	REQUIRE(item == syntax->items.count);
}

/* A client's parts lie inside its text, and its options come to an end. */
static void check_client(struct str text)
{
	struct exports_client_word client = exports_client_split(text);
	struct str list = client.options, option;
	size_t count = 0;

	REQUIRE(client.host.length <= text.length);
	REQUIRE(client.options.length <= text.length);
	while (client.options.data && exports_option_next(&list, &option)) {
		REQUIRE(option.length <= client.options.length);
		REQUIRE(++count <= client.options.length + 1);
	}
}

/* Pieces of a word's text come from inside the word. */
static void check_word_spans(const struct exports_syntax *syntax,
			     uint32_t token, struct str text)
{
	struct span whole = exports_token_span(syntax, token);
	struct span span;

	for (size_t i = 0; i < text.length; i += 1 + text.length / 16) {
		span = exports_word_span(syntax, token, i, i + 1);
		REQUIRE(span.begin >= whole.begin && span.end <= whole.end);
		REQUIRE(span.begin < span.end);
	}
}

static void check_word(struct arena *arena, const struct exports_syntax *syntax,
		       uint32_t token)
{
	struct str text = exports_word_text(arena, syntax, token);
	struct span span = exports_token_span(syntax, token);
	unsigned char flags = syntax->tokens.items[token].flags;

	REQUIRE(text.length <= span.end - span.begin);
	if (flags & EXPORTS_TOO_LONG)
		return;
	REQUIRE(text.length <= EXPORTS_PATH_MAX);
	REQUIRE(str_find(text, '\0') == text.length);
	check_word_spans(syntax, token, text);
	check_client(text);
}

static void check_syntax(struct arena *arena,
			 const struct exports_syntax *syntax)
{
	check_tiling(syntax);
	check_entries(syntax);
	for (uint32_t i = 0; i < syntax->tokens.count; i++)
		if (syntax->tokens.items[i].kind == EXPORTS_WORD)
			check_word(arena, syntax, i);
}

/* Answers of a file system without any of the paths. */
static const struct resolved_path *no_paths(struct arena *arena, size_t count)
{
	return arena_alloc_array(arena, count, sizeof(struct resolved_path));
}

/* Answers of a name service that knows every other name, by few addresses. */
static const struct resolved_name *some_names(struct arena *arena, size_t count)
{
	struct resolved_name *names =
		arena_alloc_array(arena, count, sizeof(*names));
	struct ip_address *addresses =
		arena_alloc_array(arena, count, sizeof(*addresses));
	struct ip_address address = { .family = IP_V4, .bytes = { 10 } };

	for (size_t i = 0; i < count; i++) {
		names[i].status = i % 2 ? NAME_NOT_FOUND : NAME_FOUND;
		address.bytes[3] = (uint8_t)(i % 8);
		addresses[i] = address;
		if (names[i].status != NAME_FOUND)
			continue;
		names[i].canonical =
			str_of(arena_printf(arena, "host%zu.example", i));
		names[i].addresses = &addresses[i];
		names[i].address_count = 1;
	}
	return names;
}

struct built {
	struct export_documents documents;
	struct export_lookups lookups;
	struct export_table table;
};

static void build_table(struct arena *arena, struct str text, bool with_names,
			struct built *built)
{
	struct export_document *document =
		ARRAY_ADD(arena, &built->documents.list);
	struct export_table_input input = { 0 };
	struct failure failure;

	document->source = (struct source){ .name = "exports", .text = text };
	REQUIRE(exports_parse(arena, text, &document->syntax, &failure));
	export_lookups_collect(arena, &built->documents, with_names,
			       &built->lookups);
	input.documents = &built->documents;
	input.lookups = &built->lookups;
	input.paths = no_paths(arena, built->lookups.paths.list.count);
	if (with_names)
		input.names =
			some_names(arena, built->lookups.names.list.count);
	input.rules.target.nfs_utils = VERSION_NUMBER(2, 6, 2);
	input.rules.target.kernel = VERSION_NUMBER(6, 1, 0);
	input.rules.flavor_mask = EXPORT_FLAVOR_MASK_DEFAULT;
	export_table_build(arena, &input, &built->table);
}

static bool is_in_etab(const struct export_entry *entry)
{
	return entry->state == EXPORT_LOADED ||
	       entry->state == EXPORT_LOST_ON_REREAD;
}

static void check_cause(const struct export_table *table, uint32_t index)
{
	const struct export_entry *entry = &table->entries.items[index];

	if (entry->state == EXPORT_LOADED)
		return;
	if (entry->state != EXPORT_DUPLICATE) {
		REQUIRE(entry->cause < table->diags.list.count);
		return;
	}
	REQUIRE(entry->cause < index);
	REQUIRE(is_in_etab(&table->entries.items[entry->cause]));
}

static void check_table_entry(struct arena *arena,
			      const struct export_table *table, uint32_t index)
{
	const struct export_entry *entry = &table->entries.items[index];
	struct span span = export_entry_span(table, entry);

	REQUIRE(entry->state < EXPORT_STATES);
	REQUIRE(span.begin <= span.end);
	REQUIRE(span.end <= export_table_syntax(table, entry)->text.length);
	export_entry_host(arena, table, entry);
	export_entry_written_path(arena, table, entry);
	export_entry_path(arena, table, entry);
	check_cause(table, index);
	if (!is_in_etab(entry))
		return;
	REQUIRE(entry->path < table->input.lookups->paths.list.count);
	REQUIRE(entry->client < table->clients.list.count);
	REQUIRE(entry->policy < table->policies.list.count);
	for (int id = 0; id < EXPORT_OPTIONS; id++) {
		span = export_entry_option_span(arena, table, entry,
						(enum export_option_id)id);
		REQUIRE(span.begin <= span.end);
		REQUIRE(span.end <=
			export_table_syntax(table, entry)->text.length);
	}
}

static void check_diags(const struct export_table *table)
{
	for (size_t i = 0; i < table->diags.list.count; i++) {
		const struct diag *diag = &table->diags.list.items[i];

		REQUIRE(diag->source == 0);
		REQUIRE(diag->message != NULL);
		REQUIRE(diag->span.begin <= diag->span.end);
		REQUIRE(diag->span.end <= table->input.documents->list.items[0]
						  .syntax.text.length);
	}
}

/* The order of etab holds each entry that is in it, once. */
static void check_order(struct arena *arena, const struct export_table *table)
{
	bool *seen = arena_alloc(arena, table->entries.count);
	size_t in_etab = 0;

	for (size_t i = 0; i < table->entries.count; i++)
		in_etab += is_in_etab(&table->entries.items[i]);
	REQUIRE(in_etab == table->order.count);
	for (size_t i = 0; i < table->order.count; i++) {
		uint32_t index = table->order.items[i];

		REQUIRE(index < table->entries.count && !seen[index]);
		REQUIRE(is_in_etab(&table->entries.items[index]));
		seen[index] = true;
	}
}

/* Every rule finishes, and its findings lie in the text. */
static void check_rules(struct arena *arena, const struct export_table *table)
{
	size_t length =
		table->input.documents->list.items[0].syntax.text.length;

	for (size_t i = 0; i < rule_count; i++) {
		struct finding_list findings = { 0 };

		if (!(rule_catalog[i]->needs & NEEDS_SERVER))
			rule_run(arena, table, NULL, rule_catalog[i],
				 &findings);
		rule_sort(&findings);
		for (size_t k = 0; k < findings.list.count; k++) {
			const struct finding *finding = &findings.list.items[k];

			REQUIRE(finding->document == 0);
			REQUIRE(finding->message && finding->message[0]);
			REQUIRE(finding->severity < SEVERITIES);
			REQUIRE(finding->span.begin <= finding->span.end);
			REQUIRE(finding->span.end <= length);
			REQUIRE(finding->client_span.end <= length);
		}
	}
}

static void check_table(struct arena *arena, const struct export_table *table)
{
	for (uint32_t i = 0; i < table->entries.count; i++)
		check_table_entry(arena, table, i);
	check_diags(table);
	check_order(arena, table);
}

/* What mountd makes of etab: a table like any other. Nothing is missing from
 * it where the model was certain that it can be read back. */
static void check_reread(struct arena *arena, struct export_table *table)
{
	bool needed = etab_reread_is_needed(table);
	struct etab_text etab = { 0 };
	struct built again = { 0 };
	struct failure failure;

	REQUIRE(etab_reread_text(arena, table, &etab, &failure));
	REQUIRE(etab.line_starts.count == table->order.count);
	build_table(arena, strbuf_str(&etab.text), false, &again);
	check_table(arena, &again.table);
	etab_reread_compare(arena, &etab, table, &again.table);
	check_table(arena, table);
	if (!needed) {
		REQUIRE(again.table.order.count == table->order.count);
		for (size_t i = 0; i < table->entries.count; i++)
			REQUIRE(table->entries.items[i].state !=
				EXPORT_LOST_ON_REREAD);
	}
	strbuf_free(&etab.text);
}

static void check_text(struct str text, bool with_names)
{
	struct arena *arena = arena_new();
	struct built built = { 0 };

	build_table(arena, text, with_names, &built);
	check_table(arena, &built.table);
	check_reread(arena, &built.table);
	check_rules(arena, &built.table);
	arena_free(arena);
}

static void check_parser(struct str text)
{
	struct arena *arena = arena_new();
	struct exports_syntax syntax = { 0 };
	struct failure failure;

	REQUIRE(exports_parse(arena, text, &syntax, &failure));
	check_syntax(arena, &syntax);
	arena_free(arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str text = { (const char *)data, size };

	check_parser(text);
	check_text(text, false);
	check_text(text, true);
	return 0;
}
