#include "exports_case.h"

#include <fcntl.h>
#include <ftw.h>
#include <sys/stat.h>
#include <unistd.h>

#include "exports_generator.h"
#include "prng.h"

/* Names that exportfs reads in this order, and names that it does not read. */
static const char *const drop_in_names[] = {
	"010-a.exports",    "9-b.exports", "10-c.exports", "A.exports",
	"a.exports",	    " x.exports",  "b2.exports",   "b10.exports",
	"\303\251.exports", "-.exports",   "x..exports",
};
static const char *const ignored_names[] = {
	".hidden.exports", "x.EXPORTS", "b.exports~",
	".exports",	   "exports",	"x.exports.bak",
};

void exports_case_clear(struct exports_case *exports)
{
	for (size_t i = 0; i < CASE_FILES; i++)
		strbuf_free(&exports->files[i].text);
	*exports = (struct exports_case){ 0 };
}

static bool name_is_taken(const struct exports_case *exports, const char *name)
{
	for (size_t i = 1; i < exports->count; i++)
		if (!strcmp(exports->files[i].name, name))
			return true;
	return false;
}

static void add_drop_ins(struct prng *prng, struct exports_case *exports)
{
	size_t count = 1 + prng_below(prng, CASE_FILES - 1);

	while (count--) {
		const char *name = prng_chance(prng, 12)
					   ? PRNG_PICK(prng, ignored_names)
					   : PRNG_PICK(prng, drop_in_names);

		if (name_is_taken(exports, name))
			continue;
		exports->files[exports->count].name = name;
		exports->files[exports->count++].form =
			prng_chance(prng, 80)
				? CASE_FILE
				: (enum case_form)(1 + prng_below(prng, 3));
	}
}

/* Mostly hosts, so that many of them share addresses. */
static const struct exports_generator_weights host_weights = {
	.address = 30,
	.host = 60,
	.network = 2,
	.anonymous = 2,
	.flag = 1,
	.security = 1,
};

void exports_case_generate(uint64_t seed, uint64_t index,
			   struct exports_case *exports)
{
	struct prng prng = { seed * 0x2545f4914f6cdd1du + index };
	struct exports_generator_options options = {
		.broken = (enum exports_brokenness)prng_below(&prng, 3),
		.many_clients = prng_chance(&prng, 20),
		.overflow = prng_chance(&prng, 15),
	};

	if (prng_chance(&prng, 15))
		options.weights = host_weights;
	exports_case_clear(exports);
	exports->count = 1;
	if (prng_chance(&prng, 20))
		add_drop_ins(&prng, exports);
	for (size_t i = 0; i < exports->count; i++) {
		options.seed = prng_next(&prng);
		exports_generate(&options, &exports->files[i].text);
	}
}

static int remove_entry(const char *path, const struct stat *status, int type,
			struct FTW *place)
{
	(void)status;
	(void)type;
	return place->level == 0 ? 0 : remove(path);
}

static void empty_directory(const char *path)
{
	if (nftw(path, remove_entry, 8, FTW_DEPTH | FTW_PHYS))
		abort();
}

static void write_file(const char *path, struct str text)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);

	if (fd < 0 || write(fd, text.data, text.length) != (ssize_t)text.length)
		abort();
	close(fd);
}

/* A link points at a name that exportfs does not read by itself. */
static void install_drop_in(const struct exports_case_file *file,
			    const char *path)
{
	char target[512];
	int error = 0;

	snprintf(target, sizeof(target), "%s.target", path);
	switch (file->form) {
	case CASE_FILE:
		write_file(path, strbuf_str(&file->text));
		break;
	case CASE_LINK:
		write_file(target, strbuf_str(&file->text));
		error = symlink(target, path);
		break;
	case CASE_DIRECTORY:
		error = mkdir(path, 0755);
		break;
	case CASE_FIFO:
		error = mkfifo(path, 0644);
	}
	if (error)
		abort();
}

void exports_case_install(const struct exports_case *exports)
{
	char path[256];

	empty_directory("/etc/exports.d");
	write_file("/etc/exports", strbuf_str(&exports->files[0].text));
	for (size_t i = 1; i < exports->count; i++) {
		if (!exports->files[i].text.length)
			continue;
		snprintf(path, sizeof(path), "/etc/exports.d/%s",
			 exports->files[i].name);
		install_drop_in(&exports->files[i], path);
	}
}

static void add_escaped_byte(char c, struct strbuf *text)
{
	if (c == '\t')
		strbuf_add_text(text, "\\t");
	else if (c == '\r')
		strbuf_add_text(text, "\\r");
	else if (c == '\\')
		strbuf_add_text(text, "\\\\");
	else if ((unsigned char)c < 0x20 || (unsigned char)c > 0x7e)
		strbuf_printf(text, "\\%03o", (unsigned)(unsigned char)c);
	else
		strbuf_add_char(text, c);
}

void add_escaped(struct str bytes, struct strbuf *text)
{
	for (size_t i = 0; i < bytes.length; i++)
		add_escaped_byte(bytes.data[i], text);
}

static void describe_lines(struct str bytes, struct strbuf *text)
{
	while (bytes.length) {
		size_t end = str_find(bytes, '\n');
		bool ended = end < bytes.length;

		strbuf_add_text(text, "    ");
		add_escaped((struct str){ bytes.data, end }, text);
		strbuf_add_text(text, ended ? "\\n\n" : "\n");
		bytes = str_skip(bytes, end + ended);
	}
}

void exports_case_describe(const struct exports_case *exports,
			   struct strbuf *text)
{
	static const char *const forms[] = { "", " (a link)", " (a directory)",
					     " (a FIFO)" };

	for (size_t i = 0; i < exports->count; i++) {
		const struct exports_case_file *file = &exports->files[i];

		if (!file->text.length && exports->count > 1)
			continue;
		if (file->name)
			strbuf_printf(text, "  exports.d/%s%s:\n", file->name,
				      forms[file->form]);
		else
			strbuf_add_text(text, "  exports:\n");
		describe_lines(strbuf_str(&file->text), text);
	}
}
