/* What a policy asks of clients, whatever the order. */
#ifndef FLAVOR_SETS_H
#define FLAVOR_SETS_H

#include "option_lists.h"

enum flavor_set {
	FLAVOR_NONE = 1,
	FLAVOR_SYS = 2,
	FLAVOR_KRB5 = 4,
	FLAVOR_KRB5I = 8,
	FLAVOR_KRB5P = 16,
	FLAVORS_KRB5 = FLAVOR_KRB5 | FLAVOR_KRB5I | FLAVOR_KRB5P,
};

/* The set of one flavor. */
unsigned flavor_set_of_one(const struct security_flavor *flavor);

/* The flavors in force. */
unsigned flavor_set_of(const struct export_policy *policy);

/* Is that mode in xprtsec=? */
bool has_mode(const struct export_policy *policy, const char *mode);

/* Do nfs-utils and the kernel of the table's target know xprtsec=? */
bool tls_is_known(const struct export_table *table);

/* Must clients use TLS? */
bool needs_tls(const struct export_table *table,
	       const struct export_policy *policy);

/* Does each client need a certificate of its own for that? */
bool needs_certificate(const struct export_policy *policy);

/* May clients write, under any flavor? */
bool any_writes(const struct export_policy *policy);

#endif
