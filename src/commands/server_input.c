#include "server_input.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "file_read.h"

static bool add_operand(const struct command_context *context, const char *text,
			struct server_operands *operands)
{
	struct server_operand operand;
	const char *problem;

	if (!server_operand_parse(context->arena, str_of(text), &operand,
				  &problem)) {
		command_usage_error(context, "'%.300s': %s", text, problem);
		return false;
	}
	*ARRAY_ADD(context->arena, &operands->list) = operand;
	return true;
}

static bool read_file(struct arena *arena, struct source *source,
		      struct failure *failure)
{
	bool is_stdin = strcmp(source->name, "-") == 0, done;
	int fd = is_stdin ? STDIN_FILENO
			  : open(source->name, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return file_failure(failure, source->name, errno);
	done = file_read(arena, fd, source->name, SOURCE_MAX_BYTES,
			 &source->text, NULL, failure);
	if (!is_stdin)
		close(fd);
	return done;
}

static void tell_wrong_words(const struct command_context *context,
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

static bool read_input(const struct command_context *context, const char *name,
		       struct server_input *servers)
{
	struct server_operands *operands = &servers->operands;
	struct source source = { .name = name };
	struct failure failure;

	if (!read_file(context->arena, &source, &failure)) {
		command_error(context, "%s", failure.text);
		return false;
	}
	server_list_parse(context->arena, &source, operands);
	servers->has_wrong_words = operands->diags.list.count != 0;
	tell_wrong_words(context, &source, &operands->diags);
	return true;
}

bool server_input_read(const struct command_context *context, const char *input,
		       struct server_input *servers)
{
	*servers = (struct server_input){ 0 };
	for (int i = 0; i < context->operand_count; i++)
		if (!add_operand(context, context->operands[i],
				 &servers->operands))
			return false;
	if (input)
		return read_input(context, input, servers);
	return context->operand_count ||
	       add_operand(context, "localhost", &servers->operands);
}
