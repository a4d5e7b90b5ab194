#include <stdio.h>
#include <string.h>

#include "fake_nfs4.h"

enum { WIDE = 5000 };

/* What no server may send; the last ones are allowed. */
static const struct fake_view
	names[] = {
		{ "", 0 },	 { ".", 1 },	      { "..", 2 },
		{ "a/b", 3 },	 { "/", 1 },	      { "nul\0byte", 8 },
		{ NULL, 256 }, /* of the letter x */
		{ "\33[2J", 4 }, { "line\nfeed", 9 }, { "...", 3 },
	};

enum { NAMES = sizeof(names) / sizeof(*names) };

/* Whether path is export, or a directory on the way to it; *rest is then what
 * is missing. */
static bool leads_to(struct fake_view export, const char *path,
		     struct fake_view *rest)
{
	size_t length = strcmp(path, "/") ? strlen(path) : 0;
	const char *data = export.data;

	if (length > export.length || memcmp(data, path, length) != 0)
		return false;
	if (length < export.length && data[length] != '/')
		return false;
	*rest = (struct fake_view){ data + length, export.length - length };
	return true;
}

/* Calls back for each export, until that gives true. */
static bool any_export(const struct fake_server *server,
		       bool (*found)(void *context, struct fake_view export),
		       void *context)
{
	struct fake_reader list =
		fake_reader_of(fake_bytes_view(&server->prepared.exports));

	while (fake_get_u32(&list)) {
		if (found(context, fake_get_opaque(&list)))
			return true;
		while (fake_get_u32(&list))
			fake_get_opaque(&list);
	}
	return false;
}

struct search {
	const char *path;
	enum fake_nfs4_node node;
};

static bool look_at(void *context, struct fake_view export)
{
	struct search *search = context;
	struct fake_view rest;

	if (!leads_to(export, search->path, &rest))
		return false;
	search->node = rest.length ? FAKE_NFS4_PSEUDO : FAKE_NFS4_EXPORT;
	return search->node == FAKE_NFS4_EXPORT;
}

enum fake_nfs4_node fake_nfs4_find(const struct fake_server *server,
				   enum fake_nfs4_shape shape, const char *path)
{
	struct search search = { path, FAKE_NFS4_NOTHING };

	if (strcmp(path, "/") == 0 || shape == FAKE_NFS4_DEEP ||
	    shape == FAKE_NFS4_WIDE)
		return FAKE_NFS4_PSEUDO;
	any_export(server, look_at, &search);
	return search.node;
}

/* The entries of a directory are the next names of the exports in it, each
 * once, in the order of the list. */
struct listing {
	const char *path;
	uint64_t skip; /* entries */
	struct fake_nfs4_entry *entry;
	/* the last one that was seen: neighbours share their directory */
	char last[FAKE_NFS4_PATH];
};

static bool list(void *context, struct fake_view export)
{
	struct listing *listing = context;
	struct fake_view rest;
	const char *name, *slash;
	size_t length;

	if (!leads_to(export, listing->path, &rest) || rest.length < 2)
		return false;
	name = (const char *)rest.data + 1;
	slash = memchr(name, '/', rest.length - 1);
	length = slash ? (size_t)(slash - name) : rest.length - 1;
	if (length >= sizeof(listing->entry->name) ||
	    (strlen(listing->last) == length &&
	     memcmp(listing->last, name, length) == 0))
		return false;
	snprintf(listing->last, sizeof(listing->last), "%.*s", (int)length,
		 name);
	if (listing->skip-- > 0)
		return false;
	memcpy(listing->entry->name, name, length);
	listing->entry->length = length;
	listing->entry->node = slash ? FAKE_NFS4_PSEUDO : FAKE_NFS4_EXPORT;
	return true;
}

static bool set_entry(struct fake_nfs4_entry *entry, enum fake_nfs4_node node,
		      const char *name)
{
	entry->length =
		(size_t)snprintf(entry->name, sizeof(entry->name), "%s", name);
	entry->node = node;
	return true;
}

static bool foreign_entry(uint64_t index, struct fake_nfs4_entry *entry)
{
	if (index >= NAMES)
		return false;
	entry->node = FAKE_NFS4_EXPORT;
	entry->length = names[index].length;
	if (names[index].data)
		memcpy(entry->name, names[index].data, entry->length);
	else
		memset(entry->name, 'x', entry->length);
	return true;
}

static bool numbered_entry(uint64_t index, enum fake_nfs4_node node,
			   struct fake_nfs4_entry *entry)
{
	char name[32];

	snprintf(name, sizeof(name), "%llu", (unsigned long long)index);
	return set_entry(entry, node, name);
}

bool fake_nfs4_entry_at(const struct fake_server *server,
			enum fake_nfs4_shape shape, const char *path,
			uint64_t index, struct fake_nfs4_entry *entry)
{
	struct listing listing = { path, index, entry, "" };
	bool is_root = strcmp(path, "/") == 0;

	if (fake_nfs4_find(server, shape, path) == FAKE_NFS4_EXPORT)
		return index == 0 && set_entry(entry, FAKE_NFS4_FILE, "file");
	switch (shape) {
	case FAKE_NFS4_NAMES:
		return foreign_entry(index, entry);
	case FAKE_NFS4_DEEP:
		return index == 0 && set_entry(entry, FAKE_NFS4_PSEUDO, "d");
	case FAKE_NFS4_WIDE:
		return is_root && index < WIDE &&
		       numbered_entry(index, FAKE_NFS4_PSEUDO, entry);
	case FAKE_NFS4_ENDLESS:
		return numbered_entry(index, FAKE_NFS4_EXPORT, entry);
	case FAKE_NFS4_CIRCLE:
		return numbered_entry(index % 100, FAKE_NFS4_EXPORT, entry);
	default:
		return any_export(server, list, &listing);
	}
}
