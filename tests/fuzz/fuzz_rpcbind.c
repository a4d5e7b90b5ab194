/* Answers of rpcbind. The first byte of an input is the seed of the pieces, the
 * second one has the version of rpcbind and what is asked; the rest are the
 * results, of which every prefix is looked at. */
#include "chunks.h"
#include "fuzz_target.h"
#include "rpcbind_protocol.h"

enum { NFS_PROGRAM = 100003, MOUNT_PROGRAM = 100005 };

static void check_answer(const struct rpcbind_answer *answer, uint32_t version)
{
	REQUIRE(!answer->is_bad || !answer->port);
	REQUIRE(!answer->is_bad || answer->address.family == IP_NONE);
	REQUIRE(version > 2 || answer->address.family == IP_NONE);
	REQUIRE(answer->address.family == IP_NONE || answer->port);
}

static void take_one(struct str results, uint32_t version)
{
	struct rpcbind_sink sink = { .rpcbind_version = version };
	enum sink_need need = rpcbind_take(&sink, results, 0, true);

	REQUIRE(need == SINK_DONE || need == SINK_BAD);
	if (need == SINK_DONE)
		check_answer(&sink.answer, version);
}

static struct rpcbind_dump_sink new_dump(uint32_t version,
					 enum ip_family family)
{
	return (struct rpcbind_dump_sink){
		.rpcbind_version = version,
		.family = family,
		.programs = { NFS_PROGRAM, MOUNT_PROGRAM },
	};
}

static void check_dump(const struct rpcbind_dump_sink *dump)
{
	REQUIRE(dump->count <= RPCBIND_MAPPINGS_MAX);
	REQUIRE(dump->count <= dump->nodes);
	for (size_t i = 0; i < dump->count; i++) {
		const struct rpcbind_mapping *mapping = &dump->mappings[i];

		REQUIRE(mapping->program == NFS_PROGRAM ||
			mapping->program == MOUNT_PROGRAM);
		REQUIRE(mapping->port);
	}
}

/* Once in pieces, once at once. */
static void take_list(struct str results, uint32_t version,
		      enum ip_family family, unsigned seed)
{
	struct rpcbind_dump_sink whole = new_dump(version, family),
				 pieces = whole;
	struct chunks chunks = { .left = results, .seed = seed };
	struct str piece, shown = { results.data, 0 };
	enum sink_need need = SINK_MORE, expected;

	expected = rpcbind_take_dump(&whole, results, 0, true);
	while (chunks_next(&chunks, &piece)) {
		shown.length += piece.length;
		if (need == SINK_MORE)
			need = rpcbind_take_dump(&pieces, shown, 0,
						 shown.length ==
							 results.length);
	}
	REQUIRE(!results.length || need == expected);
	REQUIRE(!results.length || pieces.count == whole.count);
	check_dump(&whole);
}

/* A universal address that is read is the same when it is written again. */
static void parse(struct str text)
{
	struct ip_address address, again;
	uint16_t port, same;
	char name[IP_ADDRESS_TEXT], uaddr[IP_ADDRESS_TEXT + 16];

	if (!rpcbind_parse_uaddr(text, &address, &port))
		return;
	REQUIRE(address.family == IP_V4 || address.family == IP_V6);
	snprintf(uaddr, sizeof(uaddr), "%s.%u.%u",
		 ip_address_text(address, name), port >> 8, port & 255);
	REQUIRE(rpcbind_parse_uaddr(str_of(uaddr), &again, &same));
	REQUIRE(ip_address_equal(address, again) && port == same);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str results;
	uint32_t version;

	if (size < 2)
		return 0;
	results = (struct str){ (const char *)data + 2, size - 2 };
	version = 2 + data[1] % 3;
	take_one(results, version);
	take_list(results, version, data[1] & 0x80 ? IP_V6 : IP_V4, data[0]);
	parse(results);
	return 0;
}
