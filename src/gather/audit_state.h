/* What earlier runs of the audit saw, in an SQLite file.
 *
 * The file has the tables servers, runs and one for each enum audit_kind,
 * whose rows say from which run on something was seen (since), and which one
 * did not see it any more (until; NULL: it is there). A run is one transaction
 * that begins when the state is opened and ends with audit_state_save(): runs
 * come one after the other, and one that is killed, or for which the disk is
 * too small, has not been. The application_id of the file is "EXPA"; one that
 * is not of this program, or of a newer version of it, is left alone.
 */
#ifndef AUDIT_STATE_H
#define AUDIT_STATE_H

#include "audit_changes.h"
#include "failure.h"

struct audit_state;

/* How long a run waits for another one that uses the same file. */
enum { AUDIT_STATE_WAIT_MS = 10000 };

/* Opens or makes the file, for its owner alone and no link, and waits for its
 * turn. server tells the servers apart whose states are in one file. ":memory:"
 * is a state that goes with its run. audit_state_close() ends it. */
bool audit_state_open(struct arena *arena, const char *name, const char *server,
		      int wait_ms, struct audit_state **state,
		      struct failure *failure)
	__attribute__((warn_unused_result));

/* What the earlier runs left: *any tells if there were any. */
bool audit_state_known(struct audit_state *state, struct audit_facts *known,
		       bool *any, struct failure *failure)
	__attribute__((warn_unused_result));

/* Notes a run and what it changed, for good; run->id does not count. */
bool audit_state_save(struct audit_state *state, const struct audit_run *run,
		      const struct audit_changes *changes,
		      struct failure *failure)
	__attribute__((warn_unused_result));

/* Takes back what was not saved; NULL is allowed. */
void audit_state_close(struct audit_state *state);

struct audit_history {
	ARRAY(struct audit_run) runs; /* in their order */
};

/* The runs on a server. A file that is not there is a failure; nothing is
 * changed. */
bool audit_state_history(struct arena *arena, const char *name,
			 const char *server, struct audit_history *history,
			 struct failure *failure)
	__attribute__((warn_unused_result));

#endif
