#include "export_table_builder.h"

#include "etab_order.h"
#include "exports_word.h"

enum { NONE = UINT32_MAX };

/* The walk over the documents. */
struct builder {
	struct arena *arena;
	struct export_table *table;
	uint32_t
		*path_first; /* for each path its first loaded entry, or NONE */
	struct id_table by_client_and_path; /* of its other loaded entries */
	uint32_t document;
	const struct exports_syntax *syntax;
	uint32_t stop;	/* diagnostic where reading of the document stops */
	uint32_t crash; /* diagnostic where exportfs itself aborts */
	/* of the entry at hand */
	uint32_t syntax_entry, written_path, path;
	uint32_t defaults;	   /* policy of the -options so far */
	unsigned list_number;	   /* -options so far */
	unsigned squashed_clients; /* clients behind squash_* in -options */
	bool bad_defaults; /* reading stops at the -options just before */
};

static struct diag *report(struct builder *builder, enum export_problem kind,
			   struct span span, const char *message)
{
	return diag_add(builder->arena, &builder->table->diags,
			(struct diag){ .kind = kind,
				       .source = builder->document,
				       .span = span,
				       .message = message });
}

static uint32_t last_diag(const struct builder *builder)
{
	return (uint32_t)builder->table->diags.list.count - 1;
}

/* exportfs reads no more of this document. Its consequence is written when
 * all that is lost has been counted. */
static void stop_reading(struct builder *builder, enum export_problem kind,
			 struct span span, const char *message)
{
	struct diag *diag = report(builder, kind, span, message);

	if (builder->stop == NONE)
		builder->stop = last_diag(builder);
	else
		diag->consequence = "exportfs would stop here as well, had it "
				    "not stopped before";
}

static struct span token_span(const struct builder *builder, uint32_t token)
{
	return exports_token_span(builder->syntax, token);
}

static struct export_entry *add_entry(struct builder *builder, uint32_t item,
				      enum export_state state, uint32_t cause)
{
	struct export_entry *entry =
		ARRAY_ADD(builder->arena, &builder->table->entries);

	*entry = (struct export_entry){
		.document = builder->document,
		.syntax_entry = builder->syntax_entry,
		.item = item,
		.written_path = builder->written_path,
		.path = builder->path,
		.client = NONE,
		.policy = NONE,
		.cause = cause,
		.state = (uint8_t)state,
	};
	return entry;
}

/* An entry in which reading stops, or one behind it. A client is read together
 * with the -options before it. */
static void add_stopped(struct builder *builder, uint32_t item,
			bool was_stopped)
{
	if (builder->bad_defaults)
		was_stopped = false;
	builder->bad_defaults = false;
	add_entry(builder, item,
		  was_stopped ? EXPORT_NOT_REACHED : EXPORT_REJECTED,
		  builder->stop);
}

/* Applies a decoded list, number list_number of those for a client, to the
 * policy *policy; false if reading stops. text is the whole word's, which list
 * is a view into. */
static bool apply_list(struct builder *builder, uint32_t token, struct str text,
		       struct str list, unsigned list_number, uint32_t *policy)
{
	struct option_problem problem;
	size_t begin;

	if (export_policies_apply(builder->arena, &builder->table->policies,
				  &builder->table->input.rules, *policy, list,
				  list_number, policy, &problem))
		return true;
	begin = (size_t)(problem.option.data - text.data);
	stop_reading(builder, problem.kind,
		     exports_word_span(builder->syntax, token, begin,
				       begin + problem.option.length),
		     problem.message);
	return false;
}

static bool has_flag(const struct builder *builder, uint32_t token,
		     enum exports_token_flag flag)
{
	return builder->syntax->tokens.items[token].flags & flag;
}

static const char unclosed_quote[] = "this quote is never closed";

/* A word that is too long because its quote takes in the rest of the file is
 * told as that. */
static bool is_too_long(struct builder *builder, uint32_t token,
			enum export_problem kind, const char *message)
{
	bool unclosed = has_flag(builder, token, EXPORTS_UNTERMINATED);

	if (!has_flag(builder, token, EXPORTS_TOO_LONG))
		return false;
	stop_reading(builder, unclosed ? PROBLEM_UNCLOSED_QUOTE : kind,
		     token_span(builder, token),
		     unclosed ? unclosed_quote : message);
	return true;
}

