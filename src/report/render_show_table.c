/* The table for people: one line for a client and the rights of a group of
 * security flavors, what is stated apart from what is the default. */
#include "entry_reason.h"
#include "etab_format.h"
#include "show_report.h"
#include "text_table.h"

enum column {
	COLUMN_PATH,
	COLUMN_CLIENT,
	COLUMN_KIND,
	COLUMN_ACCESS,
	COLUMN_SQUASH,
	COLUMN_SEC,
	COLUMN_FROM,
	COLUMN_STATED,
	COLUMN_DEFAULTS,
	COLUMNS,
};

static const struct str headings[COLUMNS] = {
	[COLUMN_PATH] = { "PATH", 4 },
	[COLUMN_CLIENT] = { "CLIENT", 6 },
	[COLUMN_KIND] = { "KIND", 4 },
	[COLUMN_ACCESS] = { "ACCESS", 6 },
	[COLUMN_SQUASH] = { "SQUASH", 6 },
	[COLUMN_SEC] = { "SEC", 3 },
	[COLUMN_FROM] = { "FROM", 4 },
	[COLUMN_STATED] = { "STATED", 6 },
	[COLUMN_DEFAULTS] = { "DEFAULTS", 8 },
};

static const char *const kinds[CLIENT_TYPES] = {
	[CLIENT_HOST] = "host",		  [CLIENT_NETWORK] = "network",
	[CLIENT_WILDCARD] = "names",	  [CLIENT_NETGROUP] = "netgroup",
	[CLIENT_ANONYMOUS] = "everybody", [CLIENT_GSS] = "gss",
};

/* One pass over the table; the buffers hold the cells of the row at hand. */
struct walk {
	const struct show_report *report;
	struct text_table *rows;
	const struct export_policy *policy; /* that the option cells show */
	struct strbuf sec, from, stated, defaults;
};

/* Whose ids become anonymous ones. */
static struct str squash_text(uint32_t flags)
{
	if (flags & EXPORT_ALL_SQUASH)
		return STR("all");
	return flags & EXPORT_ROOT_SQUASH ? STR("root") : STR("none");
}

static void drop_last_comma(struct strbuf *text)
{
	if (text->length && text->data[text->length - 1] == ',')
		text->data[--text->length] = '\0';
}

/* Does the option stand in the sec= groups, which say it for each flavor? */
static bool is_in_sec(const struct export_policy *policy,
		      enum export_option_id id, uint32_t mask)
{
	return policy->flavor_count && (export_options[id].flag & mask);
}

/* Adds an option as etab has it; ids get their names. */
static void add_option(const struct walk *walk, struct strbuf *out,
		       uint32_t policy, enum export_option_id id)
{
	const struct resolved_owners *owners = walk->report->owners;
	const char *name = id == OPTION_ANONUID	  ? owners->users[policy]
			   : id == OPTION_ANONGID ? owners->groups[policy]
						  : NULL;

	etab_format_option(
		out, &walk->report->table->policies.list.items[policy], id);
	if (!name)
		return;
	drop_last_comma(out);
	strbuf_printf(out, "(%s),", name);
}

/* Sorts every option of the policy into what somebody wrote and what is the
 * built-in default. */
static void fill_options(struct walk *walk, uint32_t policy_number)
{
	const struct export_policy *policy =
		&walk->report->table->policies.list.items[policy_number];
	const struct export_rules *rules = &walk->report->table->input.rules;
	const struct export_rules names_only = { .flavor_mask = 0 };
	bool sec_stated = policy->origins[OPTION_SEC].list ||
			  policy->origins[OPTION_XPRTSEC].list;

	if (policy == walk->policy)
		return;
	walk->policy = policy;
	strbuf_clear(&walk->stated);
	strbuf_clear(&walk->defaults);
	for (int id = 0; id < EXPORT_OPTIONS; id++) {
		bool stated = policy->origins[id].list ||
			      (id == OPTION_REFER &&
			       policy->origins[OPTION_REPLICAS].list);

		if (is_in_sec(policy, (enum export_option_id)id,
			      rules->flavor_mask))
			continue;
		add_option(walk, stated ? &walk->stated : &walk->defaults,
			   policy_number, (enum export_option_id)id);
	}
	etab_format_security(sec_stated ? &walk->stated : &walk->defaults,
			     policy,
			     policy->flavor_count ? rules : &names_only);
	drop_last_comma(&walk->stated);
	drop_last_comma(&walk->defaults);
}

