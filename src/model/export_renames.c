#include "export_renames.h"

#include <stdlib.h>

#include "client_spec.h"
#include "strbuf.h"

enum alike { WHOLE_NAME, FIRST_LABEL, PATH_ONLY };

enum outcome { SAME, OTHER_OPTIONS, OTHER_NAME };

/* One way in which an entry of the files and a line of etab may be one. */
struct pass {
	enum alike by;
	bool same_options;
	bool short_written, short_found; /* only names without a domain */
	bool address_written;		 /* only addresses, else only names */
	enum outcome outcome;
};

/* The surest first. */
static const struct pass passes[] = {
	{ .by = WHOLE_NAME, .same_options = true },
	{ .by = FIRST_LABEL, .same_options = true, .short_written = true },
	{ .by = FIRST_LABEL, .same_options = true, .short_found = true },
	{ .by = WHOLE_NAME, .outcome = OTHER_OPTIONS },
	{ .by = FIRST_LABEL, .short_written = true, .outcome = OTHER_OPTIONS },
	{ .by = FIRST_LABEL, .short_found = true, .outcome = OTHER_OPTIONS },
	{ .by = PATH_ONLY,
	  .same_options = true,
	  .address_written = true,
	  .outcome = OTHER_NAME },
	{ .by = PATH_ONLY, .same_options = true, .outcome = OTHER_NAME },
};

/* An entry or a line, and what it must have in common with its other half. */
struct half {
	struct str key;
	size_t index;
};

struct halves {
	ARRAY(struct half) list;
};

struct renames {
	struct etab_lines *lines;
	struct export_drifts *drifts;
	bool *same; /* each of drifts: it is none */
};

static bool is_short(struct str name)
{
	return str_find(name, '.') == name.length;
}

static bool is_name(struct str client)
{
	struct client_spec spec = client_spec_of(client);

	return spec.type == CLIENT_HOST && spec.address.family == IP_NONE;
}

static bool is_address(struct str client)
{
	return client_spec_of(client).address.family != IP_NONE;
}

static bool drift_fits(const struct renames *renames, const struct pass *pass,
		       size_t index)
{
	const struct export_drift *drift = &renames->drifts->list.items[index];

	if (drift->kind != DRIFT_MISSING || renames->same[index])
		return false;
	return pass->address_written
		       ? is_address(drift->client)
		       : is_name(drift->client) && (!pass->short_written ||
						    is_short(drift->client));
}

static bool line_fits(const struct pass *pass, const struct etab_line *line)
{
	if (line->matched)
		return false;
	if (is_name(line->client))
		return !pass->short_found || is_short(line->client);
	return pass->by == PATH_ONLY && !pass->address_written &&
	       is_address(line->client);
}

struct str export_renames_common(struct str client)
{
	if (is_name(client))
		client.length = str_find(client, '.');
	return client;
}

bool export_renames_alike(struct str a, struct str b)
{
	if (str_equal(a, b))
		return true;
	if (!is_name(a) || !is_name(b))
		return false;
	return str_equal_nocase(a, b) ||
	       ((is_short(a) || is_short(b)) &&
		str_equal_nocase(export_renames_common(a),
				 export_renames_common(b)));
}

static struct str part_of(struct str client, enum alike by)
{
	if (by == PATH_ONLY)
		client.length = 0;
	return by == FIRST_LABEL ? export_renames_common(client) : client;
}

static void add_half(struct arena *arena, struct halves *halves,
		     const struct pass *pass, const struct etab_line *line,
		     size_t index)
{
	struct str part = part_of(line->client, pass->by);
	struct strbuf key = { 0 };

	strbuf_add(&key, line->path);
	strbuf_add_char(&key, '\t');
	for (size_t i = 0; i < part.length; i++)
		strbuf_add_char(&key, ascii_lower(part.data[i]));
	strbuf_add_char(&key, '\t');
	if (pass->same_options)
		export_drift_add_options(&key, line->options);
	*ARRAY_ADD(arena, &halves->list) = (struct half){
		{ arena_copy(arena, key.data, key.length), key.length },
		index,
	};
	strbuf_free(&key);
}

