/* RPC security flavors and transport security modes, as exports(5) names
 * them, and the lists of them that an export has. */
#ifndef SECURITY_FLAVOR_H
#define SECURITY_FLAVOR_H

#include <stdint.h>

#include "str.h"

/* One spelling of a flavor; two spellings may be one flavor (sys and unix). */
struct security_flavor {
	const char *name;
	uint32_t number; /* RFC 5531 and RFC 2623 */
};

/* Flavors of Kerberos, in which nobody can claim to be another one, have
 * numbers from this one on. */
enum { SECURITY_FLAVORS_GSS = 390000 };

/* The flavor with that name, or NULL. */
const struct security_flavor *security_flavor_find(struct str name);

/* A transport security mode (RFC 9289): none, tls, mtls; or NULL. */
const struct security_flavor *transport_mode_find(struct str name);

enum {
	SECURITY_FLAVORS_MAX = 5, /* different numbers that have a name */
	TRANSPORT_MODES_MAX = 3,
};

/* A flavor of an export with the export flags that hold for it. */
struct flavor_entry {
	const struct security_flavor *flavor;
	uint32_t flags; /* enum export_flag */
};

/* The index of flavor in entries, where it is appended with flags if it is
 * not there yet. entries has room for every number there is. */
unsigned flavor_list_add(struct flavor_entry *entries, uint8_t *count,
			 const struct security_flavor *flavor, uint32_t flags);

/* How many entries from first on have the same flags: what etab writes as
 * one sec= or xprtsec= group. */
unsigned flavor_list_run(const struct flavor_entry *entries, unsigned count,
			 unsigned first);

#endif
