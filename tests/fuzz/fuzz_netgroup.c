/* Properties that hold for any netgroup file. */
#include "fuzz_target.h"
#include "netgroup_parser.h"

static bool is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/* A word, which may be empty where the field of a triple is. */
static void check_word(struct str word)
{
	for (size_t i = 0; i < word.length; i++)
		REQUIRE(word.data[i] && !is_space(word.data[i]));
}

static void check_groups(const struct netgroups *groups)
{
	uint32_t triple = 0, inner = 0;

	for (size_t i = 0; i < groups->list.count; i++) {
		const struct netgroup *group = &groups->list.items[i];

		REQUIRE(group->name.length > 0);
		REQUIRE(group->first_triple == triple);
		REQUIRE(group->first_inner == inner);
		triple += group->triple_count;
		inner += group->inner_count;
	}
	REQUIRE(triple == groups->triples.count);
	REQUIRE(inner == groups->inner.count);
	for (size_t i = 0; i < groups->triples.count; i++) {
		check_word(groups->triples.items[i].host);
		check_word(groups->triples.items[i].user);
		check_word(groups->triples.items[i].domain);
	}
	for (size_t i = 0; i < groups->inner.count; i++) {
		REQUIRE(groups->inner.items[i].length > 0);
		check_word(groups->inner.items[i]);
	}
}

/* Each triple once, whatever circles there are; and its own ones at least. */
static void check_answers(struct arena *arena, const struct netgroups *groups)
{
	struct netgroup_answer answer;

	for (size_t i = 0; i < groups->list.count && i < 64; i++) {
		const struct netgroup *group = &groups->list.items[i];

		REQUIRE(netgroups_find(arena, groups, group->name, &answer));
		REQUIRE(answer.triples.count >= group->triple_count);
		REQUIRE(answer.triples.count <= groups->triples.count);
	}
	REQUIRE(!netgroups_find(arena, groups, STR(""), &answer));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = arena_new();
	struct netgroups groups;

	netgroups_parse(arena, (struct str){ (const char *)data, size },
			&groups);
	check_groups(&groups);
	check_answers(arena, &groups);
	arena_free(arena);
	return 0;
}
