#include "xdr_encode.h"

#include <endian.h>

void xdr_write_u32(struct strbuf *out, uint32_t value)
{
	uint32_t big = htobe32(value);

	strbuf_add(out, (struct str){ (const char *)&big, sizeof(big) });
}

void xdr_write_u64(struct strbuf *out, uint64_t value)
{
	uint64_t big = htobe64(value);

	strbuf_add(out, (struct str){ (const char *)&big, sizeof(big) });
}

void xdr_write_fixed(struct strbuf *out, struct str bytes)
{
	static const char zeros[4];
	size_t padding = -bytes.length % 4;

	strbuf_add(out, bytes);
	strbuf_add(out, (struct str){ zeros, padding });
}

void xdr_write_bytes(struct strbuf *out, struct str bytes)
{
	xdr_write_u32(out, (uint32_t)bytes.length);
	xdr_write_fixed(out, bytes);
}
