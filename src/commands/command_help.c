#include "command_help.h"

#include "command_catalog.h"
#include "strbuf.h"

enum {
	LINE_WIDTH = 79,
	HELP_INDENT = 26, /* of the text beside an option or a command */
};

static void print_heading(FILE *out, bool color, const char *text)
{
	fprintf(out, color ? "\n\033[1m%s:\033[0m\n" : "\n%s:\n", text);
}

/* Prints the words of text, wrapped and indented; column is where the first
 * line stands already. A newline in text breaks the line. */
static void print_wrapped(FILE *out, size_t indent, size_t column,
			  const char *text)
{
	const char *word = text;

	while (*word) {
		size_t length = strcspn(word, " \n");
		bool first = column <= indent;

		if (!first && column + 1 + length > LINE_WIDTH) {
			fputc('\n', out);
			column = 0;
			first = true;
		}
		fprintf(out, "%*s%.*s", first ? (int)(indent - column) : 1, "",
			(int)length, word);
		column = (first ? indent : column + 1) + length;
		word += length;
		for (; *word == ' ' || *word == '\n'; word++) {
			if (*word == '\n') {
				fputc('\n', out);
				column = 0;
			}
		}
	}
	fputc('\n', out);
}

/* A name on the left and its text beside it, or below if the name is long. */
static void print_row(FILE *out, const char *left, const char *text)
{
	size_t column = strlen(left);

	fputs(left, out);
	if (column + 2 > HELP_INDENT) {
		fputc('\n', out);
		column = 0;
	}
	print_wrapped(out, HELP_INDENT, column, text);
}

static void add_argument(struct strbuf *left, const struct option_row *row)
{
	if (!option_has_argument(row))
		return;
	strbuf_add_text(left, row->implied ? "[=" : " ");
	if (row->argument)
		strbuf_add_text(left, row->argument);
	for (size_t i = 0; !row->argument && row->choices[i]; i++)
		strbuf_printf(left, "%s%s", i ? "|" : "", row->choices[i]);
	if (row->implied)
		strbuf_add_char(left, ']');
}

static void print_option(FILE *out, const struct option_row *row)
{
	struct strbuf left = { 0 }, text = { 0 };

	if (row->letter)
		strbuf_printf(&left, "  -%c, --%s", row->letter, row->name);
	else
		strbuf_printf(&left, "      --%s", row->name);
	add_argument(&left, row);
	strbuf_add_text(&text, row->help);
	if (row->repeatable)
		strbuf_add_text(&text, "; may be given several times");
	if (row->initial)
		strbuf_printf(&text, " (default %s)", row->initial);
	print_row(out, left.data, text.data);
	strbuf_free(&left);
	strbuf_free(&text);
}

static void print_options(FILE *out, bool color, const char *heading,
			  const struct option_row *rows)
{
	if (!rows)
		return;
	print_heading(out, color, heading);
	for (; rows->name; rows++)
		print_option(out, rows);
}

static void print_status(FILE *out, bool color, const struct command *command)
{
	print_heading(out, color, "Exit status");
	for (int i = 0; i < 3; i++) {
		if (!command->status[i])
			continue;
		fprintf(out, "  %d", i);
		print_wrapped(out, 5, 3, command->status[i]);
	}
}

void command_help_usage(FILE *out, const struct command *command)
{
	if (!command) {
		fputs("Usage: exportctl [GLOBAL OPTION]... COMMAND "
		      "[OPTION]... [OPERAND]...\n",
		      out);
		return;
	}
	fprintf(out, "Usage: exportctl %s [OPTION]...%s%s\n", command->name,
		command->operands ? " " : "",
		command->operands ? command->operands : "");
}

void command_help_command(FILE *out, bool color, const struct command *command)
{
	command_help_usage(out, command);
	fputc('\n', out);
	print_wrapped(out, 0, 0, command->description);
	print_options(out, color, "Options", command->options);
	if (!command->run_words)
		print_options(out, color, "Global options",
			      command_global_options);
	print_status(out, color, command);
}

void command_help_overview(FILE *out, bool color)
{
	command_help_usage(out, NULL);
	fputc('\n', out);
	print_wrapped(out, 0, 0,
		      "Audits NFS exports: what an exports file really makes "
		      "the server do, told before the server does it.");
	print_heading(out, color, "Commands");
	for (size_t i = 0; i < command_count; i++) {
		struct strbuf left = { 0 };

		strbuf_printf(&left, "  %s", command_catalog[i]->name);
		print_row(out, left.data, command_catalog[i]->summary);
		strbuf_free(&left);
	}
	print_options(out, color,
		      "Global options, before or behind the command",
		      command_global_options);
	fputc('\n', out);
	print_wrapped(out, 0, 0,
		      "'exportctl help COMMAND' explains a command. The manual "
		      "is exportctl(1).");
}
