/* What an audit tells of its earlier runs, for people. */

#include "audit_changes_report.h"
#include "audit_sighting.h"
#include "export_lookups.h"
#include "text_escape.h"
#include "text_wrap.h"

static const char indent[] = "    ";

static void write_text(FILE *out, struct str text)
{
	text_wrap_write(out, indent, text);
}

/* What a change is about; frees the line. */
static void end_subject(FILE *out, struct strbuf *line)
{
	text_wrap_hang(out, "  ", indent, strbuf_str(line));
	strbuf_free(line);
}

static void write_finding(FILE *out, const struct audit_change *change)
{
	const struct audit_fact *fact =
		change->after ? change->after : change->before;
	struct strbuf line = { 0 };

	strbuf_add(&line, fact->text[FINDING_SEVERITY]);
	if (change->how == CHANGE_OTHER) {
		strbuf_add_text(&line, ", was ");
		strbuf_add(&line, change->before->text[FINDING_SEVERITY]);
	}
	strbuf_add_text(&line, ": ");
	strbuf_add(&line, fact->text[FINDING_PLACE]);
	strbuf_add_text(&line, " [");
	strbuf_add(&line, fact->text[FINDING_RULE]);
	strbuf_add_char(&line, ']');
	end_subject(out, &line);
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

/* Adds the options of the list that are not in the other one, each once. */
static void add_missing(struct strbuf *out, struct str list, struct str other)
{
	struct arena *arena = arena_new();
	struct text_set told = { 0 };
	struct str option;

	while (str_take(&other, ',', &option))
		text_set_add(arena, &told, option);
	while (str_take(&list, ',', &option)) {
		if (text_set_find(&told, option) != UINT32_MAX)
			continue;
		text_set_add(arena, &told, option);
		if (out->length)
			strbuf_add_char(out, ',');
		strbuf_add(out, option);
	}
	arena_free(arena);
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
	struct strbuf line = { 0 };

	strbuf_add(&line, fact->text[EXPORT_PATH]);
	strbuf_add_text(&line, " for ");
	strbuf_add(&line, fact->text[EXPORT_CLIENT]);
	end_subject(out, &line);
	if (before && after) {
		write_difference(out, "was ", before->text[EXPORT_OPTIONS_TEXT],
				 after->text[EXPORT_OPTIONS_TEXT]);
		write_difference(out, "is ", after->text[EXPORT_OPTIONS_TEXT],
				 before->text[EXPORT_OPTIONS_TEXT]);
	} else {
		write_options(out, "", fact->text[EXPORT_OPTIONS_TEXT]);
	}
}

static void write_listed(FILE *out, const struct audit_change *change)
{
	const struct audit_fact *before = change->before;
	const struct audit_fact *after = change->after;
	const struct audit_fact *fact = after ? after : before;

	fputs("  ", out);
	text_escape_write(out, fact->text[LISTED_PATH]);
	fputc('\n', out);
	if (before && after) {
		write_difference(out, "no longer ",
				 before->text[LISTED_CLIENTS],
				 after->text[LISTED_CLIENTS]);
		write_difference(out, "now ", after->text[LISTED_CLIENTS],
				 before->text[LISTED_CLIENTS]);
	} else {
		write_options(out, "for ", fact->text[LISTED_CLIENTS]);
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
	struct strbuf line = { 0 };

	strbuf_add(&line, fact->text[UNCHECKED_WHAT]);
	if (change->after) {
		strbuf_add_text(&line, ": ");
		strbuf_add(&line, fact->text[UNCHECKED_WHY]);
	}
	end_subject(out, &line);
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
	const char *title, *fleet_title; /* NULL: the same */
	void (*write)(FILE *out, const struct audit_change *change);
} sections[] = {
	{ AUDIT_FINDING, CHANGE_APPEARED, "New findings", NULL, write_finding },
	{ AUDIT_FINDING, CHANGE_OTHER, "Findings of another severity", NULL,
	  write_finding },
	{ AUDIT_FINDING, CHANGE_VANISHED, "Fixed or suppressed findings", NULL,
	  write_finding },
	{ AUDIT_EXPORT, CHANGE_APPEARED, "New exports", NULL, write_export },
	{ AUDIT_EXPORT, CHANGE_OTHER, "Changed exports", NULL, write_export },
	{ AUDIT_EXPORT, CHANGE_VANISHED, "Exports that are gone", NULL,
	  write_export },
	{ AUDIT_LISTED, CHANGE_APPEARED, "New exports", NULL, write_listed },
	{ AUDIT_LISTED, CHANGE_OTHER, "Exports for other clients", NULL,
	  write_listed },
	{ AUDIT_LISTED, CHANGE_VANISHED, "Exports that are gone", NULL,
	  write_listed },
	{ AUDIT_CLIENT, CHANGE_APPEARED, "New clients", NULL, write_client },
	{ AUDIT_CLIENT, CHANGE_VANISHED, "Clients that are gone", NULL,
	  write_client },
	{ AUDIT_UNCHECKED, CHANGE_APPEARED, "No longer checked",
	  "No full answer", write_unchecked },
	{ AUDIT_UNCHECKED, CHANGE_VANISHED, "Checked again",
	  "Full answer again", write_unchecked },
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
			  const struct audit_server_changes *server,
			  size_t section)
{
	enum audit_kind kind = sections[section].kind;
	const char *title = sections[section].title;

	if (!server->changes->counts[kind][sections[section].how] ||
	    !audit_server_changes_tell(server, report->fleet, kind))
		return;
	if (report->fleet && sections[section].fleet_title)
		title = sections[section].fleet_title;
	fputc('\n', out);
	text_wrap_title(out, report->color, str_of(title), STR(""));
	for (int severity = SEVERITY_CRITICAL; severity >= 0; severity--)
		write_changes(out, server->changes, section, severity);
}

static void write_head(FILE *out, const struct audit_changes_report *report)
{
	bool first = audit_changes_report_first(report);
	struct strbuf line = { 0 };

	if (!report->fleet)
		strbuf_printf(&line, "NFS exports of %s: %s.",
			      report->servers->host,
			      first ? "the first run, with nothing to compare"
				    : "what changed since the last run");
	else if (first)
		strbuf_printf(&line,
			      "%zu NFS server%s asked for the first time, with "
			      "nothing to compare.",
			      report->count, report->count == 1 ? "" : "s");
	else
		strbuf_printf(&line,
			      "%zu of %zu NFS servers changed since the last "
			      "run.",
			      report->count, report->asked);
	text_wrap_write(out, "", strbuf_str(&line));
	strbuf_free(&line);
}

static void write_server(FILE *out, const struct audit_changes_report *report,
			 const struct audit_server_changes *server)
{
	if (report->fleet) {
		fputc('\n', out);
		text_wrap_title(out, report->color, str_of(server->host),
				server->first ? STR(", for the first time")
					      : STR(""));
	}
	for (size_t i = 0; i < sizeof(sections) / sizeof(*sections); i++)
		write_section(out, report, server, i);
}

void render_changes_text(FILE *out, const struct audit_changes_report *report)
{
	write_head(out, report);
	for (size_t i = 0; i < report->count; i++)
		write_server(out, report, &report->servers[i]);
}
