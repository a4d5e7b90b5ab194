/* What earlier runs of the audit saw, in an SQLite file.
 *
 * The file has the tables servers, runs and one for each enum audit_kind,
 * whose rows say from which run on something was seen (since), and which one
 * did not see it any more (until; NULL: it is there). A run is one transaction
 * that begins when the state is opened and ends with audit_state_commit(), and
 * so are the runs on the servers of a sweep: runs come one after the other, and
 * one that is killed, or for which the disk is too small, has not been. The
 * application_id of the file is "EXPA"; one that is not of this program, or of
 * a newer version of it, is left alone.
 */
#ifndef AUDIT_STATE_H
#define AUDIT_STATE_H

#include "audit_changes.h"
#include "failure.h"

struct audit_state;

/* How long a run waits for another one that uses the same file. */
enum { AUDIT_STATE_WAIT_MS = 10000 };

/* Opens or makes the file, for its owner alone and no link, and waits for its
 * turn. server tells the servers apart whose states are in one file; NULL:
 * audit_state_turn_to() follows. ":memory:" is a state that goes with its run.
 * audit_state_close() ends it. */
bool audit_state_open(struct arena *arena, const char *name, const char *server,
		      int wait_ms, struct audit_state **state,
		      struct failure *failure)
	__attribute__((warn_unused_result));

/* What follows is about this server. */
bool audit_state_turn_to(struct audit_state *state, const char *server,
			 struct failure *failure)
	__attribute__((warn_unused_result));

/* What the earlier runs on the server left: *any tells if there were any. */
bool audit_state_known(struct audit_state *state, struct audit_facts *known,
		       bool *any, struct failure *failure)
	__attribute__((warn_unused_result));

struct audit_names {
	ARRAY(struct str) list; /* each ends with a NUL */
};

/* The servers that have runs in the state. */
bool audit_state_names(struct audit_state *state, struct audit_names *names,
		       struct failure *failure)
	__attribute__((warn_unused_result));

/* Notes a run on the server and what it changed; run->id does not count. The
 * runs that are noted before audit_state_commit() are those of one sweep. */
bool audit_state_note(struct audit_state *state, const struct audit_run *run,
		      const struct audit_changes *changes,
		      struct failure *failure)
	__attribute__((warn_unused_result));

/* Keeps what was noted, for good. */
bool audit_state_commit(struct audit_state *state, struct failure *failure)
	__attribute__((warn_unused_result));

/* Takes back what was not kept; NULL is allowed. */
void audit_state_close(struct audit_state *state);

/* Servers by their names in the state. */
struct audit_servers {
	void *context;
	bool (*has)(void *context, struct str name);
};

struct audit_history {
	ARRAY(struct audit_run) runs; /* in their order */
};

/* The runs on those servers; the ones of a sweep are one, whose numbers are
 * added up. A file that is not there is a failure; nothing is changed. */
bool audit_state_history(struct arena *arena, const char *name,
			 const struct audit_servers *servers,
			 struct audit_history *history, struct failure *failure)
	__attribute__((warn_unused_result));

/* The servers that the state knows; answering: those that gave a full answer
 * when they were asked last. A file that is not there is a failure; nothing is
 * changed. */
bool audit_state_servers(struct arena *arena, const char *name, bool answering,
			 struct audit_names *names, struct failure *failure)
	__attribute__((warn_unused_result));

#endif
