#include "compliance.h"

#include <stdlib.h>

#include "etab_writer.h"
#include "rule_catalog.h"

/* What references begin with, in the order of compliance_names. */
static const char *const prefixes[] = { "STIG ", "CIS ", "SSG ", "KISA " };

const char *const compliance_names[] = { "stig", "cis", "ssg", "kisa", NULL };

static const char *const result_names[COMPLIANCE_RESULTS] = {
	[COMPLIANCE_PASS] = "pass",
	[COMPLIANCE_WAIVED] = "waived",
	[COMPLIANCE_UNCHECKED] = "not-checked",
	[COMPLIANCE_FAIL] = "fail",
};

const char *compliance_result_name(enum compliance_result result)
{
	return result_names[result];
}

static struct compliance_id *find_id(struct compliance *compliance,
				     struct str name)
{
	struct compliance_id *id;

	for (size_t i = 0; i < compliance->ids.count; i++)
		if (str_equal(compliance->ids.items[i].name, name))
			return &compliance->ids.items[i];
	id = ARRAY_ADD(compliance->arena, &compliance->ids);
	id->name = name;
	return id;
}

/* A rule that needs nothing but the text is about exports. */
static void add_rule(struct compliance *compliance, const struct rule *rule,
		     struct str prefix)
{
	for (const char *const *reference = rule->references;
	     reference && *reference; reference++) {
		struct str text = str_of(*reference);
		struct compliance_id *id;
		struct str name;

		if (!str_starts(text, prefix))
			continue;
		text = str_skip(text, prefix.length);
		str_take(&text, ' ', &name);
		id = find_id(compliance, name);
		*ARRAY_ADD(compliance->arena, &id->rules) = rule;
		id->of_exports |= rule->needs == NEEDS_TEXT;
	}
}

static int compare_ids(const void *left, const void *right)
{
	const struct compliance_id *a = left, *b = right;

	return str_compare(a->name, b->name);
}

static bool has_rule(const struct compliance_id *id, const struct rule *rule)
{
	for (size_t i = 0; i < id->rules.count; i++)
		if (id->rules.items[i] == rule)
			return true;
	return false;
}

static enum compliance_result result_of(const struct finding *finding)
{
	return finding->suppressed ? COMPLIANCE_WAIVED : COMPLIANCE_FAIL;
}

static uint32_t hash_subject(struct str path, struct str client)
{
	return hash_bytes(hash_bytes(0, path), client);
}

static void add_finding(struct compliance *compliance, struct compliance_id *id,
			uint32_t index)
{
	const struct finding *finding = &compliance->findings.list.items[index];

	*ARRAY_ADD(compliance->arena, &id->findings) = index;
	id_table_add(compliance->arena, &id->by_subject,
		     hash_subject(finding->path, finding->client), index);
	if (result_of(finding) > id->result)
		id->result = result_of(finding);
}

/* Those of a rule mostly follow each other. */
static void add_findings(struct compliance *compliance,
			 struct compliance_id *id)
{
	const struct rule *rule = NULL;
	bool covered = false;

	for (size_t i = 0; i < compliance->findings.list.count; i++) {
		const struct finding *finding =
			&compliance->findings.list.items[i];

		if (finding->rule != rule)
			covered = has_rule(id, finding->rule);
		rule = finding->rule;
		if (covered)
			add_finding(compliance, id, (uint32_t)i);
	}
}

static void judge_id(struct compliance *compliance, struct compliance_id *id,
		     const bool *ran)
{
	id->result = COMPLIANCE_PASS;
	for (size_t i = 0; i < id->rules.count; i++)
		if (!ran[rule_index(id->rules.items[i])])
			id->result = COMPLIANCE_UNCHECKED;
	add_findings(compliance, id);
	compliance->failing |= id->result == COMPLIANCE_FAIL;
}

void compliance_judge(struct compliance *compliance, int name, const bool *ran)
{
	compliance->name = compliance_names[name];
	for (size_t i = 0; i < rule_count; i++)
		add_rule(compliance, rule_catalog[i], str_of(prefixes[name]));
	if (compliance->ids.count)
		qsort(compliance->ids.items, compliance->ids.count,
		      sizeof(*compliance->ids.items), compare_ids);
	for (size_t i = 0; i < compliance->ids.count; i++)
		judge_id(compliance, &compliance->ids.items[i], ran);
}

