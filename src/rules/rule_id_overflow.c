#include "number.h"
#include "option_lists.h"

static const char *id_effect(struct rule_run *run,
			     const struct export_entry *entry, int64_t value)
{
	uint32_t number = (uint32_t)value;

	if (number == UINT32_MAX)
		return arena_printf(run->arena,
				    "means -1, so the kernel refuses every "
				    "access to %.*s",
				    STR_ARG(export_entry_path(
					    run->arena, run->table, entry)));
	return arena_printf(run->arena, "means %u%s", number,
			    number == 0 ? ", which is root" : "");
}

static const char *fsid_effect(struct rule_run *run, uint32_t number)
{
	return arena_printf(run->arena, "means %u%s", number,
			    number == 0 ? ", which is the root of NFSv4" : "");
}

/* 010: a leading zero makes a number octal, where few expect it. */
static bool looks_decimal(struct str value)
{
	return value.length > 1 && value.data[0] == '0' &&
	       ascii_is_digit(value.data[1]);
}

/* What becomes of a number that is too large or octal; NULL if it is as it
 * looks. */
static const char *effect(struct rule_run *run,
			  const struct export_entry *entry,
			  const struct written_option *option)
{
	uint64_t number;
	int64_t value;

	if (option->id == OPTION_FSID) {
		if (!number_strtoul(option->value, &number) ||
		    (number <= UINT32_MAX && !looks_decimal(option->value)))
			return NULL;
		return fsid_effect(run, (uint32_t)number);
	}
	if (option->id != OPTION_ANONUID && option->id != OPTION_ANONGID)
		return NULL;
	if (!number_strtol(option->value, &value) ||
	    (value >= INT32_MIN && value < UINT32_MAX && value != -1))
		return NULL;
	return id_effect(run, entry, value);
}

static bool becomes_root(const struct written_option *option)
{
	int64_t value;

	return option->id != OPTION_FSID &&
	       number_strtol(option->value, &value) && (uint32_t)value == 0;
}

static void check_list(struct rule_run *run, const struct export_entry *entry,
		       const struct option_list *list)
{
	for (unsigned i = 0; i < list->count; i++) {
		const struct written_option *option = &list->items[i];
		const char *text = effect(run, entry, option);
		struct finding *finding;

		if (!text)
			continue;
		finding = rule_report(
			run, entry,
			written_option_span(run, entry, list, option),
			"`%.*s` %s", STR_ARG(option->text), text);
		if (becomes_root(option))
			finding->severity = SEVERITY_CRITICAL;
		finding->fix.description = "write the number that is meant";
	}
}

static void check(struct rule_run *run)
{
	option_lists_each(run, check_list);
}

const struct rule rule_id_overflow = {
	.slug = "id-overflow",
	.severity = SEVERITY_HIGH,
	.traits = TRAIT_ALL,
	.summary = "a number that is read as another one, or -1",
	.rationale = "exportfs reads 64 bits and keeps 32 of them, without a "
		     "word: anonuid=4294967296 is root, fsid=4294967296 is the "
		     "root of NFSv4. A fsid that begins with 0 is octal, "
		     "fsid=010 is 8. With the anonymous id -1 the kernel "
		     "refuses the whole export.",
	.remedy = "Write the number that is meant, without a leading zero and "
		  "below 4294967295.",
	.bad = "/srv/data 10.1.0.0/24(rw,all_squash,anonuid=4294967296)\n",
	.good = "/srv/data 10.1.0.0/24(rw,all_squash,anonuid=65533,fsid=17)\n",
	.references =
		(const char *const[]){
			"exports(5), User ID Mapping",
			"exports(5), General Options",
			"CWE-190: Integer Overflow or Wraparound", NULL },
	.check_table = check,
};
