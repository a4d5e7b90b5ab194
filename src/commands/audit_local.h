/* The audit of this server, or of the tree of --root. */
#ifndef AUDIT_LOCAL_H
#define AUDIT_LOCAL_H

#include "audit_memory.h"
#include "audit_report.h"
#include "lint_run.h"

struct audit_local_options {
	const struct lint_run_options *run;
	const struct audit_memory_options *memory;
	audit_renderer *render;
	const char *output; /* NULL: standard output */
	bool complies;	    /* only the catalogue is asked for */
	int catalogue;	    /* index into compliance_names */
};

/* Judges and reports, or lists the earlier runs. Returns the exit status. */
int audit_local_run(const struct command_context *context,
		    const struct audit_local_options *options);

#endif
