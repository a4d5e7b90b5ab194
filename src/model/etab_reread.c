#include "etab_reread.h"

#include "etab_writer.h"

enum {
	NONE = UINT32_MAX,
	/* A path this short stays below the limit with every escape that its
	 * last byte may need. */
	SAFE_PATH = EXPORTS_PATH_MAX - 4,
};

/* Bytes that are never escaped, never separate and never end anything. */
static bool is_safe_text(struct str text)
{
	for (size_t i = 0; i < text.length; i++) {
		unsigned char c = (unsigned char)text.data[i];

		if (c <= ' ' || c == 0x7f || c == '"' || c == '\\' ||
		    c == ')' || c == ',' || c == '(')
			return false;
	}
	return true;
}

static bool is_safe_policy(const struct export_policy *policy)
{
	return is_safe_text(policy->uuid) && is_safe_text(policy->mountpoint) &&
	       is_safe_text(policy->location) &&
	       policy->squash_uids.count <= 1 && !policy->squash_gids.count;
}

static bool is_safe_client(const struct export_client *client)
{
	return client->name.length > 0 && client->name.data[0] != '-' &&
	       client->name.data[0] != '#' && is_safe_text(client->name) &&
	       (client->type != CLIENT_HOST || !client->address_count);
}

static bool is_safe_path(struct str path)
{
	return path.length > 0 && path.length <= SAFE_PATH &&
	       str_find(path, '\\') == path.length;
}

static bool is_safe_entry(struct etab_writer *writer,
			  const struct export_entry *entry)
{
	const struct export_table *table = writer->table;
	const struct export_client *client =
		&table->clients.list.items[entry->client];
	size_t length = client->name.length + strlen("()") +
			etab_writer_options(writer, entry).length;

	return length <= EXPORTS_CLIENT_MAX &&
	       is_safe_path(export_table_path(table, entry->path)) &&
	       is_safe_client(client) &&
	       is_safe_policy(&table->policies.list.items[entry->policy]);
}

bool etab_reread_is_needed(const struct export_table *table)
{
	struct etab_writer writer = { .table = table };
	bool needed = false;

	for (size_t i = 0; i < table->entries.count && !needed; i++)
		needed = table->entries.items[i].state == EXPORT_LOADED &&
			 !is_safe_entry(&writer, &table->entries.items[i]);
	etab_writer_free(&writer);
	return needed;
}

bool etab_reread_text(struct arena *arena, const struct export_table *table,
		      struct etab_text *etab, struct failure *failure)
{
	struct etab_writer writer = { .table = table };

	*etab = (struct etab_text){ 0 };
	for (size_t i = 0; i < table->order.count; i++) {
		*ARRAY_ADD(arena, &etab->line_starts) =
			(uint32_t)etab->text.length;
		etab_writer_line(&writer, export_table_ordered(table, i),
				 &etab->text);
		if (etab->text.length > SOURCE_MAX_BYTES)
			break;
	}
	etab_writer_free(&writer);
	if (etab->text.length <= SOURCE_MAX_BYTES)
		return true;
	return failure_set(failure, "the table is too large to be read back: "
				    "etab would have more than 1 GiB");
}

/* The comparison. Lines are numbered as in table->order. */
struct comparison {
	struct arena *arena;
	const struct etab_text *etab;
	struct export_table *table;
	const struct export_table *reread;
	uint32_t *line_entries; /* first entry of reread on each line */
	uint32_t *line_diags;	/* diagnostic of table for each line */
	uint32_t line_count;
};

static uint32_t line_at(const struct comparison *comparison, uint32_t offset)
{
	const uint32_t *starts = comparison->etab->line_starts.items;
	uint32_t low = 0, high = comparison->line_count;

	while (high - low > 1) {
		uint32_t middle = low + (high - low) / 2;

		if (starts[middle] <= offset)
			low = middle;
		else
			high = middle;
	}
	return low;
}

