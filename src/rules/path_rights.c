#include "path_rights.h"

uint64_t path_rights_of(const struct rule_run *run,
			const struct path_group *group)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < group->count; i++) {
		const struct export_entry *entry =
			path_group_entry(run, group, i);
		const uint32_t pair[] = { entry->client, entry->policy };
		struct str bytes = { (const char *)pair, sizeof(pair) };

		sum += (uint64_t)hash_bytes(1, bytes) << 32 |
		       hash_bytes(2, bytes);
	}
	return sum;
}
