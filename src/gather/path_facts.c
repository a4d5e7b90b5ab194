#include "path_facts.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>

#include "array.h"
#include "id_table.h"

enum {
	LINKS_MAX = 40, /* glibc's __eloop_threshold() */
	OPEN_MAX = 4,
	ROOT_NODE = 0,
	NO_NODE = UINT32_MAX,
	DEPTH_MAX = PATH_MAX / 2,
};

enum node_kind {
	NODE_MISSING,
	NODE_HIDDEN,
	NODE_DIRECTORY,
	NODE_FILE,
	NODE_OTHER,
	NODE_LINK,	/* not yet followed */
	NODE_FOLLOWING, /* meeting it again is a loop */
	NODE_FOLLOWED,
};

/* A directory entry that was looked at. */
struct node {
	const char *name;     /* inside a path or a link's target */
	uint32_t parent;      /* itself for the root */
	uint32_t target;      /* NODE_FOLLOWED: where it leads */
	uint16_t name_length; /* both below PATH_MAX */
	uint16_t path_length;
	uint8_t kind;  /* enum node_kind */
	uint8_t links; /* NODE_FOLLOWED: links on the way, itself included */
};

struct open_directory {
	uint32_t node;
	int fd;
	uint64_t used;
};

struct facts {
	struct arena *scratch;
	const struct root *root;
	ARRAY(struct node) nodes;
	struct id_table by_name; /* parent and name to node */
	struct open_directory open[OPEN_MAX];
	uint64_t clock;
};

/* One call of realpath(3). */
struct resolution {
	uint32_t node;	 /* where we are */
	unsigned links;	 /* followed so far */
	bool rewritten;	 /* real differs from the path as it is written */
	bool links_over; /* failed because there were too many links */
	bool hidden;	 /* failed because something can't be looked at */
};

bool path_error_hides(int error)
{
	return error != ENOENT && error != ENOTDIR && error != ELOOP &&
	       error != ENAMETOOLONG;
}

static enum node_kind kind_of_mode(mode_t mode)
{
	switch (mode & S_IFMT) {
	case S_IFDIR:
		return NODE_DIRECTORY;
	case S_IFREG:
		return NODE_FILE;
	case S_IFLNK:
		return NODE_LINK;
	default:
		return NODE_OTHER;
	}
}

static const char *name_of(const struct node *node, char buffer[PATH_MAX])
{
	memcpy(buffer, node->name, node->name_length);
	buffer[node->name_length] = '\0';
	return buffer;
}

static struct open_directory *find_open(struct facts *facts, uint32_t node)
{
	for (unsigned i = 0; i < OPEN_MAX; i++)
		if (facts->open[i].fd >= 0 && facts->open[i].node == node)
			return &facts->open[i];
	return NULL;
}

static void keep_open(struct facts *facts, uint32_t node, int fd)
{
	struct open_directory *oldest = &facts->open[0];

	for (unsigned i = 1; i < OPEN_MAX; i++)
		if (facts->open[i].used < oldest->used)
			oldest = &facts->open[i];
	if (oldest->fd >= 0)
		close(oldest->fd);
	*oldest = (struct open_directory){ node, fd, ++facts->clock };
}

/* A descriptor of a directory, from its nearest open ancestor name by name,
 * so that no link put there meanwhile can lead out; -1 on error. It belongs to
 * facts. */
static int directory_fd(struct facts *facts, uint32_t node)
{
	const int flags = O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
	uint32_t names[DEPTH_MAX];
	struct open_directory *open = NULL;
	size_t depth = 0;
	int fd, base;

	for (uint32_t at = node; at != ROOT_NODE && !open;) {
		open = find_open(facts, at);
		if (!open) {
			names[depth++] = at;
			at = facts->nodes.items[at].parent;
		}
	}
	if (open)
		open->used = ++facts->clock;
	fd = base = open ? open->fd : facts->root->fd;
	while (depth && fd >= 0) {
		const struct node *next = &facts->nodes.items[names[--depth]];
		char buffer[PATH_MAX];
		int parent = fd;

		fd = openat(parent, name_of(next, buffer), flags);
		if (parent != base)
			close(parent);
	}
	if (fd >= 0 && fd != base)
		keep_open(facts, node, fd);
	return fd;
}

