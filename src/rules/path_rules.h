/* What the rules about paths ask of an entry. */
#ifndef PATH_RULES_H
#define PATH_RULES_H

#include "local_paths.h"
#include "option_lists.h"

/* What is known of the path as the server has it; NULL if it could not be
 * looked at. */
const struct local_path *path_local(const struct rule_run *run,
				    const struct export_entry *entry);

/* The mount that it lies on; NULL if that is not known. */
const struct mountinfo_mount *path_mount(const struct rule_run *run,
					 const struct export_entry *entry);

/* The path as the server has it, resolved. */
struct str path_of(const struct rule_run *run,
		   const struct export_entry *entry);

/* Who may replace a part of a path through a weak directory of it, to begin a
 * sentence with, and why: "uid 1000", "is his". */
const char *weak_directory_who(struct arena *arena,
			       const struct weak_directory *weak);
const char *weak_directory_why(const struct weak_directory *weak);

/* Where the path stands. */
struct span path_span(const struct rule_run *run,
		      const struct export_entry *entry);

/* Is the whole file system of the path exported, not a directory of it? */
bool path_is_mount_point(const struct rule_run *run,
			 const struct export_entry *entry);

/* Does one mount hold both paths' file system? */
bool mounts_share_file_system(const struct mountinfo_mount *a,
			      const struct mountinfo_mount *b);

/* rule_report() of a line's path, whoever its clients are. */
#define path_report(run, entry, ...)                                           \
	path_only(rule_report((run), (entry), path_span((run), (entry)),       \
			      __VA_ARGS__))

/* Makes a finding one of the path, not of its first client. */
struct finding *path_only(struct finding *finding);

#endif
