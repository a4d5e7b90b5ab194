/* What the name services say about netgroups and addresses, besides the names
 * of the table; filled by gather, read by rules. Foreign bytes: print them
 * escaped. */
#ifndef NAME_FACTS_H
#define NAME_FACTS_H

#include "array.h"
#include "export_lookups.h"
#include "resolved_names.h"

/* The hosts of a netgroup and of the groups within it. */
struct netgroup_facts {
	enum name_status status;
	bool any_host; /* an entry names no host, which stands for any */
	ARRAY(uint32_t) hosts; /* numbers in name_facts.hosts */
};

/* What an address is called: the name first, then its aliases. */
struct address_name {
	struct ip_address address;
	enum name_status status;
	ARRAY(struct str) names;
};

struct name_facts {
	/* For each client of the table; the others than netgroups are
	 * NAME_NOT_ASKED. */
	const struct netgroup_facts *netgroups;
	struct text_set hosts;		      /* of all netgroups */
	const struct resolved_name *resolved; /* for hosts */

	/* Of the hosts of netgroups, and of the host names of a table where a
	 * client is chosen by its name. */
	ARRAY(struct address_name) addresses;
	struct id_table by_address;

	/* Addresses of the server itself; none below another root. */
	ARRAY(struct ip_address) own;
};

/* NULL if the address was not asked for. */
const struct address_name *name_facts_find(const struct name_facts *facts,
					   struct ip_address address);

#endif
