#include "flavor_story.h"

#include "export_options.h"

enum { BITS = 3 };

static const struct {
	uint32_t flag;
	enum export_option_id id;
	const char *lax_text, *strict_text, *lax_option, *strict_option;
} bits[BITS] = {
	{ EXPORT_ROOT_SQUASH, OPTION_ROOT_SQUASH, "root stays root",
	  "root is squashed", "no_root_squash", "root_squash" },
	{ EXPORT_READ_ONLY, OPTION_READ_ONLY, "clients may write",
	  "clients may only read", "rw", "ro" },
	{ EXPORT_ALL_SQUASH, OPTION_ALL_SQUASH, "users keep their ids",
	  "every user is squashed", "no_all_squash", "all_squash" },
};

static unsigned bit_of(uint32_t flag)
{
	unsigned bit = 0;

	while (bit + 1 < BITS && bits[bit].flag != flag)
		bit++;
	return bit;
}

const char *flavor_right(uint32_t flag, bool lax)
{
	return lax ? bits[bit_of(flag)].lax_text
		   : bits[bit_of(flag)].strict_text;
}

const char *flavor_option(uint32_t flag, bool lax)
{
	return lax ? bits[bit_of(flag)].lax_option
		   : bits[bit_of(flag)].strict_option;
}

enum export_option_id flavor_option_id(uint32_t flag)
{
	return bits[bit_of(flag)].id;
}

unsigned flavor_strength(const struct security_flavor *flavor)
{
	static const char *const order[] = { "sys", "krb5", "krb5i", "krb5p" };

	for (unsigned i = 1; i < 4; i++)
		if (strcmp(flavor->name, order[i]) == 0)
			return i + 1;
	return flavor->number == 1;
}

/* Who wrote a bit last: list 0 is the built-in default. */
struct writer {
	unsigned list, section;
	unsigned strength; /* of the strongest flavor of that section */
	const char *flavor;
};

struct flavor_past {
	const struct security_flavor *flavor;
	unsigned list; /* that named it first */
	uint32_t flags;
	struct writer writers[BITS];
};

/* The state of reading, as in export_options.c, with its history. */
struct replay {
	uint32_t flags;
	uint32_t list_base; /* the flags at the first sec= of the list */
	struct writer writers[BITS];
	struct flavor_past flavors[SECURITY_FLAVORS_MAX];
	unsigned count, active, list;
	unsigned weakest_named; /* of the flavors that this list names */
	struct writer section;
	/* What the list writes before its first sec=, by bit. */
	bool early[BITS], early_value[BITS];
};

static void name_flavor(struct replay *replay,
			const struct security_flavor *flavor)
{
	unsigned i = 0, strength = flavor_strength(flavor);

	while (i < replay->count &&
	       replay->flavors[i].flavor->number != flavor->number)
		i++;
	if (i == replay->count) {
		struct flavor_past *past = &replay->flavors[replay->count++];

		past->flavor = flavor;
		past->list = replay->list;
		past->flags = replay->flags;
		memcpy(past->writers, replay->writers, sizeof(past->writers));
	}
	replay->active |= 1u << i;
	if (strength < replay->weakest_named)
		replay->weakest_named = strength;
	if (!replay->section.flavor || strength > replay->section.strength) {
		replay->section.strength = strength;
		replay->section.flavor = flavor->name;
	}
}

static void replay_sec(struct replay *replay,
		       const struct written_option *option)
{
	struct str rest = option->value;

	if (option->section == 1)
		replay->list_base = replay->flags;
	replay->active = 0;
	replay->section = (struct writer){ .list = replay->list,
					   .section = option->section };
	while (rest.length) {
		struct str name = { rest.data, str_find(rest, ':') };
		const struct security_flavor *flavor =
			security_flavor_find(name);

		if (flavor)
			name_flavor(replay, flavor);
		rest = str_skip(rest,
				name.length + (name.length < rest.length));
	}
}

static void replay_bit(struct replay *replay, unsigned bit, bool set)
{
	uint32_t flag = bits[bit].flag;
	struct writer writer = replay->section;

	replay->flags = set ? replay->flags | flag : replay->flags & ~flag;
	replay->writers[bit] = writer;
	if (!writer.section) {
		replay->early[bit] = true;
		replay->early_value[bit] = set;
	}
	for (unsigned i = 0; i < replay->count; i++) {
		struct flavor_past *past = &replay->flavors[i];

		if (!(replay->active & (1u << i)))
			continue;
		past->flags = set ? past->flags | flag : past->flags & ~flag;
		past->writers[bit] = writer;
	}
}

static void replay_list(struct replay *replay, const struct option_list *list)
{
	replay->list = list->number;
	replay->active = 0;
	replay->weakest_named = UINT32_MAX;
	replay->list_base = replay->flags;
	replay->section = (struct writer){ .list = list->number };
	memset(replay->early, 0, sizeof(replay->early));
	for (unsigned i = 0; i < list->count; i++) {
		const struct written_option *option = &list->items[i];

		if (option->id == OPTION_SEC)
			replay_sec(replay, option);
		for (unsigned bit = 0; bit < BITS; bit++)
			if (option->id == bits[bit].id)
				replay_bit(replay, bit, !option->clears);
	}
}

static bool bit_is_set(const struct flavor_past *past, unsigned bit)
{
	return past->flags & bits[bit].flag;
}

