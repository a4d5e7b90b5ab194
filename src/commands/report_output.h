/* Where a report goes. */
#ifndef REPORT_OUTPUT_H
#define REPORT_OUTPUT_H

#include "command.h"

/* Prints a report to standard output, or, all at once, in the place of the file
 * output (NULL: none). False if it is not there; what is wrong with standard
 * output is told in the end. */
bool report_output(const struct command_context *context, const char *output,
		   void (*render)(FILE *out, const void *report),
		   const void *report) __attribute__((warn_unused_result));

#endif