static int compare_halves(const void *a, const void *b)
{
	const struct half *x = a, *y = b;
	int order = str_compare(x->key, y->key);

	return order ? order : (x->index > y->index) - (x->index < y->index);
}

static void sort(struct halves *halves)
{
	if (halves->list.count)
		qsort(halves->list.items, halves->list.count,
		      sizeof(*halves->list.items), compare_halves);
}

static void gather_written(struct arena *arena, const struct renames *renames,
			   const struct pass *pass, struct halves *halves)
{
	*halves = (struct halves){ 0 };
	for (size_t i = 0; i < renames->drifts->list.count; i++) {
		const struct export_drift *drift =
			&renames->drifts->list.items[i];
		struct etab_line wanted = { .path = drift->path,
					    .client = drift->client,
					    .options = drift->wanted };

		if (drift_fits(renames, pass, i))
			add_half(arena, halves, pass, &wanted, i);
	}
	sort(halves);
}

static void gather_found(struct arena *arena, const struct renames *renames,
			 const struct pass *pass, struct halves *halves)
{
	*halves = (struct halves){ 0 };
	for (size_t i = 0; i < renames->lines->list.count; i++)
		if (line_fits(pass, &renames->lines->list.items[i]))
			add_half(arena, halves, pass,
				 &renames->lines->list.items[i], i);
	sort(halves);
}

static void join(struct renames *renames, const struct pass *pass,
		 size_t written, size_t found)
{
	struct export_drift *drift = &renames->drifts->list.items[written];
	struct etab_line *line = &renames->lines->list.items[found];

	if (pass->same_options &&
	    !export_drift_same(drift->wanted, line->options))
		return;
	line->matched = true;
	renames->same[written] = pass->outcome == SAME;
	if (pass->outcome == SAME)
		return;
	drift->kind =
		pass->outcome == OTHER_NAME ? DRIFT_OTHER_NAME : DRIFT_OPTIONS;
	drift->line = line->span;
	drift->found = line->options;
	drift->found_client = line->client;
}

static void run_pass(struct renames *renames, const struct pass *pass)
{
	struct arena *arena = arena_new();
	struct halves written, found;
	size_t i = 0, j = 0;

	gather_written(arena, renames, pass, &written);
	if (written.list.count)
		gather_found(arena, renames, pass, &found);
	while (i < written.list.count && j < found.list.count) {
		const struct half *a = &written.list.items[i];
		const struct half *b = &found.list.items[j];
		int order = str_compare(a->key, b->key);

		if (order == 0)
			join(renames, pass, a->index, b->index);
		i += order <= 0;
		j += order >= 0;
	}
	arena_free(arena);
}

static void drop_same(const struct renames *renames)
{
	struct export_drifts *drifts = renames->drifts;
	size_t kept = 0;

	for (size_t i = 0; i < drifts->list.count; i++)
		if (!renames->same[i])
			drifts->list.items[kept++] = drifts->list.items[i];
	drifts->list.count = kept;
}

/* Only a name of the files can have become that of an address. */
static bool has_names(const struct export_table *table)
{
	for (size_t i = 0; i < table->clients.list.count; i++)
		if (is_name(table->clients.list.items[i].name))
			return true;
	return false;
}

void export_renames_find(struct arena *arena, const struct export_table *table,
			 struct etab_lines *lines, struct export_drifts *drifts)
{
	struct renames renames = { .lines = lines, .drifts = drifts };

	if (table->input.names || !drifts->list.count || !has_names(table))
		return;
	renames.same = arena_alloc_array(arena, drifts->list.count,
					 sizeof(*renames.same));
	for (size_t i = 0; i < sizeof(passes) / sizeof(*passes); i++)
		run_pass(&renames, &passes[i]);
	drop_same(&renames);
}
