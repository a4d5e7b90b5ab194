#include "owner_names.h"

#include <sys/types.h>

#include <nfsidmap.h>

#include "accounts_parser.h"
#include "array.h"
#include "id_table.h"
#include "small_file.h"
#include "source.h"

enum { MAPPED_NAME_MAX = 1024 };

/* What libnfsidmap offers for one kind of id. */
typedef int id_to_name(unsigned id, char *domain, char *name, size_t length);

struct owner {
	uint32_t id;
	const char *name; /* NULL: known to be unknown */
};

struct owner_list {
	const char *path;
	id_to_name *map;
	bool loaded;
	ARRAY(struct owner) owners;
	struct id_table by_id;
};

struct owner_names {
	struct arena *arena;
	const struct root *root;
	bool ask;
	struct owner_list users, groups;
};

struct owner_names *owner_names_new(struct arena *arena,
				    const struct root *root, bool ask)
{
	struct owner_names *names = arena_alloc(arena, sizeof(*names));

	names->arena = arena;
	names->root = root;
	names->ask = ask;
	names->users.path = "/etc/passwd";
	names->users.map = nfs4_uid_to_name;
	names->groups.path = "/etc/group";
	names->groups.map = nfs4_gid_to_name;
	return names;
}

static uint32_t hash_id(uint32_t id)
{
	return hash_bytes(0, (struct str){ (const char *)&id, sizeof(id) });
}

static const struct owner *find_owner(const struct owner_list *list,
				      uint32_t id)
{
	ID_TABLE_EACH (&list->by_id, hash_id(id), index)
		if (list->owners.items[index].id == id)
			return &list->owners.items[index];
	return NULL;
}

static void add_owner(struct arena *arena, struct owner_list *list, uint32_t id,
		      const char *name)
{
	*ARRAY_ADD(arena, &list->owners) = (struct owner){ id, name };
	id_table_add(arena, &list->by_id, hash_id(id),
		     (uint32_t)(list->owners.count - 1));
}

static void load(struct owner_names *names, struct owner_list *list)
{
	struct arena *scratch = arena_new();
	struct account account;
	struct str text;

	list->loaded = true;
	(void)small_file_read(scratch, names->root, list->path,
			      SOURCE_MAX_BYTES, &text);
	while (account_next(&text, &account))
		if (!find_owner(list, account.id))
			add_owner(names->arena, list, account.id,
				  arena_copy(names->arena, account.name.data,
					     account.name.length));
	arena_free(scratch);
}

/* libnfsidmap would write to syslog. */
__attribute__((format(printf, 1, 2))) static void
say_nothing(const char *format, ...)
{
	(void)format;
}

static const char *ask_mapping(struct arena *arena, id_to_name *map,
			       uint32_t id)
{
	static bool started;
	char name[MAPPED_NAME_MAX];

	if (!started) {
		started = true;
		nfs4_set_debug(0, say_nothing);
		/* names need the domain that this finds; if it can't, the
		 * calls below fail by themselves */
		(void)nfs4_init_name_mapping(NULL);
	}
	if (map(id, NULL, name, sizeof(name)) != 0)
		return NULL;
	name[sizeof(name) - 1] = '\0';
	return arena_copy(arena, name, strcspn(name, "@"));
}

static const char *name_of(struct owner_names *names, struct owner_list *list,
			   uint32_t id)
{
	const struct owner *owner;

	if (!list->loaded)
		load(names, list);
	owner = find_owner(list, id);
	if (owner || !names->ask)
		return owner ? owner->name : NULL;
	add_owner(names->arena, list, id,
		  ask_mapping(names->arena, list->map, id));
	return find_owner(list, id)->name;
}

const char *owner_names_user(struct owner_names *names, uint32_t uid)
{
	return name_of(names, &names->users, uid);
}

const char *owner_names_group(struct owner_names *names, uint32_t gid)
{
	return name_of(names, &names->groups, gid);
}
