#include "wildcard_pairs.h"

enum { PATTERN_MAX = 256, ANY_RUN = 256, ANY_ONE = 257 };

/* A pattern as characters, ANY_ONE and ANY_RUN. */
struct pattern {
	uint16_t items[PATTERN_MAX];
	size_t count;
};

/* The end of a bracket expression that begins at i, or i if it is not
 * closed. */
static size_t bracket_end(struct str text, size_t i)
{
	size_t end = i + 1;

	if (end < text.length && text.data[end] == '^')
		end++;
	if (end < text.length && text.data[end] == ']')
		end++;
	while (end < text.length && text.data[end] != ']')
		end++;
	return end < text.length ? end : i;
}

static uint16_t next_item(struct str text, size_t *i)
{
	char c = text.data[*i];

	if (c == '\\' && *i + 1 < text.length)
		c = text.data[++*i];
	else if (c == '*')
		return ANY_RUN;
	else if (c == '?')
		return ANY_ONE;
	else if (c == '[') {
		*i = bracket_end(text, *i);
		return ANY_ONE;
	}
	return (uint8_t)ascii_lower(c);
}

/* False if the pattern is too long to be a pattern of host names. */
static bool read_pattern(struct str text, struct pattern *pattern)
{
	pattern->count = 0;
	for (size_t i = 0; i < text.length; i++) {
		if (pattern->count == PATTERN_MAX)
			return false;
		pattern->items[pattern->count++] = next_item(text, &i);
	}
	return true;
}

/* Do the literal beginnings, or the literal ends, of both agree as far as both
 * have them? Tells most pairs apart at once. */
static bool literals_agree(const struct pattern *a, const struct pattern *b,
			   bool at_end)
{
	for (size_t i = 0; i < a->count && i < b->count; i++) {
		uint16_t x = a->items[at_end ? a->count - 1 - i : i];
		uint16_t y = b->items[at_end ? b->count - 1 - i : i];

		if (x >= ANY_RUN || y >= ANY_RUN)
			return true;
		if (x != y)
			return false;
	}
	return true;
}

/* One row: which prefixes of b have a name in common with a's first items,
 * given the row before it. */
static void next_row(uint16_t item, const struct pattern *b, const bool *old,
		     bool *row)
{
	row[0] = old[0] && item == ANY_RUN;
	for (size_t k = 0; k < b->count; k++) {
		uint16_t other = b->items[k];

		if (item == ANY_RUN || other == ANY_RUN)
			row[k + 1] = old[k + 1] || row[k] || old[k];
		else
			row[k + 1] =
				old[k] && (item == other || item == ANY_ONE ||
					   other == ANY_ONE);
	}
}

bool wildcards_overlap(struct str a, struct str b)
{
	bool rows[2][PATTERN_MAX + 1] = { { true } };
	struct pattern x, y;
	size_t i;

	if (!read_pattern(a, &x) || !read_pattern(b, &y) ||
	    !literals_agree(&x, &y, false) || !literals_agree(&x, &y, true))
		return false;
	for (i = 0; i < y.count && y.items[i] == ANY_RUN; i++)
		rows[0][i + 1] = true;
	for (i = 0; i < x.count; i++)
		next_row(x.items[i], &y, rows[i % 2], rows[(i + 1) % 2]);
	return rows[x.count % 2][y.count];
}

/* Takes the items of inner as text: a run in outer takes anything, one
 * character takes any single item. */
static bool covers(const struct pattern *outer, const struct pattern *inner)
{
	size_t i = 0, k = 0, run = SIZE_MAX, back = 0;

	while (k < inner->count) {
		uint16_t item = i < outer->count ? outer->items[i] : UINT16_MAX;

		if (item == ANY_RUN) {
			run = i++;
			back = k;
		} else if (inner->items[k] != ANY_RUN &&
			   (item == ANY_ONE ||
			    (item == inner->items[k] && item < ANY_RUN))) {
			i++;
			k++;
		} else if (run != SIZE_MAX) {
			i = run + 1;
			k = ++back;
		} else {
			return false;
		}
	}
	while (i < outer->count && outer->items[i] == ANY_RUN)
		i++;
	return i == outer->count;
}

bool wildcard_covers(struct str outer, struct str inner)
{
	struct pattern x, y;

	/* Two brackets may stand for different characters. */
	if (str_find(outer, '[') < outer.length)
		return false;
	return read_pattern(outer, &x) && read_pattern(inner, &y) &&
	       covers(&x, &y);
}

static bool has_relation(struct str earlier, struct str later,
			 enum wildcard_relation relation)
{
	bool covered;

	if (!wildcards_overlap(earlier, later))
		return false;
	covered = wildcard_covers(earlier, later);
	if (relation == WILDCARD_COVERED)
		return covered;
	return !covered && !wildcard_covers(later, earlier);
}

/* The patterns at the beginning of a group. */
static size_t collect(const struct rule_run *run,
		      const struct path_group *group,
		      const struct export_entry *entries[WILDCARDS_COMPARED])
{
	size_t count = 0;

	for (size_t i = 0; i < group->count && count < WILDCARDS_COMPARED;
	     i++) {
		const struct export_entry *entry =
			path_group_entry(run, group, i);

		if (rule_client(run, entry)->type == CLIENT_WILDCARD)
			entries[count++] = entry;
	}
	return count;
}

static const struct export_entry *
find_earlier(const struct rule_run *run, const struct export_entry **entries,
	     size_t later, enum wildcard_relation relation)
{
	struct str name = rule_client(run, entries[later])->name;

	for (size_t i = 0; i < later; i++)
		if (has_relation(rule_client(run, entries[i])->name, name,
				 relation))
			return entries[i];
	return NULL;
}

bool wildcard_pair_next(const struct rule_run *run,
			const struct path_group *group,
			enum wildcard_relation relation,
			struct wildcard_pair *pair)
{
	const struct export_entry *entries[WILDCARDS_COMPARED];
	size_t count = collect(run, group, entries);

	while (pair->next < count) {
		size_t later = pair->next++;

		pair->earlier = find_earlier(run, entries, later, relation);
		pair->later = entries[later];
		if (pair->earlier)
			return true;
	}
	return false;
}
