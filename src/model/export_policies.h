/* The distinct policies of a table. A million lines have a handful of option
 * lists; each is read once. */
#ifndef EXPORT_POLICIES_H
#define EXPORT_POLICIES_H

#include "array.h"
#include "export_policy.h"
#include "id_table.h"

struct export_policies {
	ARRAY(struct export_policy) list; /* 0 is the built-in default */
	ARRAY(struct policy_key) keys;	  /* how each one came about */
	struct id_table index;
};

struct policy_key {
	uint32_t base; /* policy that the list was applied to */
	uint32_t list_number;
	struct str list;
};

/* The policy that list makes of the policy `base`; false with *problem set if
 * nfs-utils refuses the list. See export_policy_apply. */
bool export_policies_apply(struct arena *arena,
			   struct export_policies *policies,
			   const struct export_rules *rules, uint32_t base,
			   struct str list, unsigned list_number,
			   uint32_t *policy, struct option_problem *problem)
	__attribute__((warn_unused_result));

/* Puts the default in as number 0. */
void export_policies_init(struct arena *arena,
			  struct export_policies *policies);

#endif
