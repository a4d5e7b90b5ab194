/* Option lists as they are written, and clients that share them: many lines
 * name hundreds of clients with one list, which is one cause of a finding. */
#ifndef OPTION_LISTS_H
#define OPTION_LISTS_H

#include "rule.h"

/* An option that nfs-utils accepted. */
struct written_option {
	enum export_option_id id;
	bool clears;
	struct str text;  /* "anonuid=0"; a view into the list */
	struct str value; /* behind "="; .data NULL: none */
	unsigned section; /* counts the sec= up to it; 0: before the first */
};

/* Lists are shorter than 512 bytes, an option with its comma has 3 or more. */
enum { OPTIONS_MAX = 512 / 3 + 1 };

struct option_list {
	unsigned number; /* from 1 in the order in which lists apply */
	unsigned count;
	struct str text;
	struct written_option items[OPTIONS_MAX];
};

/* The last list of a policy (number in the table); policy must not be 0, the
 * built-in default. */
void option_list_read(const struct export_table *table, uint32_t policy,
		      struct option_list *list);

/* The policies that lead to one, from its first list on. Returns their
 * number; the rest of longer chains is left out. */
enum { POLICY_CHAIN_MAX = 16 };
unsigned policy_chain(const struct export_table *table, uint32_t policy,
		      uint32_t chain[POLICY_CHAIN_MAX]);

/* Where an option of that list stands for an entry it applies to. */
struct span written_option_span(struct rule_run *run,
				const struct export_entry *entry,
				const struct option_list *list,
				const struct written_option *option);

/* Calls check for each list of each line once, with the first loaded entry
 * that it applies to. */
void option_lists_each(struct rule_run *run,
		       void (*check)(struct rule_run *run,
				     const struct export_entry *entry,
				     const struct option_list *list));

/* The last written value of an option with "=" that a policy has. */
struct str policy_value(const struct export_table *table, uint32_t policy,
			enum export_option_id id);

/* Is the option written, but only in -options, because the client has no list
 * of its own? */
bool option_is_from_defaults(struct rule_run *run,
			     const struct export_entry *entry,
			     enum export_option_id id);

/* Loaded clients of one line that have the same policy. */
struct client_group {
	const struct export_entry *entry; /* the first one of the widest */
	const struct export_entry *first; /* the first one of all; NULL: entry
					     is the only one */
	size_t count;
};

/* Calls check for each group of a line, in the order of the table. */
void client_groups_each(struct rule_run *run,
			void (*check)(struct rule_run *run,
				      const struct client_group *group));

/* The same for all loaded clients of a line that meet a condition. */
void lines_each(struct rule_run *run,
		bool (*meets)(struct rule_run *run,
			      const struct export_entry *entry),
		void (*check)(struct rule_run *run,
			      const struct client_group *group));

/* "everybody", "the host 10.1.0.5 and 2 more clients". */
const char *client_group_text(const struct rule_run *run,
			      const struct client_group *group);

/* The same to follow "on" or "of": "any host" for everybody. */
const char *client_group_hosts(const struct rule_run *run,
			       const struct client_group *group);

#endif
