#include "powerful_ids.h"

#include "accounts_parser.h"
#include "id_table.h"
#include "small_file.h"
#include "source.h"

static const char *const group_names[] = { "sudo",    "wheel", "admin",
					   "docker",  "lxd",   "incus-admin",
					   "libvirt", "disk",  "shadow",
					   "kmem",    NULL };

static bool is_powerful(struct str group)
{
	for (const char *const *name = group_names; *name; name++)
		if (str_is(group, *name))
			return true;
	return false;
}

/* A group, and the names of its members. */
struct groups {
	ARRAY(struct account) list;
	ARRAY(struct str) members;
	ARRAY(uint32_t) group_of; /* for each member, the number of its group */
	struct id_table by_member;
};

static void add_members(struct arena *arena, struct groups *groups,
			uint32_t number)
{
	struct str rest = groups->list.items[number].rest, member;

	while (str_take(&rest, ',', &member)) {
		id_table_add(arena, &groups->by_member, hash_bytes(0, member),
			     (uint32_t)groups->members.count);
		*ARRAY_ADD(arena, &groups->members) = member;
		*ARRAY_ADD(arena, &groups->group_of) = number;
	}
}

/* The first of the groups that a user is in; NULL if he is in none. */
static const struct account *group_of(const struct groups *groups,
				      const struct account *user)
{
	uint32_t gid;

	ID_TABLE_EACH (&groups->by_member, hash_bytes(0, user->name), id)
		if (str_equal(groups->members.items[id], user->name))
			return &groups->list.items[groups->group_of.items[id]];
	if (!account_group(user, &gid))
		return NULL;
	for (size_t i = 0; i < groups->list.count; i++)
		if (groups->list.items[i].id == gid)
			return &groups->list.items[i];
	return NULL;
}

static void read_groups(struct arena *arena, struct str text,
			struct groups *groups, struct local_server *server)
{
	struct account group;

	while (account_next(&text, &group)) {
		if (!is_powerful(group.name))
			continue;
		*ARRAY_ADD(arena, &groups->list) = group;
		add_members(arena, groups, (uint32_t)groups->list.count - 1);
		*ARRAY_ADD(arena, &server->powerful) = (struct powerful_id){
			.kind = POWERFUL_GROUP,
			.id = group.id,
			.group = group.name,
		};
	}
}

void powerful_ids_gather(struct arena *arena, const struct root *root,
			 struct local_server *server)
{
	struct groups groups = { 0 };
	struct account user;
	struct str text;

	(void)small_file_read(arena, root, "/etc/group", SOURCE_MAX_BYTES,
			      &text);
	read_groups(arena, text, &groups, server);
	(void)small_file_read(arena, root, "/etc/passwd", SOURCE_MAX_BYTES,
			      &text);
	while (groups.list.count && account_next(&text, &user)) {
		const struct account *group = group_of(&groups, &user);

		if (group)
			*ARRAY_ADD(arena, &server->powerful) =
				(struct powerful_id){
					.kind = POWERFUL_USER,
					.id = user.id,
					.user = user.name,
					.group = group->name,
				};
	}
}
