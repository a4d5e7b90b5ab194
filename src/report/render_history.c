/* The runs of the audit that were noted. */
#include <inttypes.h>
#include <time.h>

#include "audit_changes_report.h"
#include "exposure_weights.h"
#include "finding.h"
#include "json_bytes.h"
#include "text_table.h"
#include "text_wrap.h"

const char *audit_time_text(int64_t seconds, char text[AUDIT_TIME_TEXT])
{
	time_t time = (time_t)seconds;
	struct tm utc;

	if (!gmtime_r(&time, &utc) ||
	    !strftime(text, AUDIT_TIME_TEXT, "%Y-%m-%dT%H:%M:%SZ", &utc))
		snprintf(text, AUDIT_TIME_TEXT, "%" PRId64, seconds);
	return text;
}

/* The numbers of a run behind its severities. */
static const struct {
	const char *title, *key;
	size_t offset;
	bool fleet; /* only of several servers */
} numbers[] = {
	{ "NEW", "new", offsetof(struct audit_run, appeared), false },
	{ "FIXED", "fixed", offsetof(struct audit_run, vanished), false },
	{ "EXPORTS", "exports", offsetof(struct audit_run, exports), false },
	{ "CLIENTS", "clients", offsetof(struct audit_run, clients), false },
	{ "SERVERS", "servers", offsetof(struct audit_run, servers), true },
	{ "ANSWERED", "answered", offsetof(struct audit_run, answered), true },
};

enum {
	NUMBERS = sizeof(numbers) / sizeof(*numbers),
	FIRST_NUMBER = 1 + SEVERITIES + 1,
	COLUMNS = FIRST_NUMBER + NUMBERS,
};

_Static_assert((int)COLUMNS <= (int)TEXT_TABLE_COLUMNS_MAX,
	       "a table has room for all");

/* Those of a fleet stand last. */
static unsigned count_numbers(const struct audit_history_report *report)
{
	unsigned count = NUMBERS;

	while (report->host && numbers[count - 1].fleet)
		count--;
	return count;
}

static uint32_t number_of(const struct audit_run *run, size_t number)
{
	return *(const uint32_t *)((const char *)run + numbers[number].offset);
}

static void write_titles(struct text_table *table)
{
	struct str cells[COLUMNS] = { STR("TIME"),    STR("CRITICAL"),
				      STR("HIGH"),    STR("MEDIUM"),
				      STR("LOW"),     STR("INFO"),
				      STR("EXPOSURE") };

	for (size_t i = 0; i < NUMBERS; i++)
		cells[FIRST_NUMBER + i] = str_of(numbers[i].title);
	text_table_row(table, cells);
}

static void write_exposure(const struct audit_run *run,
			   char text[AUDIT_TIME_TEXT])
{
	char number[EXPOSURE_TEXT] = "-";

	if (run->exposure != AUDIT_NO_EXPOSURE)
		exposure_text((unsigned)run->exposure, number);
	snprintf(text, AUDIT_TIME_TEXT, "%s", number);
}

static void write_run(struct text_table *table, const struct audit_run *run)
{
	char texts[COLUMNS][AUDIT_TIME_TEXT];
	struct str cells[COLUMNS];
	size_t next = 1;

	audit_time_text(run->time, texts[0]);
	for (int i = SEVERITIES - 1; i >= 0; i--)
		snprintf(texts[next++], AUDIT_TIME_TEXT, "%" PRIu32,
			 run->counts[i]);
	write_exposure(run, texts[next++]);
	for (size_t i = 0; i < NUMBERS; i++)
		snprintf(texts[next++], AUDIT_TIME_TEXT, "%" PRIu32,
			 number_of(run, i));
	for (size_t i = 0; i < COLUMNS; i++)
		cells[i] = str_of(texts[i]);
	text_table_row(table, cells);
}

static void write_rows(struct text_table *table,
		       const struct audit_history_report *report)
{
	write_titles(table);
	for (size_t i = 0; i < report->count; i++)
		write_run(table, &report->runs[i]);
}

void render_history_text(FILE *out, const struct audit_history_report *report)
{
	struct text_table table;

	if (!report->count) {
		fputs("no run is noted\n", out);
		return;
	}
	text_table_init(&table, FIRST_NUMBER + count_numbers(report));
	write_rows(&table, report);
	text_table_print_to(&table, out, report->color);
	while (text_table_next_part(&table, TEXT_WRAP_WIDTH))
		write_rows(&table, report);
}

static json_t *run_json(const struct audit_run *run, size_t count)
{
	json_t *object = json_object();
	json_t *findings = json_object();
	char text[AUDIT_TIME_TEXT];

	json_object_set_new(object, "run", json_integer(run->id));
	json_object_set_new(object, "time",
			    json_string(audit_time_text(run->time, text)));
	for (int i = SEVERITIES - 1; i >= 0; i--)
		json_object_set_new(findings, severity_names[i],
				    json_integer(run->counts[i]));
	json_object_set_new(object, "findings", findings);
	json_object_set_new(object, "exposure",
			    run->exposure == AUDIT_NO_EXPOSURE
				    ? json_null()
				    : json_real(run->exposure / 10.0));
	for (size_t i = 0; i < count; i++)
		json_object_set_new(object, numbers[i].key,
				    json_integer(number_of(run, i)));
	return object;
}

void render_history_json(FILE *out, const struct audit_history_report *report)
{
	fputs("{\"schema\":\"exportctl-audit-history/1\",", out);
	json_write_after(out, "\"host\":",
			 report->host ? json_lossy_string(str_of(report->host))
				      : json_null());
	fputs(",\"runs\":[", out);
	for (size_t i = 0; i < report->count; i++)
		json_write_after(
			out, i ? ",\n" : "\n",
			run_json(&report->runs[i], count_numbers(report)));
	fputs("]}\n", out);
}
