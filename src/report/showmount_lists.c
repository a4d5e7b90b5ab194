#include "showmount_lists.h"

#include "text_escape.h"

static struct str name_of(const struct server_answer *answer,
			  struct answer_text text)
{
	struct str name = answer_text(answer, text);

	name.length = str_find(name, '\0');
	return name;
}

static void print_name(FILE *out, bool escape, struct str name)
{
	if (escape)
		text_escape_write(out, name);
	else
		fwrite(name.data, 1, name.length, out);
}

/* Bytes that a name takes when it is printed. */
static size_t printed_length(bool escape, struct str name)
{
	struct strbuf text = { 0 };
	size_t length;

	if (!escape || text_is_plain(name))
		return name.length;
	text_escape(&text, name);
	length = text.length;
	strbuf_free(&text);
	return length;
}

static void print_groups(FILE *out, bool escape,
			 const struct server_answer *answer,
			 const struct listed_export *export)
{
	const struct answer_text *groups =
		answer->groups.items + export->first_group;

	if (!export->group_count)
		fputs("(everyone)", out);
	for (uint32_t i = 0; i < export->group_count; i++) {
		if (i)
			putc(',', out);
		print_name(out, escape, name_of(answer, groups[i]));
	}
}

void showmount_print_exports(FILE *out, bool escape,
			     const struct server_answer *answer)
{
	size_t longest = 0;

	for (size_t i = 0; i < answer->exports.count; i++) {
		size_t length = printed_length(
			escape, name_of(answer, answer->exports.items[i].path));

		if (length > longest)
			longest = length;
	}
	for (size_t i = 0; i < answer->exports.count; i++) {
		const struct listed_export *export = &answer->exports.items[i];
		struct str path = name_of(answer, export->path);
		size_t rest = longest - printed_length(escape, path);

		print_name(out, escape, path);
		fprintf(out, "%*s ", (int)rest, "");
		print_groups(out, escape, answer, export);
		putc('\n', out);
	}
}

static struct str joined(struct arena *arena, struct str client,
			 struct str path)
{
	size_t length = client.length + 1 + path.length;
	char *text = arena_alloc(arena, length);

	memcpy(text, client.data, client.length);
	text[client.length] = ':';
	memcpy(text + client.length + 1, path.data, path.length);
	return (struct str){ text, length };
}

static struct str line_of(struct arena *arena,
			  const struct server_answer *answer,
			  const struct listed_mount *mount,
			  enum showmount_column column)
{
	struct str client = name_of(answer, mount->client);
	struct str path = name_of(answer, mount->path);

	if (column == SHOWMOUNT_MOUNT_POINTS)
		return joined(arena, client, path);
	return column == SHOWMOUNT_HOSTS ? client : path;
}

static int compare_lines(const void *left, const void *right)
{
	const struct str *a = left, *b = right;

	return str_compare(*a, *b);
}

void showmount_print_mounts(FILE *out, bool escape, struct arena *arena,
			    const struct server_answer *answer,
			    enum showmount_column column)
{
	size_t count = answer->mounts.count;
	struct str *lines = arena_alloc_array(arena, count, sizeof(*lines));

	for (size_t i = 0; i < count; i++)
		lines[i] = line_of(arena, answer, &answer->mounts.items[i],
				   column);
	qsort(lines, count, sizeof(*lines), compare_lines);
	for (size_t i = 0; i < count; i++) {
		if (i && str_equal(lines[i], lines[i - 1]))
			continue;
		print_name(out, escape, lines[i]);
		putc('\n', out);
	}
}
