#include "rule_runner.h"

#include <stdarg.h>

#include "client_reach.h"
#include "exports_word.h"
#include "flavor_sets.h"

const char *const severity_names[] = { "info", "low",	   "medium",
				       "high", "critical", NULL };

static struct finding *add_finding(struct rule_run *run, uint32_t document,
				   struct span span, const char *message)
{
	struct finding *finding = ARRAY_ADD(run->arena, &run->findings->list);

	*finding = (struct finding){
		.rule = run->rule,
		.severity = run->rule->severity,
		.document = document,
		.span = span,
		.message = message,
		.path = STR(""),
		.client = STR(""),
	};
	return finding;
}

static const char *format_message(struct arena *arena, const char *format,
				  va_list arguments)
{
	struct strbuf text = { 0 };
	const char *copy;

	strbuf_vprintf(&text, format, arguments);
	copy = arena_copy(arena, text.data, text.length);
	strbuf_free(&text);
	return copy;
}

/* Does every flavor protect what is sent, or must the transport? */
static bool is_protected(const struct export_policy *policy)
{
	struct flavor_entry flavors[SECURITY_FLAVORS_MAX];
	unsigned count = export_policy_flavors(policy, flavors);

	if (needs_certificate(policy))
		return true;
	for (unsigned i = 0; i < count; i++)
		if (strcmp(flavors[i].flavor->name, "krb5i") != 0 &&
		    strcmp(flavors[i].flavor->name, "krb5p") != 0)
			return false;
	return true;
}

static bool is_read_only(const struct export_policy *policy)
{
	struct flavor_entry flavors[SECURITY_FLAVORS_MAX];
	unsigned count = export_policy_flavors(policy, flavors);

	for (unsigned i = 0; i < count; i++)
		if (!(flavors[i].flags & EXPORT_READ_ONLY))
			return false;
	return true;
}

/* The one place where the severity of an entry's finding is made. */
static enum severity compose(const struct rule_run *run,
			     const struct export_entry *entry)
{
	const struct export_policy *policy = rule_policy(run, entry);
	struct client_reach reach = client_reach_of(rule_client(run, entry));
	unsigned traits = run->rule->traits;
	int severity = (int)run->rule->severity;

	if (!(traits & TRAIT_CLIENTS))
		severity += reach.everybody || reach.broad || reach.is_public;
	if (!(traits & TRAIT_ACCESS))
		severity -= is_read_only(policy);
	if (!(traits & TRAIT_SECURITY))
		severity -= is_protected(policy);
	if (severity < SEVERITY_INFO)
		return SEVERITY_INFO;
	return severity > SEVERITY_CRITICAL ? SEVERITY_CRITICAL
					    : (enum severity)severity;
}

/* The host of a client word, without its options; nothing if none is
 * written. */
static struct span host_span(const struct rule_run *run,
			     const struct export_entry *entry)
{
	const struct exports_syntax *syntax =
		export_table_syntax(run->table, entry);
	const struct exports_item *item = &syntax->items.items[entry->item];
	struct str text;

	if (item->kind == EXPORTS_IMPLICIT)
		return (struct span){ 0 };
	text = exports_word_text(run->arena, syntax, item->token);
	return exports_word_span(syntax, item->token, 0, str_find(text, '('));
}

struct finding *rule_report(struct rule_run *run,
			    const struct export_entry *entry, struct span span,
			    const char *format, ...)
{
	struct finding *finding;
	va_list arguments;

	va_start(arguments, format);
	finding = add_finding(run, entry->document, span,
			      format_message(run->arena, format, arguments));
	va_end(arguments);
	finding->path = export_entry_path(run->arena, run->table, entry);
	finding->client_span = host_span(run, entry);
	if (entry->client != UINT32_MAX)
		finding->client = rule_client(run, entry)->name;
	if (entry->client != UINT32_MAX && entry->policy != UINT32_MAX)
		finding->severity = compose(run, entry);
	return finding;
}

struct finding *rule_report_local(struct rule_run *run, uint32_t source,
				  struct span span, const char *format, ...)
{
	uint32_t documents = (uint32_t)run->table->input.documents->list.count;
	struct finding *finding;
	va_list arguments;

	va_start(arguments, format);
	finding = add_finding(run, documents + source, span,
			      format_message(run->arena, format, arguments));
	va_end(arguments);
	return finding;
}

