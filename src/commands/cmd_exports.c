/* exportctl exports: what remote servers export, and to whom. */
#include "server_command.h"

static int run_exports(const struct command_context *context)
{
	return server_command_run(context, ASK_EXPORTS);
}

const struct command cmd_exports = {
	.name = "exports",
	.summary = "list what servers export, as showmount -e does",
	.operands = "[HOST|ADDRESS|NETWORK]...",
	.operands_max = OPERANDS_ANY,
	.description =
		"Asks NFS servers for their exports, all at once: names, "
		"addresses, or networks like 10.1.0.0/24; without operand this "
		"host. Servers that speak NFSv4 only are asked over NFSv4, "
		"which shows what this host may see.\n"
		"\n"
		"Nothing is left on the servers, and they are not told who "
		"asks. Of a network the addresses where nobody answers are "
		"passed over.",
	.options = server_option_rows,
	.options_size = sizeof(struct server_options),
	.status = { [STATUS_OK] = "all servers gave their lists",
		    [STATUS_FINDINGS] = "some did not",
		    [STATUS_FAILED] =
			    "no server gave a list, a word of --input "
			    "names none, or wrong usage" },
	.run = run_exports,
};
