#include "config_files.h"

#include <fcntl.h>
#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>

#include "prng.h"
#include "strbuf.h"
#include "unit_test.h"

static char top[] = "/tmp/config.XXXXXX";
static struct root root;

/* Puts a file below the root; its folders are there. */
static void put(const char *name, struct str text)
{
	char path[PATH_MAX];
	int fd;

	snprintf(path, sizeof(path), "%s/%s", top, name);
	fd = open(path, O_CREAT | O_WRONLY | O_TRUNC, 0644);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, text.data, text.length), text.length);
	close(fd);
}

static void put_text(const char *name, const char *text)
{
	put(name, str_of(text));
}

static void make_folder(const char *name)
{
	char path[PATH_MAX];

	snprintf(path, sizeof(path), "%s/%s", top, name);
	assert_int_equal(mkdir(path, 0755), 0);
}

static int make_tree(void **state)
{
	struct failure failure;

	(void)state;
	if (!mkdtemp(top))
		return -1;
	make_folder("usr");
	make_folder("usr/etc");
	make_folder("etc");
	make_folder("etc/nfs.conf.d");
	return root_open(top, &root, &failure) ? 0 : -1;
}

static int empty_tree(void **state)
{
	char command[PATH_MAX];

	(void)state;
	snprintf(command, sizeof(command),
		 "find %s/etc %s/usr/etc -type f -delete", top, top);
	return system(command);
}

static int remove_tree(void **state)
{
	char command[PATH_MAX];

	(void)state;
	root_close(&root);
	snprintf(command, sizeof(command), "rm -rf %s", top);
	return system(command);
}

struct loaded {
	struct arena *arena;
	struct local_state state;
	const struct server_config *config;
};

static struct loaded load(version_number nfs_utils)
{
	struct loaded loaded = { .arena = arena_new() };

	loaded.config = config_files_read(loaded.arena, &root, nfs_utils,
					  "nfs.conf", &loaded.state);
	return loaded;
}

static int compare_settings(const void *a, const void *b)
{
	const struct config_setting *x = *(struct config_setting *const *)a;
	const struct config_setting *y = *(struct config_setting *const *)b;
	struct str pairs[3][2] = { { x->section, y->section },
				   { x->argument, y->argument },
				   { x->key, y->key } };

	for (int i = 0; i < 3; i++) {
		struct str p = pairs[i][0], q = pairs[i][1];
		size_t length = p.length < q.length ? p.length : q.length;
		int order = memcmp(p.data ? p.data : "", q.data ? q.data : "",
				   length);

		if (order)
			return order;
		if (!p.data != !q.data)
			return p.data ? 1 : -1;
		if (p.length != q.length)
			return p.length < q.length ? -1 : 1;
	}
	return 0;
}

static bool same_section(const struct config_setting *a,
			 const struct config_setting *b)
{
	return str_equal(a->section, b->section) &&
	       !a->argument.data == !b->argument.data &&
	       str_equal(a->argument, b->argument);
}

static bool is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/* Sections are kept in lower case. */
static struct str lower(struct arena *arena, struct str text)
{
	char *copy = arena_copy(arena, text.data, text.length);

	for (size_t i = 0; i < text.length; i++)
		copy[i] = ascii_lower(copy[i]);
	return (struct str){ copy, text.length };
}

/* What holds, as `nfsconf --dump` prints it. */
static struct strbuf dump(struct loaded *loaded)
{
	const struct server_config *config = loaded->config;
	ARRAY(struct config_setting *) sorted = { 0 };
	struct strbuf out = { 0 };

	for (size_t i = 0; i < config->settings.count; i++) {
		struct config_setting *setting = &config->settings.items[i];

		setting->section = lower(loaded->arena, setting->section);
		if (setting->holds)
			*ARRAY_ADD(loaded->arena, &sorted) = setting;
	}
	if (sorted.count)
		qsort(sorted.items, sorted.count, sizeof(*sorted.items),
		      compare_settings);
	for (size_t i = 0; i < sorted.count; i++) {
		const struct config_setting *setting = sorted.items[i];
		struct str value = setting->value;
		bool quoted = is_space(value.data[0]) ||
			      is_space(value.data[value.length - 1]);

		if (!i || !same_section(setting, sorted.items[i - 1])) {
			strbuf_printf(&out, "%s[%.*s", i ? "\n" : "",
				      STR_ARG(setting->section));
			if (setting->argument.data)
				strbuf_printf(&out, " \"%.*s\"",
					      STR_ARG(setting->argument));
			strbuf_add_text(&out, "]\n");
		}
		strbuf_printf(&out, " %.*s = %s%.*s%s\n", STR_ARG(setting->key),
			      quoted ? "\"" : "", STR_ARG(value),
			      quoted ? "\"" : "");
	}
	return out;
}

