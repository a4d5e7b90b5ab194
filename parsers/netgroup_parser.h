/* The netgroup file, netgroup(5), as the C library's "files" service reads
 * it. */
#ifndef NETGROUP_PARSER_H
#define NETGROUP_PARSER_H

#include "array.h"
#include "id_table.h"

/* "(host,user,domain)". An empty field stands for any; "-" for none. */
struct netgroup_triple {
	struct str host, user, domain;
};

/* A group and what is written behind its name. */
struct netgroup {
	struct str name;
	uint32_t first_triple, triple_count; /* of netgroups.triples */
	uint32_t first_inner, inner_count;   /* of netgroups.inner */
};

struct netgroups {
	ARRAY(struct netgroup) list;
	ARRAY(struct netgroup_triple) triples;
	ARRAY(struct str) inner; /* names of the groups within groups */
	struct id_table by_name;
};

/* Reads text, which must outlive groups: names point into it. A name stands at
 * the beginning of a line, with a blank or newline behind it; the first line
 * that has it counts. A line goes on behind a backslash at its end. There are
 * no comments:
 * "#" is part of a name like any other byte. What is in a group ends at the
 * first triple that is not complete. */
void netgroups_parse(struct arena *arena, struct str text,
		     struct netgroups *groups);

/* All triples of a group and of the groups within it, each group once; in the
 * order of getnetgrent(3). */
struct netgroup_answer {
	ARRAY(const struct netgroup_triple *) triples;
};

/* False if there is no such group. A group within it that is missing adds
 * nothing. */
bool netgroups_find(struct arena *arena, const struct netgroups *groups,
		    struct str name, struct netgroup_answer *answer)
	__attribute__((warn_unused_result));

#endif
