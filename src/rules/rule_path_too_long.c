#include "entry_words.h"

enum { NAME_LENGTH_MAX = 255 };

/* The longest name between slashes. */
static size_t longest_name(struct str path)
{
	size_t longest = 0;

	while (path.length) {
		size_t length = str_find(path, '/');

		if (length > longest)
			longest = length;
		path = str_skip(path,
				length < path.length ? length + 1 : length);
	}
	return longest;
}

/* The length of the real path if it is cut; else 0. */
static size_t cut_length(const struct rule_run *run,
			 const struct export_entry *entry)
{
	const struct export_table_input *input = &run->table->input;
	size_t length = input->paths[entry->written_path].real.data
				? input->paths[entry->written_path].real.length
				: 0;

	return length > EXPORTS_PATH_MAX ? length : 0;
}

static void check(struct rule_run *run, const struct export_entry *entry)
{
	const struct exports_syntax *syntax =
		export_table_syntax(run->table, entry);
	uint32_t token = entry_line(run->table, entry)->path_token;
	struct span span = exports_token_span(syntax, token);
	size_t cut = cut_length(run, entry), name;

	if (!entry_leads_line(run->table, entry) ||
	    (syntax->tokens.items[token].flags & EXPORTS_UNTERMINATED))
		return;
	name = longest_name(exports_word_text(run->arena, syntax, token));
	if (cut)
		rule_report(run, entry, span,
			    "the path leads to one of %zu bytes, which the "
			    "server cuts to 1,024",
			    cut);
	else if (name > NAME_LENGTH_MAX)
		rule_report(run, entry, span,
			    "nothing can be exported here: a name in the path "
			    "has %zu bytes, and no file system has names of "
			    "more than 255",
			    name);
}

const struct rule rule_path_too_long = {
	.slug = "path-too-long",
	.severity = SEVERITY_MEDIUM,
	.traits = TRAIT_ALL,
	.summary = "a path that is too long to name a directory",
	.rationale = "File systems of Linux have names of at most 255 bytes, "
		     "and nfs-utils keeps at most 1,024 bytes of a path after "
		     "its links are followed. A path beyond that is exported "
		     "in the table only.",
	.remedy = "Shorten the path, for example by a bind mount.",
	.bad = "/srv/"
	       "backups-of-all-the-machines-in-the-second-floor-of-the-"
	       "building-that-stands-behind-the-old-library-and-of-all-the-"
	       "machines-in-the-basement-of-the-building-opposite-to-it-and-"
	       "of-those-that-we-have-taken-home-in-the-last-year-and-have-"
	       "not-yet-returned-to-their-places 10.1.0.0/24(rw)\n",
	.good = "/srv/backups 10.1.0.0/24(rw)\n",
	.references = (const char *const[]){ "RFC 1813, MNTPATHLEN", NULL },
	.check_entry = check,
};
