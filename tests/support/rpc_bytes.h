/* What servers of tests send: replies and lists as bytes. */
#ifndef RPC_BYTES_H
#define RPC_BYTES_H

#include "xdr_encode.h"

/* The head of a reply that brings results, with an empty verifier. */
static inline void add_reply_head(struct strbuf *out, uint32_t xid)
{
	xdr_write_u32(out, xid);
	xdr_write_u32(out, 1); /* REPLY */
	xdr_write_u32(out, 0); /* MSG_ACCEPTED */
	xdr_write_u32(out, 0); /* AUTH_NONE */
	xdr_write_bytes(out, STR(""));
	xdr_write_u32(out, 0); /* SUCCESS */
}

/* The beginning of one more item of a list. */
static inline void add_export(struct strbuf *out, struct str path)
{
	xdr_write_u32(out, 1);
	xdr_write_bytes(out, path);
}

static inline void add_group(struct strbuf *out, struct str name)
{
	xdr_write_u32(out, 1);
	xdr_write_bytes(out, name);
}

static inline void add_mount(struct strbuf *out, struct str client,
			     struct str path)
{
	xdr_write_u32(out, 1);
	xdr_write_bytes(out, client);
	xdr_write_bytes(out, path);
}

static inline void add_list_end(struct strbuf *out)
{
	xdr_write_u32(out, 0);
}

#endif