static void read_defaults(struct builder *builder, uint32_t token)
{
	bool was_stopped = builder->stop != NONE;
	struct str text;

	if (!is_too_long(builder, token, PROBLEM_DEFAULTS_TOO_LONG,
			 "-options of more than 511 bytes")) {
		text = exports_word_text(builder->arena, builder->syntax,
					 token);
		apply_list(builder, token, text, str_skip(text, 1),
			   ++builder->list_number, &builder->defaults);
	}
	builder->bad_defaults = !was_stopped && builder->stop != NONE;
}

/* nfs-utils frees the ranges of squash_uids= and squash_gids= in -options
 * with the first client, and again with the second. */
static void watch_for_crash(struct builder *builder, uint32_t token)
{
	const struct export_policy *defaults =
		&builder->table->policies.list.items[builder->defaults];

	if (!defaults->squash_uids.count && !defaults->squash_gids.count)
		return;
	if (++builder->squashed_clients < 2 || builder->crash != NONE)
		return;
	report(builder, PROBLEM_ABORT, token_span(builder, token),
	       "squash_uids= or squash_gids= in the -options of several "
	       "clients makes exportfs abort")
		->consequence = "nothing at all of these files is exported; "
				"the table stays as it was";
	builder->crash = last_diag(builder);
}

/* What is written for one client. */
struct client_text {
	struct str text; /* of the whole word; empty if there is none */
	struct exports_client_word word;
	struct client_spec spec;
};

/* Splits a client word; false if it is too long, where reading stops. */
static bool split_client(struct builder *builder,
			 const struct exports_item *item,
			 struct client_text *client)
{
	*client = (struct client_text){ .text = STR("") };
	if (item->kind == EXPORTS_CLIENT) {
		if (is_too_long(builder, item->token, PROBLEM_CLIENT_TOO_LONG,
				"client and options of more than 511 bytes"))
			return false;
		client->text = exports_word_text(builder->arena,
						 builder->syntax, item->token);
	}
	client->word = exports_client_split(client->text);
	if (client->word.options.data && !client->word.host.length)
		client->word.host = STR("*");
	client->spec = client_spec_of(client->word.host);
	export_clients_prefetch(&builder->table->clients, client->spec);
	return true;
}

/* Does a later word of the entry close the list that item leaves open? The
 * first one with a parenthesis tells. */
static bool is_closed_behind(struct builder *builder, uint32_t item)
{
	const struct exports_syntax *syntax = builder->syntax;
	const struct exports_entry *entry =
		&syntax->entries.items[builder->syntax_entry];
	uint32_t end = entry->first_item + entry->item_count;

	for (uint32_t i = item + 1; i < end; i++) {
		struct span span =
			token_span(builder, syntax->items.items[i].token);
		struct str word = str_range(syntax->text.data + span.begin,
					    syntax->text.data + span.end);
		size_t open = str_find(word, '('), close = str_find(word, ')');

		if (open != close)
			return close < open;
	}
	return false;
}

/* What is wrong with a list, by the text from its first `)` on. */
static enum export_problem list_problem(struct builder *builder, uint32_t item,
					struct str behind)
{
	if (!behind.length)
		return is_closed_behind(builder, item)
			       ? PROBLEM_BLANK_IN_OPTIONS
			       : PROBLEM_UNCLOSED_OPTIONS;
	if (behind.data[1] == ')')
		return PROBLEM_EXTRA_PARENTHESIS;
	if (behind.length == 2 && behind.data[1] == '\\')
		return PROBLEM_BACKSLASH_AT_OPTIONS;
	return PROBLEM_TEXT_BEHIND_OPTIONS;
}

static void refuse_list(struct builder *builder, uint32_t item, uint32_t token,
			const struct client_text *client)
{
	static const char *const texts[] = {
		[PROBLEM_BLANK_IN_OPTIONS] = "a blank ends the option list "
					     "before its `)`",
		[PROBLEM_UNCLOSED_OPTIONS] = "the option list has no `)`",
		[PROBLEM_EXTRA_PARENTHESIS] = "the option list has a second "
					      "`)`",
		[PROBLEM_BACKSLASH_AT_OPTIONS] = "text behind the `)` of an "
						 "option list: a backslash "
						 "that no newline follows",
		[PROBLEM_TEXT_BEHIND_OPTIONS] = "text behind the `)` of an "
						"option list",
	};
	struct str text = client->text, options = client->word.options;
	size_t end = (size_t)(options.data - text.data) + options.length;
	enum export_problem problem =
		list_problem(builder, item, str_skip(text, end));

	if (has_flag(builder, token, EXPORTS_UNTERMINATED))
		stop_reading(builder, PROBLEM_UNCLOSED_QUOTE,
			     token_span(builder, token), unclosed_quote);
	else
		stop_reading(builder, problem,
			     exports_word_span(builder->syntax, token, end,
					       text.length),
			     texts[problem]);
}

