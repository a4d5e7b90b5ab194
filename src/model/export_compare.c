#include "export_compare.h"

#include "etab_writer.h"

struct state_counts {
	size_t of[EXPORT_STATES];
};

static struct state_counts count_states(const struct export_table *table)
{
	struct state_counts counts = { 0 };

	for (size_t i = 0; i < table->entries.count; i++)
		counts.of[table->entries.items[i].state]++;
	return counts;
}

static bool same_line(struct etab_writer *a, struct etab_writer *b, size_t i,
		      struct strbuf *a_line, struct strbuf *b_line)
{
	strbuf_clear(a_line);
	strbuf_clear(b_line);
	etab_writer_line(a, export_table_ordered(a->table, i), a_line);
	etab_writer_line(b, export_table_ordered(b->table, i), b_line);
	return str_equal(strbuf_str(a_line), strbuf_str(b_line));
}

bool export_tables_same_etab(const struct export_table *a,
			     const struct export_table *b)
{
	struct etab_writer a_writer = { .table = a }, b_writer = { .table = b };
	struct strbuf a_line = { 0 }, b_line = { 0 };
	bool same = a->order.count == b->order.count;

	for (size_t i = 0; same && i < a->order.count; i++)
		same = same_line(&a_writer, &b_writer, i, &a_line, &b_line);
	strbuf_free(&a_line);
	strbuf_free(&b_line);
	etab_writer_free(&a_writer);
	etab_writer_free(&b_writer);
	return same;
}

bool export_tables_agree(const struct export_table *a,
			 const struct export_table *b)
{
	struct state_counts a_counts = count_states(a);
	struct state_counts b_counts = count_states(b);

	for (int i = 0; i < EXPORT_STATES; i++)
		if (i != EXPORT_DUPLICATE && a_counts.of[i] != b_counts.of[i])
			return false;
	return export_tables_same_etab(a, b);
}

size_t export_table_lost(const struct export_table *table)
{
	struct state_counts counts = count_states(table);

	return table->entries.count - counts.of[EXPORT_LOADED] -
	       counts.of[EXPORT_DUPLICATE];
}
