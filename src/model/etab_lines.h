/* The text of etab, taken apart line by line as mountd does. */
#ifndef ETAB_LINES_H
#define ETAB_LINES_H

#include "arena.h"
#include "array.h"
#include "id_table.h"
#include "source.h"
#include "str.h"

/* PATH, a tab, CLIENT(OPTIONS). Somebody who edits etab may write blanks, which
 * mountd takes, too. */
struct etab_line {
	struct span span; /* without the newline */
	struct str path, client, options;
	bool matched; /* by an entry of the files */
};

struct etab_lines {
	ARRAY(struct etab_line) list;
	struct id_table by_key; /* path and client */
};

/* Takes a line without its newline apart; the parts are parts of it, the span
 * is empty. */
struct etab_line etab_line_of(struct str line);

/* Reads the lines of etab that mountd does not pass over. The parts lie in
 * etab, the lists in arena. */
void etab_lines_read(struct arena *arena, struct str etab,
		     struct etab_lines *lines);

/* The first line with that path and client that is not matched; NULL if there
 * is none. */
struct etab_line *etab_lines_find(struct etab_lines *lines,
				  const struct etab_line *wanted);

#endif
