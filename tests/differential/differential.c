/* Runs exportfs and exportctl on the same exports files and compares what
 * they make of them, byte for byte.
 *
 *     differential [OPTION]... [FILE]...
 *
 * Without FILE: all fixtures, then generated files. Everything happens in
 * private namespaces; exit status 77 when there are none to be had.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <inttypes.h>
#include <semaphore.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "exports_case.h"
#include "failure.h"
#include "sandbox.h"
#include "shrink.h"
#include "verdict.h"

enum { SKIPPED = 77, FAILURE_LIMIT = 5, WORKERS = 2 };

static const char usage[] =
	"usage: differential [OPTION]... [FILE]...\n"
	"  --count N        generated cases (default 600, or "
	"$DIFFERENTIAL_COUNT)\n"
	"  --seed S         of the generated cases (default 1)\n"
	"  --case K         only generated case K\n"
	"  --print          only write the generated files, run nothing\n"
	"  --record         write FILE's .etab and .listing from exportfs\n"
	"  --fixtures DIR   default tests/fixtures/exports\n"
	"  --exportfs FILE  default /usr/sbin/exportfs\n"
	"  --exportctl FILE default $EXPORTCTL or build/exportctl\n";

struct settings {
	uint64_t seed;
	size_t count, first; /* generated cases */
	bool print, record, generate;
	const char *fixtures, *exportfs, *exportctl;
	struct strbuf *files; /* paths of exports files, before the cases */
	size_t file_count;
};

/* Shared by the workers. */
struct progress {
	atomic_size_t next, passed, failed, skipped, unusable;
	sem_t output;
};

struct worker {
	const struct settings *settings;
	struct progress *progress;
	struct contest contest;
	struct exports_case exports;
	struct strbuf report;
};

static _Noreturn void stop(const char *format, const char *detail)
{
	fputs("differential: ", stderr);
	fprintf(stderr, format, detail);
	fputc('\n', stderr);
	exit(1);
}

static void add_file(struct settings *settings, const char *directory,
		     const char *name)
{
	size_t count = settings->file_count + 1;
	struct strbuf path = { 0 };

	if (directory)
		strbuf_printf(&path, "%s/", directory);
	strbuf_add_text(&path, name);
	settings->files =
		realloc(settings->files, count * sizeof(*settings->files));
	if (!settings->files)
		abort();
	settings->files[settings->file_count++] = path;
}

static int is_fixture(const struct dirent *entry)
{
	size_t length = strlen(entry->d_name);

	return length > 8 &&
	       strcmp(entry->d_name + length - 8, ".exports") == 0;
}

static void add_fixtures(struct settings *settings)
{
	struct dirent **entries;
	int count =
		scandir(settings->fixtures, &entries, is_fixture, alphasort);

	if (count < 0)
		stop("can't read %s", settings->fixtures);
	for (int i = 0; i < count; i++) {
		add_file(settings, settings->fixtures, entries[i]->d_name);
		free(entries[i]);
	}
	free(entries);
}

static uint64_t number(const char *text)
{
	char *end;
	uint64_t value = strtoull(text, &end, 10);

	if (*end || end == text)
		stop("not a number: %s", text);
	return value;
}

static void read_options(int argc, char **argv, struct settings *settings)
{
	static const struct option options[] = {
		{ "count", required_argument, NULL, 'n' },
		{ "seed", required_argument, NULL, 's' },
		{ "case", required_argument, NULL, 'k' },
		{ "print", no_argument, NULL, 'p' },
		{ "record", no_argument, NULL, 'r' },
		{ "fixtures", required_argument, NULL, 'f' },
		{ "exportfs", required_argument, NULL, 'x' },
		{ "exportctl", required_argument, NULL, 'c' },
		{ 0 },
	};
	bool one_case = false;
	int option;

	while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
		switch (option) {
		case 'n':
			settings->count = number(optarg);
			break;
		case 's':
			settings->seed = number(optarg);
			break;
		case 'k':
			settings->first = number(optarg);
			one_case = true;
			break;
		case 'p':
			settings->print = true;
			break;
		case 'r':
			settings->record = true;
			break;
		case 'f':
			settings->fixtures = optarg;
			break;
		case 'x':
			settings->exportfs = optarg;
			break;
		case 'c':
			settings->exportctl = optarg;
			break;
		default:
			fputs(usage, stderr);
			exit(1);
		}
	}
	if (one_case)
		settings->count = 1;
	if (settings->record || optind < argc)
		settings->count = 0;
	for (int i = optind; i < argc; i++)
		add_file(settings, NULL, argv[i]);
	if (!one_case && !settings->print && optind == argc)
		add_fixtures(settings);
}

/* ---- one case ---- */

