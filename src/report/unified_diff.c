#include "unified_diff.h"

#include "array.h"
#include "text_escape.h"

/* Lines of context, and how far off an equal line is looked for. */
enum { CONTEXT = 3, REACH = 40 };

/* Count lines of the old text from `before` on and of the new one from `after`
 * on that are taken out and put in; between two of them all lines are equal. */
struct change {
	size_t before, removed;
	size_t after, added;
};

struct lines {
	ARRAY(struct str) list; /* each with its newline */
};

struct diff {
	FILE *out;
	struct diff_style style;
	struct lines before, after;
	ARRAY(struct change) changes;
};

static void split(struct arena *arena, struct str text, struct lines *lines)
{
	while (text.length) {
		size_t length = str_find(text, '\n');

		length += length < text.length;
		*ARRAY_ADD(arena, &lines->list) =
			(struct str){ text.data, length };
		text = str_skip(text, length);
	}
}

static bool same_lines(const struct diff *diff, size_t before, size_t after)
{
	bool ends = before >= diff->before.list.count;

	if (ends || after >= diff->after.list.count)
		return ends && after >= diff->after.list.count;
	return str_equal(diff->before.list.items[before],
			 diff->after.list.items[after]);
}

/* The nearest pair of equal lines behind a difference; one line of each is
 * taken as replaced when there is none in reach. */
static void resume(const struct diff *diff, size_t *before, size_t *after)
{
	for (size_t distance = 1; distance <= REACH; distance++)
		for (size_t removed = 0; removed <= distance; removed++) {
			size_t i = *before + removed;
			size_t k = *after + distance - removed;

			if (i <= diff->before.list.count &&
			    k <= diff->after.list.count &&
			    same_lines(diff, i, k)) {
				*before = i;
				*after = k;
				return;
			}
		}
	*before += *before < diff->before.list.count;
	*after += *after < diff->after.list.count;
}

static void add_change(struct arena *arena, struct diff *diff,
		       struct change change)
{
	struct change *last =
		diff->changes.count
			? &diff->changes.items[diff->changes.count - 1]
			: NULL;

	if (last && last->before + last->removed == change.before &&
	    last->after + last->added == change.after) {
		last->removed += change.removed;
		last->added += change.added;
	} else {
		*ARRAY_ADD(arena, &diff->changes) = change;
	}
}

static void find_changes(struct arena *arena, struct diff *diff)
{
	size_t before = 0, after = 0;

	while (before < diff->before.list.count ||
	       after < diff->after.list.count) {
		size_t from_before = before, from_after = after;

		if (same_lines(diff, before, after)) {
			before++;
			after++;
			continue;
		}
		resume(diff, &before, &after);
		add_change(arena, diff,
			   (struct change){ from_before, before - from_before,
					    from_after, after - from_after });
	}
}

static void write_text(const struct diff *diff, struct str text)
{
	if (diff->style.escape)
		text_escape_write(diff->out, text);
	else
		fwrite(text.data, 1, text.length, diff->out);
}

static const char *color_of(char mark)
{
	return mark == '-' ? "\033[31m" : mark == '+' ? "\033[32m" : "";
}

static void write_line(const struct diff *diff, char mark, struct str line)
{
	bool colored = diff->style.color && mark != ' ';
	bool ends = line.length && line.data[line.length - 1] == '\n';

	fprintf(diff->out, "%s%c", colored ? color_of(mark) : "", mark);
	write_text(diff, (struct str){ line.data, line.length - ends });
	fprintf(diff->out, "%s\n%s", colored ? "\033[0m" : "",
		ends ? "" : "\\ No newline at end of file\n");
}

static void write_lines(const struct diff *diff, char mark,
			const struct lines *lines, size_t first, size_t end)
{
	for (size_t i = first; i < end; i++)
		write_line(diff, mark, lines->list.items[i]);
}

/* "12,5": an empty range is named by the line before it. */
static void write_range(const struct diff *diff, char mark, size_t first,
			size_t count)
{
	fprintf(diff->out, " %c%zu", mark, first + (count != 0));
	if (count != 1)
		fprintf(diff->out, ",%zu", count);
}

/* The hunk of the changes from first to end - 1. */
static void write_hunk(const struct diff *diff, size_t first, size_t end)
{
	const struct change *changes = diff->changes.items;
	const struct change *last = &changes[end - 1];
	size_t lead = changes[first].before < CONTEXT ? changes[first].before
						      : CONTEXT;
	size_t left = diff->before.list.count - last->before - last->removed;
	size_t tail = left < CONTEXT ? left : CONTEXT;
	size_t before = changes[first].before - lead;
	size_t after = changes[first].after - lead;

	fputs("@@", diff->out);
	write_range(diff, '-', before,
		    last->before + last->removed + tail - before);
	write_range(diff, '+', after, last->after + last->added + tail - after);
	fputs(" @@\n", diff->out);
	for (size_t i = first; i < end; i++) {
		write_lines(diff, ' ', &diff->before, before,
			    changes[i].before);
		before = changes[i].before + changes[i].removed;
		write_lines(diff, '-', &diff->before, changes[i].before,
			    before);
		write_lines(diff, '+', &diff->after, changes[i].after,
			    changes[i].after + changes[i].added);
	}
	write_lines(diff, ' ', &diff->before, before, before + tail);
}

/* Changes with little between them share a hunk. */
static size_t hunk_end(const struct diff *diff, size_t first)
{
	size_t end = first + 1;

	while (end < diff->changes.count) {
		const struct change *last = &diff->changes.items[end - 1];

		if (diff->changes.items[end].before - last->before -
			    last->removed >
		    2 * CONTEXT)
			break;
		end++;
	}
	return end;
}

static void write_name(const struct diff *diff, const char *mark,
		       const char *name)
{
	fprintf(diff->out, "%s ", mark);
	text_escape_write(diff->out, str_of(name));
	putc('\n', diff->out);
}

void unified_diff_write(FILE *out, struct arena *arena, const char *name,
			struct str before, struct str after,
			struct diff_style style)
{
	struct diff diff = { .out = out, .style = style };

	split(arena, before, &diff.before);
	split(arena, after, &diff.after);
	find_changes(arena, &diff);
	if (!diff.changes.count)
		return;
	write_name(&diff, "---", name);
	write_name(&diff, "+++", name);
	for (size_t i = 0; i < diff.changes.count;) {
		size_t end = hunk_end(&diff, i);

		write_hunk(&diff, i, end);
		i = end;
	}
}
