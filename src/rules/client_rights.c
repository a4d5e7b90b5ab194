#include "client_rights.h"

#include "local_paths.h"

/* Beyond that nothing is told of file systems. */
enum { ASKED_MAX = 1000000 };

void table_rights_build(struct rule_run *run, const struct export_table *table,
			struct table_rights *rights)
{
	*rights = (struct table_rights){
		.arena = run->arena,
		.paths = run->local->paths,
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

static bool is_on(const struct mountinfo_mount *mount,
		  struct nfsd_device device)
{
	return mount && mount->major == device.major &&
	       mount->minor == device.minor;
}

/* Is the path on the file system, or the file system mounted below it, where
 * `crossmnt` may lead? */
static bool leads_to(const struct local_paths *paths, struct str path,
		     struct nfsd_device device)
{
	if (is_on(local_paths_mount(paths, path), device))
		return true;
	for (size_t i = 0; i < paths->mounts.list.count; i++)
		if (is_on(&paths->mounts.list.items[i], device) &&
		    local_path_is_below(paths->mounts.list.items[i].point,
					path))
			return true;
	return false;
}

static const struct exported_device *find_device(struct table_rights *rights,
						 struct nfsd_device device)
{
	const struct mountinfo *mounts = &rights->paths->mounts;
	const struct export_index *index = &rights->index;
	struct exported_device *found;

	for (size_t i = 0; i < rights->devices.count; i++) {
		found = &rights->devices.items[i];
		if (found->device.major == device.major &&
		    found->device.minor == device.minor)
			return found;
	}
	found = ARRAY_ADD(rights->arena, &rights->devices);
	*found = (struct exported_device){ .device = device };
	for (size_t i = 0; i < mounts->list.count && !found->point.data; i++)
		if (is_on(&mounts->list.items[i], device))
			found->point = mounts->list.items[i].point;
	for (uint32_t i = 0; found->point.data && i < index->path_count; i++)
		if (index->by_path[i].list.count &&
		    leads_to(rights->paths, export_table_path(index->table, i),
			     device))
			*ARRAY_ADD(rights->arena, &found->paths) = i;
	return found;
}

bool table_rights_lack_device(struct table_rights *rights,
			      const struct live_client *client,
			      struct nfsd_device device, struct str *point)
{
	struct access_client asking =
		live_reach_asking(client, rights->domains_fit);
	struct export_question question = {
		.index = &rights->index,
		.local = rights->paths,
		.client = &asking,
		.nfs_version = 4,
	};
	const struct exported_device *found;

	if (client->address.family == IP_NONE || !rights->paths ||
	    !rights->paths->mounts_known)
		return false;
	found = find_device(rights, device);
	*point = found->point;
	for (size_t i = 0; i < found->paths.count; i++) {
		enum select_reason reason;

		if (rights->asked++ >= ASKED_MAX)
			return false;
		question.path = export_table_path(rights->index.table,
						  found->paths.items[i]);
		reason = export_select(&question).reason;
		if (reason == SELECT_ENTRY || reason == SELECT_NAMES ||
		    reason == SELECT_FILE_SYSTEMS)
			return false;
	}
	return found->point.data != NULL;
}
