/* Whether host names have addresses when exportfs loads the table at boot.
 *
 * exportfs drops a name that it can't look up, with status 0, and nothing loads
 * the table again. Patterns and netgroups are looked up when clients come.
 */
#ifndef BOOT_ORDER_H
#define BOOT_ORDER_H

#include "export_table.h"
#include "hosts_parser.h"

enum boot_gap {
	BOOT_FINE,	 /* also: nothing loads the table at boot */
	BOOT_UNKNOWN,	 /* why says what could not be read */
	BOOT_UNORDERED,	 /* the unit does not wait for the network */
	BOOT_NOT_WANTED, /* it would, but does not ask for it either */
	BOOT_NOT_WAITED, /* the target is there at once: nothing waits */
	BOOT_RESOLVER,	 /* what answers names on this host may come later */
};

struct boot_order {
	enum boot_gap gap;
	const char *why;	   /* BOOT_UNKNOWN */
	const char *resolver;	   /* BOOT_RESOLVER: "127.0.0.1", "nis" */
	uint32_t unit;		   /* that loads the table: a source */
	const struct hosts *hosts; /* NULL: /etc/hosts is not asked, or there
				      is none */
	bool own_names;		   /* myhostname answers for the host itself */
	struct str host_name;	   /* of the host; .data NULL: not known */
};

/* Is a loaded entry for a host name that has to be looked up elsewhere than in
 * /etc/hosts? */
bool boot_order_concerns(struct arena *arena, const struct boot_order *order,
			 const struct export_table *table,
			 const struct export_entry *entry);

#endif
