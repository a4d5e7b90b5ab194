/* What the server's files say besides the exports: for rules that need files.
 * Everything is read below the root. */
#ifndef LOCAL_FACTS_H
#define LOCAL_FACTS_H

#include "export_table.h"
#include "local_state.h"
#include "root.h"

/* The state that the rules on a table are given; it lives in arena. What can't
 * be read is a fact as well, so this does not fail. */
struct local_state *local_facts_gather(struct arena *arena,
					     const struct root *root,
					     const struct export_table *table);

#endif