static bool read_file(const char *path, struct strbuf *text)
{
	char piece[16384];
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t got = -1;

	while (fd >= 0 && (got = read(fd, piece, sizeof(piece))) > 0)
		strbuf_add(text, (struct str){ piece, (size_t)got });
	if (fd >= 0)
		close(fd);
	return got == 0;
}

/* Reads or makes case index; false if it can't be read. */
static bool prepare(const struct settings *settings, size_t index,
		    struct exports_case *exports)
{
	exports_case_clear(exports);
	if (index < settings->file_count) {
		exports->count = 1;
		return read_file(settings->files[index].data,
				 &exports->files[0].text);
	}
	exports_case_generate(settings->seed,
			      settings->first + index - settings->file_count,
			      exports);
	return true;
}

static void describe(const struct settings *settings, size_t index,
		     struct strbuf *report)
{
	if (index < settings->file_count)
		strbuf_printf(report, "%s", settings->files[index].data);
	else
		strbuf_printf(report, "--seed %" PRIu64 " --case %zu",
			      settings->seed,
			      settings->first + index - settings->file_count);
}

static bool still_different(void *context)
{
	struct worker *worker = context;

	return contest_run(&worker->contest, &worker->exports) ==
	       VERDICT_DIFFERENT;
}

static void shrink_case(struct worker *worker)
{
	struct exports_case *exports = &worker->exports;

	for (size_t i = 0; i < exports->count; i++)
		shrink(&exports->files[i].text, still_different, worker);
	still_different(worker);
}

/* One report is one write, so that workers don't mix. */
static void print_report(struct worker *worker)
{
	struct str report = strbuf_str(&worker->report);

	sem_wait(&worker->progress->output);
	fwrite(report.data, 1, report.length, stdout);
	fflush(stdout);
	sem_post(&worker->progress->output);
	strbuf_clear(&worker->report);
}

static void report_failure(struct worker *worker, size_t index)
{
	strbuf_add_text(&worker->report, "FAILED ");
	describe(worker->settings, index, &worker->report);
	shrink_case(worker);
	strbuf_printf(&worker->report, ": %s\n", worker->contest.difference);
	exports_case_describe(&worker->exports, &worker->report);
	contest_describe(&worker->contest, &worker->report);
	strbuf_add_char(&worker->report, '\n');
	print_report(worker);
}

static void report_skip(struct worker *worker, size_t index)
{
	strbuf_add_text(&worker->report, "skipped ");
	describe(worker->settings, index, &worker->report);
	strbuf_printf(&worker->report, ": %s\n", worker->contest.difference);
	print_report(worker);
}

static void judge(struct worker *worker, size_t index)
{
	switch (contest_run(&worker->contest, &worker->exports)) {
	case VERDICT_SAME:
		worker->progress->passed++;
		break;
	case VERDICT_UNDECIDED:
		worker->progress->skipped++;
		report_skip(worker, index);
		break;
	case VERDICT_DIFFERENT:
		if (contest_is_unstable(&worker->contest, &worker->exports)) {
			worker->progress->skipped++;
			report_skip(worker, index);
		} else if (worker->progress->failed++ < FAILURE_LIMIT) {
			report_failure(worker, index);
		}
	}
}

/* ---- recording ---- */

/* Writes text to FILE with .exports replaced by suffix. */
static void write_golden(int directory, const char *file, const char *suffix,
			 struct str text)
{
	struct strbuf name = { 0 };
	const char *base = strrchr(file, '/');
	int fd;

	base = base ? base + 1 : file;
	strbuf_printf(&name, "%.*s%s", (int)(strlen(base) - 8), base, suffix);
	fd = openat(directory, name.data, O_WRONLY | O_CREAT | O_TRUNC, 0644);
	if (fd < 0 || write(fd, text.data, text.length) < 0 || close(fd))
		stop("can't write %s", name.data);
	strbuf_free(&name);
}

static void record(struct worker *worker, size_t index, int directory)
{
	const char *file = worker->settings->files[index].data;
	struct contest *contest = &worker->contest;

	if (!contest_run_exportfs(contest, &worker->exports)) {
		worker->progress->failed++;
		fprintf(stderr, "%s: %s\n", file, contest->difference);
		return;
	}
	write_golden(directory, file, ".etab", strbuf_str(&contest->etab));
	write_golden(directory, file, ".listing",
		     strbuf_str(&contest->listing.out));
	worker->progress->passed++;
}

/* ---- workers ---- */

static void read_all_files(struct settings *settings,
			   struct exports_case *cases)
{
	for (size_t i = 0; i < settings->file_count; i++)
		if (!prepare(settings, i, &cases[i]))
			stop("can't read %s", settings->files[i].data);
}