static void fill_sec(struct strbuf *sec, const struct flavor_entry *flavors,
		     unsigned count)
{
	strbuf_clear(sec);
	for (unsigned i = 0; i < count; i++)
		strbuf_printf(sec, "%s%s", i ? ":" : "",
			      flavors[i].flavor->name);
}

static void fill_from(struct walk *walk, const struct export_entry *entry)
{
	const struct export_table *table = walk->report->table;
	struct source *source =
		&table->input.documents->list.items[entry->document].source;
	struct source_position at =
		source_position(walk->report->arena, source,
				export_entry_span(table, entry).begin);

	strbuf_clear(&walk->from);
	strbuf_printf(&walk->from, "%s:%u:%u", source->name, at.line,
		      at.column_chars);
}

/* One line for each group of flavors that has the same rights; only the first
 * names the client. */
static void add_entry(struct walk *walk, const struct export_entry *entry)
{
	const struct export_table *table = walk->report->table;
	const struct export_client *client =
		&table->clients.list.items[entry->client];
	const struct export_policy *policy =
		&table->policies.list.items[entry->policy];
	struct flavor_entry flavors[SECURITY_FLAVORS_MAX];
	unsigned count = export_policy_flavors(policy, flavors);

	fill_options(walk, entry->policy);
	fill_from(walk, entry);
	for (unsigned i = 0, run; i < count; i += run) {
		uint32_t flags = flavors[i].flags;
		struct str cells[COLUMNS] = { 0 };

		run = flavor_list_run(flavors, count, i);
		fill_sec(&walk->sec, flavors + i, run);
		cells[COLUMN_ACCESS] =
			str_of(flags & EXPORT_READ_ONLY ? "ro" : "rw");
		cells[COLUMN_SQUASH] = squash_text(flags);
		cells[COLUMN_SEC] = strbuf_str(&walk->sec);
		if (i == 0) {
			cells[COLUMN_PATH] =
				export_table_path(table, entry->path);
			cells[COLUMN_CLIENT] = client->name.length
						       ? client->name
						       : STR("\"\"");
			cells[COLUMN_KIND] = str_of(kinds[client->type]);
			cells[COLUMN_FROM] = strbuf_str(&walk->from);
			cells[COLUMN_STATED] =
				walk->stated.length ? strbuf_str(&walk->stated)
						    : STR("-");
			cells[COLUMN_DEFAULTS] = strbuf_str(&walk->defaults);
		}
		text_table_row(walk->rows, cells);
	}
}

static void walk_table(struct walk *walk)
{
	const struct export_table *table = walk->report->table;

	text_table_row(walk->rows, headings);
	for (size_t i = 0; i < table->entries.count; i++)
		if (table->entries.items[i].state == EXPORT_LOADED)
			add_entry(walk, &table->entries.items[i]);
}

void render_show_table(FILE *out, const struct show_report *report)
{
	struct text_table rows;
	struct walk walk = { .report = report, .rows = &rows };

	if (!report->table->order.count)
		return;
	text_table_init(&rows, COLUMNS);
	walk_table(&walk);
	text_table_print_to(&rows, out, report->color);
	walk_table(&walk);
	strbuf_free(&walk.sec);
	strbuf_free(&walk.from);
	strbuf_free(&walk.stated);
	strbuf_free(&walk.defaults);
}
