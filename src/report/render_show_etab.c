/* The formats that are nfs-utils' own, byte for byte. Only a terminal gets
 * foreign bytes escaped. */
#include "etab_writer.h"
#include "show_report.h"
#include "text_escape.h"

/* Lines are handed to the stream in pieces of this size. */
enum { PIECE = 64 * 1024 };

/* Bytes before the next tab or newline, which the formats have themselves. */
static size_t own_separator(struct str lines)
{
	size_t newline = str_find(lines, '\n');

	return str_find((struct str){ lines.data, newline }, '\t');
}

/* Writes and empties the buffer, which holds whole lines. */
static void flush_lines(FILE *out, const struct show_report *report,
			struct strbuf *lines)
{
	struct str rest = strbuf_str(lines);

	if (!report->terminal)
		fwrite(rest.data, 1, rest.length, out);
	while (report->terminal && rest.length) {
		size_t plain = own_separator(rest);

		text_escape_write(out, (struct str){ rest.data, plain });
		putc(rest.data[plain], out);
		rest = str_skip(rest, plain + 1);
	}
	strbuf_clear(lines);
}

void render_show_etab(FILE *out, const struct show_report *report)
{
	const struct export_table *table = report->table;
	struct etab_writer writer = { .table = table };
	struct strbuf lines = { 0 };

	for (size_t i = 0; i < table->order.count; i++) {
		etab_writer_line(&writer, export_table_ordered(table, i),
				 &lines);
		if (lines.length >= PIECE)
			flush_lines(out, report, &lines);
	}
	flush_lines(out, report, &lines);
	strbuf_free(&lines);
	etab_writer_free(&writer);
}

/* PATH and HOST as exportfs lays them out: side by side up to 14 bytes of
 * path, else the host on a line of its own. */
static void add_place(struct strbuf *lines, struct str path, struct str host)
{
	enum { WIDTH = 14 };

	strbuf_add(lines, path);
	if (path.length > WIDTH)
		strbuf_add_text(lines, "\n\t");
	for (size_t i = path.length; i < WIDTH; i++)
		strbuf_add_char(lines, ' ');
	strbuf_add_char(lines, '\t');
	strbuf_add(lines, host);
}

/* exportfs -v names the client as etab does, even if it is one and the same
 * as another that came earlier. */
static struct str listed_host(const struct show_report *report,
			      const struct export_entry *entry)
{
	const struct export_table *table = report->reread;

	if (table->clients.list.items[entry->client].type == CLIENT_ANONYMOUS)
		return STR("<world>");
	return export_entry_host(report->arena, table, entry);
}

void render_show_exportfs(FILE *out, const struct show_report *report)
{
	const struct export_table *table = report->reread;
	struct etab_writer writer = { .table = table, .listing = true };
	struct strbuf lines = { 0 };

	for (size_t i = 0; i < table->order.count; i++) {
		const struct export_entry *entry =
			export_table_ordered(table, i);

		add_place(&lines, export_table_path(table, entry->path),
			  listed_host(report, entry));
		strbuf_add_char(&lines, '(');
		strbuf_add(&lines, etab_writer_options(&writer, entry));
		strbuf_add_text(&lines, ")\n");
		if (lines.length >= PIECE)
			flush_lines(out, report, &lines);
	}
	flush_lines(out, report, &lines);
	strbuf_free(&lines);
	etab_writer_free(&writer);
}