/* Applies the options of a client to *policy; false if reading stops. */
static bool read_options(struct builder *builder, uint32_t item, uint32_t token,
			 const struct client_text *client, uint32_t *policy)
{
	struct str options = client->word.options;

	if (!options.data)
		return true;
	if (!client->word.bad_list)
		return apply_list(builder, token, client->text, options,
				  builder->list_number + 1, policy);
	refuse_list(builder, item, token, client);
	return false;
}

static const char *client_problem_text(struct arena *arena,
				       enum client_problem problem,
				       struct str host)
{
	static const char *const texts[] = {
		[CLIENT_BAD_ADDRESS] =
			"has no valid IP address before the slash",
		[CLIENT_BAD_NETMASK] = "has an invalid netmask",
		[CLIENT_BAD_PREFIX] = "has an invalid prefix length",
	};

	if (host.length && host.data[0] == '/')
		return arena_printf(arena,
				    "`%.*s` is taken for a client: a line has "
				    "one path",
				    STR_ARG(host));
	return arena_printf(arena, "network `%.*s` %s", STR_ARG(host),
			    texts[problem]);
}

static const char *name_problem_text(struct arena *arena,
				     enum name_status status, struct str host)
{
	static const char *const texts[] = {
		[NAME_NOT_FOUND] = "has no address",
		[NAME_TIMED_OUT] = "was not resolved in time",
		[NAME_INTERRUPTED] = "was not resolved: interrupted",
	};

	return arena_printf(arena, "host `%.*s` %s", STR_ARG(host),
			    texts[status]);
}

/* What is known of a host name; NULL if names were not asked. */
static const struct resolved_name *
name_of(const struct builder *builder, struct str host, struct client_spec spec)
{
	/* options that are taken for a host; nobody has such a name */
	static const struct resolved_name no_host = { .status =
							      NAME_NOT_FOUND };
	const struct export_table_input *input = &builder->table->input;
	uint32_t id;

	if (spec.type != CLIENT_HOST || spec.address.family != IP_NONE)
		return NULL;
	if (!input->names)
		return host.data[0] == '-' ? &no_host : NULL;
	id = text_set_find(&input->lookups->names, host);
	if (id == NONE || input->names[id].status == NAME_NOT_ASKED)
		return NULL;
	return &input->names[id];
}

/* The loaded entry with this client and path, or NONE. Most paths have one
 * client, which costs no look-up in a table. */
static uint32_t find_loaded(const struct builder *builder, uint32_t client,
			    uint32_t path, uint32_t hash)
{
	uint32_t first = builder->path_first[path];

	if (first == NONE ||
	    builder->table->entries.items[first].client == client)
		return first;
	ID_TABLE_EACH (&builder->by_client_and_path, hash, id) {
		const struct export_entry *entry =
			&builder->table->entries.items[id];

		if (entry->client == client && entry->path == path)
			return id;
	}
	return NONE;
}

static void add_loaded(struct builder *builder, uint32_t hash, uint32_t index)
{
	uint32_t *first = &builder->path_first[builder->path];

	if (*first == NONE)
		*first = index;
	else
		id_table_add(builder->arena, &builder->by_client_and_path, hash,
			     index);
}

static const char *duplicate_text(struct builder *builder, struct str host,
				  const struct export_entry *winner)
{
	struct export_table *table = builder->table;
	struct source *source =
		&table->input.documents->list.items[winner->document].source;
	struct source_position at = source_position(
		builder->arena, source, export_entry_span(table, winner).begin);

	return arena_printf(
		builder->arena,
		"`%.*s` already has an entry for this path, at %s:%u:%u",
		STR_ARG(host), source->name, at.line, at.column_chars);
}

