#include "report_output.h"

#include <errno.h>
#include <stdlib.h>

#include "file_replace.h"

static enum report_end standard_end(const struct command_context *context)
{
	if (fflush(context->out) == 0 && !ferror(context->out))
		return REPORT_TOLD;
	return *context->out_error == EPIPE ? REPORT_CUT : REPORT_FAILED;
}

enum report_end report_output(const struct command_context *context,
			      const char *output,
			      void (*render)(FILE *out, const void *report),
			      const void *report)
{
	struct failure failure;
	char *text = NULL;
	size_t length = 0;
	FILE *out = context->out;
	bool done;

	if (!output) {
		render(out, report);
		return standard_end(context);
	}
	out = open_memstream(&text, &length);
	if (!out)
		arena_exhausted();
	render(out, report);
	done = fclose(out) == 0 &&
	       file_write(context->arena, output, (struct str){ text, length },
			  &failure);
	free(text);
	if (!done)
		command_error(context, "%s", failure.text);
	return done ? REPORT_TOLD : REPORT_FAILED;
}
