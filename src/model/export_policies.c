#include "export_policies.h"

static uint32_t add(struct arena *arena, struct export_policies *policies,
		    struct policy_key key, struct export_policy policy)
{
	*ARRAY_ADD(arena, &policies->list) = policy;
	*ARRAY_ADD(arena, &policies->keys) = key;
	return (uint32_t)policies->list.count - 1;
}

void export_policies_init(struct arena *arena, struct export_policies *policies)
{
	*policies = (struct export_policies){ 0 };
	add(arena, policies, (struct policy_key){ 0 }, export_policy_default());
}

static bool same_key(const struct policy_key *a, const struct policy_key *b)
{
	return a->base == b->base && a->list_number == b->list_number &&
	       str_equal(a->list, b->list);
}

bool export_policies_apply(struct arena *arena,
			   struct export_policies *policies,
			   const struct export_rules *rules, uint32_t base,
			   struct str list, unsigned list_number,
			   uint32_t *policy, struct option_problem *problem)
{
	struct policy_key key = { base, list_number, list };
	uint32_t hash = hash_bytes(base * 31 + list_number, list);
	struct export_policy made = policies->list.items[base];

	ID_TABLE_EACH (&policies->index, hash, id)
		if (same_key(&policies->keys.items[id], &key)) {
			*policy = id;
			return true;
		}
	if (!export_policy_apply(arena, rules, list, list_number, &made,
				 problem))
		return false;
	*policy = add(arena, policies, key, made);
	id_table_add(arena, &policies->index, hash, *policy);
	return true;
}
