#include "sha1.h"

#include <endian.h>
#include <stdint.h>

enum {
	BLOCK = 64,
	ROUNDS = 80,
	LENGTH_BYTES = 8,
};

struct state {
	uint32_t words[5];
};

static uint32_t rotate(uint32_t word, int bits)
{
	return word << bits | word >> (32 - bits);
}

static uint32_t mix(int round, uint32_t b, uint32_t c, uint32_t d)
{
	switch (round / 20) {
	case 0:
		return ((b & c) | (~b & d)) + 0x5a827999;
	case 1:
		return (b ^ c ^ d) + 0x6ed9eba1;
	case 2:
		return ((b & c) | (b & d) | (c & d)) + 0x8f1bbcdc;
	default:
		return (b ^ c ^ d) + 0xca62c1d6;
	}
}

static void expand(const unsigned char *block, uint32_t schedule[ROUNDS])
{
	memcpy(schedule, block, BLOCK);
	for (int i = 0; i < BLOCK / 4; i++)
		schedule[i] = be32toh(schedule[i]);
	for (int i = BLOCK / 4; i < ROUNDS; i++)
		schedule[i] =
			rotate(schedule[i - 3] ^ schedule[i - 8] ^
				       schedule[i - 14] ^ schedule[i - 16],
			       1);
}

static void add_block(struct state *state, const unsigned char *block)
{
	uint32_t schedule[ROUNDS];
	struct state s = *state;

	expand(block, schedule);
	for (int i = 0; i < ROUNDS; i++) {
		uint32_t next = rotate(s.words[0], 5) +
				mix(i, s.words[1], s.words[2], s.words[3]) +
				s.words[4] + schedule[i];

		s.words[4] = s.words[3];
		s.words[3] = s.words[2];
		s.words[2] = rotate(s.words[1], 30);
		s.words[1] = s.words[0];
		s.words[0] = next;
	}
	for (int i = 0; i < 5; i++)
		state->words[i] += s.words[i];
}

/* The last bytes, a bit, zeros, and the length in bits. */
static void add_end(struct state *state, struct str rest, size_t length)
{
	unsigned char blocks[2 * BLOCK] = { 0 };
	size_t size = rest.length < BLOCK - LENGTH_BYTES ? BLOCK : 2 * BLOCK;
	uint64_t bits = htobe64((uint64_t)length * 8);

	memcpy(blocks, rest.data, rest.length);
	blocks[rest.length] = 0x80;
	memcpy(blocks + size - LENGTH_BYTES, &bits, LENGTH_BYTES);
	for (size_t at = 0; at < size; at += BLOCK)
		add_block(state, blocks + at);
}

void sha1(struct str bytes, unsigned char digest[SHA1_BYTES])
{
	struct state state = { { 0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476,
				 0xc3d2e1f0 } };
	struct str rest = bytes;

	for (; rest.length >= BLOCK; rest = str_skip(rest, BLOCK))
		add_block(&state, (const unsigned char *)rest.data);
	add_end(&state, rest, bytes.length);
	for (int i = 0; i < 5; i++)
		state.words[i] = htobe32(state.words[i]);
	memcpy(digest, state.words, SHA1_BYTES);
}
