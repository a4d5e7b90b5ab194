/* The table of exports(5) options: one row is all there is to know of one. */
#ifndef EXPORT_OPTIONS_H
#define EXPORT_OPTIONS_H

#include "export_policy.h"

/* A list being applied; the state that sec= sections need. */
struct option_reader {
	struct arena *arena;
	const struct export_rules *rules;
	struct export_policy *policy;
	uint32_t active;     /* bit set of the flavors named by the last sec= */
	bool saw_reexport;   /* in this list */
	struct str value;    /* behind "=" of the option at hand */
	const char *message; /* why the option is refused, in the arena */
	enum export_problem problem; /* which kind it is */
};

struct export_option {
	/* Spellings. A flag is set by the first pair of names and cleared by
	 * the second; a value option has only the first, without "=". */
	const char *set, *set_alias;
	const char *clear, *clear_alias;
	const char *json;     /* its key in JSON: the positive spelling */
	bool json_is_clear;   /* that spelling is the cleared flag */
	uint32_t flag;	      /* enum export_flag, 0 for a value option */
	bool per_flavor;      /* may differ between sec= sections */
	bool bare;	      /* a value option that may stand without "=" */
	version_number since; /* of nfs-utils; 0: always there */
	/* Reads reader->value into the policy; NULL for a flag. */
	bool (*read)(struct option_reader *reader);
	const char *text; /* one line for people */
};

extern const struct export_option export_options[EXPORT_OPTIONS];

/* Sets or clears a flag for the export and for the flavors of the section. */
void option_change_flag(struct option_reader *reader, uint32_t flag, bool set);

/* The row that has this spelling (without "="), or NULL; *clears tells
 * whether it clears the row's flag. */
const struct export_option *export_option_find(struct str name, bool *clears);

/* The spelling nearest to a mistyped name, or NULL. */
const char *export_option_nearest(struct arena *arena, struct str name);

#endif
