/* Findings that were there before: exportctl-baseline/1, a JSON file of their
 * fingerprints. */
#ifndef BASELINE_FILE_H
#define BASELINE_FILE_H

#include <stdint.h>

#include "arena.h"
#include "array.h"
#include "failure.h"
#include "str.h"
#include "strbuf.h"

struct baseline {
	ARRAY(uint64_t) fingerprints; /* sorted after baseline_sort() */
};

/* Reads the text of such a file; failures begin with name, line and column. */
bool baseline_parse(struct arena *arena, const char *name, struct str text,
		    struct baseline *baseline, struct failure *failure)
	__attribute__((warn_unused_result));

void baseline_sort(struct baseline *baseline);

/* Of a sorted one. */
bool baseline_has(const struct baseline *baseline, uint64_t fingerprint);

/* Appends the text of the file, one fingerprint a line. */
void baseline_print(const struct baseline *baseline, struct strbuf *out);

#endif
