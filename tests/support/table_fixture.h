/* An export table from texts in the test, with the names and paths that the
 * test states. */
#ifndef TABLE_FIXTURE_H
#define TABLE_FIXTURE_H

#include "export_table.h"

/* A host name with its canonical name and addresses, space-separated. */
struct fixture_name {
	const char *name, *canonical, *addresses;
};

/* A path and what realpath gives for it. */
struct fixture_path {
	const char *path, *real;
};

struct table_fixture {
	struct arena *arena;
	struct export_documents documents;
	struct export_lookups lookups;
	struct export_table table;

	/* Set before table_fixture_build; both end with a NULL name. */
	const struct fixture_name *names; /* NULL: names are not asked */
	const struct fixture_path *paths; /* NULL: no path exists */
	bool all_exist;			  /* those that paths does not have */
	struct export_rules rules;	  /* nfs-utils 2.6.2, mask 0xd */
};

void table_fixture_init(struct table_fixture *fixture);
void table_fixture_free(struct table_fixture *fixture);

/* Adds a document, called "1", "2", …; text may hold any byte. */
void table_fixture_add(struct table_fixture *fixture, struct str text);

/* Builds the table from the documents. */
void table_fixture_build(struct table_fixture *fixture);

/* All in one: a table of one text. */
void table_fixture_of(struct table_fixture *fixture, const char *text);

/* The lines of etab as one string in the fixture's arena. */
const char *table_fixture_etab(struct table_fixture *fixture);

/* Reads the built table back from its etab, as mountd does, and marks what is
 * lost that way. Names are those of the fixture. */
void table_fixture_reread(struct table_fixture *fixture);

#endif