static void index_lines(struct comparison *comparison)
{
	const struct export_table *reread = comparison->reread;

	for (uint32_t i = 0; i < reread->entries.count; i++) {
		const struct export_entry *entry = &reread->entries.items[i];
		const struct exports_syntax *syntax =
			export_table_syntax(reread, entry);
		uint32_t token =
			syntax->entries.items[entry->syntax_entry].path_token;
		uint32_t line = line_at(
			comparison, exports_token_span(syntax, token).begin);

		if (comparison->line_entries[line] == NONE)
			comparison->line_entries[line] = i;
	}
}

/* Did the line come back as the same path and client? */
static bool came_back(const struct comparison *comparison,
		      const struct export_entry *entry,
		      const struct export_entry *back)
{
	const struct export_table *table = comparison->table;
	const struct export_table *reread = comparison->reread;
	const struct export_client *client;

	if (back->state != EXPORT_LOADED ||
	    !str_equal(export_table_path(table, entry->path),
		       export_table_path(reread, back->path)))
		return false;
	client = &table->clients.list.items[entry->client];
	if (client->type != reread->clients.list.items[back->client].type)
		return false;
	return client->type == CLIENT_ANONYMOUS ||
	       str_equal(client->name,
			 export_entry_host(comparison->arena, reread, back));
}

static void set_addresses(struct arena *arena, struct export_client *client,
			  const struct ip_address *addresses, uint32_t count)
{
	size_t size = count * sizeof(*addresses);
	struct ip_address *copy;

	if (client->address_count == count &&
	    (!count || memcmp(client->addresses, addresses, size) == 0))
		return;
	copy = arena_alloc_array(arena, count, sizeof(*copy));
	if (count)
		memcpy(copy, addresses, size);
	client->addresses = copy;
	client->address_count = count;
}

/* exportfs writes the canonical name of a host, and mountd asks for that; it
 * may also have another client that shares an address. */
static void take_addresses(struct comparison *comparison,
			   const struct export_entry *entry,
			   const struct export_entry *back)
{
	struct export_client *client =
		&comparison->table->clients.list.items[entry->client];
	const struct export_client *read =
		&comparison->reread->clients.list.items[back->client];
	struct ip_address only;

	if (read->numeric && !client->numeric &&
	    ip_address_parse_host(read->name, &only))
		set_addresses(comparison->arena, client, &only, 1);
	else
		set_addresses(comparison->arena, client, read->addresses,
			      read->address_count);
}

static uint32_t add_diag(struct comparison *comparison, uint32_t line,
			 enum export_problem kind, const char *message,
			 const char *consequence)
{
	const struct export_entry *entry =
		export_table_ordered(comparison->table, line);

	diag_add(comparison->arena, &comparison->table->diags,
		 (struct diag){
			 .kind = kind,
			 .source = entry->document,
			 .span = export_entry_span(comparison->table, entry),
			 .message = message,
			 .consequence = consequence,
		 });
	return (uint32_t)comparison->table->diags.list.count - 1;
}

static bool is_too_long(const struct diag *diag)
{
	return diag->kind == PROBLEM_CLIENT_TOO_LONG ||
	       diag->kind == PROBLEM_DEFAULTS_TOO_LONG ||
	       diag->kind == PROBLEM_PATH_TOO_LONG;
}

/* The diagnostic for the line where mountd stops, because of why. */
static uint32_t stop_diag(struct comparison *comparison, uint32_t line,
			  const struct diag *why)
{
	uint32_t *diag = &comparison->line_diags[line];

	if (*diag == NONE)
		*diag = add_diag(comparison, line,
				 is_too_long(why) ? PROBLEM_REREAD_TOO_LONG
						  : PROBLEM_REREAD_STOPS,
				 arena_printf(comparison->arena,
					      "mountd can't read this entry "
					      "back from etab: %s",
					      why->message),
				 NULL);
	return *diag;
}

/* A client whose quote is never closed has a diagnostic already, which says
 * all there is to say; else NONE. */
