#include "nobody_mapping.h"

#include "accounts_parser.h"
#include "nsswitch_parser.h"
#include "small_file.h"
#include "source.h"

/* Of both, for the accounts that systemd knows by itself. */
enum { NOBODY_ID = 65534 };

static const struct {
	const char *key, *kind, *database, *file;
} rows[] = {
	{ "Nobody-User", "user", "passwd", "/etc/passwd" },
	{ "Nobody-Group", "group", "group", "/etc/group" },
};

/* What the file of a database says. */
struct accounts {
	bool known, has_name, has_nobody;
};

static struct accounts look_up(struct arena *arena, const struct root *root,
			       const char *path, struct str name)
{
	struct accounts accounts = { 0 };
	struct account account;
	struct str text;

	accounts.known = small_file_read(arena, root, path, SOURCE_MAX_BYTES,
					 &text) == 0;
	while (account_next(&text, &account)) {
		accounts.has_name |= str_equal(account.name, name);
		accounts.has_nobody |= account.id == NOBODY_ID;
	}
	return accounts;
}

/* systemd has one name for NOBODY_ID, which differs between distributions, and
 * is that of the file if that has one. */
static bool may_have(struct str service, const struct accounts *accounts,
		     struct str name)
{
	if (str_is(service, "files") || service.data[0] == '[')
		return false;
	return !str_is(service, "systemd") || !accounts->has_nobody ||
	       (!str_is(name, "nobody") && !str_is(name, "nogroup"));
}

/* Without a line about the database only files are asked. */
static bool another_may_have(struct str nsswitch, const char *database,
			     const struct accounts *accounts, struct str name)
{
	struct str services = nsswitch_find(nsswitch, database), service;

	while (nsswitch_next(&services, &service))
		if (may_have(service, accounts, name))
			return true;
	return false;
}

void nobody_mapping_gather(struct arena *arena, const struct root *root,
			   struct local_server *server)
{
	const struct server_config *config = server->idmapd_conf;
	struct str nsswitch;

	(void)small_file_read(arena, root, "/etc/nsswitch.conf",
			      SOURCE_MAX_BYTES, &nsswitch);
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct nobody_mapping *nobody = &server->nobodies[i];
		struct str name = server_config_value(
			config,
			server_config_find(config, "Mapping", rows[i].key));
		struct accounts accounts;

		if (!name.data)
			name = STR("nobody");
		accounts = look_up(arena, root, rows[i].file, name);
		*nobody = (struct nobody_mapping){
			.key = rows[i].key,
			.kind = rows[i].kind,
			.name = name,
			.missing = accounts.known && !accounts.has_name &&
				   !another_may_have(nsswitch, rows[i].database,
						     &accounts, name),
		};
	}
}
