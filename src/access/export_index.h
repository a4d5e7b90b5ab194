/* Which entry of a path decides for a client, found without looking at all of
 * them.
 *
 * mountd goes through the types of clients in their order, and within a type
 * through the entries in the order of the file; the first that matches decides.
 * The index has the hosts of a path by their address, the networks by prefix
 * length and address, and patterns by the domain that they end in.
 */
#ifndef EXPORT_INDEX_H
#define EXPORT_INDEX_H

#include "client_match.h"
#include "export_table.h"

/* The entries of one path, as indexes into the entries of the table, in the
 * order in which mountd looks at them. */
struct path_entries {
	uint32_t path; /* its number */
	ARRAY(uint32_t) list;
	ARRAY(uint32_t)
	lost;			    /* that are not loaded, in the order of the
				       files */
	struct path_lookup *lookup; /* made when it is first asked for */
};

struct export_index {
	struct arena *arena;
	const struct export_table *table;
	struct path_entries *by_path; /* for each number of a path */
	size_t path_count;
	struct path_entries **roots; /* paths that have fsid=0 for somebody */
	size_t root_count;
	struct path_entries clients; /* one entry of each client, of any path */
};

/* Sorts the loaded entries of a table, which must outlive the index. */
void export_index_build(struct arena *arena, const struct export_table *table,
			struct export_index *index);

/* The entries of a path, NULL if nothing is exported there. */
struct path_entries *export_index_path(const struct export_index *index,
				       struct str path);

/* The same, also where all of them are lost. */
const struct path_entries *
export_index_written(const struct export_index *index, struct str path);

/* All loaded entries, as if they were of one path. */
void export_index_all(const struct export_index *index,
		      struct path_entries *entries);

struct export_decision {
	enum match_answer answer;	  /* MATCH_DEPENDS: before an entry that
					     certainly matches there is one that may */
	const struct export_entry *entry; /* that decides, or may; NULL if
					     MATCH_NO */
};

/* The decision by the index. */
struct export_decision export_index_decide(struct export_index *index,
					   struct path_entries *entries,
					   const struct access_client *client);

/* Numbers of clients of a table. */
struct client_numbers {
	ARRAY(uint32_t) list;
};

/* The clients of the table, whatever their paths, that certainly are the one
 * who asks, whose address has to be known: ascending, added to matches. */
void export_index_matches(struct export_index *index,
			  const struct access_client *client,
			  struct client_numbers *matches);

/* The same by going through all entries: obviously right, for tests. */
struct export_decision
export_index_decide_slowly(const struct export_index *index,
			   const struct path_entries *entries,
			   const struct access_client *client);

#endif
