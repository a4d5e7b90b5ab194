/* What the access command hands to the output formats. */
#ifndef ACCESS_REPORT_H
#define ACCESS_REPORT_H

#include <stdio.h>

#include "entry_place.h"
#include "considered_entries.h"
#include "mnt_status.h"

/* One client at one path. */
struct access_item {
	const struct access_client *client;
	const char *client_text; /* as asked for */
	struct str asked;	 /* the path as asked for; empty: an export */
	struct str path;	 /* as the server takes it */
	struct access_answer answer;
	struct considered_entries considered;
	enum mnt_status mnt_status;
};

struct access_items {
	ARRAY(struct access_item) list;
};

struct access_report {
	struct arena *arena;
	const struct export_table *table;
	const struct resolved_owners *owners;
	struct access_wish wish;
	unsigned nfs_version;
	uint32_t uid, gid; /* of the user whose fate is told */
	bool has_uid, has_gid;
	bool all;     /* the items are all exports */
	bool explain; /* also of these */
	bool color;
	struct access_items items;
};

/* The output formats. */
#define ACCESS_FORMATS(FORMAT) FORMAT(text) FORMAT(json) FORMAT(jsonl)

typedef void access_renderer(FILE *out, const struct access_report *report);

extern access_renderer *const access_renderers[];

/* The names for --format, in the same order; ends with NULL. */
extern const char *const access_format_names[];

#define DECLARE(name) access_renderer render_access_##name;
ACCESS_FORMATS(DECLARE)
#undef DECLARE

#endif
