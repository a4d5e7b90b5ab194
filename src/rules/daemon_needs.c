#include "daemon_needs.h"

#include "flavor_sets.h"

static bool has_kerberos(const struct export_table *table,
			 const struct export_policy *policy)
{
	(void)table;
	return flavor_set_of(policy) & FLAVORS_KRB5;
}

static const struct export_entry *
first(const struct export_table *table,
      bool (*needs)(const struct export_table *table,
		    const struct export_policy *policy))
{
	for (size_t i = 0; i < table->entries.count; i++) {
		const struct export_entry *entry = &table->entries.items[i];

		if (entry->state == EXPORT_LOADED &&
		    needs(table, &table->policies.list.items[entry->policy]))
			return entry;
	}
	return NULL;
}

const struct export_entry *
daemon_needs_kerberos(const struct export_table *table)
{
	return first(table, has_kerberos);
}

const struct export_entry *daemon_needs_tls(const struct export_table *table)
{
	return first(table, needs_tls);
}
