#include "export_policy.h"

#include "export_options.h"
#include "exports_word.h"

enum { ANONYMOUS_ID = 65534 };

struct export_policy export_policy_default(void)
{
	return (struct export_policy){
		.flags = EXPORT_READ_ONLY | EXPORT_ROOT_SQUASH |
			 EXPORT_GATHERED_WRITES | EXPORT_NO_SUBTREE_CHECK,
		.anonuid = ANONYMOUS_ID,
		.anongid = ANONYMOUS_ID,
	};
}

static const char *unknown_option(struct option_reader *reader,
				  struct str option, struct str name)
{
	const char *nearest;

	if (!option.length)
		return "empty option";
	nearest = export_option_nearest(reader->arena, name);
	return arena_printf(reader->arena, "unknown option `%.*s`%s%s%s",
			    STR_ARG(option), nearest ? " (did you mean `" : "",
			    nearest ? nearest : "", nearest ? "`?)" : "");
}

/* To exportfs it is unknown in this form. */
static const char *misused_option(struct option_reader *reader,
				  struct str option, bool has_value)
{
	return arena_printf(
		reader->arena, "unknown option `%.*s` (it %s value)",
		STR_ARG(option), has_value ? "takes no" : "needs a");
}

static const char *too_new(struct option_reader *reader,
			   const struct export_option *row)
{
	char since[VERSION_TEXT], target[VERSION_TEXT];

	return arena_printf(
		reader->arena,
		"option `%s` is unknown to nfs-utils %s; it came with %s",
		row->set, version_text(reader->rules->target.nfs_utils, target),
		version_text(row->since, since));
}

/* Applies one option; false with reader->message set if it is refused. */
static bool apply_option(struct option_reader *reader, struct str option,
			 struct option_origin origin)
{
	size_t equals = str_find(option, '=');
	bool has_value = equals < option.length;
	struct str name = { option.data, equals };
	const struct export_option *row;
	bool clears;

	row = export_option_find(name, &clears);
	if (!row || (has_value ? !row->read : row->read && !row->bare)) {
		reader->problem = option.length ? PROBLEM_UNKNOWN_OPTION
						: PROBLEM_EMPTY_OPTION;
		reader->message =
			row ? misused_option(reader, option, has_value)
			    : unknown_option(reader, option, name);
		return false;
	}
	if (row->since > reader->rules->target.nfs_utils) {
		reader->problem = PROBLEM_OPTION_TOO_NEW;
		reader->message = too_new(reader, row);
		return false;
	}
	if (row->read) {
		reader->value =
			has_value ? str_skip(option, equals + 1) : STR("");
		if (!row->read(reader)) {
			reader->message =
				arena_printf(reader->arena, "`%.*s` %s",
					     STR_ARG(option), reader->message);
			return false;
		}
	} else {
		option_change_flag(reader, row->flag, !clears);
	}
	reader->policy->origins[row - export_options] = origin;
	return true;
}

/* What may not differ between flavors holds for all of them once it is set;
 * nfs-utils only adds bits here, it never clears one. */
static void share_common_flags(struct export_policy *policy, uint32_t mask)
{
	for (unsigned i = 0; i < policy->flavor_count; i++)
		policy->flavors[i].flags |= policy->flags & ~mask;
}

bool export_policy_apply(struct arena *arena, const struct export_rules *rules,
			 struct str list, unsigned list_number,
			 struct export_policy *policy,
			 struct option_problem *problem)
{
	struct option_reader reader = {
		.arena = arena,
		.rules = rules,
		.policy = policy,
	};
	struct str rest = list, option;

	while (exports_option_next(&rest, &option)) {
		struct option_origin origin = {
			.list = (uint16_t)(list_number < UINT16_MAX
						   ? list_number
						   : UINT16_MAX),
			.offset = (uint16_t)(option.data - list.data),
		};

		if (!apply_option(&reader, option, origin)) {
			*problem =
				(struct option_problem){ option, reader.message,
							 reader.problem };
			return false;
		}
	}
	share_common_flags(policy, rules->flavor_mask);
	return true;
}

unsigned
export_policy_flavors(const struct export_policy *policy,
		      struct flavor_entry flavors[SECURITY_FLAVORS_MAX])
{
	uint8_t count = policy->flavor_count;

	if (count)
		memcpy(flavors, policy->flavors, count * sizeof(*flavors));
	else
		flavor_list_add(flavors, &count,
				security_flavor_find(STR("sys")),
				policy->flags);
	return count;
}
