/* Prints completion of exportctl for a shell, made from the table of commands:
 *
 *     shell_completion bash|zsh|fish
 */
#include <stdio.h>

#include "command_catalog.h"
#include "strbuf.h"

/* Writes text between single quotes. */
static void write_quoted(const char *text)
{
	putchar('\'');
	for (; *text; text++)
		if (*text == '\'')
			fputs("'\\''", stdout);
		else
			putchar(*text);
	putchar('\'');
}

/* The global options, where they may follow the command. */
static const struct option_row *globals_behind(const struct command *command)
{
	return command->run_words ? NULL : command_global_options;
}

static void bash_options(const struct option_row *row)
{
	for (; row && row->name; row++) {
		printf(" --%s", row->name);
		if (option_has_argument(row) && !row->implied)
			putchar('=');
	}
}

/* One branch of a case for each option that names its arguments. */
static void bash_choices(const char *command, const struct option_row *row)
{
	for (; row && row->name; row++) {
		if (!row->choices)
			continue;
		printf("\t%s--%s) words='", command, row->name);
		for (int i = 0; row->choices[i]; i++)
			printf("%s%s", i ? " " : "", row->choices[i]);
		fputs("' ;;\n", stdout);
	}
}

static const char bash_tail[] =
	"\tesac\n"
	"\tif [ -n \"$option\" ] && [ -n \"$words\" ]; then\n"
	"\t\tCOMPREPLY=($(compgen -W \"$words\" -- \"$word\"))\n"
	"\t\treturn\n"
	"\tfi\n"
	"\tcase $word in\n"
	"\t-*) COMPREPLY=($(compgen -W "
	"\"${options[${command:-=}]-$global}\" -- \"$word\")) ;;\n"
	"\t*)\n"
	"\t\tif [ -n \"$command\" ]; then\n"
	"\t\t\tCOMPREPLY=($(compgen -f -- \"$word\"))\n"
	"\t\telse\n"
	"\t\t\tCOMPREPLY=($(compgen -W \"${!options[*]}\" -- \"$word\"))\n"
	"\t\tfi\n"
	"\t\t;;\n"
	"\tesac\n"
	"\t[[ ${COMPREPLY[0]} == *= ]] && compopt -o nospace 2>/dev/null\n"
	"}\n\n"
	"complete -o filenames -F _exportctl exportctl\n";

/* bash splits words at "=", so --format=te is three of them. */
static void print_bash(void)
{
	fputs("# Completion of exportctl for bash.\n\n_exportctl() {\n"
	      "\tlocal word=${COMP_WORDS[COMP_CWORD]} command= option= words=\n"
	      "\tlocal -A options\n\tlocal global='",
	      stdout);
	bash_options(command_global_options);
	fputs("'\n", stdout);
	for (size_t i = 0; i < command_count; i++) {
		printf("\toptions[%s]='", command_catalog[i]->name);
		bash_options(command_catalog[i]->options);
		bash_options(globals_behind(command_catalog[i]));
		fputs("'\n", stdout);
	}
	fputs("\tlocal i\n"
	      "\tfor ((i = 1; i < COMP_CWORD; i++)); do\n"
	      "\t\t[ -n \"${options[${COMP_WORDS[i]:-=}]+x}\" ] && "
	      "command=${COMP_WORDS[i]} && break\n"
	      "\tdone\n"
	      "\t[ \"$word\" = = ] && word=\n"
	      "\tif [ \"${COMP_WORDS[COMP_CWORD]}\" = = ]; then\n"
	      "\t\toption=${COMP_WORDS[COMP_CWORD - 1]}\n"
	      "\telif [ \"${COMP_WORDS[COMP_CWORD - 1]}\" = = ]; then\n"
	      "\t\toption=${COMP_WORDS[COMP_CWORD - 2]}\n"
	      "\telse\n"
	      "\t\toption=${COMP_WORDS[COMP_CWORD - 1]}\n"
	      "\tfi\n"
	      "\tcase $command$option in\n",
	      stdout);
	for (size_t i = 0; i < command_count; i++) {
		bash_choices(command_catalog[i]->name, command_global_options);
		bash_choices(command_catalog[i]->name,
			     command_catalog[i]->options);
	}
	bash_choices("", command_global_options);
	fputs(bash_tail, stdout);
}

/* Text for the brackets of an _arguments specification. */
static void zsh_text(const char *text)
{
	for (; *text; text++)
		if (strchr("[]:\\", *text))
			printf("\\%c", *text);
		else if (*text == '\'')
			fputs("'\\''", stdout);
		else if (*text == '\n')
			putchar(' ');
		else
			putchar(*text);
}

