#include "kernel_exports_parser.h"

#include "octal_text.h"

/* The path ends at white space of either kind, since blanks in it are
 * escaped. */
static size_t blank_in(struct str line)
{
	size_t tab = str_find(line, '\t'), space = str_find(line, ' ');

	return tab < space ? tab : space;
}

static bool has_flag(struct str options, const char *flag)
{
	struct str word;

	while (str_take(&options, ',', &word))
		if (str_is(word, flag))
			return true;
	return false;
}

static bool parse_export(struct arena *arena, struct str line,
			 struct kernel_export *export)
{
	size_t blank = blank_in(line), open;
	struct str rest;

	if (!line.length || line.data[0] == '#' || blank == line.length)
		return false;
	rest = str_skip(line, blank + 1);
	open = str_find(rest, '(');
	if (open == rest.length || rest.data[rest.length - 1] != ')')
		return false;
	*export = (struct kernel_export){
		.path = octal_text_decode(arena,
					  (struct str){ line.data, blank }),
		.domain = octal_text_decode(arena,
					    (struct str){ rest.data, open }),
		.options = { rest.data + open + 1, rest.length - open - 2 },
	};
	export->is_pseudo = has_flag(export->options, "v4root");
	return true;
}

void kernel_exports_parse(struct arena *arena, struct str text,
			  struct kernel_exports *exports)
{
	struct kernel_export export;
	struct str line;

	*exports = (struct kernel_exports){ 0 };
	while (str_take(&text, '\n', &line))
		if (parse_export(arena, line, &export))
			*ARRAY_ADD(arena, &exports->list) = export;
}

static bool parse_client(struct arena *arena, struct str line,
			 struct kernel_client *client)
{
	bool absent = str_starts(line, STR("# "));
	struct str class, address;

	if (absent)
		line = str_skip(line, 2);
	if (!str_take(&line, ' ', &class) || !str_is(class, "nfsd") ||
	    !str_take(&line, ' ', &address) ||
	    !ip_address_parse(address, &client->address) || !line.length)
		return false;
	client->domain = absent ? STR("") : octal_text_decode(arena, line);
	return !absent || str_is(line, "-no-domain-");
}

void kernel_clients_parse(struct arena *arena, struct str text,
			  struct kernel_clients *clients)
{
	struct kernel_client client = { 0 };
	struct str line;

	*clients = (struct kernel_clients){ 0 };
	while (str_take(&text, '\n', &line))
		if (parse_client(arena, line, &client))
			*ARRAY_ADD(arena, &clients->list) = client;
}
