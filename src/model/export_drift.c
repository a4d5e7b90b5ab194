#include "export_drift.h"

#include "etab_writer.h"
#include "id_table.h"

/* A line of etab, taken apart: PATH, a tab, CLIENT(OPTIONS). Somebody who edits
 * it may write blanks, which mountd takes, too. */
struct etab_line {
	struct span span;
	struct str path, client, options;
	bool matched;
};

struct etab_lines {
	ARRAY(struct etab_line) list;
	struct id_table by_key;	 /* path and client */
	struct id_table by_path; /* lines whose client is an address */
};

static size_t find_blank(struct str text)
{
	size_t tab = str_find(text, '\t'), blank = str_find(text, ' ');

	return tab < blank ? tab : blank;
}

/* A client is an address, a name or a pattern, none of which has a "(". */
static struct etab_line take_apart(struct str line)
{
	struct etab_line taken = { .path = line };
	size_t open;

	taken.path.length = find_blank(line);
	taken.client = str_trim(str_skip(line, taken.path.length));
	open = str_find(taken.client, '(');
	if (open == taken.client.length)
		return taken;
	taken.options = str_skip(taken.client, open + 1);
	if (taken.options.length &&
	    taken.options.data[taken.options.length - 1] == ')')
		taken.options.length--;
	taken.client.length = open;
	return taken;
}

static uint32_t hash_key(const struct etab_line *line)
{
	return hash_bytes(hash_bytes(0, line->path), line->client);
}

/* mountd passes them over. */
static bool is_empty(struct str line)
{
	line = str_trim(line);
	return !line.length || line.data[0] == '#';
}

static void index_etab(struct arena *arena, struct str etab,
		       struct etab_lines *lines)
{
	struct str rest = etab, line;
	struct ip_address address;

	*lines = (struct etab_lines){ 0 };
	while (str_take(&rest, '\n', &line)) {
		struct etab_line taken;

		if (is_empty(line))
			continue;
		taken = take_apart(line);
		taken.span.begin = (uint32_t)(line.data - etab.data);
		taken.span.end = taken.span.begin + (uint32_t)line.length;
		id_table_add(arena, &lines->by_key, hash_key(&taken),
			     (uint32_t)lines->list.count);
		if (ip_address_parse(taken.client, &address))
			id_table_add(arena, &lines->by_path,
				     hash_bytes(0, taken.path),
				     (uint32_t)lines->list.count);
		*ARRAY_ADD(arena, &lines->list) = taken;
	}
}

static struct etab_line *find_line(struct etab_lines *lines,
				   const struct etab_line *wanted)
{
	ID_TABLE_EACH (&lines->by_key, hash_key(wanted), id) {
		struct etab_line *line = &lines->list.items[id];

		if (!line->matched && str_equal(line->path, wanted->path) &&
		    str_equal(line->client, wanted->client))
			return line;
	}
	return NULL;
}

/* The next option. Those of the ports are told once: a kernel that is not
 * loaded when exportfs runs makes it leave them out behind sec=. */
static bool next_option(struct str *options, bool *port_seen, struct str *word)
{
	while (str_take(options, ',', word)) {
		bool is_port =
			str_is(*word, "secure") || str_is(*word, "insecure");

		if (!is_port || !*port_seen) {
			*port_seen |= is_port;
			return true;
		}
	}
	return false;
}

static size_t count_ports(struct str options)
{
	size_t count = 0;
	struct str word;

	while (str_take(&options, ',', &word))
		count += str_is(word, "secure") || str_is(word, "insecure");
	return count;
}

bool export_drift_same(struct str a, struct str b)
{
	bool port_in_a = false, port_in_b = false;
	struct str of_a, of_b;

	if (str_equal(a, b))
		return true;
	if (count_ports(a) == count_ports(b))
		return false;
	while (next_option(&a, &port_in_a, &of_a))
		if (!next_option(&b, &port_in_b, &of_b) ||
		    !str_equal(of_a, of_b))
			return false;
	return !next_option(&b, &port_in_b, &of_b);
}

