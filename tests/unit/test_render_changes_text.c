#include "audit_changes_report.h"
#include "finding.h"
#include "prng.h"
#include "strbuf.h"
#include "text_width_check.h"
#include "unit_test.h"

enum { ROUNDS = 300, SERVERS = 3, CHANGES_MAX = 6, WORDS_MAX = 40 };

enum { LIST_LENGTH = 150000 };

static struct arena *arena;

/* Words of all lengths, with that between them. */
static struct str some_text(struct prng *prng, size_t words_max,
			    const char *separator)
{
	static const char letters[] = { 'a', 'b', 'c', '/', '.', '-', '9' };
	size_t words = 1 + prng_below(prng, words_max);
	struct strbuf text = { 0 };
	struct str kept;

	for (size_t i = 0; i < words; i++) {
		size_t length =
			1 + prng_below(prng, prng_chance(prng, 5) ? 250 : 12);

		strbuf_add_text(&text, i ? separator : "");
		while (length--)
			strbuf_add_char(&text, PRNG_PICK(prng, letters));
	}
	kept = (struct str){ arena_copy(arena, text.data, text.length),
			     text.length };
	strbuf_free(&text);
	return kept;
}

static const struct audit_fact *some_fact(struct prng *prng,
					  enum audit_kind kind)
{
	struct audit_fact *fact = arena_alloc(arena, sizeof(*fact));
	int severity = (int)prng_below(prng, SEVERITIES);

	*fact = (struct audit_fact){ 0 };
	for (unsigned i = 0; i < audit_kinds[kind].columns; i++)
		fact->text[i] = some_text(prng, 1, "");
	if (kind == AUDIT_FINDING) {
		fact->text[FINDING_SEVERITY] = str_of(severity_names[severity]);
		fact->text[FINDING_MESSAGE] = some_text(prng, WORDS_MAX, " ");
	} else if (kind == AUDIT_EXPORT) {
		fact->text[EXPORT_OPTIONS_TEXT] =
			some_text(prng, WORDS_MAX, ",");
	} else if (kind == AUDIT_LISTED) {
		fact->text[LISTED_CLIENTS] = some_text(prng, WORDS_MAX, ",");
	} else if (kind == AUDIT_UNCHECKED) {
		fact->text[UNCHECKED_WHY] = some_text(prng, WORDS_MAX, " ");
	}
	return fact;
}

static void add_change(struct prng *prng, struct audit_changes *changes)
{
	enum audit_kind kind = (enum audit_kind)prng_below(prng, AUDIT_KINDS);
	enum audit_change_kind how =
		(enum audit_change_kind)prng_below(prng, CHANGE_NOTED);

	changes->counts[kind][how]++;
	*ARRAY_ADD(arena, &changes->list[kind]) = (struct audit_change){
		how,
		how == CHANGE_APPEARED ? NULL : some_fact(prng, kind),
		how == CHANGE_VANISHED ? NULL : some_fact(prng, kind),
	};
}

static void make_server(struct prng *prng, struct audit_server_changes *server)
{
	struct audit_changes *changes = arena_alloc(arena, sizeof(*changes));
	struct str host = some_text(prng, 1, "");

	*changes = (struct audit_changes){ 0 };
	for (size_t i = prng_below(prng, CHANGES_MAX + 1); i; i--)
		add_change(prng, changes);
	*server =
		(struct audit_server_changes){ arena_printf(arena, "%.*s",
							    STR_ARG(host)),
					       changes, prng_chance(prng, 50) };
}

static char *render(const struct audit_changes_report *report)
{
	char *text = NULL;
	size_t length;
	FILE *out = open_memstream(&text, &length);

	assert_non_null(out);
	render_changes_text(out, report);
	fclose(out);
	return text;
}

static void check(struct prng *prng)
{
	struct audit_server_changes servers[SERVERS];
	struct audit_changes_report report = {
		.fleet = prng_chance(prng, 50),
		.servers = servers,
		.asked = SERVERS,
	};
	const char *wide;
	char *text;

	report.count = report.fleet ? SERVERS : 1;
	for (size_t i = 0; i < report.count; i++)
		make_server(prng, &servers[i]);
	text = render(&report);
	wide = text_width_check(text);
	if (wide)
		fail_msg("too wide: %s", wide);
	free(text);
}

static void test_fits_a_mail(void **state)
{
	struct prng prng = { 1 };

	(void)state;
	for (int i = 0; i < ROUNDS; i++) {
		arena = arena_new();
		check(&prng);
		arena_free(arena);
	}
}

static struct str make_list(char first, int count)
{
	struct strbuf text = { 0 };
	struct str list;

	for (int i = 0; i < count; i++)
		strbuf_printf(&text, "%s%c%d", i ? "," : "", first, i);
	list = (struct str){ arena_copy(arena, text.data, text.length),
			     text.length };
	strbuf_free(&text);
	return list;
}

/* As long as the lists that are kept; none is compared with all others. */
static void test_long_lists(void **state)
{
	struct audit_fact before = { .text = { STR("/srv") } };
	struct audit_fact after = before;
	struct audit_change change = { CHANGE_OTHER, &before, &after };
	struct audit_changes changes = {
		.list[AUDIT_LISTED] = { &change, 1, 1 },
		.counts[AUDIT_LISTED][CHANGE_OTHER] = 1,
	};
	const struct audit_server_changes server = { "nas1", &changes, false };
	char *text;

	(void)state;
	arena = arena_new();
	before.text[LISTED_CLIENTS] = make_list('a', LIST_LENGTH);
	after.text[LISTED_CLIENTS] = make_list('b', LIST_LENGTH);
	text = render(&(struct audit_changes_report){
		.fleet = true, .servers = &server, .count = 1, .asked = 1 });
	assert_non_null(strstr(text, "\n    no longer a0, a1, a2, "));
	assert_non_null(strstr(text, "a149999\n    now b0, b1, b2, "));
	free(text);
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_fits_a_mail),
		cmocka_unit_test(test_long_lists),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
