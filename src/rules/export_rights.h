/* What an export lets its clients do, so far as two entries can be compared,
 * and how two policies differ. */
#ifndef EXPORT_RIGHTS_H
#define EXPORT_RIGHTS_H

#include "arena.h"
#include "export_policy.h"

/* What one policy gives and another one withholds. */
enum export_right {
	RIGHT_WRITE = 1,
	RIGHT_ROOT = 2,	    /* uid 0 stays uid 0 */
	RIGHT_IDENTITY = 4, /* writing with one's own uid: not all_squash */
	RIGHT_FLAVOR = 8,   /* access by a weaker security flavor */
	RIGHT_PLAIN = 16,   /* access without TLS */
};

/* What lax gives that strict does not, as a set of enum export_right; 0 if it
 * gives nothing more. Whoever can use a flavor can also use a weaker one, so
 * that what strict gives by sys counts for krb5 as well. */
unsigned export_rights_beyond(const struct export_policy *lax,
			      const struct export_policy *strict);

/* What a client may do through a policy that has these rights, to follow "may"
 * or "can": "write", "come without Kerberos", …; the strongest of them. */
const char *export_right_text(unsigned rights);

/* Do both give their clients the same, down to anonymous ids and fsid? Where
 * the options were written does not matter. */
bool export_policies_agree(const struct export_policy *a,
			   const struct export_policy *b);

/* The rights in the words of the file: "rw,root_squash", or
 * "ro,root_squash,sec=sys and rw,no_root_squash,sec=krb5p". */
const char *export_rights_text(struct arena *arena,
			       const struct export_policy *policy);

#endif
