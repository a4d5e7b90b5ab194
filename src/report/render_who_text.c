/* Who reaches a path, for people. */
#include "entry_place.h"
#include "text_escape.h"
#include "text_wrap.h"
#include "who_report.h"

enum { BLOCKS_SHOWN = 12, ENTRIES_SHOWN = 4 };

static const char indent[] = "    ";

static void write_line(FILE *out, struct strbuf *line)
{
	text_wrap_write(out, indent, strbuf_str(line));
	strbuf_clear(line);
}

/* 65536 as "65,536". */
static void add_count(struct strbuf *line, const char *digits)
{
	size_t length = strlen(digits);

	for (size_t i = 0; i < length; i++) {
		if (i && (length - i) % 3 == 0)
			strbuf_add_char(line, ',');
		strbuf_add_char(line, digits[i]);
	}
}

/* "10.1.0.0/16, 10.3.0.0/17 and 3 more networks". */
static void add_blocks(struct strbuf *line, struct address_set *set,
		       enum ip_family family)
{
	const struct address_ranges *ranges = address_set_ranges(set, family);
	unsigned all = family == IP_V4 ? 32 : 128;
	size_t count = 0;

	for (size_t i = 0; i < ranges->list.count; i++) {
		struct address_range range = ranges->list.items[i];
		char text[IP_ADDRESS_TEXT];
		struct ip_address network;
		unsigned prefix;
		bool more;

		do {
			more = address_range_take_network(&range, family,
							  &network, &prefix);
			if (count++ >= BLOCKS_SHOWN)
				continue;
			strbuf_printf(line, "%s%s", count > 1 ? ", " : "",
				      ip_address_text(network, text));
			if (prefix < all)
				strbuf_printf(line, "/%u", prefix);
		} while (more);
	}
	if (count > BLOCKS_SHOWN)
		strbuf_printf(line, " and %zu more", count - BLOCKS_SHOWN);
}

static void write_addresses(FILE *out, const struct who_report *report,
			    struct exposure_row *row, enum ip_family family)
{
	static const char *const everything[] = { "4294967296",
						  "340282366920938463463374607"
						  "431768211456" };
	const char *digits =
		address_set_count(report->arena, &row->addresses, family);
	const char *name = family == IP_V4 ? "IPv4" : "IPv6";
	struct strbuf line = { 0 };

	if (strcmp(digits, "0") == 0)
		return;
	if (strcmp(digits, everything[family == IP_V6]) == 0) {
		strbuf_printf(&line, "all of %s", name);
	} else {
		add_count(&line, digits);
		strbuf_printf(&line, " %s address%s: ", name,
			      strcmp(digits, "1") == 0 ? "" : "es");
		add_blocks(&line, &row->addresses, family);
	}
	write_line(out, &line);
	strbuf_free(&line);
}

static void write_texts(FILE *out, const char *what, const struct str *texts,
			size_t count)
{
	struct strbuf line = { 0 };

	if (!count)
		return;
	strbuf_add_text(&line, what);
	for (size_t i = 0; i < count && i < BLOCKS_SHOWN; i++) {
		strbuf_add_text(&line, i ? ", " : " ");
		strbuf_add(&line, texts[i]);
	}
	if (count > BLOCKS_SHOWN)
		strbuf_printf(&line, " and %zu more", count - BLOCKS_SHOWN);
	write_line(out, &line);
	strbuf_free(&line);
}

static void write_fate(FILE *out, const struct who_report *report,
		       const struct exposure_row *row)
{
	const char *anonymous =
		policy_anonymous_text(report->arena, report->table,
				      report->owners, row->policy_number);
	struct strbuf line = { 0 };

	if (row->right == EXPOSURE_ROOT)
		return;
	strbuf_printf(&line, "%s %s",
		      row->policy->flags & EXPORT_ALL_SQUASH
			      ? "all users become"
			      : "root becomes",
		      anonymous);
	write_line(out, &line);
	strbuf_free(&line);
}

static void write_entries(FILE *out, const struct who_report *report,
			  const struct exposure_row *row)
{
	struct strbuf line = { 0 };

	strbuf_add_text(&line, "by ");
	for (size_t i = 0; i < row->entries.count && i < ENTRIES_SHOWN; i++) {
		const struct export_entry *entry = row->entries.items[i];
		struct entry_place place =
			entry_place_of(report->arena, report->table, entry);
		struct str client =
			entry_client_text(report->arena, report->table, entry);

		strbuf_printf(&line, "%s%.*s at %s:%u", i ? ", " : "",
			      STR_ARG(client), place.file, place.line);
	}
	if (row->entries.count > ENTRIES_SHOWN)
		strbuf_printf(&line, " and %zu more entries",
			      row->entries.count - ENTRIES_SHOWN);
	write_line(out, &line);
	strbuf_free(&line);
}

static void write_row(FILE *out, const struct who_report *report,
		      struct exposure_row *row)
{
	fprintf(out, "  %s%s%s, sec=", report->color ? "\033[1m" : "",
		exposure_right_name(row->right),
		report->color ? "\033[0m" : "");
	for (unsigned i = 0; i < row->flavor_count; i++)
		fprintf(out, "%s%s", i ? ":" : "", row->flavors[i]->name);
	if (row->right == EXPOSURE_ROOT)
		fputs(row->policy->flags & EXPORT_READ_ONLY
			      ? " (root stays root, may read)"
			      : " (root stays root, may write)",
		      out);
	putc('\n', out);
	write_addresses(out, report, row, IP_V4);
	write_addresses(out, report, row, IP_V6);
	write_texts(out, "hosts named", row->names.items, row->names.count);
	write_texts(out, "the hosts of", row->netgroups.items,
		    row->netgroups.count);
	write_fate(out, report, row);
	write_entries(out, report, row);
}

void render_who_text(FILE *out, const struct who_report *report)
{
	struct exposure *exposure = report->exposure;

	text_escape_write(out, report->path);
	fputs(exposure->rows.count ? " is reached by\n"
				   : " is reached by "
				     "nobody\n",
	      out);
	for (size_t i = 0; i < exposure->rows.count; i++)
		write_row(out, report, &exposure->rows.items[i]);
	if (exposure->scattered)
		text_wrap_write(out, "  ",
				STR("A netmask with holes matches addresses "
				    "here and there; they are not exact."));
	if (exposure->unknown_file_systems)
		text_wrap_write(out, "  ",
				STR("For some addresses it depends on the file "
				    "systems of the server who decides over "
				    "NFSv4; they are left out."));
}
