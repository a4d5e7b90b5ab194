#include "table_fixture.h"

#include "etab_reread.h"
#include "etab_writer.h"
#include "export_table_builder.h"
#include "exports_parser.h"

void table_fixture_init(struct table_fixture *fixture)
{
	*fixture = (struct table_fixture){
		.arena = arena_new(),
		.rules = { .target = { VERSION_NUMBER(2, 6, 2),
				       VERSION_NUMBER(6, 1, 0) },
			   .flavor_mask = EXPORT_FLAVOR_MASK_DEFAULT },
	};
}

void table_fixture_free(struct table_fixture *fixture)
{
	arena_free(fixture->arena);
}

void table_fixture_add(struct table_fixture *fixture, struct str text)
{
	struct export_document *document =
		ARRAY_ADD(fixture->arena, &fixture->documents.list);
	struct failure failure;

	document->source.name = arena_printf(fixture->arena, "%zu",
					     fixture->documents.list.count);
	document->source.text = text;
	if (!exports_parse(fixture->arena, text, &document->syntax, &failure))
		abort();
}

static struct resolved_path resolve_path(const struct table_fixture *fixture,
					 struct str path)
{
	for (const struct fixture_path *row = fixture->paths; row && row->path;
	     row++)
		if (str_is(path, row->path))
			return (struct resolved_path){ str_of(row->real),
						       PATH_DIRECTORY };
	if (fixture->all_exist)
		return (struct resolved_path){ path, PATH_DIRECTORY };
	return (struct resolved_path){ .kind = PATH_MISSING };
}

static void add_addresses(struct arena *arena, const char *text,
			  struct resolved_name *name)
{
	ARRAY(struct ip_address) addresses = { 0 };
	struct str rest = str_of(text);

	while (rest.length) {
		struct str word = { rest.data, str_find(rest, ' ') };

		if (!ip_address_parse(word, ARRAY_ADD(arena, &addresses)))
			abort();
		rest = str_skip(rest, word.length);
		if (rest.length)
			rest = str_skip(rest, 1);
	}
	name->addresses = addresses.items;
	name->address_count = addresses.count;
}

static struct resolved_name resolve_name(const struct table_fixture *fixture,
					 struct str text)
{
	struct resolved_name name = { .status = NAME_NOT_FOUND };

	for (const struct fixture_name *row = fixture->names; row->name; row++)
		if (str_is(text, row->name)) {
			name.status = NAME_FOUND;
			name.canonical = str_of(row->canonical);
			add_addresses(fixture->arena, row->addresses, &name);
		}
	return name;
}

void table_fixture_build(struct table_fixture *fixture)
{
	struct arena *arena = fixture->arena;
	struct export_lookups *lookups = &fixture->lookups;
	struct resolved_path *paths;
	struct resolved_name *names;

	export_lookups_collect(arena, &fixture->documents, fixture->names,
			       lookups);
	paths = arena_alloc_array(arena, lookups->paths.list.count,
				  sizeof(*paths));
	for (size_t i = 0; i < lookups->paths.list.count; i++)
		paths[i] = resolve_path(fixture, lookups->paths.list.items[i]);
	names = arena_alloc_array(arena, lookups->names.list.count,
				  sizeof(*names));
	for (size_t i = 0; i < lookups->names.list.count; i++)
		names[i] = resolve_name(fixture, lookups->names.list.items[i]);
	export_table_build(arena,
			   &(struct export_table_input){
				   .documents = &fixture->documents,
				   .lookups = lookups,
				   .paths = paths,
				   .names = fixture->names ? names : NULL,
				   .rules = fixture->rules,
			   },
			   &fixture->table);
}

void table_fixture_of(struct table_fixture *fixture, const char *text)
{
	table_fixture_init(fixture);
	table_fixture_add(fixture, str_of(text));
	table_fixture_build(fixture);
}

const char *table_fixture_etab(struct table_fixture *fixture)
{
	struct etab_writer writer = { .table = &fixture->table };
	struct strbuf lines = { 0 };
	const char *text;

	for (size_t i = 0; i < fixture->table.order.count; i++)
		etab_writer_line(&writer,
				 &fixture->table.entries
					  .items[fixture->table.order.items[i]],
				 &lines);
	text = arena_copy(fixture->arena, strbuf_str(&lines).data,
			  lines.length);
	strbuf_free(&lines);
	etab_writer_free(&writer);
	return text;
}

void table_fixture_reread(struct table_fixture *fixture)
{
	struct table_fixture back;
	struct etab_text etab;
	struct failure failure;

	table_fixture_init(&back);
	back.names = fixture->names;
	back.rules = fixture->rules;
	if (!etab_reread_text(fixture->arena, &fixture->table, &etab, &failure))
		abort();
	table_fixture_add(&back, strbuf_str(&etab.text));
	table_fixture_build(&back);
	etab_reread_compare(fixture->arena, &etab, &fixture->table,
			    &back.table);
	strbuf_free(&etab.text);
	table_fixture_free(&back);
}
