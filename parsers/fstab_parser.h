/* /etc/fstab and its like: file systems to be mounted (fstab(5)). */
#ifndef FSTAB_PARSER_H
#define FSTAB_PARSER_H

#include "array.h"
#include "source.h"

/* A line of at least three fields; \040 and its like are decoded. */
struct fstab_entry {
	struct str device, folder, type;
	struct str options; /* empty if the line ends before them */
	struct span span;   /* of the line's fields, without a comment */
	struct span options_span;
};

struct fstab {
	ARRAY(struct fstab_entry) entries;
};

/* Reads text; lines that mount(8) can't use are left out. Strings are views of
 * text or of copies in arena. */
void fstab_parse(struct arena *arena, struct str text, struct fstab *fstab);

/* Is a word, "nosuid" or "sec", one of the comma-separated options? Its value
 * is given where one stands behind "=" and value is not NULL. */
bool fstab_option(struct str options, const char *word, struct str *value);

#endif
