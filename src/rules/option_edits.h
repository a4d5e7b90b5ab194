/* Edits of options and clients as they stand in the file, for the fixes of
 * findings. Where the bytes around are not the plain ones that are expected,
 * an escaped comma for example, there is no edit. */
#ifndef OPTION_EDITS_H
#define OPTION_EDITS_H

#include "option_lists.h"

/* The text of the document that a finding is in. */
struct str finding_text(const struct rule_run *run,
			const struct finding *finding);

/* Takes one option with its comma out of its list. Of a list without another
 * one the parentheses go as well, or the -option word. */
void option_edit_delete(struct rule_run *run, struct finding *finding,
			struct span option);

/* The same where the option that decides for the clients of a group is
 * written, in their own lists or once in the -options before them; and says
 * so, in the words of the file. The finding's place is that of the option. */
void option_edits_delete(struct rule_run *run, struct finding *finding,
			 const struct client_group *group,
			 enum export_option_id id);

/* Writes another option in its place. */
void option_edits_replace(struct rule_run *run, struct finding *finding,
			  const struct client_group *group,
			  enum export_option_id id, const char *text);

/* Replaces one of the words of its value, which colons separate; a NULL text
 * takes the word out, unless it is the only one. */
void option_edits_value(struct rule_run *run, struct finding *finding,
			const struct client_group *group,
			enum export_option_id id, const char *word,
			const char *text);

/* Where the finding's place is an option with such words: puts the nearest of
 * those that are known in the place of the first that is not, and says so.
 * Nothing is done if none is near. known ends with NULL; of those that are
 * equally near the first is taken. */
void option_edit_nearest(struct rule_run *run, struct finding *finding,
			 const char *const *known);

/* Brings the edits of a finding into the order of the text. */
void option_edits_sort(struct finding *finding);

/* Adds options to a client's own list; none to a word with quotes or
 * escapes, or if the word gets too long. */
void option_edit_append(struct rule_run *run, struct finding *finding,
			const struct export_entry *entry, const char *options);

/* Takes an entry's client out of its line, or the whole entry if whole is
 * said, but no comment. */
void entry_edit_delete(struct rule_run *run, struct finding *finding,
		       const struct export_entry *entry, bool whole);

#endif
