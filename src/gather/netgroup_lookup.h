/* What the name services say about netgroups. */
#ifndef NETGROUP_LOOKUP_H
#define NETGROUP_LOOKUP_H

#include "arena.h"
#include "name_facts.h"
#include "root.h"

/* One group that is asked for. */
struct netgroup_question {
	struct str name;
	struct netgroup_facts *facts; /* where the answer goes */
};

/* Asks for groups, one after another, since getnetgrent(3) has one state for
 * all threads; fills their facts, and adds their hosts to hosts. Below another
 * root its /etc/netgroup answers first (netgroup_parser.h), then the services
 * of the running host. The deadline and ^C are as for name_lookup(). */
void netgroup_lookup(struct arena *arena, const struct root *root,
		     const struct netgroup_question *questions, size_t count,
		     unsigned deadline_ms, struct text_set *hosts,
		     bool *interrupted);

#endif
