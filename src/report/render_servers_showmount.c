/* Lists of servers as nfs-utils' showmount prints them: for one server without
 * its header line, as showmount --no-headers does. What is no plain text is
 * escaped. */
#include "nfs4_listing.h"
#include "server_report.h"
#include "showmount_lists.h"
#include "text_escape.h"

/* showmount knows no NFSv4, which does not tell the clients. */
static void write_nfs4(FILE *out, const struct nfs4_listing *listing)
{
	for (size_t i = 0; i < listing->exports.count; i++) {
		text_escape_write(out, listing->exports.items[i].path);
		fputs(" (unknown)\n", out);
	}
}

static void write_header(FILE *out, const struct server_report *report,
			 const struct server_result *result)
{
	char text[IP_ADDRESS_TEXT];

	fputs(report->ask == ASK_EXPORTS ? "Export list for "
					 : "All mount points on ",
	      out);
	text_escape_write(out, str_of(server_result_host(result, text)));
	fputs(":\n", out);
}

static void write_server(FILE *out, const struct server_report *report,
			 const struct server_result *result, size_t index)
{
	const struct server_answer *answer = result->answer;

	(void)index;
	if (!answer->gives_list)
		return;
	if (!report->alone)
		write_header(out, report, result);
	if (report->ask == ASK_MOUNTS)
		showmount_print_mounts(out, true, answer->arena, answer,
				       SHOWMOUNT_MOUNT_POINTS);
	else if (answer->nfs4)
		write_nfs4(out, answer->nfs4);
	else
		showmount_print_exports(out, true, answer);
}

const struct server_format server_format_showmount = {
	.write = write_server,
};
