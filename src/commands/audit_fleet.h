/* The audit of other servers. */
#ifndef AUDIT_FLEET_H
#define AUDIT_FLEET_H

#include "audit_memory.h"
#include "fleet_report.h"
#include "lint_run.h"
#include "server_options.h"

struct audit_fleet_options {
	const struct lint_run_options *run;
	const struct server_options *servers; /* the rows of all commands */
	const struct audit_memory_options *memory;
	fleet_renderer *render;
	const char *output; /* NULL: standard output */
};

/* Asks the operands and those of --input, judges and reports. Returns the exit
 * status. */
int audit_fleet_run(const struct command_context *context,
		    const struct audit_fleet_options *options);

#endif
