#include "export_options.h"
#include "option_edits.h"

/* Options of other systems, and what takes their place. */
static const struct {
	const char *name, *instead;
} foreign[] = {
	{ "access", "name the clients that may mount, each with its options" },
	{ "alldirs", "delete it: clients may mount what lies below anyway" },
	{ "anon", "write `anonuid=`, and `all_squash` if all users are meant" },
	{ "deny", "name the clients that may mount, and no others" },
	{ "link_relative", "delete it" },
	{ "map_daemon", "delete it: NFSv4 maps names by itself" },
	{ "map_identity", "delete it: ids are taken as they come" },
	{ "mapall", "write `all_squash` with `anonuid=` and `anongid=`" },
	{ "maproot", "write `no_root_squash`, or `anonuid=` for another user" },
	{ "mask", "name the network as a client, as in `10.1.0.0/16(ro)`" },
	{ "network", "name the network as a client, as in `10.1.0.0/16(ro)`" },
	{ "noaccess", "export only the directories that clients need" },
	{ "public", "delete it" },
	{ "quiet", "delete it" },
	{ "ro", "name these clients with `(ro)` each" },
	{ "root", "name these hosts with `(no_root_squash)` each" },
	{ "rw", "name these clients with `(rw)` each" },
	{ "webnfs", "delete it" },
};

static const char *instead_of(struct str name)
{
	for (size_t i = 0; i < sizeof(foreign) / sizeof(*foreign); i++)
		if (str_is(name, foreign[i].name))
			return foreign[i].instead;
	return NULL;
}

static void repair(struct rule_run *run, struct finding *finding,
		   enum export_problem problem)
{
	struct span span = finding->span;
	struct str name =
		str_range(finding_text(run, finding).data + span.begin,
			  finding_text(run, finding).data + span.end);
	const char *nearest;

	(void)problem;
	name.length = str_find(name, '=');
	finding->fix.description = instead_of(name);
	if (finding->fix.description)
		return;
	nearest = export_option_nearest(run->arena, name);
	if (!nearest)
		return;
	finding->fix.description =
		arena_printf(run->arena, "write `%s`", nearest);
	rule_edit(
		run, finding,
		(struct span){ span.begin, span.begin + (uint32_t)name.length },
		nearest);
}

const struct rule rule_unknown_option = {
	.slug = "unknown-option",
	.severity = SEVERITY_HIGH,
	.summary = "an option that exportfs does not know",
	.rationale = "exportfs stops reading a file at the first option that "
		     "it does not know, and withdraws what stands behind it. "
		     "Debian's nfs-server unit ignores the exit status, so a "
		     "restart succeeds with half of the exports.",
	.remedy = "Correct the spelling; options are lower case and have no "
		  "blanks between them. Options of BSD and Solaris have other "
		  "names on Linux, or stand at each client.",
	.bad = "/srv/data 10.1.0.0/16(rw,no_root_sqash)\n/srv/more "
	       "10.1.0.0/16(ro)\n",
	.good = "/srv/data 10.1.0.0/16(rw,root_squash)\n",
	.references =
		(const char *const[]){ "exports(5), General Options", NULL },
	.problems = (const enum export_problem[]){ PROBLEM_UNKNOWN_OPTION,
						   PROBLEM_NONE },
	.repair = repair,
};