/* A client whose word and options are fine gets its place in the table. */
static void place_client(struct builder *builder, uint32_t item,
			 struct str host, struct client_spec spec,
			 const struct resolved_name *name, uint32_t policy)
{
	struct export_table *table = builder->table;
	uint32_t client = export_clients_add(builder->arena, &table->clients,
					     host, spec, name);
	uint32_t key[] = { client, builder->path };
	uint32_t hash =
		hash_bytes(0, (struct str){ (const char *)key, sizeof(key) });
	uint32_t winner = find_loaded(builder, client, builder->path, hash);
	struct export_entry *entry;

	entry = add_entry(builder, item,
			  winner == NONE ? EXPORT_LOADED : EXPORT_DUPLICATE,
			  winner);
	entry->client = client;
	entry->policy = policy;
	if (winner == NONE) {
		add_loaded(builder, hash, (uint32_t)table->entries.count - 1);
		return;
	}
	report(builder, PROBLEM_DUPLICATE, export_entry_span(table, entry),
	       duplicate_text(builder, host, &table->entries.items[winner]))
		->consequence = "this one is ignored; the earlier one holds";
}

static void drop_client(struct builder *builder, uint32_t item, uint32_t token,
			enum export_state state, enum export_problem kind,
			const char *message)
{
	report(builder, kind, token_span(builder, token), message)
		->consequence = "exportfs leaves this client out";
	add_entry(builder, item, state, last_diag(builder));
}

static void build_client(struct builder *builder, uint32_t index)
{
	const struct exports_item *item = &builder->syntax->items.items[index];
	bool was_stopped = builder->stop != NONE;
	uint32_t policy = builder->defaults;
	const struct resolved_name *name;
	struct client_text client;
	struct str host;

	if (!split_client(builder, item, &client) ||
	    !read_options(builder, index, item->token, &client, &policy) ||
	    was_stopped) {
		add_stopped(builder, index, was_stopped);
		return;
	}
	if (client.text.length &&
	    has_flag(builder, item->token, EXPORTS_UNTERMINATED))
		report(builder, PROBLEM_UNCLOSED_QUOTE,
		       token_span(builder, item->token), unclosed_quote)
			->consequence = "the rest of the file is one client";
	watch_for_crash(builder, item->token);
	host = client.word.host;
	name = name_of(builder, host, client.spec);
	if (client.spec.problem != CLIENT_FINE)
		drop_client(builder, index, item->token, EXPORT_REJECTED,
			    str_find(host, ',') < host.length
				    ? PROBLEM_JOINED_CLIENTS
				    : PROBLEM_BAD_NETWORK,
			    client_problem_text(builder->arena,
						client.spec.problem, host));
	else if (name && name->status != NAME_FOUND)
		drop_client(
			builder, index, item->token, EXPORT_UNRESOLVED,
			PROBLEM_UNRESOLVED,
			name_problem_text(builder->arena, name->status, host));
	else
		place_client(builder, index, host, client.spec, name, policy);
}

/* The path as the server will have it: resolved, and cut like nfs-utils' own
 * buffer; or as it is written where it does not resolve. */
static uint32_t real_path(struct builder *builder, uint32_t written)
{
	const struct export_table_input *input = &builder->table->input;
	struct str path;

	if (written == NONE)
		return NONE;
	path = input->paths[written].real;
	if (!path.data)
		return written;
	if (path.length > EXPORTS_PATH_MAX)
		path.length = EXPORTS_PATH_MAX;
	return text_set_add(builder->arena, &input->lookups->paths, path);
}

static void check_path(struct builder *builder, uint32_t token)
{
	const struct exports_token *word =
		&builder->syntax->tokens.items[token];
	struct span span = token_span(builder, token);

	bool quotes = builder->syntax->text.data[span.begin] == '"';

	if (word->kind == EXPORTS_EMPTY_WORD) {
		stop_reading(builder,
			     quotes ? PROBLEM_EMPTY_PATH
				    : PROBLEM_CONTROL_AT_PATH,
			     span,
			     quotes ? "empty path"
				    : "control character where a path should "
				      "begin");
		return;
	}
	if (is_too_long(builder, token, PROBLEM_PATH_TOO_LONG,
			"path of more than 1,024 bytes"))
		return;
	if (word->flags & EXPORTS_UNTERMINATED)
		report(builder, PROBLEM_UNCLOSED_QUOTE, span, unclosed_quote)
			->consequence = "the rest of the file is one path, "
					"exported to everybody";
}

