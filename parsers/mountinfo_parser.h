/* The mounts of a process, /proc/PID/mountinfo as proc(5) describes it. */
#ifndef MOUNTINFO_PARSER_H
#define MOUNTINFO_PARSER_H

#include "array.h"
#include "str.h"

/* One mount. Octal escapes of its texts are decoded. */
struct mountinfo_mount {
	uint32_t major, minor;	  /* of the file system */
	struct str root;	  /* what of the file system is mounted */
	struct str point;	  /* where */
	struct str type, source;  /* "ext4", "/dev/sda1" */
	struct str options;	  /* of the mount, "ro,nosuid,…" */
	struct str super_options; /* of the file system */
};

/* In the order of the file: of two mounts at one point the later one is on
 * top. */
struct mountinfo {
	ARRAY(struct mountinfo_mount) list;
};

/* Reads the text, which must outlive the result; lines of another form are
 * left out. */
void mountinfo_parse(struct arena *arena, struct str text,
		     struct mountinfo *mounts);

/* Is the option one of those, which commas separate? */
bool mountinfo_has_option(struct str options, const char *option);

#endif
