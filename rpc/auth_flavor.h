/* Names of the numbers by which servers tell of security flavors. */
#ifndef AUTH_FLAVOR_H
#define AUTH_FLAVOR_H

#include <stdint.h>

#include "arena.h"

enum {
	AUTH_FLAVOR_NONE = 0,
	AUTH_FLAVOR_SYS = 1,
	/* pseudo flavors (RFC 2623, section 2.3) */
	AUTH_FLAVOR_KRB5 = 390003,
	AUTH_FLAVOR_KRB5I = 390004,
	AUTH_FLAVOR_KRB5P = 390005,
};

/* The name, as sec= of exports(5) has it, or the number in decimal. */
const char *auth_flavor_name(struct arena *arena, uint32_t flavor);

#endif
