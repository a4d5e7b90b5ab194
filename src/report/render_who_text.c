/* Who reaches a path, for people. */
#include "entry_place.h"
#include "text_escape.h"
#include "text_wrap.h"
#include "who_report.h"

enum { TEXTS_SHOWN = 12, ENTRIES_SHOWN = 4 };

static const char indent[] = "    ";

static size_t most_of(const struct who_report *report, size_t most)
{
	return report->all ? SIZE_MAX : most;
}

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

/* Adds up to most networks of a set, as "10.1.0.0/16, 10.3.0.0/17". Returns
 * how many there are. */
static size_t add_blocks(struct strbuf *line, struct address_set *set,
			 enum ip_family family, size_t most)
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
			if (count++ >= most)
				continue;
			strbuf_printf(line, "%s%s", count > 1 ? ", " : "",
				      ip_address_text(network, text));
			if (prefix < all)
				strbuf_printf(line, "/%u", prefix);
		} while (more);
	}
	return count;
}

/* "10.0.0.0/8 but 10.1.2.3", if that is shorter than the networks of the set;
 * false otherwise. */
static bool add_exceptions(struct strbuf *line, const struct who_report *report,
			   struct address_set *set, enum ip_family family,
			   size_t networks)
{
	struct address_range hull = address_set_hull(set, family);
	struct address_range all = address_range_of_all(family);
	struct address_set around = { 0 }, missing = { 0 };
	size_t count;

	address_set_add_range(report->arena, &around, family, hull);
	address_set_unite(report->arena, &missing, &around);
	address_set_subtract(report->arena, &missing, set);
	count = add_blocks(line, &missing, family, 0);
	if (!count || count + 1 >= networks || count > TEXTS_SHOWN)
		return false;
	if (address_range_contains(hull, all))
		strbuf_add_text(line, "all");
	else
		add_blocks(line, &around, family, 1);
	strbuf_add_text(line, " but ");
	add_blocks(line, &missing, family, TEXTS_SHOWN);
	return true;
}

static void add_networks(struct strbuf *line, const struct who_report *report,
			 struct address_set *set, enum ip_family family)
{
	size_t count = add_blocks(line, set, family, 0);
	size_t most = most_of(report, TEXTS_SHOWN);

	if (add_exceptions(line, report, set, family, count))
		return;
	add_blocks(line, set, family, most);
	if (count > most)
		strbuf_printf(line, " and %zu more", count - most);
}

static bool has_all(struct address_set *set, enum ip_family family)
{
	const struct address_ranges *ranges = address_set_ranges(set, family);

	return ranges->list.count == 1 &&
	       address_range_contains(ranges->list.items[0],
				      address_range_of_all(family));
}

static void write_addresses(FILE *out, const struct who_report *report,
			    struct address_set *set, enum ip_family family)
{
	const char *name = family == IP_V4 ? "IPv4" : "IPv6";
	const char *digits;
	struct strbuf line = { 0 };

	if (!address_set_ranges(set, family)->list.count)
		return;
	digits = address_set_count(report->arena, set, family);
	if (has_all(set, family)) {
		strbuf_printf(&line, "all of %s", name);
	} else {
		add_count(&line, digits);
		strbuf_printf(&line, " %s address%s: ", name,
			      strcmp(digits, "1") == 0 ? "" : "es");
		add_networks(&line, report, set, family);
	}
	write_line(out, &line);
	strbuf_free(&line);
}

static void write_texts(FILE *out, const struct who_report *report,
			const char *what, const struct str *texts, size_t count)
{
	size_t most = most_of(report, TEXTS_SHOWN);
	struct strbuf line = { 0 };

	if (!count)
		return;
	strbuf_add_text(&line, what);
	for (size_t i = 0; i < count && i < most; i++) {
		strbuf_add_text(&line, i ? ", " : " ");
		strbuf_add(&line, texts[i]);
	}
	if (count > most)
		strbuf_printf(&line, " and %zu more", count - most);
	write_line(out, &line);
	strbuf_free(&line);
}

static void write_fate(FILE *out, const struct who_report *report,
		       const struct exposure_row *row)
{
	const char *anonymous = policy_anonymous_text(
		report->arena, report->table, report->owners, row->policy);
	struct strbuf line = { 0 };

	if (row->root_squash)
		strbuf_printf(&line, "%s %s",
			      row->all_squash ? "all users become"
					      : "root becomes",
			      anonymous);
	else
		strbuf_add_text(&line, "root stays root");
	write_line(out, &line);
	strbuf_free(&line);
}

