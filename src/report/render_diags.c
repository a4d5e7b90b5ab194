#include "render_diags.h"

#include "strbuf.h"
#include "text_escape.h"

static int compare(const void *a, const void *b)
{
	const struct diag *x = *(const struct diag *const *)a;
	const struct diag *y = *(const struct diag *const *)b;

	if (x->source != y->source)
		return x->source < y->source ? -1 : 1;
	if (x->span.begin != y->span.begin)
		return x->span.begin < y->span.begin ? -1 : 1;
	return x < y ? -1 : x > y;
}

static void render(FILE *err, struct arena *arena,
		   const struct export_documents *documents,
		   const struct diag *diag, struct strbuf *line)
{
	struct source *source = &documents->list.items[diag->source].source;
	struct source_position at =
		source_position(arena, source, diag->span.begin);

	strbuf_clear(line);
	strbuf_printf(line, "exportctl: %s:%u:%u: %s", source->name, at.line,
		      at.column_chars, diag->message);
	if (diag->consequence)
		strbuf_printf(line, "; %s", diag->consequence);
	text_escape_write(err, strbuf_str(line));
	putc('\n', err);
}

void render_diags(FILE *err, struct arena *arena,
		  const struct export_documents *documents,
		  const struct diag_list *diags)
{
	size_t count = diags->list.count;
	const struct diag **sorted =
		arena_alloc_array(arena, count, sizeof(*sorted));
	struct strbuf line = { 0 };

	for (size_t i = 0; i < count; i++)
		sorted[i] = &diags->list.items[i];
	qsort(sorted, count, sizeof(*sorted), compare);
	for (size_t i = 0; i < count; i++)
		render(err, arena, documents, sorted[i], &line);
	strbuf_free(&line);
}
