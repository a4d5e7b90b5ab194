/* Properties that hold for any file of sections and assignments. */
#include "fuzz_target.h"
#include "ini_parser.h"

static bool is_inside(struct span span, size_t begin, size_t end)
{
	return span.begin >= begin && span.begin < end;
}

/* Was something made of the line, or said about it? */
static bool is_told(const struct ini_file *file, size_t begin, size_t end)
{
	for (size_t i = 0; i < file->sections.count; i++)
		if (is_inside(file->sections.items[i].span, begin, end))
			return true;
	for (size_t i = 0; i < file->settings.count; i++)
		if (is_inside(file->settings.items[i].key_span, begin, end))
			return true;
	for (size_t i = 0; i < file->diags.list.count; i++)
		if (is_inside(file->diags.list.items[i].span, begin, end))
			return true;
	return false;
}

static bool is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/* The first byte of a line that counts; its end if none does. */
static size_t skip_spaces(struct str text, size_t at, size_t end)
{
	while (at < end && (is_space(text.data[at]) ||
			    (text.data[at] == '\\' && at + 1 < text.length &&
			     text.data[at + 1] == '\n')))
		at++;
	return at;
}

/* The end of the line that begins at `at`, with those that continue it. */
static size_t line_end(struct str text, size_t at)
{
	while (at < text.length &&
	       (text.data[at] != '\n' || (at && text.data[at - 1] == '\\')))
		at++;
	return at;
}

static void check_lines(const struct ini_file *file, struct str text)
{
	for (size_t at = 0, end; at < text.length; at = end + 1) {
		size_t first;

		end = line_end(text, at);
		first = skip_spaces(text, at, end);
		if (first < end && text.data[first] != '#' &&
		    text.data[first] != ';')
			REQUIRE(is_told(file, first, end));
	}
}

/* The value is what stands at its place; joined lines have blanks there. */
static void check_value(const struct ini_setting *setting, struct str text)
{
	struct span span = setting->value_span;

	REQUIRE(setting->value.length == span.end - span.begin);
	for (size_t i = 0; i < setting->value.length; i++) {
		char c = text.data[span.begin + i];

		REQUIRE(setting->value.data[i] == c ||
			(setting->value.data[i] == ' ' &&
			 (c == '\\' || c == '\n')));
	}
}

static void check_settings(const struct ini_file *file, struct str text,
			   size_t outer)
{
	uint32_t section = 0;

	for (size_t i = 0; i < file->settings.count; i++) {
		const struct ini_setting *setting = &file->settings.items[i];

		REQUIRE(setting->section >= section);
		section = setting->section;
		REQUIRE(section < file->sections.count);
		REQUIRE(setting->key.length > 0);
		REQUIRE(setting->key_span.end <= setting->value_span.begin);
		REQUIRE(setting->value_span.end <= text.length);
		check_value(setting, text);
	}
	for (size_t i = outer; i < file->sections.count; i++)
		REQUIRE(file->sections.items[i].span.end <= text.length);
}

static void check(struct arena *arena, struct str text,
		  const struct ini_section *outer)
{
	struct str used = { text.data, str_find(text, '\0') };
	struct ini_file file;

	ini_parse_inside(arena, text, outer, &file);
	check_settings(&file, used, outer != NULL);
	check_lines(&file, used);
	for (size_t i = 0; i < file.diags.list.count; i++) {
		REQUIRE(file.diags.list.items[i].message);
		REQUIRE(file.diags.list.items[i].span.end <= text.length);
	}
	(void)ini_find(&file, "nfsd", "vers3");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str text = { (const char *)data, size };
	/* behind the text, where no line is */
	const struct ini_section outer = {
		.name = STR("outer"),
		.span = { UINT32_MAX, UINT32_MAX },
	};
	struct arena *arena = arena_new();

	check(arena, text, NULL);
	check(arena, text, &outer);
	arena_free(arena);
	return 0;
}
