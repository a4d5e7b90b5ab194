/* The files that exportfs reads in one run. */
#ifndef EXPORTS_CASE_H
#define EXPORTS_CASE_H

#include <stdint.h>

#include "strbuf.h"

enum { CASE_FILES = 4 };

/* What stands under the name of a file in exports.d. exportfs reads the first
 * two. */
enum case_form { CASE_FILE, CASE_LINK, CASE_DIRECTORY, CASE_FIFO };

struct exports_case {
	struct exports_case_file {
		const char *name; /* in exports.d; NULL for /etc/exports */
		enum case_form form;
		struct strbuf text;
	} files[CASE_FILES];
	size_t count; /* the first file is always /etc/exports */
};

/* Empties it, and frees what it has. */
void exports_case_clear(struct exports_case *exports);

/* Fills it with files that depend on seed and index only. */
void exports_case_generate(uint64_t seed, uint64_t index,
			   struct exports_case *exports);

/* Writes the files below /etc, where no other exports files are left. An empty
 * file in exports.d is not written. */
void exports_case_install(const struct exports_case *exports);

/* Adds the files' contents to text, escaped so that a terminal shows every
 * byte. Files that are empty and not needed are left out. */
void exports_case_describe(const struct exports_case *exports,
			   struct strbuf *text);

/* Adds bytes to text as they are shown there. */
void add_escaped(struct str bytes, struct strbuf *text);

#endif
