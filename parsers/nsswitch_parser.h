/* nsswitch.conf(5), as glibc reads it. */
#ifndef NSSWITCH_PARSER_H
#define NSSWITCH_PARSER_H

#include "str.h"

/* What stands behind a database ("group") in the last line about it, without a
 * comment; .data is NULL if there is no such line. A view of text. */
struct str nsswitch_find(struct str text, const char *database);

/* Takes the next service off what was found: "files", and what is to be done
 * after it, "[NOTFOUND=return]", as one, too. False at the end. */
bool nsswitch_next(struct str *services, struct str *service);

#endif
