/* Runs a program and keeps what it says. */
#ifndef PROGRAM_RUN_H
#define PROGRAM_RUN_H

#include "strbuf.h"

struct program_run {
	int status; /* exit status, or -1 */
	int signal; /* that ended it, or 0; SIGKILL after the time limit */
	struct strbuf out, messages; /* stdout, stderr */
};

/* Runs the file at path with these arguments (arguments[0] is its name, NULL
 * ends them), with the library preload (NULL: none) loaded into it, without
 * input, in the current directory, for at most 20 seconds. run is { 0 } or was
 * used before. A program that can't be started has status -1 and signal 0.
 * SIGCHLD must be blocked. */
void program_run(const char *path, const char *const *arguments,
		 const char *preload, struct program_run *run);

void program_run_free(struct program_run *run);

#endif
