/* What the audit command remembers from one run to the next. */
#ifndef AUDIT_MEMORY_H
#define AUDIT_MEMORY_H

#include "audit_changes_report.h"
#include "audit_sighting.h"
#include "audit_state.h"
#include "command.h"

struct audit_memory_options {
	const char *state;  /* NULL: the default place, if there is one */
	const char *output; /* file for the report; NULL: standard output */
	bool forget;	    /* keep no state */
	bool changes, history;
};

struct audit_memory {
	const struct command_context *context;
	const char *file;	      /* NULL: there is no state */
	const char *output;	      /* for the history */
	const char *server;	      /* what the state calls it */
	struct audit_state *state;    /* NULL: not open */
	struct audit_changes changes; /* of this server */
	bool first;		      /* there was no run before */
	bool failed; /* the state could not be used, which was told */
};

/* Chooses the file; fleet: for other servers. False, with the reason told as
 * wrong usage, if the options do not go together. */
bool audit_memory_begin(struct audit_memory *memory,
			const struct command_context *context,
			const struct audit_memory_options *options, bool fleet)
	__attribute__((warn_unused_result));

/* Compares the report with the run before; the state, if there is one, is
 * locked from now on. What fails is told, and noted in failed. */
void audit_memory_compare(struct audit_memory *memory,
			  const struct audit_report *report, bool files_read,
			  bool resolved);

/* What audit_memory_compare() is made of: opens the state; then, for one server
 * after the other, compares what was seen with what is known of it, and notes
 * the run. The facts must outlive the changes. After a failure
 * audit_memory_give_up() is due. */
bool audit_memory_open(struct audit_memory *memory, struct failure *failure)
	__attribute__((warn_unused_result));
bool audit_memory_turn(struct audit_memory *memory, const char *server,
		       struct audit_sighting *sighting,
		       struct audit_changes *changes, bool *first,
		       struct failure *failure)
	__attribute__((warn_unused_result));
void audit_memory_give_up(struct audit_memory *memory,
			  const struct failure *failure);

/* Keeps this run, once its report has been printed. */
void audit_memory_keep(struct audit_memory *memory);

void audit_memory_end(struct audit_memory *memory);

/* Prints the earlier runs on those servers, as JSON or as text; host: NULL for
 * other servers. Returns an exit status. */
int audit_memory_history(const struct audit_memory *memory,
			 const struct audit_servers *servers, const char *host,
			 bool json);

/* The same of this server. */
int audit_memory_history_here(struct audit_memory *memory, const char *host,
			      bool json);

#endif
