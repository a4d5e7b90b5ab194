#include "server_version.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "arena.h"
#include "export_policy.h"
#include "file_read.h"

enum {
	PROGRAM_MAX = 16 << 20,
	FEATURES_MAX = 4096,
};

/* The text of a regular file below the root; .data NULL if there is none. */
static struct str read_below(struct arena *arena, const struct root *root,
			     const char *path, size_t limit)
{
	int fd = root_open_regular(root, path);
	struct str text = { 0 };
	struct stat state;

	if (fd < 0)
		return text;
	if (fstat(fd, &state) < 0 || !S_ISREG(state.st_mode) ||
	    !file_read(arena, fd, path, limit, &text, NULL, NULL))
		text = (struct str){ 0 };
	close(fd);
	return text;
}

/* Length of a text like 2.6.2 or 2.8 at the start of text that nothing else
 * follows in its word ("1.0.x" is none), or 0. */
static size_t version_length(struct str text)
{
	size_t at = 0, dots = 0;

	while (at < text.length && ascii_is_digit(text.data[at])) {
		while (at < text.length && ascii_is_digit(text.data[at]))
			at++;
		if (at == text.length || text.data[at] != '.')
			break;
		dots++;
		at++;
	}
	if (!at || !dots || text.data[at - 1] == '.')
		return 0;
	return at == text.length || !isalnum((unsigned char)text.data[at]) ? at
									   : 0;
}

static bool find_behind(struct str program, struct str label,
			version_number *version)
{
	while (program.length) {
		const char *found = memmem(program.data, program.length,
					   label.data, label.length);

		if (!found)
			return false;
		program = str_skip(program, (size_t)(found - program.data) +
						    label.length);
		if (version_length(program))
			return version_parse(program, version);
	}
	return false;
}

bool server_version_find(struct str program, version_number *version)
{
	/* the text of --version, of the log, and what packagers may write */
	const struct str labels[] = { STR("%s version "), STR("Version "),
				      STR("version ") };

	for (size_t i = 0; i < sizeof(labels) / sizeof(*labels); i++)
		if (find_behind(program, labels[i], version))
			return true;
	return false;
}

static version_number find_nfs_utils(const struct root *root)
{
	struct arena *arena = arena_new();
	struct str program =
		read_below(arena, root, "/usr/sbin/rpc.mountd", PROGRAM_MAX);
	version_number version;

	if (!server_version_find(program, &version) || !version)
		version = NFS_UTILS_NEWEST;
	arena_free(arena);
	return version;
}

static version_number find_kernel(const struct root *root)
{
	struct utsname name;
	version_number version;

	if (!root->is_host || uname(&name) < 0 ||
	    !version_parse(str_of(name.release), &version) || !version)
		return KERNEL_NEWEST;
	return version;
}

void server_version_detect(const struct root *root, struct target *target)
{
	target->nfs_utils = find_nfs_utils(root);
	target->kernel = find_kernel(root);
}

/* A hexadecimal word at *at, which is moved behind it. */
static bool parse_hex(const char **at, uint32_t *number)
{
	unsigned long value;
	char *end;

	while (isspace((unsigned char)**at))
		++*at;
	if (!isxdigit((unsigned char)**at))
		return false;
	errno = 0;
	value = strtoul(*at, &end, 16);
	if (errno || value > UINT32_MAX ||
	    (*end && !isspace((unsigned char)*end)))
		return false;
	*at = end;
	*number = (uint32_t)value;
	return true;
}

uint32_t server_version_flavor_mask(const struct root *root)
{
	struct arena *arena = arena_new();
	struct str text = read_below(
		arena, root, "/proc/fs/nfsd/export_features", FEATURES_MAX);
	const char *at = text.data;
	uint32_t features, mask;

	if (!at || !parse_hex(&at, &features) || !parse_hex(&at, &mask))
		mask = EXPORT_FLAVOR_MASK_DEFAULT;
	arena_free(arena);
	return mask;
}
