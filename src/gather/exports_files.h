/* The exports documents of a server or of the command line, in the order in
 * which exportfs loads them (exports(5), "Export directories"). */
#ifndef EXPORTS_FILES_H
#define EXPORTS_FILES_H

#include "array.h"
#include "root.h"
#include "source.h"

/* Start with { 0 }; each function below adds to it. A file that can't be read
 * adds a failure, and the others are read all the same. All texts may hold
 * foreign bytes: print them escaped. */
struct exports_files {
	ARRAY(struct source) sources;
	ARRAY(const char *) failures; /* "NAME: why it could not be read" */
	ARRAY(const char *) notes;    /* read, or rightly ignored, but odd */
	bool main_missing;	      /* there is no /etc/exports */
};

/* Below the root, /etc/exports and the files of /etc/exports.d that count. A
 * missing exports.d is nothing, one that is no directory is a note. Names are
 * those inside the root. */
void exports_files_read_system(struct arena *arena, const struct root *root,
			       struct exports_files *files);

/* An operand of the command line: "-" is standard input, a directory is read
 * as an exports.d, all else as one file, which may be a pipe. Names are made
 * from the operand as it is given. */
void exports_files_read_operand(struct arena *arena, const char *operand,
				struct exports_files *files);

/* The same for what must be one file: a directory is a failure. */
void exports_files_read_file(struct arena *arena, const char *operand,
			     struct exports_files *files);

/* Has a file of that name a place among those of a system: /etc/exports, or a
 * file of /etc/exports.d that counts? */
bool exports_files_has_place(const char *name);

/* Puts the one source of other in the place of name, which has one, among the
 * files of a system, in load order whether there is such a file or not; and
 * what else other says. */
void exports_files_put(struct arena *arena, const struct exports_files *other,
		       const char *name, struct exports_files *files);

/* The files of directory that count (load_order.h): regular files and links to
 * them. Directories, FIFOs and sockets are passed over, as exportfs does; a
 * link to one of these is a failure. Nothing here can block. */
void exports_files_read_directory(struct arena *arena, const char *directory,
				  struct exports_files *files);

#endif
