/* Whether the clients of a running server may still do what they do: for the
 * rules on live clients. */
#ifndef CLIENT_RIGHTS_H
#define CLIENT_RIGHTS_H

#include "export_index.h"
#include "live_clients.h"
#include "rule.h"

/* The entries of a table, whatever their paths. */
struct table_rights {
	struct export_index index;
	struct path_entries all;
};

void table_rights_build(struct rule_run *run, const struct export_table *table,
			struct table_rights *rights);

/* Has the client an entry anywhere in the table? MATCH_DEPENDS where names
 * decide, which nobody asked for. */
enum match_answer table_rights_of(struct table_rights *rights,
				  const struct live_client *client);

#endif
