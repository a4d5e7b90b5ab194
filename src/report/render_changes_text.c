/* What an audit tells of its earlier runs, for people. */

#include "audit_changes_report.h"
#include "audit_sighting.h"
#include "text_escape.h"
#include "text_wrap.h"

static const char indent[] = "    ";

static void write_text(FILE *out, struct str text)
{
	text_wrap_write(out, indent, text);
}

static void write_finding(FILE *out, const struct audit_change *change)
{
	const struct audit_fact *fact =
		change->after ? change->after : change->before;

	fputs("  ", out);
	text_escape_write(out, fact->text[FINDING_SEVERITY]);
	if (change->how == CHANGE_OTHER) {
		fputs(", was ", out);
		text_escape_write(out, change->before->text[FINDING_SEVERITY]);
	}
	fputs(": ", out);
	text_escape_write(out, fact->text[FINDING_PLACE]);
	fputs(" [", out);
	text_escape_write(out, fact->text[FINDING_RULE]);
	fputs("]\n", out);
	write_text(out, fact->text[FINDING_MESSAGE]);
}

/* With blanks, so that the lines can be broken. */
static void write_options(FILE *out, const char *label, struct str options)
{
	struct strbuf line = { 0 };
	struct str option;
	const char *separator = label;

	while (str_take(&options, ',', &option)) {
		strbuf_add_text(&line, separator);
		strbuf_add(&line, option);
		separator = ", ";
	}
	write_text(out, strbuf_str(&line));
	strbuf_free(&line);
}

static bool has_option(struct str list, struct str option)
{
	struct str word;

	while (str_take(&list, ',', &word))
		if (str_equal(word, option))
			return true;
	return false;
}

/* Adds the options of the list that are not in the other one, each once. */
static void add_missing(struct strbuf *out, struct str list, struct str other)
{
	struct str option;

	while (str_take(&list, ',', &option)) {
		if (has_option(other, option) ||
		    has_option(strbuf_str(out), option))
			continue;
		if (out->length)
			strbuf_add_char(out, ',');
		strbuf_add(out, option);
	}
}

static void write_difference(FILE *out, const char *label, struct str options,
			     struct str other)
{
	struct strbuf missing = { 0 };

	add_missing(&missing, options, other);
	write_options(out, label,
		      missing.length ? strbuf_str(&missing) : options);
	strbuf_free(&missing);
}

static void write_export(FILE *out, const struct audit_change *change)
{
	const struct audit_fact *before = change->before;
	const struct audit_fact *after = change->after;
	const struct audit_fact *fact = after ? after : before;

	fputs("  ", out);
	text_escape_write(out, fact->text[EXPORT_PATH]);
	fputs(" for ", out);
	text_escape_write(out, fact->text[EXPORT_CLIENT]);
	fputc('\n', out);
	if (before && after) {
		write_difference(out, "was ", before->text[EXPORT_OPTIONS_TEXT],
				 after->text[EXPORT_OPTIONS_TEXT]);
		write_difference(out, "is ", after->text[EXPORT_OPTIONS_TEXT],
				 before->text[EXPORT_OPTIONS_TEXT]);
	} else {
		write_options(out, "", fact->text[EXPORT_OPTIONS_TEXT]);
	}
}

static void write_client(FILE *out, const struct audit_change *change)
{
	const struct audit_fact *fact =
		change->after ? change->after : change->before;

	fputs("  ", out);
	text_escape_write(out, fact->text[CLIENT_NAME]);
	fputc('\n', out);
}

static void write_unchecked(FILE *out, const struct audit_change *change)
{
	const struct audit_fact *fact =
		change->after ? change->after : change->before;

	fputs("  ", out);
	text_escape_write(out, fact->text[UNCHECKED_WHAT]);
	if (change->after) {
		fputs(": ", out);
		text_escape_write(out, fact->text[UNCHECKED_WHY]);
	}
	fputc('\n', out);
}

/* The most severe findings come first. */
static int severity_of(enum audit_kind kind, const struct audit_change *change)
{
	if (kind != AUDIT_FINDING)
		return SEVERITY_INFO;
	return audit_fact_severity(change->after ? change->after
						 : change->before);
}

static const struct {
	enum audit_kind kind;
	enum audit_change_kind how;
	const char *title;
	void (*write)(FILE *out, const struct audit_change *change);
} sections[] = {
	{ AUDIT_FINDING, CHANGE_APPEARED, "New findings", write_finding },
	{ AUDIT_FINDING, CHANGE_OTHER, "Findings of another severity",
	  write_finding },
	{ AUDIT_FINDING, CHANGE_VANISHED, "Fixed or suppressed findings",
	  write_finding },
	{ AUDIT_EXPORT, CHANGE_APPEARED, "New exports", write_export },
	{ AUDIT_EXPORT, CHANGE_OTHER, "Changed exports", write_export },
	{ AUDIT_EXPORT, CHANGE_VANISHED, "Exports that are gone",
	  write_export },
	{ AUDIT_CLIENT, CHANGE_APPEARED, "New clients", write_client },
	{ AUDIT_CLIENT, CHANGE_VANISHED, "Clients that are gone",
	  write_client },
	{ AUDIT_UNCHECKED, CHANGE_APPEARED, "No longer checked",
	  write_unchecked },
	{ AUDIT_UNCHECKED, CHANGE_VANISHED, "Checked again", write_unchecked },
};

static void write_changes(FILE *out, const struct audit_changes *changes,
			  size_t section, int severity)
{
	enum audit_kind kind = sections[section].kind;

	for (size_t i = 0; i < changes->list[kind].count; i++) {
		const struct audit_change *change =
			&changes->list[kind].items[i];

		if (change->how == sections[section].how &&
		    severity_of(kind, change) == severity)
			sections[section].write(out, change);
	}
}

static void write_section(FILE *out, const struct audit_changes_report *report,
			  size_t section)
{
	enum audit_kind kind = sections[section].kind;
	const char *bold = report->color ? "\033[1m" : "";

	if (!report->changes->counts[kind][sections[section].how] ||
	    (report->first && kind != AUDIT_FINDING))
		return;
	fprintf(out, "\n%s%s%s\n", bold, sections[section].title,
		*bold ? "\033[0m" : "");
	for (int severity = SEVERITY_CRITICAL; severity >= 0; severity--)
		write_changes(out, report->changes, section, severity);
}

void render_changes_text(FILE *out, const struct audit_changes_report *report)
{
	struct strbuf line = { 0 };

	strbuf_printf(&line, "NFS exports of %s: %s.", report->host,
		      report->first ? "the first run, with nothing to compare"
				    : "what changed since the last run");
	text_wrap_write(out, "", strbuf_str(&line));
	strbuf_free(&line);
	for (size_t i = 0; i < sizeof(sections) / sizeof(*sections); i++)
		write_section(out, report, i);
}