static enum node_kind look_at(struct facts *facts, uint32_t parent,
			      const struct node *node)
{
	char buffer[PATH_MAX];
	struct stat state;
	int fd = directory_fd(facts, parent);

	if (fd < 0 || fstatat(fd, name_of(node, buffer), &state,
			      AT_SYMLINK_NOFOLLOW | AT_NO_AUTOMOUNT) < 0)
		return path_error_hides(errno) ? NODE_HIDDEN : NODE_MISSING;
	return kind_of_mode(state.st_mode);
}

/* The entry `name` of a directory, looked at if that was not done before. Its
 * path is too long for realpath(3): NO_NODE. */
static uint32_t child_of(struct facts *facts, uint32_t parent, struct str name)
{
	uint32_t hash = hash_bytes(parent, name);
	size_t length = facts->nodes.items[parent].path_length;
	struct node *node;

	ID_TABLE_EACH (&facts->by_name, hash, id) {
		const struct node *known = &facts->nodes.items[id];

		if (known->parent == parent &&
		    str_equal((struct str){ known->name, known->name_length },
			      name))
			return id;
	}
	length += name.length + (parent != ROOT_NODE);
	if (length >= PATH_MAX)
		return NO_NODE;
	node = ARRAY_ADD(facts->scratch, &facts->nodes);
	*node = (struct node){ .name = name.data,
			       .name_length = (uint16_t)name.length,
			       .path_length = (uint16_t)length,
			       .parent = parent };
	node->kind = (uint8_t)look_at(facts, parent, node);
	id_table_add(facts->scratch, &facts->by_name, hash,
		     (uint32_t)(facts->nodes.count - 1));
	return (uint32_t)(facts->nodes.count - 1);
}

/* What realpath(3) asks about X for "X/", "X/." and "X/..": it is a directory,
 * and the path with its slash is not too long. */
static bool is_directory(const struct facts *facts, uint32_t node)
{
	return facts->nodes.items[node].kind == NODE_DIRECTORY &&
	       facts->nodes.items[node].path_length + 1 < PATH_MAX;
}

static bool follow(struct facts *facts, uint32_t link,
		   struct resolution *resolution);

static bool step(struct facts *facts, struct resolution *resolution,
		 struct str name)
{
	uint32_t child;

	if (str_is(name, ".") || str_is(name, "..")) {
		resolution->rewritten = true;
		if (!is_directory(facts, resolution->node))
			return false;
		if (name.length == 2)
			resolution->node =
				facts->nodes.items[resolution->node].parent;
		return true;
	}
	if (facts->nodes.items[resolution->node].kind != NODE_DIRECTORY)
		return false;
	child = child_of(facts, resolution->node, name);
	if (child == NO_NODE)
		return false;
	switch ((enum node_kind)facts->nodes.items[child].kind) {
	case NODE_HIDDEN:
		resolution->hidden = true;
		return false;
	case NODE_MISSING:
	case NODE_FOLLOWING:
		return false;
	case NODE_LINK:
	case NODE_FOLLOWED:
		resolution->rewritten = true;
		return follow(facts, child, resolution);
	case NODE_DIRECTORY:
	case NODE_FILE:
	case NODE_OTHER:
		break;
	}
	resolution->node = child;
	return true;
}

static bool walk(struct facts *facts, struct resolution *resolution,
		 struct str path)
{
	if (path.data[0] == '/')
		resolution->node = ROOT_NODE;
	else
		resolution->rewritten = true;
	while (path.length) {
		size_t slashes = 0;
		struct str name;

		while (slashes < path.length && path.data[slashes] == '/')
			slashes++;
		path = str_skip(path, slashes);
		if (slashes > 1)
			resolution->rewritten = true;
		name = (struct str){ path.data, str_find(path, '/') };
		if (!name.length) {
			resolution->rewritten = true;
			return is_directory(facts, resolution->node);
		}
		if (!step(facts, resolution, name))
			return false;
		path = str_skip(path, name.length);
	}
	return true;
}