static struct strbuf run_nfsconf(void)
{
	char command[PATH_MAX], buffer[4096];
	struct strbuf out = { 0 };
	size_t count;
	FILE *pipe;

	snprintf(command, sizeof(command),
		 "nfsconf --file %s/etc/nfs.conf --dump 2>/dev/null", top);
	pipe = popen(command, "r");
	assert_non_null(pipe);
	while ((count = fread(buffer, 1, sizeof(buffer), pipe)) > 0)
		strbuf_add(&out, (struct str){ buffer, count });
	assert_int_equal(pclose(pipe), 0);
	return out;
}

/* Pieces that files are made of; what only one of many lines should be comes
 * once. */
static const char *const pieces[] = {
	"[nfsd]\n",
	"[NFSD]\n",
	"[ mountd ]\n",
	"[nfsd \"a\"]\n",
	"[nfsd \"b\" ]\n",
	"[x]]\n",
	"[open\n",
	"[q \"open]\n",
	"[]\n",
	"vers3=n\n",
	"VERS3 = y\n",
	"vers3=\n",
	"vers3\n",
	"=n\n",
	"  port = 1 2 \n",
	"\tttl\t=\t3#c\n",
	"k=\"a # b\" c\n",
	"k='x;y'\n",
	"k=\"open\n",
	"k=a\\\n b\n",
	"k=v;c\n",
	"k=;c\n",
	"k= \r\n",
	"k=\r\n",
	"k=v\r\n",
	"k\r=v\n",
	"\v\fk=v\f\n",
	"k=\" \"\n",
	"k=$HOMELESS\n",
	"# c\\\nk=w\n",
	"; c\n",
	"\n",
	" \t\n",
	"\r\n",
	"a=b=c\n",
	"=\n",
	"include=inc\n",
	"include=-no\n",
	"Include = \"inc\" #\n",
	"include=no\n",
	"k=1\\\\\n",
	"k=\\\n",
	"\\\n",
	"[\t\"a\"]\n",
	"[ x\v]\n",
	"k=\"\"\n",
	"k=''x\n",
};

static const char *const rare_pieces[] = { "k=cut", "[cut]",	   "# cut",
					   "\\",    "\001=\377\n", "[[y]\n",
					   "k" };

static void make_file(struct prng *prng, const char *name, bool may_include)
{
	struct strbuf text = { 0 };
	size_t count = prng_below(prng, 14);

	for (size_t i = 0; i < count; i++) {
		const char *piece = prng_chance(prng, 4)
					    ? PRNG_PICK(prng, rare_pieces)
					    : PRNG_PICK(prng, pieces);

		if (may_include || (piece[0] != 'i' && piece[0] != 'I'))
			strbuf_add_text(&text, piece);
	}
	if (prng_chance(prng, 2))
		strbuf_add(&text, STR("[nfsd]\nk=1\n\0k=2\n"));
	put(name, strbuf_str(&text));
	strbuf_free(&text);
}

static void what_holds_is_what_nfsconf_says(void **state)
{
	static const char *const names[] = { "9.conf",	"10.conf", "a.conf",
					     ".b.conf", "c",	   "d.CONF",
					     ".conf" };

	(void)state;
	if (system("command -v nfsconf >/dev/null") != 0) {
		print_message("nfsconf is not installed\n");
		skip();
	}
	for (uint64_t seed = 1; seed <= 200; seed++) {
		struct prng prng = { seed };
		struct strbuf ours, theirs;
		struct loaded loaded;

		empty_tree(NULL);
		make_file(&prng, "etc/nfs.conf", true);
		make_file(&prng, "etc/inc", false);
		for (size_t i = 0; i < COUNT(names); i++) {
			char path[64];

			snprintf(path, sizeof(path), "etc/nfs.conf.d/%s",
				 names[i]);
			if (prng_chance(&prng, 30))
				make_file(&prng, path, false);
		}
		loaded = load(VERSION_NUMBER(2, 6, 2));
		ours = dump(&loaded);
		theirs = run_nfsconf();
		if (!str_equal(strbuf_str(&ours), strbuf_str(&theirs)))
			fail_msg("seed %u in %s: ours\n%s\ntheirs\n%s",
				 (unsigned)seed, top, strbuf_str(&ours).data,
				 strbuf_str(&theirs).data);
		strbuf_free(&ours);
		strbuf_free(&theirs);
		arena_free(loaded.arena);
	}
}

