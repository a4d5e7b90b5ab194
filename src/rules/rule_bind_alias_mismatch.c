#include "path_rights.h"

/* The directory's path in its file system, with that one's number, which all
 * its paths share. */
static struct str identity_of(const struct rule_run *run,
			      const struct export_entry *entry)
{
	const struct mountinfo_mount *mount = path_mount(run, entry);
	struct str below = path_of(run, entry), root = mount->root;

	if (!str_is(mount->point, "/"))
		below = str_skip(below, mount->point.length);
	if (str_is(root, "/"))
		root.length = 0;
	if (str_is(below, "/"))
		below.length = 0;
	return str_of(arena_printf(run->arena, "%u:%u%.*s%.*s", mount->major,
				   mount->minor, STR_ARG(root),
				   STR_ARG(below)));
}

static void report(struct rule_run *run, const struct export_entry *first,
		   const struct export_entry *entry)
{
	struct finding *finding = path_report(
		run, entry,
		"%.*s is the same directory as %.*s, which has other clients "
		"or options: of the two the one that gives more counts",
		STR_ARG(path_of(run, entry)), STR_ARG(path_of(run, first)));

	rule_relate(run, finding, first, "the same directory");
}

static void check(struct rule_run *run)
{
	struct path_groups groups = path_groups_of(run);
	ARRAY(const struct path_group *) firsts = { 0 };
	struct text_set identities = { 0 };

	for (size_t i = 0; i < groups.count; i++) {
		const struct path_group *group = &groups.by_path[i];
		const struct export_entry *entry;
		uint32_t number;

		if (!group->count)
			continue;
		entry = path_group_entry(run, group, 0);
		if (!path_mount(run, entry))
			continue;
		number = text_set_add(run->arena, &identities,
				      identity_of(run, entry));
		if (number == firsts.count)
			*ARRAY_ADD(run->arena, &firsts) = group;
		else if (path_rights_of(run, firsts.items[number]) !=
			 path_rights_of(run, group))
			report(run,
			       path_group_entry(run, firsts.items[number], 0),
			       entry);
	}
}

const struct rule rule_bind_alias_mismatch = {
	.slug = "bind-alias-mismatch",
	.severity = SEVERITY_MEDIUM,
	.needs = NEEDS_FILES,
	.traits = TRAIT_ALL,
	.summary = "one directory is exported under two paths with different "
		   "rights",
	.rationale =
		"Through a bind mount the same files have two paths. A client "
		"takes the one that gives it more, so the other one restricts "
		"nobody.",
	.remedy =
		"Give both paths the same clients and options, or export only "
		"one of them.",
	.bad = "/srv/data 10.1.0.0/24(ro)\n/export/data 10.1.0.0/24(rw)\n",
	.good = "/srv/data 10.1.0.0/24(ro)\n/export/data 10.1.0.0/24(ro)\n",
	.references = (const char *const[]){ "mount(8), bind mounts", NULL },
	.check_table = check,
};