/* The text of a link, .data NULL on error. */
static struct str read_link(struct facts *facts, uint32_t link)
{
	const struct node *node = &facts->nodes.items[link];
	char name[PATH_MAX], target[PATH_MAX];
	int fd = directory_fd(facts, node->parent);
	ssize_t length = fd < 0 ? -1
				: readlinkat(fd, name_of(node, name), target,
					     sizeof(target));

	if (length <= 0)
		return (struct str){ 0 };
	return (struct str){ arena_copy(facts->scratch, target, (size_t)length),
			     (size_t)length };
}

/* Continues behind a link. Recursion ends at LINKS_MAX. What a link leads to
 * does not depend on the path that met it, so it is kept; except a failure
 * by the number of links, to which earlier links of the path contributed. */
static bool follow(struct facts *facts, uint32_t link,
		   struct resolution *resolution)
{
	struct node *node = &facts->nodes.items[link];
	unsigned before = resolution->links;
	struct str target;
	bool ok;

	resolution->links += node->kind == NODE_FOLLOWED ? node->links : 1;
	if (resolution->links > LINKS_MAX) {
		resolution->links_over = true;
		return false;
	}
	if (node->kind == NODE_FOLLOWED) {
		resolution->node = node->target;
		return true;
	}
	node->kind = NODE_FOLLOWING;
	target = read_link(facts, link);
	ok = target.data && walk(facts, resolution, target);
	node = &facts->nodes.items[link];
	if (ok) {
		node->kind = NODE_FOLLOWED;
		node->target = resolution->node;
		node->links = (uint8_t)(resolution->links - before);
	} else if (resolution->links_over && before) {
		node->kind = NODE_LINK;
	} else {
		node->kind = resolution->hidden ? NODE_HIDDEN : NODE_MISSING;
	}
	return ok;
}

/* The path of a node, written from its end. */
static struct str path_of(struct facts *facts, struct arena *arena,
			  uint32_t node)
{
	size_t length = facts->nodes.items[node].path_length, at = length;
	char *text;

	if (node == ROOT_NODE)
		return STR("/");
	text = arena_alloc(arena, length + 1);
	while (node != ROOT_NODE) {
		const struct node *item = &facts->nodes.items[node];

		at -= item->name_length;
		memcpy(text + at, item->name, item->name_length);
		text[--at] = '/';
		node = item->parent;
	}
	return (struct str){ text, length };
}

static enum path_kind path_kind_of(const struct node *node)
{
	if (node->kind == NODE_DIRECTORY)
		return PATH_DIRECTORY;
	return node->kind == NODE_FILE ? PATH_FILE : PATH_OTHER;
}

static struct resolved_path resolve(struct facts *facts, struct arena *arena,
				    struct str path)
{
	struct resolution resolution = { .node = ROOT_NODE };
	struct resolved_path resolved = { .kind = PATH_MISSING };

	if (!path.length || !walk(facts, &resolution, path)) {
		if (resolution.hidden)
			resolved.kind = PATH_HIDDEN;
		return resolved;
	}
	resolved.kind = path_kind_of(&facts->nodes.items[resolution.node]);
	resolved.real = resolution.rewritten
				? path_of(facts, arena, resolution.node)
				: path;
	if (str_equal(resolved.real, path))
		resolved.real = path;
	return resolved;
}

void path_facts_gather(struct arena *arena, const struct root *root,
		       const struct str *paths, size_t count,
		       struct resolved_path *resolved)
{
	struct facts facts = { .scratch = arena_new(), .root = root };

	for (unsigned i = 0; i < OPEN_MAX; i++)
		facts.open[i].fd = -1;
	*ARRAY_ADD(facts.scratch, &facts.nodes) = (struct node){
		.name = "",
		.path_length = 1,
		.kind = NODE_DIRECTORY,
		.parent = ROOT_NODE,
	};
	for (size_t i = 0; i < count; i++)
		resolved[i] = resolve(&facts, arena, paths[i]);
	for (unsigned i = 0; i < OPEN_MAX; i++)
		if (facts.open[i].fd >= 0)
			close(facts.open[i].fd);
	arena_free(facts.scratch);
}
