/* passwd(5) and group(5), whose lines begin alike: NAME:PASSWORD:ID:REST. */
#ifndef ACCOUNTS_PARSER_H
#define ACCOUNTS_PARSER_H

#include <stdint.h>

#include "str.h"

struct account {
	struct str name;
	uint32_t id;
	struct str rest; /* of a user GID:GECOS:…, of a group its members with
			    commas between them */
};

/* Takes the next account off text; false at its end. Lines that are none are
 * passed over: comments, those of the compat service (+, -), and those with
 * fewer fields or an id that is no number of 32 bits. */
bool account_next(struct str *text, struct account *account);

/* The primary group of a user; false if there is no number. */
bool account_group(const struct account *user, uint32_t *gid);

#endif
