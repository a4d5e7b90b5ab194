/* Values for the stubs of rpcgen, and their bytes. */
#ifndef STUB_VALUES_H
#define STUB_VALUES_H

#include <stdlib.h>

#include <rpc/types.h>
#include <rpc/xdr.h>

#include "prng.h"
#include "strbuf.h"

/* A string of at most max bytes for a stub, which frees it. No NUL, since stubs
 * end strings with one. */
static inline char *stub_string(struct prng *prng, size_t max)
{
	size_t length = prng_below(prng, prng_chance(prng, 90) ? 12 : max + 1);
	char *text = calloc(1, length + 1);

	if (!text)
		abort();
	for (size_t i = 0; i < length; i++)
		text[i] = (char)(1 + prng_below(prng, 255));
	return text;
}

/* Adds what a stub makes of a value. */
static inline void stub_encode(struct strbuf *out, xdrproc_t stub, void *value)
{
	enum { SIZE = 1 << 17 };
	char *bytes = malloc(SIZE);
	XDR stream;

	if (!bytes)
		abort();
	xdrmem_create(&stream, bytes, SIZE, XDR_ENCODE);
	if (!stub(&stream, value))
		abort();
	strbuf_add(out, (struct str){ bytes, XDR_GETPOS(&stream) });
	free(bytes);
}

/* Reads a value, which is all zeros; xdr_free() frees what is there, also after
 * a failure. */
static inline bool stub_decode(struct str bytes, xdrproc_t stub, void *value)
{
	XDR stream;

	xdrmem_create(&stream, (char *)(uintptr_t)bytes.data,
		      (unsigned)bytes.length, XDR_DECODE);
	return stub(&stream, value);
}

/* Changes some bytes, and perhaps the length, but nothing before begin. */
static inline void stub_mutate(struct prng *prng, struct strbuf *bytes,
			       size_t begin)
{
	static const unsigned char edges[] = {
		0, 1, 2, 3, 4, 0x7f, 0x80, 0xff
	};
	size_t count = 1 + prng_below(prng, 3);

	if (bytes->length <= begin)
		return;
	if (prng_chance(prng, 20))
		bytes->length = begin + prng_below(prng, bytes->length - begin);
	while (count-- && bytes->length > begin)
		bytes->data[begin + prng_below(prng, bytes->length - begin)] =
			prng_chance(prng, 50) ? (char)PRNG_PICK(prng, edges)
					      : (char)prng_below(prng, 256);
}

/* Encodes a value behind begin bytes, and compares what is read of it, which
 * must be a value; then the same with some bytes changed: whether that is one
 * is returned. The value is freed. */
static inline bool stub_try(struct prng *prng, size_t begin, xdrproc_t stub,
			    void *value,
			    bool (*compare)(const struct strbuf *message))
{
	struct strbuf message = { 0 };
	bool is_value;

	while (message.length < begin)
		strbuf_add_char(&message, 'h');
	stub_encode(&message, stub, value);
	if (!compare(&message))
		abort();
	stub_mutate(prng, &message, begin);
	is_value = compare(&message);
	strbuf_free(&message);
	xdr_free(stub, value);
	return is_value;
}

#endif
