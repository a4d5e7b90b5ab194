/* The report that cron mails: 78 columns, sections only where there is
 * something to say. */
#include "audit_exposure.h"
#include "text_wrap.h"

static const char indent[] = "    ";

static void write_section(FILE *out, const struct audit_report *report,
			  const char *title)
{
	fputc('\n', out);
	text_wrap_title(out, report->lint.color, str_of(title), STR(""));
}

static void write_line(FILE *out, const struct strbuf *line)
{
	text_wrap_write(out, indent, strbuf_str(line));
}

void audit_report_write_message(FILE *out, const struct finding *finding)
{
	struct strbuf line = { 0 };

	text_wrap_write(out, indent, str_of(finding->message));
	if (finding->fix.description) {
		strbuf_printf(&line, "fix: %s", finding->fix.description);
		write_line(out, &line);
	}
	strbuf_free(&line);
}

static void write_finding(FILE *out, const struct lint_report *report,
			  struct lint_unit *unit, const struct finding *finding)
{
	struct source *source = lint_unit_source(unit, finding->document);
	struct source_position at =
		source_position(report->arena, source, finding->span.begin);
	struct strbuf line = { 0 };

	strbuf_printf(&line, "%s: %s", severity_names[finding->severity],
		      source->name);
	if (finding->span.end)
		strbuf_printf(&line, ":%u", at.line);
	strbuf_printf(&line, " [%s]", finding->rule->slug);
	text_wrap_hang(out, "  ", indent, strbuf_str(&line));
	strbuf_free(&line);
	audit_report_write_message(out, finding);
}

static void write_head(FILE *out, const struct audit_report *report)
{
	struct strbuf line = { 0 };

	strbuf_printf(&line, "NFS exports of %s, judged for ", report->host);
	audit_report_verdict(report, &line);
	strbuf_add_char(&line, '.');
	text_wrap_write(out, "", strbuf_str(&line));
	strbuf_free(&line);
}

static void write_nfs4(FILE *out, const struct nfsd_client *nfs4)
{
	struct strbuf line = { 0 };

	audit_report_nfs4(nfs4, &line);
	write_line(out, &line);
	strbuf_free(&line);
}

/* The paths of the mounts that are lost, or of those that are not. */
static void write_mounts(FILE *out, const struct audit_report *report,
			 size_t number, bool lost)
{
	const struct live_client *client = &report->clients->list.items[number];
	const char *separator =
		lost ? "may no longer reach, but has mounted " : "has mounted ";
	struct strbuf line = { 0 };

	for (size_t i = 0; i < client->mounts.count; i++) {
		if (audit_report_is_lost(report, number, i) != lost)
			continue;
		strbuf_add_text(&line, separator);
		strbuf_add(&line, client->mounts.items[i]->path);
		separator = ", ";
	}
	if (line.length)
		write_line(out, &line);
	strbuf_free(&line);
}

static void write_client(FILE *out, const struct audit_report *report,
			 size_t number)
{
	const struct live_client *client = &report->clients->list.items[number];
	struct str reach = audit_report_reach(report, number);
	struct strbuf line = { 0 };

	strbuf_add(&line, client->name);
	strbuf_printf(&line, ": %s%s", client_state_name(client->state),
		      client->connected ? ", connected" : "");
	text_wrap_hang(out, "  ", indent, strbuf_str(&line));
	strbuf_free(&line);
	for (size_t i = 0; i < client->nfs4.count; i++)
		write_nfs4(out, client->nfs4.items[i]);
	write_mounts(out, report, number, false);
	write_mounts(out, report, number, true);
	if (reach.length)
		text_wrap_write(out, indent, reach);
}

static void write_clients(FILE *out, const struct audit_report *report)
{
	const struct live_clients *clients = report->clients;

	if (!clients->list.count)
		return;
	write_section(out, report, "Clients");
	for (size_t i = 0; i < clients->list.count; i++)
		write_client(out, report, i);
}

static void write_unchecked(FILE *out, const struct audit_report *report)
{
	const struct live_state *live = report->live;
	struct strbuf line = { 0 };

	if (!live->unchecked.count)
		return;
	write_section(out, report, "Not checked");
	for (size_t i = 0; i < live->unchecked.count; i++) {
		strbuf_clear(&line);
		strbuf_printf(&line, "%s: %s", live->unchecked.items[i].what,
			      live->unchecked.items[i].why);
		write_line(out, &line);
	}
	strbuf_free(&line);
}

void render_audit_text(FILE *out, const struct audit_report *report)
{
	write_head(out, report);
	if (report->lint.units.items[0]->findings.list.count)
		write_section(out, report, "Findings");
	lint_report_each_sorted(out, &report->lint, write_finding);
	write_section(out, report, "Exposure");
	audit_exposure_write_text(out, report);
	write_clients(out, report);
	write_unchecked(out, report);
}
