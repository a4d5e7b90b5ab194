/* Whom a command asks: operands, --input, or this host. */
#ifndef SERVER_INPUT_H
#define SERVER_INPUT_H

#include "command.h"
#include "server_list_parser.h"

struct server_input {
	struct server_operands operands;
	bool has_wrong_words; /* of --input; they are told, and left out */
};

/* Reads the operands of the command line and the file input, - for standard
 * input, NULL for none; without both localhost is the operand. What is wrong
 * is told. False if nothing is to be asked: wrong usage, or an unreadable
 * file. */
bool server_input_read(const struct command_context *context, const char *input,
		       struct server_input *servers)
	__attribute__((warn_unused_result));

#endif
