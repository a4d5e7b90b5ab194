/* Writing XDR (RFC 4506) behind what a buffer already holds. */
#ifndef XDR_ENCODE_H
#define XDR_ENCODE_H

#include <stdint.h>

#include "strbuf.h"

void xdr_write_u32(struct strbuf *out, uint32_t value);
void xdr_write_u64(struct strbuf *out, uint64_t value);

/* A string or variable-length opaque: length, bytes, padding. */
void xdr_write_bytes(struct strbuf *out, struct str bytes);

/* A fixed-length opaque: bytes, padding. */
void xdr_write_fixed(struct strbuf *out, struct str bytes);

#endif
