/* The names of the ids that a table makes anonymous users of; filled by
 * gather, read by report. */
#ifndef RESOLVED_OWNERS_H
#define RESOLVED_OWNERS_H

/* For each policy of the table, the names of its anonuid and anongid; NULL
 * where there is none. Foreign bytes: print them escaped. */
struct resolved_owners {
	const char **users;
	const char **groups;
};

#endif