struct source *rule_source(const struct export_table *table,
			   const struct local_state *local, uint32_t document)
{
	const struct export_documents *documents = table->input.documents;

	if (document < documents->list.count)
		return &documents->list.items[document].source;
	return &local->sources.items[document - documents->list.count];
}

static bool is_quoted_evenly(struct str text)
{
	bool even = true;

	for (size_t at = 0;
	     (at += str_find(str_skip(text, at), '"')) < text.length; at++)
		even = !even;
	return even;
}

void rule_edit(struct rule_run *run, struct finding *finding, struct span span,
	       const char *text)
{
	struct str source =
		rule_source(run->table, run->local, finding->document)->text;

	if (is_quoted_evenly(str_range(source.data + span.begin,
				       source.data + span.end)))
		*ARRAY_ADD(run->arena, &finding->fix.edits) =
			(struct text_edit){ span, text };
}

struct finding *rule_report_place(struct rule_run *run, uint32_t document,
				  struct span span, const char *format, ...)
{
	struct finding *finding;
	va_list arguments;

	va_start(arguments, format);
	finding = add_finding(run, document, span,
			      format_message(run->arena, format, arguments));
	va_end(arguments);
	return finding;
}

void rule_relate(struct rule_run *run, struct finding *finding,
		 const struct export_entry *entry, const char *format, ...)
{
	struct finding_place *place = ARRAY_ADD(run->arena, &finding->related);
	va_list arguments;

	va_start(arguments, format);
	*place = (struct finding_place){
		.document = entry->document,
		.span = export_entry_span(run->table, entry),
		.message = format_message(run->arena, format, arguments),
	};
	va_end(arguments);
}

static bool is_problem_of(const struct rule *rule, unsigned kind)
{
	for (const enum export_problem *problem = rule->problems;
	     *problem != PROBLEM_NONE; problem++)
		if (*problem == kind)
			return true;
	return false;
}

static void report_problem(struct rule_run *run, const struct diag *diag)
{
	struct finding *finding =
		diag->consequence
			? rule_report_place(run, diag->source, diag->span,
					    "%s: %s", diag->message,
					    diag->consequence)
			: rule_report_place(run, diag->source, diag->span, "%s",
					    diag->message);

	if (run->rule->repair)
		run->rule->repair(run, finding,
				  (enum export_problem)diag->kind);
}

static void report_problems(struct rule_run *run)
{
	const struct diag_list *diags = &run->table->diags;

	for (size_t i = 0; i < diags->list.count; i++) {
		const struct diag *diag = &diags->list.items[i];

		if (!is_problem_of(run->rule, diag->kind))
			continue;
		report_problem(run, diag);
	}
}

static void check_entries(struct rule_run *run)
{
	for (size_t i = 0; i < run->table->entries.count; i++) {
		const struct export_entry *entry =
			&run->table->entries.items[i];

		if (entry->state == EXPORT_LOADED)
			run->rule->check_entry(run, entry);
	}
}

void rule_run(struct arena *arena, const struct export_table *table,
	      const struct local_state *local, const struct rule *rule,
	      struct finding_list *findings)
{
	struct rule_run run = {
		.arena = arena,
		.table = table,
		.local = local,
		.rule = rule,
		.findings = findings,
	};

	if (rule->problems)
		report_problems(&run);
	if (rule->check_entry)
		check_entries(&run);
	if (rule->check_table)
		rule->check_table(&run);
}

void rule_run_suppressions(struct arena *arena,
			   const struct export_table *table,
			   const struct local_state *local,
			   const struct suppressions *suppressions,
			   const struct rule *rule,
			   struct finding_list *findings)
{
	struct rule_run run = {
		.arena = arena,
		.table = table,
		.local = local,
		.rule = rule,
		.findings = findings,
	};

	if (rule->check_suppressions)
		rule->check_suppressions(&run, suppressions);
}

static int compare(const void *a, const void *b)
{
	const struct finding *x = a, *y = b;

	if (x->document != y->document)
		return x->document < y->document ? -1 : 1;
	if (x->span.begin != y->span.begin)
		return x->span.begin < y->span.begin ? -1 : 1;
	if (x->severity != y->severity)
		return x->severity > y->severity ? -1 : 1;
	return strcmp(x->rule->slug, y->rule->slug);
}

void rule_sort(struct finding_list *findings)
{
	if (findings->list.count)
		qsort(findings->list.items, findings->list.count,
		      sizeof(*findings->list.items), compare);
}
