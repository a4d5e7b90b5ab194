/* SHA-1 (FIPS 180-4), for names of UUIDs of version 5. No library that is
 * linked anyway has it. Not for anything that must be secure. */
#ifndef SHA1_H
#define SHA1_H

#include "str.h"

enum { SHA1_BYTES = 20 };

void sha1(struct str bytes, unsigned char digest[SHA1_BYTES]);

#endif
