#include "server_input.h"

#include "command_input.h"

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

static bool read_input(const struct command_context *context, const char *name,
		       struct server_input *servers)
{
	struct server_operands *operands = &servers->operands;
	struct source source = { .name = name };

	if (!command_input_read(context, &source))
		return false;
	server_list_parse(context->arena, &source, operands);
	servers->has_wrong_words = operands->diags.list.count != 0;
	command_input_complain(context, &source, &operands->diags);
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
