/* exportctl showmount: in the place of nfs-utils' program of that name, whose
 * options, output, messages and exit status it has. */
#include <errno.h>
#include <getopt.h>
#include <netdb.h>
#include <unistd.h>

#include "command.h"
#include "mount_protocol.h"
#include "showmount_lists.h"
#include "showmount_query.h"
#include "text_escape.h"

enum {
	STATUS_ERROR = 1, /* all that nfs-utils' program knows */
	HOST_BYTES = 256,
};

struct showmount_options {
	bool all, directories, exports, no_headers;
};

enum showmount_mode { MODE_HOSTS, MODE_ALL, MODE_DIRECTORIES, MODE_EXPORTS };

static const char *const headers[] = {
	[MODE_HOSTS] = "Hosts on",
	[MODE_ALL] = "All mount points on",
	[MODE_DIRECTORIES] = "Directories on",
	[MODE_EXPORTS] = "Export list for",
};

static void print_usage(FILE *out, const char *name)
{
	fprintf(out,
		"Usage: %s [-adehv]\n"
		"       [--all] [--directories] [--exports]\n"
		"       [--no-headers] [--help] [--version] [host]\n",
		name);
}

static int complain(const struct command_context *context, const char *name,
		    const char *text)
{
	fprintf(context->err, "%s: %s\n", name, text);
	return STATUS_ERROR;
}

/* Takes the options up to one that ends the program, as --help does; its
 * status goes to *status. getopt_long(3) complains itself, on stderr. */
static bool read_options(const struct command_context *context, int argc,
			 char **argv, struct showmount_options *options,
			 int *status)
{
	static const struct option names[] = {
		{ "all", no_argument, NULL, 'a' },
		{ "directories", no_argument, NULL, 'd' },
		{ "exports", no_argument, NULL, 'e' },
		{ "no-headers", no_argument, NULL, 'n' },
		{ "version", no_argument, NULL, 'v' },
		{ "help", no_argument, NULL, 'h' },
		{ 0 },
	};
	int letter;

	*status = STATUS_OK;
	opterr = 1;
	optind = 0; /* glibc begins anew */
	while ((letter = getopt_long(argc, argv, "adehv", names, NULL)) != -1) {
		switch (letter) {
		case 'a':
			options->all = true;
			break;
		case 'd':
			options->directories = true;
			break;
		case 'e':
			options->exports = true;
			break;
		case 'n':
			options->no_headers = true;
			break;
		case 'v':
			fputs("showmount for 2.6.2\n", context->out);
			return false;
		case 'h':
			print_usage(context->out, argv[0]);
			return false;
		default:
			print_usage(context->err, argv[0]);
			*status = STATUS_ERROR;
			return false;
		}
	}
	return true;
}

static enum showmount_mode mode_of(const struct showmount_options *options)
{
	if (options->exports)
		return MODE_EXPORTS;
	if (options->directories)
		return MODE_DIRECTORIES;
	return options->all ? MODE_ALL : MODE_HOSTS;
}

/* /etc/rpc may give MOUNT another number, under one of three names. */
static uint32_t mount_program(void)
{
	static const char *const names[] = { "showmount", "mount", "mountd" };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		const struct rpcent *entry = getrpcbyname(names[i]);

		if (entry)
			return (uint32_t)entry->r_number;
	}
	return MOUNT_PROGRAM;
}

static void print_list(const struct command_context *context,
		       enum showmount_mode mode, bool with_header,
		       const char *host, const struct server_answer *list)
{
	static const enum showmount_column columns[] = {
		[MODE_HOSTS] = SHOWMOUNT_HOSTS,
		[MODE_ALL] = SHOWMOUNT_MOUNT_POINTS,
		[MODE_DIRECTORIES] = SHOWMOUNT_DIRECTORIES,
	};
	FILE *out = context->out;
	bool escape = context->out_is_terminal;

	if (with_header) {
		fprintf(out, "%s ", headers[mode]);
		if (escape)
			text_escape_write(out, str_of(host));
		else
			fputs(host, out);
		fputs(":\n", out);
	}
	if (mode == MODE_EXPORTS)
		showmount_print_exports(out, escape, list);
	else
		showmount_print_mounts(out, escape, context->arena, list,
				       columns[mode]);
}

