#include "exposure.h"

#include <stdlib.h>

#include "address_segments.h"
#include "netgroup_parser.h"

struct finder {
	struct arena *arena, *scratch;
	uint8_t *seen; /* for each entry, a bit for each right */
	struct netgroups no_netgroups;
	struct export_question question;
	const struct access_wish *wish;
	struct exposure *exposure;
};

const char *exposure_right_name(enum exposure_right right)
{
	static const char *const names[EXPOSURE_RIGHTS] = {
		[EXPOSURE_ROOT] = "root",
		[EXPOSURE_READ_WRITE] = "read-write",
		[EXPOSURE_READ_ONLY] = "read-only",
	};

	return names[right];
}

static enum exposure_right right_of(const struct access_right *right)
{
	if (!right->root_squash && !right->all_squash)
		return EXPOSURE_ROOT;
	return right->read_only ? EXPOSURE_READ_ONLY : EXPOSURE_READ_WRITE;
}

static bool is_wanted(const struct access_right *right,
		      const struct access_wish *wish)
{
	if (wish->sec && wish->sec->number != right->flavor->number)
		return false;
	if (wish->can == CAN_WRITE && right->read_only)
		return false;
	return wish->can != CAN_ROOT || right_of(right) == EXPOSURE_ROOT;
}

static struct exposure_row *row_of(struct finder *finder, uint32_t policy,
				   enum exposure_right right)
{
	struct exposure *exposure = finder->exposure;
	struct exposure_row *row;

	for (size_t i = 0; i < exposure->rows.count; i++) {
		row = &exposure->rows.items[i];
		if (row->policy_number == policy && row->right == right)
			return row;
	}
	row = ARRAY_ADD(finder->arena, &exposure->rows);
	row->right = right;
	row->policy_number = policy;
	row->policy =
		&finder->question.index->table->policies.list.items[policy];
	return row;
}

static void add_flavor(struct exposure_row *row,
		       const struct security_flavor *flavor)
{
	for (unsigned i = 0; i < row->flavor_count; i++)
		if (row->flavors[i]->number == flavor->number)
			return;
	row->flavors[row->flavor_count++] = flavor;
}

/* Notes once that an entry decides for a row. */
static void add_entry(struct finder *finder, struct exposure_row *row,
		      const struct export_entry *entry)
{
	size_t index =
		(size_t)(entry - finder->question.index->table->entries.items);
	uint8_t bit = (uint8_t)(1u << row->right);

	if (!(finder->seen[index] & bit))
		*ARRAY_ADD(finder->arena, &row->entries) = entry;
	finder->seen[index] |= bit;
}

/* Puts each right of an entry that decides where it belongs; add adds to the
 * row whom it is for. */
static void add_rights(struct finder *finder,
		       const struct access_answer *answer,
		       void (*add)(struct finder *finder,
				   struct exposure_row *row, const void *whom),
		       const void *whom)
{
	const struct export_entry *entry = answer->selection.entry;

	for (unsigned i = 0; i < answer->right_count; i++) {
		const struct access_right *right = &answer->rights[i];
		bool is_repeated = false;
		struct exposure_row *row;

		if (!is_wanted(right, finder->wish))
			continue;
		for (unsigned k = 0; k < i; k++)
			is_repeated |=
				is_wanted(&answer->rights[k], finder->wish) &&
				right_of(&answer->rights[k]) == right_of(right);
		row = row_of(finder, entry->policy, right_of(right));
		add_flavor(row, right->flavor);
		add_entry(finder, row, entry);
		if (!is_repeated)
			add(finder, row, whom);
	}
}

struct piece {
	enum ip_family family;
	struct address_range range;
};

static void add_piece(struct finder *finder, struct exposure_row *row,
		      const void *whom)
{
	const struct piece *piece = whom;

	address_set_add_range(finder->arena, &row->addresses, piece->family,
			      piece->range);
}

static void add_name(struct finder *finder, struct exposure_row *row,
		     const void *whom)
{
	*ARRAY_ADD(finder->arena, &row->names) = *(const struct str *)whom;
}

static void add_netgroup(struct finder *finder, struct exposure_row *row,
			 const void *whom)
{
	*ARRAY_ADD(finder->arena, &row->netgroups) = *(const struct str *)whom;
}

static struct access_answer ask(struct finder *finder,
				const struct access_client *client)
{
	finder->question.client = client;
	return access_check(finder->scratch, &finder->question, finder->wish);
}

/* An address without a name stands for its piece. */
static void find_piece(struct finder *finder, struct piece piece)
{
	struct access_client client = {
		.address = address_of_number(piece.range.first, piece.family),
		.names_known = true,
		.names_are_hosts = true,
		.netgroups = &finder->no_netgroups,
	};
	struct access_answer answer = ask(finder, &client);

	finder->exposure->unknown_file_systems |=
		answer.selection.reason == SELECT_FILE_SYSTEMS;
	if (answer.selection.reason == SELECT_ENTRY)
		add_rights(finder, &answer, add_piece, &piece);
}

