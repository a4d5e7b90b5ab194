#include "considered_entries.h"

#include "entry_reason.h"
#include "exports_word.h"

const char *considered_outcome_name(enum considered_outcome outcome)
{
	static const char *const names[] = {
		[CONSIDERED_DECIDES] = "decides",
		[CONSIDERED_LOST] = "lost",
		[CONSIDERED_NO_MATCH] = "no-match",
		[CONSIDERED_DEPENDS] = "depends",
	};

	return names[outcome];
}

struct consideration {
	struct arena *arena;
	const struct export_question *question;
	const struct export_table *table;
	const struct export_entry *winner; /* that decides, or may; or NULL */
	bool fallback_seen; /* winner is what decides if no name does */
	enum select_reason reason;
	struct considered_entries *considered;
};

static const struct export_client *client_of(const struct consideration *all,
					     const struct export_entry *entry)
{
	return &all->table->clients.list.items[entry->client];
}

static struct str path_of(const struct consideration *all,
			  const struct export_entry *entry)
{
	return export_table_path(all->table, entry->path);
}

/* Of two entries of one path that both match the client. */
static const char *beaten_in_path(const struct consideration *all,
				  const struct export_entry *entry)
{
	static const char *const kinds[CLIENT_TYPES] = {
		[CLIENT_HOST] = "a host",
		[CLIENT_NETWORK] = "a network",
		[CLIENT_WILDCARD] = "a pattern",
		[CLIENT_NETGROUP] = "a netgroup",
		[CLIENT_ANONYMOUS] = "`*`",
		[CLIENT_GSS] = "gss/",
	};
	uint8_t type = client_of(all, entry)->type;
	uint8_t first = client_of(all, all->winner)->type;
	struct str name =
		export_entry_host(all->arena, all->table, all->winner);

	if (type != first)
		return arena_printf(all->arena,
				    "it matches, too, but %s comes before %s",
				    kinds[first], kinds[type]);
	return arena_printf(
		all->arena, "it matches, too, but %.*s stands before it%s",
		STR_ARG(name),
		type == CLIENT_NETWORK ? "; the order counts, not the size"
				       : "");
}

/* Why an entry that matches has no effect. */
static const char *beaten(const struct consideration *all,
			  const struct export_entry *entry)
{
	static const char *const obstacles[] = {
		[SELECT_HIDDEN] =
			"it matches, but does not lead to that file system",
		[SELECT_NOT_MOUNTED] =
			"it matches, but nothing is mounted where it wants it",
		[SELECT_SAME_FSID] =
			"it matches, but clients get another export's files",
		[SELECT_NO_ROOT] = "it matches, but NFSv4 does not lead there",
		[SELECT_OUTSIDE_ROOT] =
			"it matches, but NFSv4 does not lead there",
	};
	struct str path;

	if (!all->winner)
		return obstacles[all->reason];
	if (entry->path == all->winner->path)
		return beaten_in_path(all, entry);
	path = path_of(all, all->winner);
	if (path.length > path_of(all, entry).length)
		return arena_printf(all->arena,
				    "it matches, too, but %.*s is nearer",
				    STR_ARG(path));
	return arena_printf(all->arena,
			    "it matches, too, but %.*s comes before it on the "
			    "way, and is the same file system",
			    STR_ARG(path));
}

/* Where it is not known whether directories are one file system. */
static const char *undecided(const struct consideration *all,
			     const struct export_entry *entry)
{
	struct str path = path_of(all, entry);

	return entry->path == all->winner->path
		       ? arena_printf(all->arena,
				      "it decides if something is mounted at "
				      "%.*s",
				      STR_ARG(path))
		       : "it decides if nothing is mounted below it on the "
			 "way";
}

/* What the spelling of a client for everybody hides. */
static const char *everybody_why(const struct consideration *all,
				 const struct export_entry *entry)
{
	const struct exports_syntax *syntax =
		export_table_syntax(all->table, entry);
	const struct exports_item *item = &syntax->items.items[entry->item];
	struct str text = exports_word_text(all->arena, syntax, item->token);

	if (item->kind != EXPORTS_CLIENT)
		return "no client is written, which is everybody";
	return text.length && text.data[0] == '('
		       ? "no host stands before `(`, which is everybody"
		       : "this is everybody";
}

static const char *match_why(const struct consideration *all,
			     const struct export_entry *entry, const char *why)
{
	return client_of(all, entry)->type == CLIENT_ANONYMOUS
		       ? everybody_why(all, entry)
		       : why;
}

/* The first certain match behind what names decide. */
static struct considered_entry fall_back(struct consideration *all,
					 const struct export_entry *entry)
{
	all->winner = entry;
	all->fallback_seen = true;
	return (struct considered_entry){
		entry, CONSIDERED_DEPENDS,
		"it decides if what is not known above is not this client"
	};
}

static struct considered_entry consider(struct consideration *all,
					const struct export_entry *entry)
{
	struct client_match match =
		client_match(client_of(all, entry), all->question->client);
	const char *why = match_why(all, entry, match.why);

	if (match.answer == MATCH_NO)
		return (struct considered_entry){ entry, CONSIDERED_NO_MATCH,
						  why };
	if (match.answer == MATCH_DEPENDS)
		return (struct considered_entry){ entry, CONSIDERED_DEPENDS,
						  why };
	if (entry == all->winner && all->reason == SELECT_ENTRY)
		return (struct considered_entry){ entry, CONSIDERED_DECIDES,
						  why };
	if (all->reason == SELECT_NAMES && !all->fallback_seen)
		return fall_back(all, entry);
	if (all->reason == SELECT_FILE_SYSTEMS)
		return (struct considered_entry){ entry, CONSIDERED_DEPENDS,
						  undecided(all, entry) };
	return (struct considered_entry){ entry, CONSIDERED_LOST,
					  beaten(all, entry) };
}

static struct considered_entry lost(const struct consideration *all,
				    const struct export_entry *entry)
{
	const char *why = entry_reason(all->arena, all->table, entry);

	return (struct considered_entry){
		entry,
		CONSIDERED_LOST,
		arena_printf(all->arena, "not loaded: %s", why),
	};
}

static void list_path(struct consideration *all,
		      const struct path_entries *entries)
{
	const struct export_entry *items = all->table->entries.items;

	for (size_t i = 0; i < entries->list.count; i++)
		*ARRAY_ADD(all->arena, &all->considered->list) =
			consider(all, &items[entries->list.items[i]]);
	for (size_t i = 0; i < entries->lost.count; i++)
		*ARRAY_ADD(all->arena, &all->considered->list) =
			lost(all, &items[entries->lost.items[i]]);
}

void considered_entries_list(struct arena *arena,
			     const struct export_question *question,
			     const struct access_answer *answer,
			     struct considered_entries *considered)
{
	struct consideration all = {
		.arena = arena,
		.question = question,
		.table = question->index->table,
		.winner = answer->selection.entry,
		.reason = answer->selection.reason,
		.considered = considered,
	};
	struct str path = question->path;

	*considered = (struct considered_entries){ 0 };
	do {
		const struct path_entries *entries =
			export_index_written(question->index, path);

		if (entries)
			list_path(&all, entries);
	} while (export_path_parent(&path));
}
