#include <errno.h>

#include "fake_server.h"

/* A file has a list entry a line: words apart by blanks, the path and its
 * groups, or the client and the path that it has mounted. \ooo is a byte, and
 * "" an empty word. Lines that begin with # and empty ones are left out. */

static bool is_octal(const char *at)
{
	return at[0] >= '0' && at[0] <= '3' && at[1] >= '0' && at[1] <= '7' &&
	       at[2] >= '0' && at[2] <= '7';
}

static uint8_t octal(const char *at)
{
	return (uint8_t)((at[0] - '0') * 64 + (at[1] - '0') * 8 + at[2] - '0');
}

/* Decodes a word in place, which never makes it longer. */
static struct fake_view decode(char *word)
{
	char *out = word;

	if (!strcmp(word, "\"\""))
		return (struct fake_view){ word, 0 };
	for (const char *at = word; *at;)
		if (*at == '\\' && is_octal(at + 1)) {
			*out++ = (char)octal(at + 1);
			at += 4;
		} else {
			*out++ = *at++;
		}
	return (struct fake_view){ word, (size_t)(out - word) };
}

/* The next word of a line, or NULL. */
static char *next_word(char **line)
{
	char *word = *line + strspn(*line, " \t\n");
	char *end = word + strcspn(word, " \t\n");

	if (word == end)
		return NULL;
	*line = *end ? end + 1 : end;
	*end = '\0';
	return word;
}

static void put_export(struct fake_bytes *out, char *line)
{
	char *word = next_word(&line);

	if (!word || *word == '#')
		return;
	fake_put_u32(out, 1);
	fake_put_opaque(out, decode(word));
	while ((word = next_word(&line))) {
		fake_put_u32(out, 1);
		fake_put_opaque(out, decode(word));
	}
	fake_put_u32(out, 0);
}

static void put_mount(struct fake_bytes *out, char *line)
{
	char *client = next_word(&line), *path = next_word(&line);

	if (!client || *client == '#')
		return;
	fake_put_u32(out, 1);
	fake_put_opaque(out, decode(client));
	fake_put_opaque(out, path ? decode(path) : FAKE_VIEW(""));
}

static bool read_list(const char *file, struct fake_bytes *out,
		      void (*put)(struct fake_bytes *out, char *line))
{
	FILE *stream = fopen(file, "re");
	char *line = NULL;
	size_t size = 0;

	if (!stream) {
		fprintf(stderr, "fake_server: %s: %s\n", file, strerror(errno));
		return false;
	}
	while (getline(&line, &size, stream) > 0)
		put(out, line);
	free(line);
	fclose(stream);
	return true;
}

static void put_client(struct fake_bytes *out, unsigned long number)
{
	char text[32];

	snprintf(text, sizeof(text), "10.%lu.%lu.%lu", number >> 16 & 255,
		 number >> 8 & 255, number & 255);
	fake_put_text(out, text);
}

static void generate_exports(const struct fake_options *options,
			     struct fake_bytes *out)
{
	char path[64];

	for (unsigned long i = 0; i < options->generate; i++) {
		snprintf(path, sizeof(path), "/srv/export/%07lu", i);
		fake_put_u32(out, 1);
		fake_put_text(out, path);
		for (unsigned long j = 0; j < options->generate_groups; j++) {
			fake_put_u32(out, 1);
			put_client(out, i + j);
		}
		fake_put_u32(out, 0);
	}
}

static void generate_mounts(const struct fake_options *options,
			    struct fake_bytes *out)
{
	char path[64];

	for (unsigned long i = 0; i < options->generate_mounts; i++) {
		snprintf(path, sizeof(path), "/srv/export/%07lu", i);
		fake_put_u32(out, 1);
		put_client(out, i);
		fake_put_text(out, path);
	}
}

bool fake_lists_prepare(struct fake_server *server)
{
	const struct fake_options *options = &server->options;
	struct fake_bytes *exports = &server->prepared.exports;
	struct fake_bytes *mounts = &server->prepared.mounts;

	if (options->exports_file &&
	    !read_list(options->exports_file, exports, put_export))
		return false;
	if (options->mounts_file &&
	    !read_list(options->mounts_file, mounts, put_mount))
		return false;
	generate_exports(options, exports);
	generate_mounts(options, mounts);
	fake_put_u32(exports, 0);
	fake_put_u32(mounts, 0);
	return true;
}
