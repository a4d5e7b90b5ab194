#include "verdict.h"

#include <fcntl.h>
#include <unistd.h>

static const char etab_path[] = "/var/lib/nfs/etab";

/* Messages of exportfs which mean that an entry or more is lost. */
static const char *const losses[] = {
	"unknown keyword",
	"syntax error",
	"bad anonuid",
	"bad anongid",
	"bad fsid",
	"unknown flavor",
	"Failed to resolve",
	"Invalid IP",
	"Invalid netmask",
	"Invalid prefix",
	"duplicated export entries",
	"more than 8 security flavors",
};

static void read_etab(struct strbuf *text)
{
	char piece[65536];
	int fd = open(etab_path, O_RDONLY | O_CLOEXEC);
	ssize_t got;

	strbuf_clear(text);
	while (fd >= 0 && (got = read(fd, piece, sizeof(piece))) > 0)
		strbuf_add(text, (struct str){ piece, (size_t)got });
	if (fd >= 0)
		close(fd);
}

bool contest_run_exportfs(struct contest *contest,
			  const struct exports_case *exports)
{
	static const char *const load[] = { "exportfs", "-ra", NULL };
	static const char *const list[] = { "exportfs", "-v", NULL };

	exports_case_install(exports);
	unlink(etab_path);
	program_run(contest->exportfs, load, contest->clear_stack,
		    &contest->load);
	read_etab(&contest->etab);
	contest->difference = "exportfs -ra crashed";
	if (contest->load.status < 0)
		return false;
	program_run(contest->exportfs, list, contest->clear_stack,
		    &contest->listing);
	contest->difference = "exportfs -v crashed";
	return contest->listing.status >= 0;
}

static bool says_loss(const struct program_run *run)
{
	for (size_t i = 0; i < sizeof(losses) / sizeof(*losses); i++)
		if (run->messages.length &&
		    memmem(run->messages.data, run->messages.length, losses[i],
			   strlen(losses[i])))
			return true;
	return false;
}

/* Why exportctl's end is wrong, or NULL. */
static const char *wrong_end(const struct program_run *run)
{
	if (run->signal)
		return "exportctl died of a signal";
	if (run->status != 0 && run->status != 1)
		return "exportctl's exit status is neither 0 nor 1";
	return NULL;
}

static const char *compare_etab(struct contest *contest)
{
	static const char *const show[] = { "exportctl", "show",
					    "--format",	 "etab",
					    "--resolve", NULL };
	const char *wrong;

	program_run(contest->exportctl, show, NULL, &contest->our_etab);
	wrong = wrong_end(&contest->our_etab);
	if (wrong)
		return wrong;
	if (!str_equal(strbuf_str(&contest->etab),
		       strbuf_str(&contest->our_etab.out)))
		return "etab";
	if (contest->our_etab.status == 0 && says_loss(&contest->load))
		return "exit status 0, but exportfs says that something "
		       "is lost";
	return NULL;
}

static const char *compare_listing(struct contest *contest)
{
	static const char *const show[] = { "exportctl", "show",
					    "--format",	 "exportfs",
					    "--resolve", NULL };
	const char *wrong;

	program_run(contest->exportctl, show, NULL, &contest->our_listing);
	wrong = wrong_end(&contest->our_listing);
	if (wrong)
		return wrong;
	if (!str_equal(strbuf_str(&contest->listing.out),
		       strbuf_str(&contest->our_listing.out)))
		return "exportfs -v";
	if (contest->our_etab.status != contest->our_listing.status)
		return "the exit status depends on the format";
	return NULL;
}

/* Repairs the installed files with what is safe, and lets exportfs read them
 * again: it must write the same. */
static const char *compare_repaired(struct contest *contest)
{
	static const char *const load[] = { "exportfs", "-ra", NULL };
	static const char *const fix[] = { "exportctl", "lint",
					   "--resolve", "--fix",
					   "--quiet",	"--min-severity",
					   "info",	NULL };
	struct program_run again = { 0 };
	struct strbuf etab = { 0 };
	const char *difference = NULL;

	program_run(contest->exportctl, fix, NULL, &contest->our_fix);
	unlink(etab_path);
	program_run(contest->exportfs, load, contest->clear_stack, &again);
	read_etab(&etab);
	if (contest->our_fix.signal)
		difference = "lint --fix died of a signal";
	else if (!str_equal(strbuf_str(&contest->etab), strbuf_str(&etab)))
		difference = "etab after lint --fix";
	program_run_free(&again);
	strbuf_free(&etab);
	return difference;
}

