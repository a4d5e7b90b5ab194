/* Prints all rules in full, from the same texts as `exportctl explain`:
 *
 *     rules_manual mdoc         exportctl-rules(7)
 *     rules_manual markdown     doc/rules.md
 *     rules_manual exposure     doc/exposure.md
 *
 * and the weights of exposure, from the table that is reckoned with.
 */
#include <stdio.h>

#include "exposure_weights.h"
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

/* A row for people: clients have shares, the others weights. */
typedef void write_row(FILE *out, const struct exposure_weight *row);

static void write_item(FILE *out, const struct exposure_weight *row)
{
	fprintf(out, ".It %u.%02u\n.Sy %s :\n", row->weight / 100,
		row->weight % 100, row->id);
	write_text(out, row->text);
	putc('\n', out);
}

static void write_cells(FILE *out, const struct exposure_weight *row)
{
	fprintf(out, "| %u.%02u | `%s` | %s |\n", row->weight / 100,
		row->weight % 100, row->id, row->text);
}

static void each_clients(FILE *out, write_row *write)
{
	for (int i = EXPOSURE_CLIENTS; i-- > 0;)
		write(out, &exposure_clients[i]);
}

static void each_trait(FILE *out, write_row *write)
{
	for (int i = 0; i < EXPOSURE_TRAITS; i++)
		write(out, &exposure_traits[i]);
}

static void each_fact(FILE *out, write_row *write)
{
	for (int i = 0; exposure_facts[i].weight.id; i++)
		write(out, &exposure_facts[i].weight);
}

static void each_sight(FILE *out, write_row *write)
{
	for (int i = 0; exposure_sights[i].weight.id; i++)
		write(out, &exposure_sights[i].weight);
}

static const struct {
	const char *title;
	const char *text; /* in sentences */
	const char *unit;
	void (*each)(FILE *out, write_row *write);
} exposure_parts[] = {
	{ "Who reaches an export",
	  "The number of an export is the sum of what can be done with it, "
	  "times the share of its clients. What hardly anybody can reach is "
	  "hardly exposed, whatever could be done. An entry that never "
	  "decides, because earlier ones have all its clients, reaches nobody.",
	  "share", each_clients },
	{ "What can be done with an export",
	  "Of unproven, certificate and changeable only the first that holds "
	  "counts; so it is with root, root-ticket and root-group, and with "
	  "root-directory to homes. All that can hold together is 10. Of "
	  "several security flavors the one counts by which most can be done.",
	  "weight", each_trait },
	{ "What is known of the server",
	  "The number of a server is that of its most exposed export, so that "
	  "many harmless ones do not hide an open one. What is known of the "
	  "server itself takes its weight, as a share of 10, of what is left "
	  "to 10. The ids are those of rules, which tell whether it is so.",
	  "weight", each_fact },
	{ "What another server shows",
	  "The number of another server is the sum of what it shows to whoever "
	  "asks. It does not show whether clients may write or stay root, so "
	  "an audit on the server itself gives another number. The ids are "
	  "those of rules; of remote-auth-none and remote-auth-sys, and of "
	  "remote-no-tls and remote-tls-optional, only the first that holds "
	  "counts. A server that gave no list has no number.",
	  "weight", each_sight },
};

enum { EXPOSURE_PARTS = sizeof(exposure_parts) / sizeof(*exposure_parts) };

static const char exposure_intro[] =
	"The audit gives each export, a pair of path and client, and the "
	"server a number from 0.0 to 10.0 for how far it is exposed, with the "
	"reasons that make it up. An export with more clients, more rights or "
	"less security never has a lower one. It says how much is open, not "
	"that something is wrong: findings do that. What could not be looked "
	"at is not counted, and named. Sums are rounded to tenths and divided "
	"among their reasons, so that these add up exactly.";

static void write_levels(FILE *out)
{
	char least[EXPOSURE_TEXT];

	for (int i = EXPOSURE_LEVELS - 1; i > 0; i--)
		fprintf(out, "%s from %s,\n", exposure_levels[i].name,
			exposure_text(exposure_levels[i].least, least));
	fprintf(out, "%s at 0.0.\n", exposure_levels[0].name);
}

static void write_exposure_mdoc(FILE *out)
{
	fputs(".Sh EXPOSURE\n", out);
	write_sentences(out, exposure_intro);
	fputs("The numbers are called\n", out);
	write_levels(out);
	for (int i = 0; i < EXPOSURE_PARTS; i++) {
		fprintf(out, ".Ss %s\n", exposure_parts[i].title);
		write_sentences(out, exposure_parts[i].text);
		fputs(".Bl -tag -width xxxx -compact\n", out);
		exposure_parts[i].each(out, write_item);
		fputs(".El\n", out);
	}
}

static void write_exposure_markdown(FILE *out)
{
	fprintf(out,
		"# Exposure\n\nMade from the table in the program by `make "
		"docs`.\n\n%s\nThe numbers are called\n",
		exposure_intro);
	write_levels(out);
	for (int i = 0; i < EXPOSURE_PARTS; i++) {
		fprintf(out,
			"\n## %s\n\n%s\n\n| %s | id | what |\n"
			"|---:|---|---|\n",
			exposure_parts[i].title, exposure_parts[i].text,
			exposure_parts[i].unit);
		exposure_parts[i].each(out, write_cells);
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
	write_exposure_mdoc(out);
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
	else if (argc == 2 && strcmp(argv[1], "exposure") == 0)
		write_exposure_markdown(stdout);
	else
		return 2;
	return ferror(stdout) || fclose(stdout) != 0;
}
