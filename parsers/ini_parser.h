/* Configuration files of sections and assignments, nfs.conf(5) and its like,
 * as nfs-utils reads them:
 *
 *     [section "argument"]
 *     key = value      # what is not quoted ends at # or ;
 *
 * A backslash before a newline makes two lines one, also in a comment. A value
 * may stand in single or double quotes; what follows the closing one is
 * ignored. Of an assignment that comes twice all are kept, in their order.
 */
#ifndef INI_PARSER_H
#define INI_PARSER_H

#include "array.h"
#include "diag.h"

enum ini_problem {
	INI_OPEN_BRACKET,  /* [section without ]; ends the section before */
	INI_OPEN_ARGUMENT, /* [section "argument] */
	INI_NO_SECTION,	   /* an assignment before the first section */
	INI_NO_ASSIGNMENT, /* a line without = */
	INI_NO_KEY,	   /* = without a key before it */
	INI_OPEN_QUOTE,	   /* key = "value */
	INI_NO_VALUE,	   /* nfs-utils ignores it as if it were not there */
	INI_NO_NEWLINE,	   /* the last line; nfs-utils ignores it */
	INI_NUL,	   /* a NUL byte; the rest of the file is ignored */
};

/* A section header. The same section may come several times. */
struct ini_section {
	struct str name;     /* without blanks around it */
	struct str argument; /* .data NULL: none */
	struct span span;    /* from [ to ] */
};

/* An assignment. A backslash and newline in a value are two blanks. */
struct ini_setting {
	uint32_t section; /* index into the sections */
	struct str key, value;
	struct span key_span, value_span; /* without quotes; may be empty */
	bool cut; /* no newline ends it: INI_NO_NEWLINE */
};

struct ini_file {
	ARRAY(struct ini_section) sections;
	ARRAY(struct ini_setting) settings;
	struct diag_list diags; /* enum ini_problem; source is 0 */
};

/* Reads text. Names and values are views of text or of a copy in arena. What
 * can't be read is a diagnostic, and left out, but for INI_NO_VALUE and
 * INI_NO_NEWLINE, whose settings are there. */
void ini_parse(struct arena *arena, struct str text, struct ini_file *file);

/* The same for a text that another one includes: its first lines belong to
 * that one's section, outer, unless it is NULL. */
void ini_parse_inside(struct arena *arena, struct str text,
		      const struct ini_section *outer, struct ini_file *file);

/* The value that holds for a key of a section without argument, as
 * nfs-utils looks it up: names differ in more than case, the last assignment
 * wins, empty and cut ones do not count. NULL if there is none. */
const struct ini_setting *ini_find(const struct ini_file *file,
				   const char *section, const char *key);

#endif