static uint32_t unclosed_quote(const struct export_table *table,
			       const struct export_entry *entry)
{
	const struct exports_syntax *syntax = export_table_syntax(table, entry);
	uint32_t token = syntax->items.items[entry->item].token;
	size_t i = table->diags.list.count;

	if (!(syntax->tokens.items[token].flags & EXPORTS_UNTERMINATED))
		return NONE;
	while (i-- > 0)
		if (table->diags.list.items[i].kind == PROBLEM_UNCLOSED_QUOTE &&
		    table->diags.list.items[i].source == entry->document)
			return (uint32_t)i;
	return NONE;
}

/* Why a line did not come back, as a diagnostic of the table. */
static uint32_t find_cause(struct comparison *comparison, uint32_t line)
{
	uint32_t index = comparison->line_entries[line];
	const struct export_table *reread = comparison->reread;
	const struct export_entry *back;
	const struct diag *diag;

	if (index == NONE)
		return add_diag(comparison, line, PROBLEM_REREAD_MERGED,
				"mountd reads this entry's line of etab as a "
				"part of another",
				"clients get no access through it");
	back = &reread->entries.items[index];
	if (back->state == EXPORT_LOADED)
		return add_diag(comparison, line, PROBLEM_REREAD_CHANGED,
				"mountd reads this entry back from etab as "
				"another one",
				"clients do not get what is written here");
	if (back->state == EXPORT_DUPLICATE)
		return add_diag(comparison, line, PROBLEM_REREAD_DUPLICATE,
				"mountd takes this client for one that the "
				"path already has when it reads etab back",
				"the one that comes first in etab holds");
	diag = &reread->diags.list.items[back->cause];
	if (back->state == EXPORT_UNRESOLVED)
		return add_diag(comparison, line, PROBLEM_REREAD_UNRESOLVED,
				arena_printf(comparison->arena,
					     "when mountd reads etab back, %s",
					     diag->message),
				"clients get no access through it");
	return stop_diag(comparison, line_at(comparison, diag->span.begin),
			 diag);
}

/* Says at each line that could not be read how much it costs. */
static void count_losses(struct comparison *comparison)
{
	struct diag_list *diags = &comparison->table->diags;
	size_t *losses = arena_alloc_array(comparison->arena, diags->list.count,
					   sizeof(*losses));

	for (uint32_t line = 0; line < comparison->line_count; line++) {
		const struct export_entry *entry =
			export_table_ordered(comparison->table, line);

		if (entry->state == EXPORT_LOST_ON_REREAD)
			losses[entry->cause]++;
	}
	for (uint32_t line = 0; line < comparison->line_count; line++) {
		uint32_t diag = comparison->line_diags[line];

		if (diag != NONE)
			diags->list.items[diag].consequence = arena_printf(
				comparison->arena, "%zu %s lost to mountd",
				losses[diag],
				losses[diag] == 1 ? "export is"
						  : "exports are");
	}
}

static uint32_t *none_array(struct arena *arena, size_t count)
{
	uint32_t *array = arena_alloc_array(arena, count, sizeof(*array));

	/* NONE is all ones in every byte */
	memset(array, 0xff, count * sizeof(*array));
	return array;
}

void etab_reread_compare(struct arena *arena, const struct etab_text *etab,
			 struct export_table *table,
			 const struct export_table *reread)
{
	struct comparison comparison = {
		.arena = arena,
		.etab = etab,
		.table = table,
		.reread = reread,
		.line_entries = none_array(arena, table->order.count),
		.line_diags = none_array(arena, table->order.count),
		.line_count = (uint32_t)table->order.count,
	};

	index_lines(&comparison);
	for (uint32_t line = 0; line < comparison.line_count; line++) {
		struct export_entry *entry = export_table_ordered(table, line);
		uint32_t index = comparison.line_entries[line];

		if (index != NONE && came_back(&comparison, entry,
					       &reread->entries.items[index])) {
			take_addresses(&comparison, entry,
				       &reread->entries.items[index]);
			continue;
		}
		entry->cause = unclosed_quote(table, entry);
		if (entry->cause == NONE)
			entry->cause = find_cause(&comparison, line);
		entry->state = EXPORT_LOST_ON_REREAD;
	}
	count_losses(&comparison);
}
