/* The section of a mail: the server's number with its reasons, and its most
 * exposed exports. */
#include "audit_exposure.h"
#include "text_wrap.h"

enum { SHOWN = 10 };

struct writer {
	FILE *out;
	struct arena *arena;
	const struct audit_report *report;
	struct strbuf line;
};

static void end_line(struct writer *writer, const char *indent)
{
	text_wrap_write(writer->out, indent, strbuf_str(&writer->line));
	strbuf_clear(&writer->line);
}

static void add_number(struct writer *writer, unsigned tenths)
{
	char number[EXPOSURE_TEXT];

	strbuf_add_text(&writer->line, exposure_text(tenths, number));
}

static const char *level_name(unsigned tenths)
{
	return exposure_levels[exposure_level_of(tenths)].name;
}

static void write_reason(struct writer *writer,
			 const struct server_reason *reason)
{
	add_number(writer, reason->tenths);
	if (reason->weight)
		strbuf_printf(&writer->line, " because %s",
			      reason->weight->text);
	else
		strbuf_add_text(&writer->line, " from the most exposed export");
	end_line(writer, "    ");
}

/* Where all comes from one export, the lines about that say why. */
static void write_server(struct writer *writer)
{
	const struct server_exposure *exposure = writer->report->exposure;
	unsigned worst =
		exposure->exports.count ? exposure->exports.items[0].tenths : 0;
	bool tells = exposure->tenths > worst;

	add_number(writer, exposure->tenths);
	strbuf_printf(&writer->line, " of 10, %s%s",
		      level_name(exposure->tenths), tells ? ":" : "");
	end_line(writer, "  ");
	for (size_t i = 0; tells && i < exposure->reasons.count; i++)
		if (exposure->reasons.items[i].tenths)
			write_reason(writer, &exposure->reasons.items[i]);
}

static void write_export(struct writer *writer,
			 const struct export_exposure *exposure)
{
	add_number(writer, exposure->tenths);
	strbuf_printf(&writer->line, " %s: ", level_name(exposure->tenths));
	audit_exposure_name(writer->arena, writer->report, exposure,
			    &writer->line);
	end_line(writer, "  ");
	audit_exposure_parts(exposure, &writer->line);
	end_line(writer, "    ");
}

/* The first exports that are more than guarded, but always one. */
static size_t shown_count(const struct server_exposure *exposure)
{
	size_t count = 0;

	while (count < exposure->exports.count && count < SHOWN &&
	       exposure_level_of(exposure->exports.items[count].tenths) >
		       (count ? EXPOSURE_GUARDED : EXPOSURE_CLOSED))
		count++;
	return count;
}

static void write_rest(struct writer *writer, size_t shown)
{
	const struct server_exposure *exposure = writer->report->exposure;
	size_t more = exposure->exports.count - shown;

	if (!more)
		return;
	strbuf_printf(&writer->line, "%s%zu%s export%s, at most ",
		      shown ? "and " : "", more, shown ? " more" : "",
		      more == 1 ? "" : "s");
	add_number(writer, exposure->exports.items[shown].tenths);
	if (shown == SHOWN)
		strbuf_add_text(&writer->line, "; all of them: --format json");
	end_line(writer, "  ");
}

static void write_not_counted(struct writer *writer)
{
	const struct server_exposure *exposure = writer->report->exposure;

	if (!exposure->not_counted.count)
		return;
	strbuf_add_text(&writer->line, "not counted, because not known: ");
	for (size_t i = 0; i < exposure->not_counted.count; i++) {
		strbuf_add_text(&writer->line, i ? "; " : "");
		strbuf_add_text(&writer->line, exposure->not_counted.items[i]);
	}
	end_line(writer, "  ");
}

void audit_exposure_write_text(FILE *out, const struct audit_report *report)
{
	struct writer writer = {
		.out = out,
		.arena = report->lint.arena,
		.report = report,
	};
	size_t shown = shown_count(report->exposure);

	write_server(&writer);
	for (size_t i = 0; i < shown; i++)
		write_export(&writer, &report->exposure->exports.items[i]);
	write_rest(&writer, shown);
	write_not_counted(&writer);
	strbuf_free(&writer.line);
}
