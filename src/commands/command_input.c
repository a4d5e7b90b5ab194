#include "command_input.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "file_read.h"

bool command_input_read(const struct command_context *context,
			struct source *source)
{
	bool is_stdin = strcmp(source->name, "-") == 0;
	int fd = is_stdin ? STDIN_FILENO
			  : open(source->name, O_RDONLY | O_CLOEXEC);
	struct failure failure;
	bool done;

	done = fd < 0 ? file_failure(&failure, source->name, errno)
		      : file_read(context->arena, fd, source->name,
				  SOURCE_MAX_BYTES, &source->text, NULL,
				  &failure);
	if (fd >= 0 && !is_stdin)
		close(fd);
	if (!done)
		command_error(context, "%s", failure.text);
	return done;
}

void command_input_complain(const struct command_context *context,
			    struct source *source,
			    const struct diag_list *diags)
{
	for (size_t i = 0; i < diags->list.count; i++) {
		const struct diag *diag = &diags->list.items[i];
		struct source_position at = source_position(
			context->arena, source, diag->span.begin);

		command_error(context, "%s:%u:%u: %s; %s", source->name,
			      at.line, at.column_chars, diag->message,
			      diag->consequence);
	}
}
