#include "client_overlap.h"
#include "option_lists.h"

/* Earlier entries that one with the same fsid is compared with. */
enum { COMPARED = 16 };

/* The digits of a UUID in lower case, or the number; empty if the entry has
 * no fsid, or that of the NFSv4 root. */
static struct str fsid_text(struct rule_run *run,
			    const struct export_policy *policy)
{
	char *text;
	size_t length = 0;

	if (!policy->uuid.length) {
		if (!(policy->flags & EXPORT_FSID) || !policy->fsid)
			return STR("");
		return str_of(
			arena_printf(run->arena, "%u", (uint32_t)policy->fsid));
	}
	text = arena_alloc(run->arena, policy->uuid.length);
	for (size_t i = 0; i < policy->uuid.length; i++) {
		char c = ascii_lower(policy->uuid.data[i]);

		if (ascii_is_digit(c) || (c >= 'a' && c <= 'f'))
			text[length++] = c;
	}
	return (struct str){ text, length };
}

/* The fsid of each policy, made once. */
static struct str *fsid_texts(struct rule_run *run)
{
	size_t count = run->table->policies.list.count;
	struct str *texts =
		arena_alloc_array(run->arena, count, sizeof(*texts));

	for (size_t i = 0; i < count; i++)
		texts[i] = fsid_text(run, &run->table->policies.list.items[i]);
	return texts;
}

static void report(struct rule_run *run, const struct export_entry *entry,
		   const struct export_entry *first, struct str fsid)
{
	struct finding *finding = rule_report(
		run, entry,
		export_entry_option_span(run->arena, run->table, entry,
					 OPTION_FSID),
		"clients that mount %.*s get the files of %.*s, which has the "
		"same fsid %.*s",
		STR_ARG(export_table_path(run->table, entry->path)),
		STR_ARG(export_table_path(run->table, first->path)),
		STR_ARG(fsid));

	rule_relate(run, finding, first, "the other path");
	finding->fix.description = "write another fsid";
}

static bool collides(const struct rule_run *run, const struct export_entry *a,
		     const struct export_entry *b)
{
	return a->path != b->path &&
	       clients_may_overlap(rule_client(run, a), rule_client(run, b));
}

static void check(struct rule_run *run)
{
	const struct export_table *table = run->table;
	struct str *texts = fsid_texts(run);
	bool *told = arena_alloc_array(run->arena,
				       table->input.lookups->paths.list.count,
				       sizeof(*told));
	struct id_table seen = { 0 };

	for (size_t i = 0; i < table->entries.count; i++) {
		const struct export_entry *entry = &table->entries.items[i];
		const struct export_entry *first = NULL;
		unsigned same = 0;
		uint32_t hash;

		if (entry->state != EXPORT_LOADED || told[entry->path] ||
		    !texts[entry->policy].length)
			continue;
		hash = hash_bytes(0, texts[entry->policy]);
		ID_TABLE_EACH (&seen, hash, id) {
			const struct export_entry *other =
				&table->entries.items[id];

			if (first || same == COMPARED)
				break;
			if (!str_equal(texts[other->policy],
				       texts[entry->policy]))
				continue;
			same++;
			if (collides(run, other, entry))
				first = other;
		}
		if (first) {
			told[entry->path] = true;
			report(run, entry, first, texts[entry->policy]);
		} else if (same < COMPARED) {
			id_table_add(run->arena, &seen, hash, (uint32_t)i);
		}
	}
}

const struct rule rule_fsid_duplicate = {
	.slug = "fsid-duplicate",
	.severity = SEVERITY_HIGH,
	.traits = TRAIT_ALL,
	.summary = "one fsid for two paths",
	.rationale = "The fsid is all that a file handle says about the file "
		     "system. A client that mounts the second path silently "
		     "gets the files of the first one.",
	.remedy = "Give each path a number or UUID of its own, or delete fsid= "
		  "where the file system has a UUID.",
	.bad = "/srv/a 10.1.0.0/24(rw,fsid=17)\n/srv/b "
	       "10.1.0.0/24(rw,fsid=17)\n",
	.good = "/srv/a 10.1.0.0/24(rw,fsid=17)\n/srv/b "
		"10.1.0.0/24(rw,fsid=18)\n",
	.references =
		(const char *const[]){ "exports(5), General Options", NULL },
	.check_table = check,
};
