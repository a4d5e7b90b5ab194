/* Lists of servers as nfs-utils' showmount prints them. */
#include "nfs4_listing.h"
#include "server_report.h"
#include "showmount_lists.h"
#include "text_escape.h"

static void write_bytes(FILE *out, const struct server_report *report,
			struct str text)
{
	if (report->is_terminal)
		text_escape_write(out, text);
	else
		fwrite(text.data, 1, text.length, out);
}

/* showmount can't list these; clients are not told. */
static void write_nfs4(FILE *out, const struct server_report *report,
		       const struct nfs4_listing *listing)
{
	for (size_t i = 0; i < listing->exports.count; i++) {
		write_bytes(out, report, listing->exports.items[i].path);
		putc('\n', out);
	}
}

static void write_server(FILE *out, const struct server_report *report,
			 const struct server_result *result, size_t index)
{
	const struct server_answer *answer = result->answer;
	char text[IP_ADDRESS_TEXT];

	(void)index;
	if (!answer->gives_list)
		return;
	fputs(report->ask == ASK_EXPORTS ? "Export list for "
					 : "All mount points on ",
	      out);
	write_bytes(out, report, str_of(server_result_host(result, text)));
	fputs(":\n", out);
	if (report->ask == ASK_MOUNTS)
		showmount_print_mounts(out, report->is_terminal, answer->arena,
				       answer, SHOWMOUNT_MOUNT_POINTS);
	else if (answer->nfs4)
		write_nfs4(out, report, answer->nfs4);
	else
		showmount_print_exports(out, report->is_terminal, answer);
}

static void nothing(FILE *out, const struct server_report *report)
{
	(void)out, (void)report;
}

const struct server_format server_format_showmount = {
	.begin = nothing,
	.write = write_server,
	.end = nothing,
};
