#include "table_gather.h"

#include "export_table_builder.h"
#include "exports_parser.h"
#include "hosts_parser.h"
#include "name_lookup.h"
#include "owner_names.h"
#include "path_facts.h"

void table_gather_parse(struct arena *arena, struct exports_files *files,
			struct export_documents *documents)
{
	for (size_t i = 0; i < files->sources.count; i++) {
		struct export_document document = {
			.source = files->sources.items[i],
		};
		struct failure failure;

		if (exports_parse(arena, document.source.text, &document.syntax,
				  &failure))
			*ARRAY_ADD(arena, &documents->list) = document;
		else
			*ARRAY_ADD(arena, &files->failures) = arena_printf(
				arena, "%s: %s", document.source.name,
				failure.text);
	}
}

static const struct resolved_path *
look_up_paths(const struct table_gather *gather, const struct text_set *paths)
{
	struct resolved_path *resolved = arena_alloc_array(
		gather->arena, paths->list.count, sizeof(*resolved));

	path_facts_gather(gather->arena, gather->root, paths->list.items,
			  paths->list.count, resolved);
	return resolved;
}

static void find_in_hosts(const struct table_gather *gather, struct str name,
			  struct resolved_name *resolved)
{
	struct hosts_answer answer;

	*resolved = (struct resolved_name){ .status = NAME_NOT_FOUND };
	if (hosts_find(gather->arena, gather->hosts, name, &answer))
		*resolved = (struct resolved_name){
			.status = NAME_FOUND,
			.canonical = answer.canonical,
			.addresses = answer.addresses,
			.address_count = answer.count,
		};
}

static const struct resolved_name *look_up_names(struct table_gather *gather,
						 const struct text_set *names)
{
	struct resolved_name *resolved;
	bool interrupted;

	if (!gather->resolve && !gather->hosts)
		return NULL;
	resolved = arena_alloc_array(gather->arena, names->list.count,
				     sizeof(*resolved));
	if (gather->hosts) {
		for (size_t i = 0; i < names->list.count; i++)
			find_in_hosts(gather, names->list.items[i],
				      &resolved[i]);
		return resolved;
	}
	name_lookup(gather->arena, gather->root, names->list.items,
		    names->list.count, gather->deadline_ms, resolved,
		    &interrupted);
	gather->interrupted |= interrupted;
	return resolved;
}

void table_gather_build(struct table_gather *gather,
			const struct export_documents *documents,
			struct export_table *table)
{
	struct export_lookups *lookups =
		arena_alloc(gather->arena, sizeof(*lookups));
	struct export_table_input input = {
		.documents = documents,
		.lookups = lookups,
		.rules = gather->rules,
	};

	export_lookups_collect(gather->arena, documents,
			       gather->resolve || gather->hosts, lookups);
	input.paths = look_up_paths(gather, &lookups->paths);
	input.names = look_up_names(gather, &lookups->names);
	export_table_build(gather->arena, &input, table);
}

bool table_gather_reread(struct table_gather *gather,
			 struct export_table *table,
			 struct export_table *reread, struct failure *failure)
{
	struct arena *arena = gather->arena;
	struct export_documents *documents =
		arena_alloc(arena, sizeof(*documents));
	struct export_document *document = ARRAY_ADD(arena, &documents->list);
	struct etab_text etab;
	struct str text;

	if (!etab_reread_text(arena, table, &etab, failure))
		return false;
	text = strbuf_str(&etab.text);
	text.data = arena_copy(arena, text.data, text.length);
	strbuf_free(&etab.text);
	document->source = (struct source){ .name = "etab", .text = text };
	if (!exports_parse(arena, text, &document->syntax, failure))
		return false;
	table_gather_build(gather, documents, reread);
	etab_reread_compare(arena, &etab, table, reread);
	return true;
}

void table_gather_owners(const struct table_gather *gather,
			 const struct export_table *table,
			 struct resolved_owners *owners)
{
	size_t count = table->policies.list.count;
	struct owner_names *names =
		owner_names_new(gather->arena, gather->root,
				gather->resolve && gather->root->is_host);

	owners->users =
		arena_alloc_array(gather->arena, count, sizeof(*owners->users));
	owners->groups = arena_alloc_array(gather->arena, count,
					   sizeof(*owners->groups));
	for (size_t i = 0; i < count; i++) {
		const struct export_policy *policy =
			&table->policies.list.items[i];

		owners->users[i] =
			owner_names_user(names, (uint32_t)policy->anonuid);
		owners->groups[i] =
			owner_names_group(names, (uint32_t)policy->anongid);
	}
}

const char *table_gather_hidden(struct arena *arena,
				const struct export_table *table)
{
	size_t paths = table->input.lookups->paths.list.count, count = 0;
	bool *seen = arena_alloc_array(arena, paths, sizeof(*seen));
	struct str first = { 0 };

	for (size_t i = 0; i < table->entries.count; i++) {
		uint32_t path = table->entries.items[i].written_path;

		if (path == UINT32_MAX || seen[path] ||
		    table->input.paths[path].kind != PATH_HIDDEN)
			continue;
		seen[path] = true;
		if (!count++)
			first = export_table_path(table, path);
	}
	if (!count)
		return NULL;
	if (count == 1)
		return arena_printf(arena, "%.*s", STR_ARG(first));
	return arena_printf(arena, "%.*s and %zu more exported path%s",
			    STR_ARG(first), count - 1, count == 2 ? "" : "s");
}