static void work(struct worker *worker, struct exports_case *files,
		 int record_to)
{
	const struct settings *settings = worker->settings;
	size_t total = settings->file_count + settings->count;
	size_t index;

	while ((index = worker->progress->next++) < total &&
	       worker->progress->failed < FAILURE_LIMIT) {
		if (index < settings->file_count)
			worker->exports = files[index];
		else
			prepare(settings, index, &worker->exports);
		if (settings->record)
			record(worker, index, record_to);
		else
			judge(worker, index);
		if (index < settings->file_count)
			worker->exports = (struct exports_case){ 0 };
	}
}

static int open_directory(const char *path, const char *below)
{
	struct strbuf full = { 0 };
	int fd;

	strbuf_printf(&full, "%s%s", path, below);
	fd = open(full.data, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		stop("can't open %s", full.data);
	strbuf_free(&full);
	return fd;
}

/* A name for the file that stays good when mounts cover the path. */
static char *hold_file(const char *path)
{
	struct strbuf name = { 0 };
	int fd = open(path, O_RDONLY);

	if (fd < 0)
		stop("can't open %s", path);
	strbuf_printf(&name, "/proc/self/fd/%d", fd);
	return name.data;
}

/* clear_stack.so, which lies beside this program. */
static char *find_clear_stack(void)
{
	char path[4096] = { 0 };
	char *slash;

	if (readlink("/proc/self/exe", path, sizeof(path) - 32) < 0)
		stop("can't read %s", "/proc/self/exe");
	slash = strrchr(path, '/');
	snprintf(slash + 1, 32, "clear_stack.so");
	return hold_file(path);
}

static int run_worker(struct settings *settings, struct progress *progress)
{
	static struct worker worker;
	static struct exports_case *files;
	int root = open_directory(settings->fixtures, "/root");
	int fixtures = open_directory(settings->fixtures, "");
	struct failure failure;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	worker.settings = settings;
	worker.progress = progress;
	files = calloc(settings->file_count + 1, sizeof(*files));
	if (!files)
		abort();
	read_all_files(settings, files);
	worker.contest.exportfs = settings->exportfs;
	worker.contest.clear_stack = find_clear_stack();
	if (!settings->record)
		worker.contest.exportctl = hold_file(settings->exportctl);
	if (!sandbox_enter(root, &failure)) {
		if (progress->unusable++ == 0)
			printf("skipped: %s\n", failure.text);
		fflush(stdout);
		return SKIPPED;
	}
	work(&worker, files, fixtures);
	return 0;
}

static void start_workers(struct settings *settings, struct progress *progress)
{
	for (int i = 0; i < WORKERS; i++) {
		pid_t pid = fork();

		if (pid == 0)
			exit(run_worker(settings, progress));
		if (pid < 0)
			stop("can't fork: %s", strerror(errno));
	}
}

/* The worst exit status of the workers. */
static int wait_for_workers(void)
{
	int worst = 0, status;

	while (wait(&status) > 0) {
		int code = WIFEXITED(status) ? WEXITSTATUS(status) : 1;

		if (!WIFEXITED(status))
			fprintf(stderr, "a worker died of signal %d\n",
				WTERMSIG(status));
		if (code > worst)
			worst = code;
	}
	return worst;
}

static struct progress *new_progress(void)
{
	struct progress *progress =
		mmap(NULL, sizeof(*progress), PROT_READ | PROT_WRITE,
		     MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	if (progress == MAP_FAILED || sem_init(&progress->output, 1, 1))
		abort();
	return progress;
}

static void print_cases(struct settings *settings)
{
	struct exports_case exports = { 0 };

	for (size_t i = 0; i < settings->count; i++) {
		prepare(settings, settings->file_count + i, &exports);
		for (size_t file = 0; file < exports.count; file++) {
			struct str text = strbuf_str(&exports.files[file].text);

			fwrite(text.data, 1, text.length, stdout);
		}
	}
	exports_case_clear(&exports);
}

static int run(struct settings *settings)
{
	struct progress *progress = new_progress();
	sigset_t child;
	int worst;

	sigemptyset(&child);
	sigaddset(&child, SIGCHLD);
	sigprocmask(SIG_BLOCK, &child, NULL);
	start_workers(settings, progress);
	worst = wait_for_workers();
	if (worst)
		return worst;
	printf("%zu passed, %zu failed, %zu skipped\n",
	       (size_t)progress->passed, (size_t)progress->failed,
	       (size_t)progress->skipped);
	return progress->failed != 0;
}

int main(int argc, char **argv)
{
	const char *count = getenv("DIFFERENTIAL_COUNT");
	const char *exportctl = getenv("EXPORTCTL");
	static struct settings settings = {
		.seed = 1,
		.count = 600,
		.fixtures = "tests/fixtures/exports",
		.exportfs = "/usr/sbin/exportfs",
		.exportctl = "build/exportctl",
	};

	if (count)
		settings.count = number(count);
	if (exportctl)
		settings.exportctl = exportctl;

	read_options(argc, argv, &settings);
	if (settings.print) {
		print_cases(&settings);
		return 0;
	}
	return run(&settings);
}
