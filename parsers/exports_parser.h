/* Reads a whole exports file, or etab, into its lossless syntax. */
#ifndef EXPORTS_PARSER_H
#define EXPORTS_PARSER_H

#include "exports_syntax.h"
#include "failure.h"

/* Parses text, which stays the caller's, into syntax. Any text has a syntax:
 * the parser goes on where nfs-utils stops. Fails only if there are more than
 * EXPORTS_TOKENS_MAX tokens or more than SOURCE_MAX_BYTES bytes. */
bool exports_parse(struct arena *arena, struct str text,
		   struct exports_syntax *syntax, struct failure *failure)
	__attribute__((warn_unused_result));

#endif