/* One pass over what is known about a requirement. */
struct pass {
	const struct compliance *compliance;
	const struct compliance_id *id;
	bool *told; /* for each finding */
	void *context;
	void (*write)(void *context, const struct compliance_row *row);
};

static void set_place(const struct pass *pass, uint32_t document,
		      struct span span, struct compliance_row *row)
{
	struct source *source =
		lint_unit_source(pass->compliance->unit, document);

	row->file = source->name;
	if (span.end)
		row->line = source_position(pass->compliance->arena, source,
					    span.begin)
				    .line;
}

static void write_finding(const struct pass *pass,
			  const struct finding *finding, struct str path,
			  struct str client)
{
	struct compliance_row row = {
		.result = result_of(finding),
		.rule = finding->rule,
		.path = path,
		.client = client,
		.evidence = str_of(finding->message),
	};

	set_place(pass, finding->document, finding->span, &row);
	pass->write(pass->context, &row);
}

/* Findings about a subject; they are told as about the client. */
static bool write_about(const struct pass *pass, struct str path,
			struct str subject, struct str client)
{
	const struct compliance *compliance = pass->compliance;
	bool found = false;

	ID_TABLE_EACH (&pass->id->by_subject, hash_subject(path, subject), i) {
		const struct finding *finding =
			&compliance->findings.list.items[i];

		if (!str_equal(finding->path, path) ||
		    !str_equal(finding->client, subject))
			continue;
		write_finding(pass, finding, path, client);
		pass->told[i] = true;
		found = true;
	}
	return found;
}

/* Findings about an export, or about all clients of its path. */
static bool write_found(const struct pass *pass, struct str path,
			struct str client)
{
	bool found = write_about(pass, path, STR(""), client);

	if (client.length)
		found |= write_about(pass, path, client, client);
	return found;
}

/* Nothing was found: then it passes if all rules could have. */
static enum compliance_result without_finding(const struct compliance_id *id)
{
	return id->result == COMPLIANCE_UNCHECKED ? COMPLIANCE_UNCHECKED
						  : COMPLIANCE_PASS;
}

static void write_exports(const struct pass *pass)
{
	const struct export_table *table = &pass->compliance->unit->table;
	struct etab_writer writer = { .table = table };

	for (size_t i = 0; i < table->order.count; i++) {
		const struct export_entry *entry =
			export_table_ordered(table, i);
		struct compliance_row row = {
			.result = without_finding(pass->id),
			.path = export_table_path(table, entry->path),
			.client = table->clients.list.items[entry->client].name,
		};

		if (write_found(pass, row.path, row.client))
			continue;
		row.evidence = etab_writer_options(&writer, entry);
		set_place(pass, entry->document,
			  export_entry_span(table, entry), &row);
		pass->write(pass->context, &row);
	}
	etab_writer_free(&writer);
}

/* What is about no export that is loaded. */
static bool write_others(const struct pass *pass)
{
	bool found = false;

	for (size_t i = 0; i < pass->id->findings.count; i++) {
		uint32_t index = pass->id->findings.items[i];
		const struct finding *finding =
			&pass->compliance->findings.list.items[index];

		if (pass->told[index])
			continue;
		write_finding(pass, finding, finding->path, finding->client);
		found = true;
	}
	return found;
}

static void write_server(const struct pass *pass)
{
	const struct compliance_id *id = pass->id;
	struct compliance_row row = { .result = id->result,
				      .path = STR(""),
				      .client = STR("") };
	struct strbuf evidence = { 0 };

	strbuf_add_text(&evidence, id->result == COMPLIANCE_PASS
					   ? "nothing was found by"
					   : "not all could be looked at by");
	for (size_t i = 0; i < id->rules.count; i++)
		strbuf_printf(&evidence, "%s %s", i ? "," : "",
			      id->rules.items[i]->slug);
	row.evidence = strbuf_str(&evidence);
	pass->write(pass->context, &row);
	strbuf_free(&evidence);
}

void compliance_each(const struct compliance *compliance,
		     const struct compliance_id *id, void *context,
		     void (*write)(void *context,
				   const struct compliance_row *row))
{
	struct pass pass = {
		.compliance = compliance,
		.id = id,
		.told = arena_alloc_array(compliance->arena,
					  compliance->findings.list.count,
					  sizeof(bool)),
		.context = context,
		.write = write,
	};

	if (id->of_exports)
		write_exports(&pass);
	if (!write_others(&pass) &&
	    (!id->of_exports || !compliance->unit->table.order.count))
		write_server(&pass);
}
