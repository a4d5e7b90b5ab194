/* The server that a table is judged for: versions of nfs-utils and kernel. */
#ifndef TARGET_H
#define TARGET_H

#include <stdint.h>

#include "failure.h"
#include "str.h"

/* 2.6.2 is 2006002, 6.1 is 6001000; 0 is unknown. Parts end at 999. */
typedef uint32_t version_number;

#define VERSION_NUMBER(a, b, c)                                                \
	((version_number)(a)*1000000 + (version_number)(b)*1000 +              \
	 (version_number)(c))

/* The newest that this program knows. */
#define NFS_UTILS_NEWEST VERSION_NUMBER(2, 9, 1)
#define KERNEL_NEWEST VERSION_NUMBER(6, 17, 0)

struct target {
	version_number nfs_utils;
	version_number kernel;
};

/* "2.6.2", "6.1", "6.1.0-56-amd64": up to three numbers, the rest is left
 * unread. False if text does not start with a number. */
bool version_parse(struct str text, version_number *version);

/* Room for the text of any version with its NUL. */
enum { VERSION_TEXT = 16 };

/* "2.6.2"; a zero third part is left out. Returns text. */
const char *version_text(version_number version, char text[VERSION_TEXT]);

/* Reads the argument of --target, "nfs-utils=2.6.2,kernel=6.1" in any order,
 * each part optional; what is not named stays as it is in target. */
bool target_parse(const char *text, struct target *target,
		  struct failure *failure);

#endif