static void build_entry(struct builder *builder, uint32_t index,
			uint32_t written_path)
{
	const struct exports_entry *entry =
		&builder->syntax->entries.items[index];
	bool was_stopped = builder->stop != NONE;

	builder->syntax_entry = index;
	builder->written_path = written_path;
	builder->path = real_path(builder, written_path);
	builder->defaults = 0;
	builder->list_number = 0;
	builder->squashed_clients = 0;
	builder->bad_defaults = false;
	check_path(builder, entry->path_token);
	for (uint32_t i = 0; i < entry->item_count; i++) {
		const struct exports_item *item =
			&builder->syntax->items.items[entry->first_item + i];

		if (written_path == NONE && item->kind != EXPORTS_DEFAULTS)
			add_stopped(builder, entry->first_item + i,
				    was_stopped);
		else if (item->kind != EXPORTS_DEFAULTS)
			build_client(builder, entry->first_item + i);
		else
			read_defaults(builder, item->token);
	}
}

/* rejected: entries that the stop itself costs; behind: those after them. */
static const char *stop_consequence(struct arena *arena, size_t rejected,
				    size_t behind)
{
	const char *own = rejected == 0	  ? ""
			  : rejected == 1 ? "this entry"
					  : "the entries of this path";
	const char *rest =
		behind == 0   ? ""
		: behind == 1 ? "the one after it"
			      : arena_printf(arena, "the %zu after it", behind);

	if (rejected + behind == 0)
		return "exportfs stops here; nothing comes after it";
	return arena_printf(arena,
			    "exportfs stops here: %s%s%s %s not exported", own,
			    rejected && behind ? " and " : "", rest,
			    rejected + behind == 1 ? "is" : "are");
}

/* A control character stops reading, but what if nothing stands behind it? */
static void judge_end(struct builder *builder, struct diag *stop)
{
	if (stop->kind == PROBLEM_CONTROL_AT_PATH)
		stop->kind =
			builder->syntax->text.data[stop->span.begin] == '\r'
				? PROBLEM_CR_AT_END
				: PROBLEM_CONTROL_AT_END;
}

static void finish_document(struct builder *builder, size_t first_entry)
{
	struct export_table *table = builder->table;
	size_t rejected = 0, behind = 0;

	if (builder->stop == NONE)
		return;
	for (size_t i = first_entry; i < table->entries.count; i++) {
		const struct export_entry *entry = &table->entries.items[i];

		rejected += entry->state == EXPORT_REJECTED &&
			    entry->cause == builder->stop;
		behind += entry->state == EXPORT_NOT_REACHED;
	}
	table->diags.list.items[builder->stop].consequence =
		stop_consequence(builder->arena, rejected, behind);
	if (rejected + behind == 0)
		judge_end(builder, &table->diags.list.items[builder->stop]);
}

static void apply_crash(struct builder *builder)
{
	struct export_table *table = builder->table;

	if (builder->crash == NONE)
		return;
	for (size_t i = 0; i < table->entries.count; i++) {
		table->entries.items[i].state = EXPORT_NOT_REACHED;
		table->entries.items[i].cause = builder->crash;
	}
}

/* The sizes of the large tables are known before. Each written path may have
 * a real one besides. */
static void reserve(struct builder *builder)
{
	size_t paths = 2 * builder->table->input.lookups->paths.list.count;
	struct export_table *table = builder->table;
	const struct export_documents *documents = table->input.documents;
	size_t items = 0;

	for (size_t d = 0; d < documents->list.count; d++)
		items += documents->list.items[d].syntax.items.count;
	ARRAY_RESERVE(builder->arena, &table->entries, items);
	ARRAY_RESERVE(builder->arena, &table->clients.list, items);
	id_table_reserve(builder->arena, &table->clients.by_address, items);
	id_table_reserve(builder->arena, &table->clients.by_name, items);
	builder->path_first = arena_alloc_array(builder->arena, paths,
						sizeof(*builder->path_first));
	/* NONE is all ones in every byte */
	memset(builder->path_first, 0xff, paths * sizeof(*builder->path_first));
}

void export_table_build(struct arena *arena,
			const struct export_table_input *input,
			struct export_table *table)
{
	struct builder builder = {
		.arena = arena,
		.table = table,
		.crash = NONE,
	};
	const uint32_t *path = input->lookups->entry_paths.items;

	*table = (struct export_table){ .input = *input };
	export_policies_init(arena, &table->policies);
	reserve(&builder);
	for (uint32_t d = 0; d < input->documents->list.count; d++) {
		size_t first_entry = table->entries.count;

		builder.document = d;
		builder.syntax = &input->documents->list.items[d].syntax;
		builder.stop = NONE;
		for (uint32_t e = 0; e < builder.syntax->entries.count; e++)
			build_entry(&builder, e, *path++);
		finish_document(&builder, first_entry);
	}
	apply_crash(&builder);
	etab_order(arena, table);
}
