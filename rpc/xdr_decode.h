/* Reading XDR (RFC 4506) from memory that a server has filled.
 *
 * A reader never goes beyond its bytes, never allocates and never recurses.
 * Strings are views into the bytes. The first thing that can't be read ends
 * it: all later reads fail too, so a caller may look at the end only.
 */
#ifndef XDR_DECODE_H
#define XDR_DECODE_H

#include <stdint.h>

#include <rpc/types.h>
#include <rpc/xdr.h>

#include "str.h"

enum xdr_trouble {
	XDR_NO_TROUBLE,
	XDR_CUT, /* the bytes end early: more of them could help */
	XDR_BAD, /* no more bytes can help: a bound or the standard is broken */
};

struct xdr_reader {
	XDR stream;
	size_t size;
	enum xdr_trouble trouble;
};

/* A reader of size bytes (below 2 GiB) at bytes, which stay the caller's. */
void xdr_reader_init(struct xdr_reader *reader, const void *bytes, size_t size);

bool xdr_read_u32(struct xdr_reader *reader, uint32_t *value)
	__attribute__((warn_unused_result));
bool xdr_read_u64(struct xdr_reader *reader, uint64_t *value)
	__attribute__((warn_unused_result));

/* A bool. RFC 4506, section 4.4, knows 0 and 1 only, but libtirpc, and with it
 * every client of MOUNT, takes any other number for true. */
bool xdr_read_bool(struct xdr_reader *reader, bool *value)
	__attribute__((warn_unused_result));

/* A string or variable-length opaque of at most max bytes, as a view. NULs in
 * it are kept; the padding may hold anything, as all decoders allow. */
bool xdr_read_bytes(struct xdr_reader *reader, uint32_t max, struct str *bytes)
	__attribute__((warn_unused_result));

/* A fixed-length opaque. */
bool xdr_read_fixed(struct xdr_reader *reader, uint32_t length,
		    struct str *bytes) __attribute__((warn_unused_result));

/* Declares what was read to be against the protocol; returns false. */
bool xdr_read_fail(struct xdr_reader *reader);

/* Bytes read so far. */
size_t xdr_reader_position(struct xdr_reader *reader);

#endif
