/* From exports files to the export table: finds out what the table needs to
 * know of paths and names, and builds it. */
#ifndef TABLE_GATHER_H
#define TABLE_GATHER_H

#include "etab_reread.h"
#include "export_table.h"
#include "exports_files.h"
#include "resolved_owners.h"

struct hosts;

struct table_gather {
	struct arena *arena;
	const struct root *root;
	struct export_rules rules;
	bool resolve;		   /* ask for host names */
	const struct hosts *hosts; /* where to look for them, in the place of
				      the name services; NULL: these */
	unsigned deadline_ms;	   /* for all names of one table together */
	bool interrupted;	   /* set when the user ended a look-up */
};

/* Parses the files into documents. A file that can't be parsed, because it
 * has too many words, is left out and added to files->failures. */
void table_gather_parse(struct arena *arena, struct exports_files *files,
			struct export_documents *documents);

/* Builds the table of documents, which must outlive it. */
void table_gather_build(struct table_gather *gather,
			const struct export_documents *documents,
			struct export_table *table);

/* Reads the table back from the etab that it gives, as mountd and exportfs -v
 * do, and marks in it what is lost that way. reread is the table that they
 * then have; it shares the arena. */
bool table_gather_reread(struct table_gather *gather,
			 struct export_table *table,
			 struct export_table *reread, struct failure *failure)
	__attribute__((warn_unused_result));

/* Finds the names of the ids in the table's policies: below the root, and with
 * resolve on the running host also through libnfsidmap. */
void table_gather_owners(const struct table_gather *gather,
			 const struct export_table *table,
			 struct resolved_owners *owners);

/* The paths of the table that can't be looked at, for people: "/srv/a and 2
 * more exported paths"; NULL if there are none. */
const char *table_gather_hidden(struct arena *arena,
				const struct export_table *table);

#endif