static void zsh_argument(const struct option_row *row)
{
	if (!option_has_argument(row))
		return;
	fputs(row->implied ? "::" : ":", stdout);
	zsh_text(row->name);
	putchar(':');
	if (row->kind == OPTION_PATH)
		fputs("_files", stdout);
	for (int i = 0; row->choices && row->choices[i]; i++)
		printf("%s%s", i ? " " : "(", row->choices[i]);
	if (row->choices)
		putchar(')');
}

static void zsh_options(const struct option_row *row)
{
	for (; row && row->name; row++) {
		printf(" \\\n\t\t'%s--%s%s[", row->repeatable ? "*" : "",
		       row->name,
		       !option_has_argument(row) ? ""
		       : row->implied		 ? "=-"
						 : "=");
		zsh_text(row->help);
		putchar(']');
		zsh_argument(row);
		putchar('\'');
	}
}

static void print_zsh(void)
{
	fputs("#compdef exportctl\n# Completion of exportctl for zsh.\n\n"
	      "_exportctl_commands() {\n\tlocal -a commands=(\n",
	      stdout);
	for (size_t i = 0; i < command_count; i++) {
		printf("\t\t'%s:", command_catalog[i]->name);
		zsh_text(command_catalog[i]->summary);
		fputs("'\n", stdout);
	}
	fputs("\t)\n\t_describe command commands\n}\n\n"
	      "_exportctl() {\n"
	      "\tlocal command=${words[2]}\n"
	      "\tif ((CURRENT == 2)); then\n\t\t_exportctl_commands\n"
	      "\t\treturn\n\tfi\n"
	      "\twords=(${words[1]} ${words[3,-1]})\n"
	      "\t((CURRENT--))\n"
	      "\tcase $command in\n",
	      stdout);
	for (size_t i = 0; i < command_count; i++) {
		printf("\t%s)\n\t\t_arguments '*:file:_files'",
		       command_catalog[i]->name);
		zsh_options(globals_behind(command_catalog[i]));
		zsh_options(command_catalog[i]->options);
		fputs("\n\t\t;;\n", stdout);
	}
	fputs("\tesac\n}\n\n_exportctl \"$@\"\n", stdout);
}

/* Options behind one of the commands, or, with "not ", elsewhere. */
static void fish_options(const char * not, const char *commands,
			 const struct option_row *row)
{
	for (; row && row->name; row++) {
		printf("complete -c exportctl "
		       "-n '%s__fish_seen_subcommand_from %s' -l %s",
		       not, commands, row->name);
		if (row->letter)
			printf(" -s %c", row->letter);
		if (option_has_argument(row) && !row->implied)
			fputs(row->kind == OPTION_PATH ? " -r" : " -x", stdout);
		if (row->choices) {
			fputs(" -a '", stdout);
			for (int i = 0; row->choices[i]; i++)
				printf("%s%s", i ? " " : "", row->choices[i]);
			putchar('\'');
		}
		fputs(" -d ", stdout);
		write_quoted(row->help);
		putchar('\n');
	}
}

/* Not behind commands that read their words themselves. */
static void fish_global_options(void)
{
	struct strbuf commands = { 0 };

	for (size_t i = 0; i < command_count; i++)
		if (!globals_behind(command_catalog[i]))
			strbuf_printf(&commands, "%s ",
				      command_catalog[i]->name);
	fish_options("not ", commands.data, command_global_options);
	strbuf_free(&commands);
}

static void print_fish(void)
{
	fputs("# Completion of exportctl for fish.\n", stdout);
	for (size_t i = 0; i < command_count; i++) {
		printf("complete -c exportctl -f -n __fish_use_subcommand "
		       "-a %s -d ",
		       command_catalog[i]->name);
		write_quoted(command_catalog[i]->summary);
		putchar('\n');
	}
	fish_global_options();
	for (size_t i = 0; i < command_count; i++)
		fish_options("", command_catalog[i]->name,
			     command_catalog[i]->options);
}

int main(int argc, char **argv)
{
	static const struct {
		const char *name;
		void (*print)(void);
	} shells[] = { { "bash", print_bash },
		       { "zsh", print_zsh },
		       { "fish", print_fish } };

	for (size_t i = 0; i < sizeof(shells) / sizeof(*shells); i++)
		if (argc == 2 && strcmp(argv[1], shells[i].name) == 0) {
			shells[i].print();
			return ferror(stdout) || fclose(stdout) != 0;
		}
	return 2;
}
