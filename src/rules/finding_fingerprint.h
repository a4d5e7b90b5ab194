/* Names for findings that last: the same wherever in its file an entry stands,
 * so that baselines and code scanners recognise what they have seen. */
#ifndef FINDING_FINGERPRINT_H
#define FINDING_FINGERPRINT_H

#include "finding.h"
#include "id_table.h"

/* What the findings of one run have in common. Start with { .arena = … }. */
struct fingerprints {
	struct arena *arena;
	struct str server; /* which one the findings are about; empty: this */
	ARRAY(uint64_t) seen; /* with ordinal 0 */
	struct id_table index;
};

/* Gives each finding its fingerprint, 64 bits over server, rule, path, client
 * and the ordinal among those that are equal in these, in the order of the list
 * and of the calls. */
void fingerprints_assign(struct fingerprints *fingerprints,
			 struct finding_list *findings);

/* 16 hex digits and a NUL. */
enum { FINGERPRINT_TEXT = 17 };
const char *fingerprint_text(uint64_t fingerprint, char text[FINGERPRINT_TEXT]);

#endif