enum verdict contest_run(struct contest *contest,
			 const struct exports_case *exports)
{
	if (!contest_run_exportfs(contest, exports))
		return VERDICT_UNDECIDED;
	strbuf_clear(&contest->our_listing.out);
	contest->our_listing.status = -1;
	contest->difference = compare_etab(contest);
	if (!contest->difference)
		contest->difference = compare_listing(contest);
	if (!contest->difference)
		contest->difference = compare_repaired(contest);
	return contest->difference ? VERDICT_DIFFERENT : VERDICT_SAME;
}

bool contest_is_unstable(struct contest *contest,
			 const struct exports_case *exports)
{
	struct strbuf etab = { 0 }, listing = { 0 };
	const char *difference = contest->difference;
	bool unstable = false;

	strbuf_add(&etab, strbuf_str(&contest->etab));
	strbuf_add(&listing, strbuf_str(&contest->listing.out));
	for (int i = 0; i < 5 && !unstable; i++)
		unstable = !contest_run_exportfs(contest, exports) ||
			   !str_equal(strbuf_str(&contest->etab),
				      strbuf_str(&etab)) ||
			   !str_equal(strbuf_str(&contest->listing.out),
				      strbuf_str(&listing));
	contest->difference =
		unstable ? "exportfs itself is not stable" : difference;
	strbuf_free(&etab);
	strbuf_free(&listing);
	return unstable;
}

/* ---- reports ---- */

struct lines {
	struct str *items;
	size_t count;
};

static int compare_lines(const void *a, const void *b)
{
	const struct str *x = a, *y = b;
	size_t shorter = x->length < y->length ? x->length : y->length;
	int order = shorter ? memcmp(x->data, y->data, shorter) : 0;

	return order ? order
		     : (x->length > y->length) - (x->length < y->length);
}

static struct lines split(struct str text, bool sorted)
{
	struct lines lines = { calloc(text.length + 1, sizeof(struct str)), 0 };

	if (!lines.items)
		abort();
	while (text.length) {
		size_t end = str_find(text, '\n');

		end += end < text.length;
		lines.items[lines.count++] = (struct str){ text.data, end };
		text = str_skip(text, end);
	}
	if (sorted && lines.count)
		qsort(lines.items, lines.count, sizeof(struct str),
		      compare_lines);
	return lines;
}

static void add_line(const char *mark, struct str line, struct strbuf *text)
{
	bool ended = line.length && line.data[line.length - 1] == '\n';

	strbuf_add_text(text, mark);
	add_escaped((struct str){ line.data, line.length - ended }, text);
	strbuf_add_text(text, ended ? "\n" : " (no newline)\n");
}

/* Adds the lines that only one of the two has. Returns how many. */
static size_t add_difference(struct str expected, struct str actual,
			     struct strbuf *text)
{
	struct lines theirs = split(expected, true);
	struct lines ours = split(actual, true);
	size_t i = 0, j = 0, count = 0;

	while (i < theirs.count || j < ours.count) {
		int order = i == theirs.count ? 1
			    : j == ours.count ? -1
					      : compare_lines(&theirs.items[i],
							      &ours.items[j]);

		count += order != 0;
		if (order < 0)
			add_line("  - ", theirs.items[i], text);
		else if (order > 0)
			add_line("  + ", ours.items[j], text);
		i += order <= 0;
		j += order >= 0;
	}
	free(theirs.items);
	free(ours.items);
	return count;
}

static void add_all(const char *mark, struct str bytes, struct strbuf *text)
{
	struct lines lines = split(bytes, false);

	for (size_t i = 0; i < lines.count; i++)
		add_line(mark, lines.items[i], text);
	free(lines.items);
}

static void add_comparison(const char *title, struct str expected,
			   struct str actual, struct strbuf *text)
{
	if (str_equal(expected, actual))
		return;
	strbuf_printf(text, "  %s (- exportfs, + exportctl):\n", title);
	if (add_difference(expected, actual, text))
		return;
	strbuf_add_text(text, "  only the order differs:\n");
	add_all("  - ", expected, text);
	add_all("  + ", actual, text);
}

static void add_end(const char *title, const struct program_run *run,
		    struct strbuf *text)
{
	if (run->signal)
		strbuf_printf(text, "  %s: signal %d\n", title, run->signal);
	else
		strbuf_printf(text, "  %s: status %d\n", title, run->status);
	add_all("      ", strbuf_str(&run->messages), text);
}

void contest_describe(const struct contest *contest, struct strbuf *text)
{
	add_comparison("etab", strbuf_str(&contest->etab),
		       strbuf_str(&contest->our_etab.out), text);
	if (contest->our_listing.status >= 0)
		add_comparison("exportfs -v", strbuf_str(&contest->listing.out),
			       strbuf_str(&contest->our_listing.out), text);
	add_end("exportfs -ra", &contest->load, text);
	add_end("exportctl show", &contest->our_etab, text);
}
