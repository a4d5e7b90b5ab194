/* The findings on a fleet for a spreadsheet. A server of which there are none
 * because it gave no full answer has a row that says so. */
#include "csv_cell.h"
#include "finding_fingerprint.h"
#include "fleet_report.h"

static void begin_row(FILE *out, const struct server_survey *survey)
{
	char address[IP_ADDRESS_TEXT] = "";

	if (survey->address.family != IP_NONE)
		ip_address_text(survey->address, address);
	csv_write_cell(out, str_of(survey->host));
	fprintf(out, ",%s,%s,", address, survey->status);
}

static void write_finding(FILE *out, const struct server_survey *survey,
			  const struct finding *finding)
{
	char fingerprint[FINGERPRINT_TEXT];

	begin_row(out, survey);
	fprintf(out, "%s,%s,", severity_names[finding->severity],
		finding->rule->slug);
	csv_write_cell(out, str_of(finding->message));
	fprintf(out, ",%s\r\n",
		fingerprint_text(finding->fingerprint, fingerprint));
}

static void write_server(FILE *out, const struct fleet_server *server)
{
	const struct server_survey *survey = &server->survey;
	bool any = false;

	for (size_t i = 0; i < server->unit.findings.list.count; i++) {
		const struct finding *finding =
			&server->unit.findings.list.items[i];

		if (finding->suppressed)
			continue;
		write_finding(out, survey, finding);
		any = true;
	}
	if (any || survey->answered)
		return;
	begin_row(out, survey);
	fputs(",,", out);
	csv_write_cell(out, str_of(survey->error ? survey->error : ""));
	fputs(",\r\n", out);
}

void render_fleet_csv(FILE *out, const struct fleet_report *report)
{
	fputs("server,address,status,severity,rule,message,fingerprint\r\n",
	      out);
	for (size_t i = 0; i < report->servers.count; i++)
		write_server(out, report->servers.items[i]);
}