static void get_error(CLIENT *client, struct rpc_err *error)
{
	*error = *(const struct rpc_err *)(const void *)client->cl_private;
}

/* libtirpc has the words, for a client that it believes to be its own. */
static void print_rpc_error(const struct command_context *context,
			    enum showmount_mode mode,
			    struct showmount_result *result)
{
	static struct clnt_ops operations = { .cl_geterr = get_error };
	CLIENT client = {
		.cl_ops = &operations,
		.cl_private = &result->error,
	};

	if (result->found) {
		fprintf(context->err, "%s\n",
			clnt_sperror(&client, mode == MODE_EXPORTS
						      ? "rpc mount export"
						      : "rpc mount dump"));
		return;
	}
	rpc_createerr.cf_stat = result->create_stat;
	rpc_createerr.cf_error = result->error;
	fprintf(context->err, "%s\n", clnt_spcreateerror("clnt_create"));
}

/* Asks host and prints what it says. */
static int show(const struct command_context *context, const char *name,
		const struct showmount_options *options, const char *host)
{
	enum showmount_mode mode = mode_of(options);
	struct showmount_question question = {
		.host = host,
		.program = mount_program(),
		.exports = mode == MODE_EXPORTS,
	};
	struct showmount_result result;
	struct failure failure;
	bool is_complete;

	if (!showmount_ask(context->arena, &question, &result, &failure))
		return complain(context, name, failure.text);
	is_complete = result.found && result.error.re_status == RPC_SUCCESS;
	if (is_complete || result.is_cut)
		print_list(context, mode, !options->no_headers, host,
			   &result.list);
	else
		print_rpc_error(context, mode, &result);
	if (result.is_cut)
		complain(context, name,
			 "the list is too long; the rest is missing");
	return is_complete ? STATUS_OK : STATUS_ERROR;
}

static int run_showmount(const struct command_context *context, int argc,
			 char **argv)
{
	struct showmount_options options = { 0 };
	const char *name = argv[0];
	char own_host[HOST_BYTES];
	int status;

	if (!read_options(context, argc, argv, &options, &status))
		return status;
	if (options.all + options.directories + options.exports > 1)
		return complain(context, name,
				"only one of -a, -d or -e is allowed");
	if (argc - optind > 1)
		return complain(context, name, "only one hostname is allowed");
	if (argc - optind == 1)
		return show(context, name, &options, argv[optind]);
	if (gethostname(own_host, sizeof(own_host)) != 0)
		return complain(context, "getting hostname", strerror(errno));
	return show(context, name, &options, own_host);
}

static const struct option_row options[] = {
	{
		.name = "all",
		.letter = 'a',
		.help = "list clients and the directories that they have "
			"mounted",
	},
	{
		.name = "directories",
		.letter = 'd',
		.help = "list only the directories that clients have mounted",
	},
	{
		.name = "exports",
		.letter = 'e',
		.help = "list the exports",
	},
	{ .name = "no-headers", .help = "no line above the list" },
	{
		.name = "help",
		.letter = 'h',
		.help = "print the usage of nfs-utils' showmount",
	},
	{
		.name = "version",
		.letter = 'v',
		.help = "print the version of nfs-utils whose showmount this "
			"is like",
	},
	{ 0 },
};

const struct command cmd_showmount = {
	.name = "showmount",
	.summary = "ask a server for its lists, as nfs-utils' showmount does",
	.operands = "[HOST]",
	.operands_max = 1,
	.description =
		"Does what showmount(8) of nfs-utils does, with the same "
		"options, output, messages and exit status, for programs that "
		"expect that; 'exportctl exports' and 'exportctl mounts' tell "
		"more. Without -a, -d or -e the clients that have mounted "
		"something are listed; without HOST, this host is asked. "
		"Unlike showmount, this never crashes on what a server sends, "
		"never waits longer than a minute, and shows a terminal no "
		"raw control characters.\n\n"
		"The same happens when the program is invoked under the name "
		"showmount.",
	.options = options,
	.status = { [STATUS_OK] = "the list, the help or the version was "
				  "printed",
		    [STATUS_ERROR] = "wrong usage, or there is no list or not "
				     "all of it" },
	.run_words = run_showmount,
};
