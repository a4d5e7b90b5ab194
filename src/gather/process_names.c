#include "process_names.h"

#include "folder_list.h"
#include "small_file.h"

/* Far more than comm has. */
enum { COMM_MAX_BYTES = 4096 };

static bool is_process(const struct folder_entry *entry)
{
	return entry->name[0] >= '1' && entry->name[0] <= '9';
}

/* A process that ends meanwhile has no file any more. */
void process_names_gather(struct arena *arena, const struct root *root,
			  struct process_names *names)
{
	struct folder_list folders;

	*names = (struct process_names){ 0 };
	(void)folder_list_read(arena, root, "/proc", &folders);
	for (size_t i = 0; i < folders.entries.count; i++) {
		const struct folder_entry *entry = &folders.entries.items[i];
		const char *path = arena_printf(arena, "%s/comm", entry->path);
		struct str text, name;

		if (!is_process(entry) ||
		    small_file_read(arena, root, path, COMM_MAX_BYTES, &text))
			continue;
		str_take(&text, '\n', &name);
		*ARRAY_ADD(arena, &names->list) =
			(struct process_name){ entry->path, name };
	}
}

bool process_names_have(const struct process_names *names, const char *name)
{
	for (size_t i = 0; i < names->list.count; i++)
		if (str_is(names->list.items[i].name, name))
			return true;
	return false;
}
