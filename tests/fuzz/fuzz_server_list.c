/* Properties that hold for any list of servers. */
#include "fuzz_target.h"
#include "server_list_parser.h"

/* An operand is the same when it is read alone, and a network begins at its
 * first address. */
static void check_operand(struct arena *arena,
			  const struct server_operand *operand)
{
	struct server_operand again;
	const char *problem;

	REQUIRE(server_operand_parse(arena, str_of(operand->text), &again,
				     &problem));
	REQUIRE(again.kind == operand->kind);
	REQUIRE(again.prefix == operand->prefix);
	REQUIRE(ip_address_equal(again.address, operand->address));
	REQUIRE((operand->kind == SERVER_NAME) ==
		(operand->address.family == IP_NONE));
	if (operand->kind == SERVER_NETWORK)
		REQUIRE(ip_address_equal(
			server_network_of(operand->address, operand->prefix),
			operand->address));
}

static bool is_word(struct str text)
{
	for (size_t i = 0; i < text.length; i++)
		if (strchr(" \t\r\n#", text.data[i]) && text.data[i])
			return false;
	return text.length != 0;
}

/* A place is that of a word which is none when it is read alone. */
static void check_diag(struct arena *arena, struct str text,
		       const struct diag *diag)
{
	struct server_operand operand;
	const char *problem;
	struct str word;

	REQUIRE(diag->span.begin < diag->span.end);
	REQUIRE(diag->span.end <= text.length);
	word = (struct str){ text.data + diag->span.begin,
			     diag->span.end - diag->span.begin };
	REQUIRE(is_word(word));
	REQUIRE(!server_operand_parse(arena, word, &operand, &problem));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct source source = {
		.name = "servers",
		.text = { (const char *)data, size },
	};
	struct server_operands operands = { 0 };
	struct arena *arena = arena_new();

	server_list_parse(arena, &source, &operands);
	for (size_t i = 0; i < operands.list.count; i++)
		check_operand(arena, &operands.list.items[i]);
	for (size_t i = 0; i < operands.diags.list.count; i++)
		check_diag(arena, source.text, &operands.diags.list.items[i]);
	arena_free(arena);
	return 0;
}
