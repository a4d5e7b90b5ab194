/* What the audit of other servers remembers from one run to the next. */
#ifndef FLEET_MEMORY_H
#define FLEET_MEMORY_H

#include "audit_memory.h"
#include "fleet_report.h"
#include "id_table.h"
#include "server_sweep.h"

struct fleet_name {
	struct str text;
	struct ip_address address; /* family IP_NONE: it is none */
};

/* Servers by the names that the state has for them. The case of a name does not
 * matter, nor how an address is spelled. */
struct fleet_names {
	struct fleet_name *items;
	size_t count;
	struct id_table index;
	bool *wanted; /* of each: it is among those that are asked */
};

struct fleet_memory {
	struct audit_memory base;
	struct fleet_names answering; /* before this run */
	struct fleet_names known;     /* once the state is open */
	size_t room;		      /* bytes for the lists of the servers */
	/* those of which there is something to tell */
	ARRAY(struct audit_server_changes) told;
	size_t asked;
	bool silenced; /* one stopped answering, or never did */
};

/* Chooses the file. False, with the reason told as wrong usage, if the options
 * do not go together. */
bool fleet_memory_begin(struct fleet_memory *memory,
			const struct command_context *context,
			const struct audit_memory_options *options)
	__attribute__((warn_unused_result));

/* Prints the earlier runs on the targets, which are read to their end. Returns
 * an exit status. */
int fleet_memory_history(struct fleet_memory *memory,
			 struct server_targets *targets, bool json);

/* Finds out who answered before: an address of a network that does not any
 * more is no longer nobody. */
void fleet_memory_look_back(struct fleet_memory *memory);
bool fleet_memory_misses(const struct fleet_memory *memory, const char *host);

/* Compares each server with the run before; the state, if there is one, is
 * locked from now on, until audit_memory_end(). What fails is told, and noted
 * in base.failed. */
void fleet_memory_compare(struct fleet_memory *memory,
			  const struct fleet_report *report);

/* Writes what changed, as JSON or as text: nothing if nothing did. */
void fleet_memory_render(FILE *out, const struct fleet_memory *memory,
			 bool color, bool json);

/* Is a finding of that severity or a higher one new, or a server silent that
 * was not? */
bool fleet_memory_reaches(const struct fleet_memory *memory, int severity);

#endif
