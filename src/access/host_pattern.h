/* Patterns of host names, as nfs-utils matches them (wildmat.c). */
#ifndef HOST_PATTERN_H
#define HOST_PATTERN_H

#include <stdint.h>

#include "str.h"

/* Does the pattern match the whole name? "*" stands for any bytes, dots
 * included, "?" for one, "[a-z]" for one of a class, "[^a-z]" for one that is
 * not in it ("!" means itself), and "\" takes the next byte as it is. ASCII
 * letters match in either case, except at the ends of a range. */
bool host_pattern_matches(struct str pattern, struct str name);

/* Does outer match every name that inner matches? True only if that is certain,
 * which it never is with classes or quoted bytes. */
bool host_pattern_covers(struct str outer, struct str inner);

/* The bytes at the end of a pattern that stand for themselves, from a dot on:
 * ".example.com" of "*.example.com". Empty if there are none. */
struct str host_pattern_suffix(struct str pattern);

/* Is it an IPv6 address in brackets, which nfs-utils takes for a class? */
bool host_pattern_is_bracketed(struct str pattern);

/* Was the pattern meant for addresses: digits, the marks between them, and
 * wildcards only, as in 10.1.* or fd00::*? */
bool host_pattern_is_for_addresses(struct str pattern);

/* The same where no host is called like that. */
bool host_pattern_fits_no_name(struct str pattern);

#endif
