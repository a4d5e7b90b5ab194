/* Where a report goes. */
#ifndef REPORT_OUTPUT_H
#define REPORT_OUTPUT_H

#include "command.h"

enum report_end {
	REPORT_FAILED,
	REPORT_CUT, /* the reader has closed the pipe, having seen enough */
	REPORT_TOLD,
};

/* Prints a report to standard output, or, all at once, in the place of the file
 * output (NULL: none). What is wrong with standard output is told in the
 * end. */
enum report_end
report_output(const struct command_context *context, const char *output,
	      void (*render)(FILE *out, const void *report), const void *report)
	__attribute__((warn_unused_result));

#endif
