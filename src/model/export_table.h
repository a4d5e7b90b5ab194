/* The export table: what exportfs makes of some exports files, and what
 * becomes of every client that is written in them. */
#ifndef EXPORT_TABLE_H
#define EXPORT_TABLE_H

#include "diag.h"
#include "export_clients.h"
#include "export_lookups.h"
#include "export_policies.h"
#include "resolved_paths.h"
#include "strbuf.h"

enum export_state {
	EXPORT_LOADED,
	EXPORT_DUPLICATE,      /* the same client and path came earlier */
	EXPORT_REJECTED,       /* this client, or its entry, is in error */
	EXPORT_UNRESOLVED,     /* the host has no address: dropped */
	EXPORT_NOT_REACHED,    /* exportfs stopped reading before it */
	EXPORT_LOST_ON_REREAD, /* in etab, but mountd can't read it back */
	EXPORT_STATES,
};

/* "loaded", "duplicate", … as in the JSON output. */
const char *export_state_name(enum export_state state);

/* One client of one path, whatever became of it. */
struct export_entry {
	uint32_t document;     /* index into the documents */
	uint32_t syntax_entry; /* index into that document's entries */
	uint32_t item;	       /* index into that document's items */
	uint32_t written_path; /* number in lookups->paths, or UINT32_MAX */
	uint32_t path;	       /* the same for the path as the server has it */
	uint32_t client; /* number in the table's clients, or UINT32_MAX */
	uint32_t policy; /* number in the table's policies, or UINT32_MAX */
	uint32_t cause;	 /* of a duplicate the entry that won; of another that
			    is not loaded the index of the diagnostic */
	uint8_t state;	 /* enum export_state */
};

/* Everything that a table is built from; all of it must outlive the table. */
struct export_table_input {
	const struct export_documents *documents;
	struct export_lookups *lookups;	   /* gets the resolved paths as well */
	const struct resolved_path *paths; /* for lookups->paths */
	const struct resolved_name *names; /* for lookups->names; NULL: names
					      were not asked, take them as
					      they are written */
	struct export_rules rules;
};

struct export_table {
	struct export_table_input input;
	struct export_clients clients;
	struct export_policies policies;
	ARRAY(struct export_entry) entries; /* in the order of loading */
	ARRAY(uint32_t) order;	/* the entries in etab, in its order */
	struct diag_list diags; /* source: index of the document */
};

/* The syntax of the document that an entry stands in. */
const struct exports_syntax *
export_table_syntax(const struct export_table *table,
		    const struct export_entry *entry);

/* Where an entry's client stands (its path, if no client is written). */
struct span export_entry_span(const struct export_table *table,
			      const struct export_entry *entry);

/* Where the value of an option of a loaded entry was written, in the client's
 * own list or in -options before it; the client's place if it is a default. */
struct span export_entry_option_span(struct arena *arena,
				     const struct export_table *table,
				     const struct export_entry *entry,
				     enum export_option_id option);

/* Did somebody write that option, for this client or in -options? */
bool export_entry_has_option(const struct export_table *table,
			     const struct export_entry *entry,
			     enum export_option_id option);

/* The host as it is written: empty where no client is written, "*" for
 * options without a host. */
struct str export_entry_host(struct arena *arena,
			     const struct export_table *table,
			     const struct export_entry *entry);

/* A path by its number. */
static inline struct str export_table_path(const struct export_table *table,
					   uint32_t path)
{
	return table->input.lookups->paths.list.items[path];
}

/* Entry number i of etab. Its order jumps through memory, so what the next
 * ones need is fetched ahead. */
static inline struct export_entry *
export_table_ordered(const struct export_table *table, size_t i)
{
	struct export_entry *entries = table->entries.items;
	const struct str *paths = table->input.lookups->paths.list.items;
	const struct export_client *clients = table->clients.list.items;
	const uint32_t *order = table->order.items;

	if (i + 32 < table->order.count) {
		const struct export_entry *soon = &entries[order[i + 16]];
		const struct export_entry *next = &entries[order[i + 8]];

		__builtin_prefetch(&entries[order[i + 32]].path);
		__builtin_prefetch(&paths[soon->path]);
		__builtin_prefetch(&clients[soon->client]);
		__builtin_prefetch(paths[next->path].data);
		__builtin_prefetch(clients[next->client].name.data);
	}
	return &entries[order[i]];
}

/* The path as it is written, decoded. */
struct str export_entry_written_path(struct arena *arena,
				     const struct export_table *table,
				     const struct export_entry *entry);

/* The path that the server will have; the written one where that is not
 * known, because the entry is not loaded. */
struct str export_entry_path(struct arena *arena,
			     const struct export_table *table,
			     const struct export_entry *entry);

#endif
