#include "path_rules.h"

/* The path as it is written but for blanks, doubled and last slashes, which
 * lead nowhere else. */
static bool same_place(struct str written, struct str real)
{
	size_t at = 0;

	for (size_t i = 0; i < written.length; i++) {
		if (written.data[i] == '/' &&
		    (i + 1 == written.length || written.data[i + 1] == '/') &&
		    at)
			continue;
		if (at == real.length || real.data[at] != written.data[i])
			return false;
		at++;
	}
	return at == real.length;
}

/* Can it be written without quotes and escapes? */
static bool is_plain_word(struct str text)
{
	for (size_t i = 0; i < text.length; i++)
		if ((unsigned char)text.data[i] <= ' ' ||
		    strchr("\"#\\", text.data[i]))
			return false;
	return true;
}

static bool meets(struct rule_run *run, const struct export_entry *entry)
{
	const struct resolved_path *path =
		&run->table->input.paths[entry->written_path];
	struct str written = export_table_path(run->table, entry->written_path);

	return path->real.data && written.length && written.data[0] == '/' &&
	       !strstr(arena_copy(run->arena, written.data, written.length),
		       "/.") &&
	       !same_place(written, path->real);
}

/* Who else than root decides where the link leads; empty if nobody. */
static const char *others_text(const struct rule_run *run,
			       const struct export_entry *entry)
{
	const struct weak_directory *weak;

	if (!run->local || !run->local->paths)
		return "";
	weak = &run->local->paths->items[entry->written_path].weak;
	if (!weak->path.data)
		return "";
	return arena_printf(run->arena, "; %s may change it, because %.*s %s",
			    weak_directory_who(run->arena, weak),
			    STR_ARG(weak->path), weak_directory_why(weak));
}

static void check_line(struct rule_run *run, const struct client_group *group)
{
	const struct export_entry *entry = group->entry;
	struct str real = run->table->input.paths[entry->written_path].real;
	const char *others = others_text(run, entry);
	struct finding *finding = path_report(
		run, entry,
		"%.*s leads through a symbolic link to %.*s, which is what is "
		"exported until the link changes%s",
		STR_ARG(export_table_path(run->table, entry->written_path)),
		STR_ARG(real), others);

	if (*others)
		finding->severity = SEVERITY_HIGH;
	finding->fix.description =
		arena_printf(run->arena, "write `%.*s`", STR_ARG(real));
	finding->fix.safe = true;
	if (is_plain_word(real))
		rule_edit(run, finding, path_span(run, entry),
			  arena_copy(run->arena, real.data, real.length));
}

static void check(struct rule_run *run)
{
	lines_each(run, meets, check_line);
}

const struct rule rule_path_is_symlink = {
	.slug = "path-is-symlink",
	.severity = SEVERITY_MEDIUM,
	.needs = NEEDS_FILES,
	.traits = TRAIT_ALL,
	.summary = "an exported path that leads through a symbolic link",
	.rationale =
		"exportfs follows the link when it runs and exports what it "
		"leads to then. Whoever changes the link changes the export "
		"at the next run, without touching exports. Where others than "
		"root can do that, it counts one step more.",
	.remedy = "Write the path that the link leads to.",
	.bad = "/srv/current 10.1.0.0/24(rw)\n",
	.good = "/srv/release-7 10.1.0.0/24(rw)\n",
	.references =
		(const char *const[]){
			"exportfs(8)",
			"CWE-59: Improper Link Resolution Before File Access",
			NULL },
	.check_table = check,
};