static void find_addresses(struct finder *finder, enum ip_family family)
{
	struct address_range all = {
		.last = { family == IP_V6 ? UINT64_MAX : 0,
			  family == IP_V6 ? UINT64_MAX : UINT32_MAX },
	};
	struct address_segments segments;

	address_segments_cut(finder->arena, &finder->question, family, all,
			     &segments);
	finder->exposure->scattered |= segments.scattered;
	for (size_t i = 0; i < segments.list.count; i++)
		find_piece(finder,
			   (struct piece){ family, segments.list.items[i] });
}

/* A name that a pattern fits, made from it. */
static struct str example_of(struct arena *arena, struct str pattern)
{
	char *name = arena_copy(arena, pattern.data, pattern.length);
	size_t length = 0;

	for (size_t i = 0; i < pattern.length; i++) {
		if (pattern.data[i] == '[') {
			size_t end = i + str_find(str_skip(pattern, i), ']');

			name[length++] =
				i + 1 < pattern.length &&
						pattern.data[i + 1] != '^'
					? pattern.data[i + 1]
					: 'x';
			i = end;
		} else if (pattern.data[i] == '*' || pattern.data[i] == '?') {
			name[length++] = 'x';
		} else {
			name[length++] = pattern.data[i];
		}
	}
	return (struct str){ name, length };
}

/* A client that is known by its name: does this very entry decide for it? */
static void find_name(struct finder *finder, const struct export_entry *entry,
		      const struct export_client *client)
{
	struct str name = client->type == CLIENT_WILDCARD
				  ? example_of(finder->scratch, client->name)
				  : client->name;
	/* an address that hosts and networks rarely have */
	struct access_client named = {
		.address = { .family = IP_V4 },
		.names = &name,
		.name_count = 1,
		.names_known = true,
		.names_are_hosts = true,
		.netgroups = &finder->no_netgroups,
	};
	struct access_answer answer;

	answer = ask(finder, &named);
	if (answer.selection.reason == SELECT_ENTRY &&
	    answer.selection.entry == entry)
		add_rights(finder, &answer, add_name, &client->name);
}

static void find_netgroup(struct finder *finder,
			  const struct export_entry *entry,
			  const struct export_client *client)
{
	struct access_answer answer;

	finder->question.client = NULL;
	answer = access_of_entry(&finder->question, finder->wish, entry);
	add_rights(finder, &answer, add_netgroup, &client->name);
}

static void find_names(struct finder *finder,
		       const struct path_entries *entries)
{
	const struct export_table *table = finder->question.index->table;

	for (size_t i = 0; i < entries->list.count; i++) {
		const struct export_entry *entry =
			&table->entries.items[entries->list.items[i]];
		const struct export_client *client =
			&table->clients.list.items[entry->client];
		struct ip_address address;

		if (client->type == CLIENT_NETGROUP)
			find_netgroup(finder, entry, client);
		else if (client->type == CLIENT_WILDCARD ||
			 (client->type == CLIENT_HOST &&
			  !client->address_count &&
			  !ip_address_parse_host(client->name, &address)))
			find_name(finder, entry, client);
	}
}

/* At the path, or at the nearest directory above it that is exported. */
static void find_all_names(struct finder *finder)
{
	struct str path = finder->question.path;

	do {
		const struct path_entries *entries =
			export_index_path(finder->question.index, path);

		if (entries) {
			find_names(finder, entries);
			return;
		}
	} while (export_path_parent(&path));
}

static int compare_rows(const void *left, const void *right)
{
	const struct exposure_row *a = left, *b = right;

	if (a->right != b->right)
		return a->right < b->right ? -1 : 1;
	return (a->policy_number > b->policy_number) -
	       (a->policy_number < b->policy_number);
}

void exposure_find(struct arena *arena, const struct export_question *question,
		   const struct access_wish *wish, struct exposure *exposure)
{
	struct finder finder = {
		.arena = arena,
		.scratch = arena_new(),
		.question = *question,
		.wish = wish,
		.exposure = exposure,
		.seen = arena_alloc(arena,
				    question->index->table->entries.count + 1),
	};

	*exposure = (struct exposure){ 0 };
	find_addresses(&finder, IP_V4);
	find_addresses(&finder, IP_V6);
	find_all_names(&finder);
	if (exposure->rows.count)
		qsort(exposure->rows.items, exposure->rows.count,
		      sizeof(*exposure->rows.items), compare_rows);
	arena_free(finder.scratch);
}
