/* Prints all rules in full, from the same texts as `exportctl explain`:
 *
 *     rules_manual mdoc         exportctl-rules(7)
 *     rules_manual markdown     doc/rules.md
 */
#include <stdio.h>

#include "rule_catalog.h"
#include "rule_report.h"

/* A line of text for mdoc(7): no control lines, no escapes. */
static void write_text(FILE *out, const char *text)
{
	if (*text == '.' || *text == '\'')
		fputs("\\&", out);
	for (; *text; text++)
		if (*text == '\\')
			fputs("\\e", out);
		else
			putc(*text, out);
}

/* Sentences begin lines of their own, as mdoc(7) wants it. */
static void write_sentences(FILE *out, const char *text)
{
	struct str rest = str_of(text);
	char line[1024];

	while (rest.length) {
		size_t end = 0;

		while (end < rest.length &&
		       !(rest.data[end] == '.' && end + 1 < rest.length &&
			 rest.data[end + 1] == ' '))
			end++;
		end += end < rest.length;
		snprintf(line, sizeof(line), "%.*s", (int)end, rest.data);
		write_text(out, line);
		putc('\n', out);
		rest = str_skip(rest, end);
		while (rest.length && rest.data[0] == ' ')
			rest = str_skip(rest, 1);
	}
}

static void write_example(FILE *out, const char *title, const char *example)
{
	struct str rest = str_of(example);
	char line[1024];

	fprintf(out, ".Pp\n%s:\n.Bd -literal -offset indent -compact\n", title);
	while (rest.length) {
		size_t length = str_find(rest, '\n');

		snprintf(line, sizeof(line), "%.*s", (int)length, rest.data);
		if (!length)
			fputs("\\&", out);
		write_text(out, line);
		putc('\n', out);
		rest = str_skip(rest, length + (length < rest.length));
	}
	fputs(".Ed\n", out);
}

static void write_rule(FILE *out, const struct rule *rule)
{
	fprintf(out, ".Ss %s\n", rule->slug);
	fprintf(out, "Severity %s: ", severity_names[rule->severity]);
	write_text(out, rule->summary);
	fputs(".\n", out);
	if (rule->needs)
		write_sentences(out, rule_needs_text(rule));
	fputs(".Pp\n", out);
	write_sentences(out, rule->rationale);
	fputs(".Pp\n", out);
	write_sentences(out, rule->remedy);
	write_example(out, "Bad", rule->bad);
	write_example(out, "Good", rule->good);
	if (!rule->references)
		return;
	fputs(".Pp\nSee also:\n", out);
	for (const char *const *reference = rule->references; *reference;
	     reference++) {
		write_text(out, *reference);
		fputs(reference[1] ? ";\n" : ".\n", out);
	}
}

static void write_mdoc(FILE *out)
{
	fputs(".Dd November 24, 2026\n.Dt EXPORTCTL-RULES 7\n.Os\n"
	      ".Sh NAME\n.Nm exportctl-rules\n"
	      ".Nd what exportctl lint finds in exports files\n"
	      ".Sh DESCRIPTION\n"
	      "These are the rules of\n.Xr exportctl 1 ,\n.Cm lint .\n"
	      "The severity of a finding may be a step higher, for clients "
	      "that are everybody,\na broad network or public addresses, or "
	      "lower, for exports that are read-only\nor protected.\n"
	      "The same pages are printed by\n"
	      ".Cm exportctl explain Ar rule .\n.Sh RULES\n",
	      out);
	for (size_t i = 0; i < rule_count; i++)
		write_rule(out, rule_catalog[i]);
	fputs(".Sh SEE ALSO\n.Xr exportctl 1 ,\n.Xr exports 5\n", out);
}

static void write_markdown(FILE *out)
{
	fputs("# The rules of exportctl lint\n\nMade from the texts of "
	      "`exportctl explain` by `make docs`.\n\n",
	      out);
	render_rules_markdown(out, rule_catalog, rule_count, false);
	putc('\n', out);
	render_rules_markdown(out, rule_catalog, rule_count, true);
}

int main(int argc, char **argv)
{
	if (argc == 2 && strcmp(argv[1], "mdoc") == 0)
		write_mdoc(stdout);
	else if (argc == 2 && strcmp(argv[1], "markdown") == 0)
		write_markdown(stdout);
	else
		return 2;
	return ferror(stdout) || fclose(stdout) != 0;
}