static void check_value(const struct loaded *loaded, const char *section,
			const char *key, const char *value)
{
	const struct server_config *config = loaded->config;
	struct str found = server_config_value(
		config, server_config_find(config, section, key));

	if (!value)
		assert_null(found.data);
	else
		assert_true(str_is(found, value));
}

static void files_of_usr_come_first(void **state)
{
	struct loaded loaded;

	(void)state;
	put_text("usr/etc/nfs.conf", "[nfsd]\nthreads=1\nport=7\n");
	put_text("etc/nfs.conf", "[nfsd]\nthreads=2\n");
	loaded = load(VERSION_NUMBER(2, 6, 2));
	check_value(&loaded, "nfsd", "threads", "2");
	check_value(&loaded, "nfsd", "port", NULL);
	arena_free(loaded.arena);
	loaded = load(VERSION_NUMBER(2, 7, 1));
	check_value(&loaded, "nfsd", "threads", "2");
	check_value(&loaded, "nfsd", "port", "7");
	assert_int_equal(loaded.state.sources.count, 2);
	assert_string_equal(loaded.state.sources.items[0].name,
			    "/usr/etc/nfs.conf");
	arena_free(loaded.arena);
}

static void references_are_followed(void **state)
{
	struct loaded loaded;

	(void)state;
	put_text("etc/nfs.conf", "[environment]\nA=$B\nB=5\nC=$C\n[nfsd]\n"
				 "threads=$A\nport=$C\nhost=$D\n");
	loaded = load(0);
	check_value(&loaded, "nfsd", "threads", "5");
	check_value(&loaded, "nfsd", "port", NULL);
	check_value(&loaded, "nfsd", "host", NULL);
	assert_int_equal(
		server_config_number(loaded.config, "nfsd", "threads", 8), 5);
	assert_int_equal(server_config_number(loaded.config, "nfsd", "port", 8),
			 8);
	arena_free(loaded.arena);
}

static void booleans_are_words(void **state)
{
	static const struct {
		const char *value;
		bool otherwise, expected;
	} rows[] = {
		{ "y", false, true },	 { "ON", false, true },
		{ "1", false, true },	 { "no", true, false },
		{ "F", true, false },	 { "0", true, false },
		{ "2", true, true },	 { "maybe", false, false },
		{ "maybe", true, true }, { "", true, true },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct loaded loaded;
		char text[64];

		snprintf(text, sizeof(text), "[nfsd]\nvers3=%s\n",
			 rows[i].value);
		put_text("etc/nfs.conf", text);
		loaded = load(0);
		assert_int_equal(server_config_bool(loaded.config, "nfsd",
						    "vers3", rows[i].otherwise),
				 rows[i].expected);
		arena_free(loaded.arena);
	}
}

static void what_is_ignored_is_told(void **state)
{
	struct loaded loaded;

	(void)state;
	put_text("etc/nfs.conf", "[nfsd]\nword\ninclude=no\ninclude=-no\n"
				 "include=me\n");
	put_text("etc/me", "threads=3\ninclude=me\n");
	loaded = load(0);
	assert_int_equal(loaded.config->diags.list.count, 3);
	check_value(&loaded, "nfsd", "threads", "3");
	arena_free(loaded.arena);
}

static void nothing_is_said_of_what_is_not_there(void **state)
{
	struct loaded loaded;

	(void)state;
	loaded = load(0);
	assert_null(loaded.config);
	arena_free(loaded.arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(what_holds_is_what_nfsconf_says,
				       empty_tree),
		cmocka_unit_test_setup(files_of_usr_come_first, empty_tree),
		cmocka_unit_test_setup(references_are_followed, empty_tree),
		cmocka_unit_test_setup(booleans_are_words, empty_tree),
		cmocka_unit_test_setup(what_is_ignored_is_told, empty_tree),
		cmocka_unit_test_setup(nothing_is_said_of_what_is_not_there,
				       empty_tree),
	};

	return cmocka_run_group_tests(tests, make_tree, remove_tree);
}
