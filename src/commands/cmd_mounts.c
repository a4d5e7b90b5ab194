/* exportctl mounts: who has mounted something from remote servers. */
#include "server_command.h"

static int run_mounts(const struct command_context *context)
{
	return server_command_run(context, ASK_MOUNTS);
}

const struct command cmd_mounts = {
	.name = "mounts",
	.summary = "list the clients of servers, as showmount -a does",
	.operands = "[HOST|ADDRESS|NETWORK]...",
	.operands_max = OPERANDS_ANY,
	.description =
		"Asks NFS servers who has mounted what, all at once; without "
		"operand this host. What they answer is what mountd has noted: "
		"clients that crashed stay in it, and clients of NFSv4 never "
		"appear. Those of this host itself are read from the kernel, "
		"by root; with --root they are those of the tree.",
	.options = server_option_rows,
	.options_size = sizeof(struct server_options),
	.status = { [STATUS_OK] = "all servers gave their lists",
		    [STATUS_FINDINGS] = "some did not",
		    [STATUS_FAILED] =
			    "no server gave a list, a word of --input "
			    "names none, or wrong usage" },
	.run = run_mounts,
};
