/* What the name services say about the host names of entries; for rules that
 * say something, or more, with --resolve. */
#ifndef HOST_ADDRESSES_H
#define HOST_ADDRESSES_H

#include "client_rules.h"
#include "name_facts.h"
#include "resolved_names.h"

/* What was found for the name that an entry has as its client; NULL if it has
 * an address, is no host, or names were not asked. */
const struct resolved_name *host_resolved(const struct rule_run *run,
					  const struct export_entry *entry);

/* What was found for the netgroup that an entry has as its client; NULL if it
 * has another client, or names were not asked. */
const struct netgroup_facts *host_netgroup(const struct rule_run *run,
					   const struct export_entry *entry);

/* Is it certain that the netgroup of an entry has no host? */
bool host_netgroup_is_empty(const struct rule_run *run,
			    const struct export_entry *entry);

/* Is the client the server itself: loopback, a name for it, or an address that
 * the server is known to have? */
bool host_is_this_server(const struct rule_run *run,
			 const struct export_entry *entry);

/* The first addresses as a text, "10.1.0.1, 10.1.0.2 and 3 more". */
const char *host_addresses_text(struct arena *arena,
				const struct resolved_name *name);

#endif
