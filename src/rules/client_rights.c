#include "client_rights.h"

void table_rights_build(struct rule_run *run, const struct export_table *table,
			struct table_rights *rights)
{
	*rights = (struct table_rights){
		.domains_fit = table == run->local->live->in_force &&
			       live_reach_domains_fit(table),
	};
	export_index_build(run->arena, table, &rights->index);
	export_index_all(&rights->index, &rights->all);
}

enum match_answer table_rights_of(struct table_rights *rights,
				  const struct live_client *client)
{
	struct access_client asking =
		live_reach_asking(client, rights->domains_fit);

	if (client->address.family == IP_NONE)
		return MATCH_DEPENDS;
	return export_index_decide(&rights->index, &rights->all, &asking)
		.answer;
}

bool table_rights_lack(struct table_rights *rights,
		       const struct live_client *client, struct str path)
{
	struct access_client asking =
		live_reach_asking(client, rights->domains_fit);

	return client->address.family != IP_NONE &&
	       live_reach_mount(&rights->index, &asking, path) == ACCESS_DENIED;
}
