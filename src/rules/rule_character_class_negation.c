#include "client_rules.h"
#include "host_pattern.h"

/* Index of the "!" that begins a set, or pattern.length. */
static size_t find_negation(struct str pattern)
{
	for (size_t i = 0; i + 1 < pattern.length; i++) {
		if (pattern.data[i] == '\\')
			i++;
		else if (pattern.data[i] == '[' && pattern.data[i + 1] == '!')
			return i + 1;
	}
	return pattern.length;
}

static void check(struct rule_run *run, const struct export_entry *entry)
{
	struct finding *finding;
	struct str pattern, set;
	size_t begin;

	if (rule_client(run, entry)->type != CLIENT_WILDCARD ||
	    host_pattern_is_for_addresses(rule_client(run, entry)->name))
		return;
	pattern = client_written(run, entry);
	begin = find_negation(pattern);
	if (begin == pattern.length)
		return;
	set = str_skip(pattern, begin - 1);
	set.length = str_find(set, ']') + 1;
	if (set.length > pattern.length - begin + 1)
		set.length--;
	finding = rule_report(run, entry, client_host_span(run, entry),
			      "`%.*s` in `%.*s` matches what it was meant to "
			      "leave out, because `!` is an ordinary character "
			      "here",
			      STR_ARG(set), STR_ARG(pattern));
	finding->fix.description = arena_printf(
		run->arena, "write `%.*s^%.*s`", (int)begin, pattern.data,
		(int)(pattern.length - begin - 1), pattern.data + begin + 1);
	rule_edit(run, finding, client_part_span(run, entry, begin, begin + 1),
		  "^");
}

const struct rule rule_character_class_negation = {
	.slug = "character-class-negation",
	.severity = SEVERITY_MEDIUM,
	.traits = TRAIT_ALL,
	.summary = "a set of characters that begins with ! as in a shell",
	.rationale = "A shell reads [!x] as any character but x. nfs-utils "
		     "reads it as either ! or x, and takes ^ for not, so the "
		     "hosts that should be left out get in and the others do "
		     "not.",
	.remedy = "Write [^x].",
	.bad = "/srv/data node[!9].example.com(rw)\n",
	.good = "/srv/data node[^9].example.com(rw)\n",
	.references = (const char *const[]){ "exports(5), Machine Name Formats",
					     NULL },
	.check_entry = check,
};
