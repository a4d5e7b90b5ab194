#include "rule_report.h"

#include "json_bytes.h"
#include "text_wrap.h"

#define RENDERER(name) render_rules_##name,
rule_renderer *const rule_renderers[] = { RULE_FORMATS(RENDERER) };

#define NAME(name) #name,
const char *const rule_format_names[] = { RULE_FORMATS(NAME) NULL };

/* Prints the lines of an example, each behind indent. */
static void write_example(FILE *out, const char *indent, const char *example)
{
	struct str rest = str_of(example);

	while (rest.length) {
		size_t length = str_find(rest, '\n');

		fprintf(out, "%s%.*s\n", indent, (int)length, rest.data);
		rest = str_skip(rest, length);
		if (rest.length)
			rest = str_skip(rest, 1);
	}
}

static void write_references(FILE *out, const char *before,
			     const struct rule *rule)
{
	for (const char *const *reference = rule->references;
	     reference && *reference; reference++)
		fprintf(out, "%s%s\n", before, *reference);
}

const char *rule_needs_text(const struct rule *rule)
{
	static const struct {
		unsigned need;
		const char *text;
	} needs[] = {
		{ NEEDS_FILES, "It looks at files below the root, so it is run "
			       "for the files of the system only, with --root, "
			       "or with --as." },
		{ NEEDS_NAMES, "It asks name services, so it is run with "
			       "--resolve only." },
		{ NEEDS_MOUNTD, "It asks the mountd of this host, so it is run "
				"without --root only." },
		{ NEEDS_LIVE, "It looks at the running server." },
		{ NEEDS_REMOTE, "It asks another server." },
	};

	for (size_t i = 0; i < sizeof(needs) / sizeof(*needs); i++)
		if (rule->needs & needs[i].need)
			return needs[i].text;
	return NULL;
}

static void explain_text(FILE *out, const struct rule *rule)
{
	fprintf(out, "%s (%s)\n\n", rule->slug, severity_names[rule->severity]);
	text_wrap_write(out, "  ", str_of(rule->summary));
	if (rule->needs)
		text_wrap_write(out, "  ", str_of(rule_needs_text(rule)));
	fputs("\nWhy it matters\n", out);
	text_wrap_write(out, "  ", str_of(rule->rationale));
	fputs("\nWhat to do\n", out);
	text_wrap_write(out, "  ", str_of(rule->remedy));
	fputs("\nBad\n", out);
	write_example(out, "  ", rule->bad);
	fputs("\nGood\n", out);
	write_example(out, "  ", rule->good);
	if (rule->references) {
		fputs("\nSee also\n", out);
		write_references(out, "  ", rule);
	}
}

void render_rules_text(FILE *out, const struct rule *const *rules, size_t count,
		       bool in_full)
{
	for (size_t i = 0; i < count; i++)
		if (in_full)
			explain_text(out, rules[i]);
		else
			fprintf(out, "%-32s %-8s  %s\n", rules[i]->slug,
				severity_names[rules[i]->severity],
				rules[i]->summary);
}

static void explain_markdown(FILE *out, const struct rule *rule)
{
	const char *needs = rule_needs_text(rule);

	fprintf(out, "## %s\n\n%s: %s.%s%s\n\n%s\n\n%s\n\nBad:\n\n", rule->slug,
		severity_names[rule->severity], rule->summary, needs ? " " : "",
		needs ? needs : "", rule->rationale, rule->remedy);
	write_example(out, "    ", rule->bad);
	fputs("\nGood:\n\n", out);
	write_example(out, "    ", rule->good);
	if (rule->references) {
		fputs("\nSee also:\n\n", out);
		write_references(out, "* ", rule);
	}
}

void render_rules_markdown(FILE *out, const struct rule *const *rules,
			   size_t count, bool in_full)
{
	if (!in_full)
		fputs("| rule | severity | what it finds |\n|---|---|---|\n",
		      out);
	for (size_t i = 0; i < count; i++)
		if (in_full)
			explain_markdown(out, rules[i]);
		else
			fprintf(out, "| %s | %s | %s |\n", rules[i]->slug,
				severity_names[rules[i]->severity],
				rules[i]->summary);
}

static json_t *needs_json(const struct rule *rule)
{
	static const struct {
		unsigned need;
		const char *name;
	} names[] = {
		{ NEEDS_FILES, "files" },   { NEEDS_NAMES, "names" },
		{ NEEDS_LIVE, "live" },	    { NEEDS_REMOTE, "remote" },
		{ NEEDS_MOUNTD, "mountd" },
	};
	json_t *needs = json_array();

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (rule->needs & names[i].need)
			json_array_append_new(needs,
					      json_string(names[i].name));
	return needs;
}

static json_t *rule_json(const struct rule *rule)
{
	json_t *references = json_array();

	for (const char *const *reference = rule->references;
	     reference && *reference; reference++)
		json_array_append_new(references, json_string(*reference));
	return json_pack("{s:s,s:s,s:o,s:s,s:s,s:s,s:s,s:s,s:o}", "rule",
			 rule->slug, "severity", severity_names[rule->severity],
			 "needs", needs_json(rule), "summary", rule->summary,
			 "rationale", rule->rationale, "remedy", rule->remedy,
			 "bad", rule->bad, "good", rule->good, "references",
			 references);
}

void render_rules_json(FILE *out, const struct rule *const *rules, size_t count,
		       bool in_full)
{
	(void)in_full;
	fputs("{\"schema\":\"exportctl-rules/1\",\"rules\":[", out);
	for (size_t i = 0; i < count; i++) {
		fputs(i ? ",\n" : "\n", out);
		json_write(out, rule_json(rules[i]));
	}
	fputs("\n]}\n", out);
}