static void add_entry(struct strbuf *line, const struct who_report *report,
		      const struct export_entry *entry)
{
	struct entry_place place =
		entry_place_of(report->arena, report->table, entry);
	struct str client =
		entry_client_text(report->arena, report->table, entry);

	strbuf_printf(line, "%.*s at %s:%u", STR_ARG(client), place.file,
		      place.line);
}

static void write_entries(FILE *out, const struct who_report *report,
			  const struct exposure_crowd *crowd)
{
	size_t most = most_of(report, ENTRIES_SHOWN);
	struct strbuf line = { 0 };

	for (size_t i = 0; i < crowd->entries.count && i < most; i++) {
		strbuf_add_text(&line, i ? ", " : "by ");
		add_entry(&line, report, crowd->entries.items[i]);
	}
	if (crowd->entries.count > most)
		strbuf_printf(&line, " and %zu more entries",
			      crowd->entries.count - most);
	write_line(out, &line);
	strbuf_free(&line);
}

static void write_crowd(FILE *out, const struct who_report *report,
			struct exposure_crowd *crowd)
{
	write_addresses(out, report, &crowd->addresses, IP_V4);
	write_addresses(out, report, &crowd->addresses, IP_V6);
	write_texts(out, report,
		    "other entries decide if its name or netgroup is",
		    crowd->exceptions.items, crowd->exceptions.count);
	write_texts(out, report, "hosts named", crowd->names.items,
		    crowd->names.count);
	write_texts(out, report, "the hosts of", crowd->netgroups.items,
		    crowd->netgroups.count);
	write_texts(out, report, "addresses here and there, by the mask of",
		    crowd->scattered.items, crowd->scattered.count);
}

static void write_row(FILE *out, const struct who_report *report,
		      struct exposure_row *row)
{
	fprintf(out, "  %s%s%s, ", report->color ? "\033[1m" : "",
		exposure_right_name(row->right),
		report->color ? "\033[0m" : "");
	if (row->right == EXPOSURE_ROOT)
		fputs(row->read_only ? "read-only, " : "read-write, ", out);
	fputs("sec=", out);
	for (unsigned i = 0; i < row->flavor_count; i++)
		fprintf(out, "%s%s", i ? ":" : "", row->flavors[i]->name);
	putc('\n', out);
	write_crowd(out, report, &row->crowd);
	write_fate(out, report, row);
	write_entries(out, report, &row->crowd);
}

static void write_undecided(FILE *out, const struct who_report *report)
{
	struct exposure_crowd *crowd = &report->exposure->undecided;

	if (exposure_crowd_is_empty(crowd))
		return;
	text_wrap_write(out, "  ",
			STR("not decided: directories above it are exported, "
			    "too, and which entry holds over NFSv4 depends on "
			    "whether they are one file system"));
	write_crowd(out, report, crowd);
	write_entries(out, report, crowd);
}

static void write_idle(FILE *out, const struct who_report *report)
{
	const struct exposure *exposure = report->exposure;
	size_t most = most_of(report, TEXTS_SHOWN);
	struct strbuf line = { 0 };

	if (exposure->idle.count)
		fputs("  without effect\n", out);
	for (size_t i = 0; i < exposure->idle.count && i < most; i++) {
		const struct exposure_idle *idle = &exposure->idle.items[i];

		add_entry(&line, report, idle->entry);
		strbuf_printf(&line, ": %s", idle->why);
		write_line(out, &line);
	}
	if (exposure->idle.count > most) {
		strbuf_printf(&line, "and %zu more entries",
			      exposure->idle.count - most);
		write_line(out, &line);
	}
	strbuf_free(&line);
}

void render_who_text(FILE *out, const struct who_report *report)
{
	struct exposure *exposure = report->exposure;
	bool anybody = exposure->rows.count ||
		       !exposure_crowd_is_empty(&exposure->undecided);

	text_escape_write(out, report->path);
	fputs(anybody ? " is reached by\n" : " is reached by nobody\n", out);
	for (size_t i = 0; i < exposure->rows.count; i++)
		write_row(out, report, &exposure->rows.items[i]);
	write_undecided(out, report);
	write_idle(out, report);
}
