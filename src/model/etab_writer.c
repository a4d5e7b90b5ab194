#include "etab_writer.h"

#include "etab_format.h"

void etab_writer_free(struct etab_writer *writer)
{
	strbuf_free(&writer->options);
}

struct str etab_writer_options(struct etab_writer *writer,
			       const struct export_entry *entry)
{
	const struct export_table *table = writer->table;
	const struct export_policy *policy =
		&table->policies.list.items[entry->policy];
	const struct export_rules *rules =
		writer->rules ? writer->rules : &table->input.rules;

	if (policy != writer->policy) {
		strbuf_clear(&writer->options);
		if (writer->listing)
			etab_format_listing(&writer->options, policy, rules);
		else
			etab_format_options(&writer->options, policy, rules);
		writer->policy = policy;
	}
	return strbuf_str(&writer->options);
}

void etab_writer_line(struct etab_writer *writer,
		      const struct export_entry *entry, struct strbuf *out)
{
	const struct export_table *table = writer->table;

	etab_format_path(out, export_table_path(table, entry->path));
	strbuf_add_char(out, '\t');
	strbuf_add(out, table->clients.list.items[entry->client].name);
	strbuf_add_char(out, '(');
	strbuf_add(out, etab_writer_options(writer, entry));
	strbuf_add_text(out, ")\n");
}
