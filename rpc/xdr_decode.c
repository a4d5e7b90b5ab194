#include "xdr_decode.h"

void xdr_reader_init(struct xdr_reader *reader, const void *bytes, size_t size)
{
	reader->size = size;
	reader->trouble = XDR_NO_TROUBLE;
	/* a decoding stream only reads */
	xdrmem_create(&reader->stream, (void *)(uintptr_t)bytes, (unsigned)size,
		      XDR_DECODE);
}

size_t xdr_reader_position(struct xdr_reader *reader)
{
	return XDR_GETPOS(&reader->stream);
}

bool xdr_read_fail(struct xdr_reader *reader)
{
	reader->trouble = XDR_BAD;
	return false;
}

/* True if length more bytes are there. */
static bool has(struct xdr_reader *reader, size_t length)
{
	if (reader->trouble != XDR_NO_TROUBLE)
		return false;
	if (length <= reader->size - xdr_reader_position(reader))
		return true;
	reader->trouble = XDR_CUT;
	return false;
}

bool xdr_read_u32(struct xdr_reader *reader, uint32_t *value)
{
	return has(reader, 4) && xdr_u_int32_t(&reader->stream, value);
}

bool xdr_read_u64(struct xdr_reader *reader, uint64_t *value)
{
	return has(reader, 8) && xdr_u_int64_t(&reader->stream, value);
}

bool xdr_read_bool(struct xdr_reader *reader, bool *value)
{
	uint32_t number;

	if (!xdr_read_u32(reader, &number))
		return false;
	*value = number != 0;
	return true;
}

bool xdr_read_fixed(struct xdr_reader *reader, uint32_t length,
		    struct str *bytes)
{
	size_t padded = ((size_t)length + 3) & ~(size_t)3;
	unsigned at;

	if (!has(reader, padded))
		return false;
	at = (unsigned)xdr_reader_position(reader);
	*bytes = (struct str){ reader->stream.x_private, length };
	return XDR_SETPOS(&reader->stream, at + (unsigned)padded);
}

bool xdr_read_bytes(struct xdr_reader *reader, uint32_t max, struct str *bytes)
{
	uint32_t length;

	if (!xdr_read_u32(reader, &length))
		return false;
	if (length > max)
		return xdr_read_fail(reader);
	return xdr_read_fixed(reader, length, bytes);
}
