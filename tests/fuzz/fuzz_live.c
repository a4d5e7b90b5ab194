/* Properties that hold for any text in the place of the files that an audit
 * reads about the running server: each parser gets it. A tree that is audited
 * may hold anything, and clients choose some of the names. */
#include "accounts_parser.h"
#include "fstab_parser.h"
#include "fuzz_target.h"
#include "id_table.h"
#include "kernel_exports_parser.h"
#include "keytab_parser.h"
#include "mountinfo_parser.h"
#include "nfsd_client_parser.h"
#include "nfsd_settings_parser.h"
#include "nsswitch_parser.h"
#include "rmtab_parser.h"
#include "socket_table_parser.h"

static size_t count_lines(struct str text)
{
	size_t lines = 0;
	struct str line;

	while (str_take(&text, '\n', &line))
		lines++;
	return lines;
}

/* A view is read to its end, and is not longer than what it comes from. */
static void check_view(struct str view, struct str text)
{
	REQUIRE(view.length <= text.length);
	(void)hash_bytes(0, view);
}

static void check_tables(struct arena *arena, struct str text)
{
	struct rmtab rmtab;
	struct socket_table sockets = { 0 };
	struct mountinfo mounts = { 0 };
	struct fstab fstab = { 0 };
	size_t lines = count_lines(text);

	rmtab_parse(arena, text, &rmtab);
	REQUIRE(rmtab.list.count <= lines);
	for (size_t i = 0; i < rmtab.list.count; i++) {
		check_view(rmtab.list.items[i].client, text);
		check_view(rmtab.list.items[i].path, text);
	}
	socket_table_parse(arena, text, &sockets);
	REQUIRE(sockets.list.count <= lines);
	mountinfo_parse(arena, text, &mounts);
	REQUIRE(mounts.list.count <= lines);
	for (size_t i = 0; i < mounts.list.count; i++) {
		check_view(mounts.list.items[i].point, text);
		check_view(mounts.list.items[i].super_options, text);
	}
	fstab_parse(arena, text, &fstab);
	REQUIRE(fstab.entries.count <= lines);
	for (size_t i = 0; i < fstab.entries.count; i++) {
		check_view(fstab.entries.items[i].folder, text);
		REQUIRE(fstab.entries.items[i].span.end <= text.length);
	}
}

static void check_kernel(struct arena *arena, struct str text)
{
	struct kernel_exports exports = { 0 };
	struct kernel_clients clients = { 0 };
	struct nfsd_ports ports = { 0 };
	uint32_t number;
	size_t lines = count_lines(text);

	kernel_exports_parse(arena, text, &exports);
	REQUIRE(exports.list.count <= lines);
	for (size_t i = 0; i < exports.list.count; i++) {
		check_view(exports.list.items[i].path, text);
		check_view(exports.list.items[i].domain, text);
		check_view(exports.list.items[i].options, text);
	}
	kernel_clients_parse(arena, text, &clients);
	REQUIRE(clients.list.count <= lines);
	for (size_t i = 0; i < clients.list.count; i++)
		check_view(clients.list.items[i].domain, text);
	nfsd_ports_parse(arena, text, &ports);
	REQUIRE(ports.list.count <= lines);
	(void)nfsd_versions_parse(text);
	(void)nfsd_number_parse(text, &number);
}

static void check_client(struct str text)
{
	struct nfsd_client client = { 0 };
	uint64_t states = 0;

	if (nfsd_client_parse(text, &client)) {
		check_view(client.name, text);
		check_view(client.address_text, text);
		REQUIRE(nfsd_client_state(&client));
	}
	nfsd_states_parse(text, &client);
	for (int i = 0; i < NFSD_STATE_KINDS; i++)
		states += client.states[i];
	REQUIRE(states <= count_lines(text));
}

static void check_names(struct str text)
{
	static const char *const databases[] = { "passwd", "group", "hosts" };
	struct str rest = text, word;
	struct account account;
	uint32_t gid;

	while (account_next(&rest, &account)) {
		check_view(account.name, text);
		(void)account_group(&account, &gid);
	}
	for (size_t i = 0; i < sizeof(databases) / sizeof(*databases); i++) {
		struct str services = nsswitch_find(text, databases[i]);

		while (nsswitch_next(&services, &word)) {
			REQUIRE(word.length > 0);
			check_view(word, text);
		}
	}
	(void)keytab_has_service(text, "nfs");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str text = { (const char *)data, size };
	struct arena *arena = arena_new();

	check_tables(arena, text);
	check_kernel(arena, text);
	check_client(text);
	check_names(text);
	arena_free(arena);
	return 0;
}