/* The story of one flavor; false if that oddity is not its own. */
typedef bool (*odd_fn)(const struct replay *replay, unsigned i, unsigned bit,
		       struct flavor_story *story);

static bool is_overridden(const struct replay *replay, unsigned i, unsigned bit,
			  struct flavor_story *story)
{
	const struct flavor_past *past = &replay->flavors[i];

	story->lax = !bit_is_set(past, bit);
	return past->list < replay->list && replay->early[bit] &&
	       past->writers[bit].list < replay->list &&
	       replay->early_value[bit] != bit_is_set(past, bit);
}

/* Was the bit written for the flavors of an earlier section only? */
static bool is_inherited(const struct replay *replay, unsigned i, unsigned bit)
{
	const struct flavor_past *past = &replay->flavors[i];
	const struct writer *writer = &past->writers[bit];
	bool base = replay->list_base & bits[bit].flag;

	/* What that section named is in its own story: strength is of the
	 * strongest there, and the flavor came behind it. */
	return past->list == replay->list && writer->list == replay->list &&
	       writer->section > 0 && writer->flavor != past->flavor->name &&
	       bit_is_set(past, bit) != base;
}

static bool leaked(const struct replay *replay, unsigned i, unsigned bit,
		   struct flavor_story *story)
{
	const struct flavor_past *past = &replay->flavors[i];

	story->lax = true;
	story->other = past->writers[bit].flavor;
	return is_inherited(replay, i, bit) && !bit_is_set(past, bit) &&
	       flavor_strength(past->flavor) < past->writers[bit].strength;
}

static bool is_upside_down(const struct replay *replay, unsigned i,
			   unsigned bit, struct flavor_story *story)
{
	unsigned own = flavor_strength(replay->flavors[i].flavor);

	story->lax = true;
	if (bit_is_set(&replay->flavors[i], bit))
		return false;
	for (unsigned k = 0; k < replay->count; k++) {
		const struct flavor_past *other = &replay->flavors[k];

		story->other = other->flavor->name;
		if (flavor_strength(other->flavor) > own &&
		    bit_is_set(other, bit))
			return true;
	}
	return false;
}

static bool is_narrowed(const struct replay *replay, unsigned i, unsigned bit,
			struct flavor_story *story)
{
	story->lax = false;
	story->other = replay->flavors[i].writers[bit].flavor;
	return is_inherited(replay, i, bit) &&
	       bit_is_set(&replay->flavors[i], bit);
}

static bool is_left_out(const struct replay *replay, unsigned i, unsigned bit,
			struct flavor_story *story)
{
	story->lax = false;
	if (bits[bit].flag != EXPORT_READ_ONLY ||
	    replay->flavors[i].writers[bit].list)
		return false;
	for (unsigned k = i + 1; k < replay->count; k++) {
		story->other = replay->flavors[k].flavor->name;
		if (!bit_is_set(&replay->flavors[k], bit))
			return true;
	}
	return false;
}

static bool is_added(const struct replay *replay, unsigned i, unsigned bit,
		     struct flavor_story *story)
{
	const struct flavor_past *past = &replay->flavors[i];

	(void)bit;
	story->lax = true;
	story->flag = 0;
	story->other = replay->section.flavor;
	return replay->weakest_named != UINT32_MAX &&
	       past->list < replay->list &&
	       flavor_strength(past->flavor) < replay->weakest_named;
}

static const struct {
	enum flavor_oddity oddity;
	odd_fn applies;
} oddities[] = {
	{ FLAVORS_OVERRIDDEN, is_overridden },
	{ FLAVORS_LEAK, leaked },
	{ FLAVORS_UPSIDE_DOWN, is_upside_down },
	{ FLAVORS_NARROWED, is_narrowed },
	{ FLAVORS_LEFT_OUT, is_left_out },
	{ FLAVORS_ADDED, is_added },
};

/* The story of the first bit that has that oddity, with all flavors that
 * share it. */
static bool find_oddity(const struct replay *replay, unsigned which,
			struct flavor_story *story)
{
	bool found = false;

	for (unsigned bit = 0; bit < BITS && !found; bit++)
		for (unsigned i = 0; i < replay->count; i++) {
			struct flavor_story one = { .flag = bits[bit].flag };

			if (!oddities[which].applies(replay, i, bit, &one))
				continue;
			one.oddity = oddities[which].oddity;
			one.flavor = replay->flavors[i].flavor->name;
			if (!found)
				*story = one;
			found = true;
			story->told[i] = true;
		}
	return found;
}

struct flavor_story flavor_story_of(const struct export_table *table,
				    uint32_t policy)
{
	struct flavor_story story = { 0 };
	struct replay replay = {
		.flags = table->policies.list.items[0].flags,
		.weakest_named = UINT32_MAX,
	};
	uint32_t chain[POLICY_CHAIN_MAX];
	unsigned count;

	if (!table->policies.list.items[policy].flavor_count)
		return story;
	count = policy_chain(table, policy, chain);
	for (unsigned i = 0; i < count; i++) {
		struct option_list list;

		option_list_read(table, chain[i], &list);
		replay_list(&replay, &list);
	}
	for (unsigned i = 0; i < sizeof(oddities) / sizeof(*oddities); i++)
		if (find_oddity(&replay, i, &story))
			break;
	return story;
}