/* Takes a host name of the files for an address of etab. */
static bool find_renamed(struct etab_lines *lines, const struct etab_line *line)
{
	ID_TABLE_EACH (&lines->by_path, hash_bytes(0, line->path), id) {
		struct etab_line *other = &lines->list.items[id];

		if (other->matched || !str_equal(other->path, line->path) ||
		    !export_drift_same(other->options, line->options))
			continue;
		other->matched = true;
		return true;
	}
	return false;
}

static struct str copy(struct arena *arena, struct str text)
{
	return (struct str){ arena_copy(arena, text.data, text.length),
			     text.length };
}

/* wanted is the line that the files give. */
static void compare(struct arena *arena, const struct export_entry *entry,
		    struct str wanted, struct etab_lines *lines,
		    struct export_drifts *drifts)
{
	struct etab_line taken = take_apart(wanted);
	struct etab_line *found = find_line(lines, &taken);
	struct export_drift *drift;

	if (found)
		found->matched = true;
	if (found && export_drift_same(found->options, taken.options))
		return;
	wanted = copy(arena, wanted);
	taken = take_apart(wanted);
	drift = ARRAY_ADD(arena, &drifts->list);
	*drift = (struct export_drift){
		.kind = found ? DRIFT_OPTIONS : DRIFT_MISSING,
		.entry = entry,
		.path = taken.path,
		.client = taken.client,
		.wanted = taken.options,
	};
	if (found) {
		drift->line = found->span;
		drift->found = found->options;
	}
}

static bool is_unasked_name(const struct export_table *table,
			    const struct export_drift *drift)
{
	const struct export_client *client =
		&table->clients.list.items[drift->entry->client];
	struct ip_address address;

	return !table->input.names && drift->kind == DRIFT_MISSING &&
	       client->type == CLIENT_HOST &&
	       !ip_address_parse(client->name, &address);
}

static void drop_renamed(const struct export_table *table,
			 struct etab_lines *lines, struct export_drifts *drifts)
{
	size_t kept = 0;

	for (size_t i = 0; i < drifts->list.count; i++) {
		const struct export_drift *drift = &drifts->list.items[i];
		struct etab_line line = { .path = drift->path,
					  .options = drift->wanted };

		if (!is_unasked_name(table, drift) ||
		    !find_renamed(lines, &line))
			drifts->list.items[kept++] = *drift;
	}
	drifts->list.count = kept;
}

static void add_extra(struct arena *arena, const struct etab_lines *lines,
		      struct export_drifts *drifts)
{
	for (size_t i = 0; i < lines->list.count; i++) {
		const struct etab_line *line = &lines->list.items[i];

		if (!line->matched)
			*ARRAY_ADD(arena, &drifts->list) =
				(struct export_drift){
					.kind = DRIFT_EXTRA,
					.line = line->span,
					.path = line->path,
					.client = line->client,
					.found = line->options,
				};
	}
}

void export_drift_find(struct arena *arena, const struct export_table *table,
		       struct str etab, struct export_drifts *drifts)
{
	struct etab_writer writer = { .table = table };
	struct strbuf line = { 0 };
	struct etab_lines lines;

	*drifts = (struct export_drifts){ 0 };
	index_etab(arena, etab, &lines);
	for (size_t i = 0; i < table->order.count; i++) {
		const struct export_entry *entry =
			export_table_ordered(table, i);

		strbuf_clear(&line);
		etab_writer_line(&writer, entry, &line);
		compare(arena, entry,
			(struct str){ line.data, line.length - 1 }, &lines,
			drifts);
	}
	drop_renamed(table, &lines, drifts);
	add_extra(arena, &lines, drifts);
	strbuf_free(&line);
	etab_writer_free(&writer);
}

static bool has_option(struct str options, struct str wanted)
{
	struct str word;

	while (str_take(&options, ',', &word))
		if (str_equal(word, wanted))
			return true;
	return false;
}

const char *export_drift_options(struct arena *arena, struct str options,
				 struct str without)
{
	struct strbuf text = { 0 };
	struct str word;
	char *result;

	while (str_take(&options, ',', &word)) {
		/* flags stand there twice: before sec= and behind it */
		if (has_option(without, word) ||
		    has_option(strbuf_str(&text), word))
			continue;
		if (text.length)
			strbuf_add_char(&text, ',');
		strbuf_add(&text, word);
	}
	result = arena_copy(arena, strbuf_str(&text).data, text.length);
	strbuf_free(&text);
	return result;
}
