#include "nfs4_protocol.h"

#include <endian.h>
#include <stdlib.h>

#include "auth_flavor.h"
#include "rpc_limits.h"
#include "xdr_encode.h"

enum {
	OPCOUNT_AT = 8, /* behind an empty tag and the minor version */

	BITMAP_WORDS_MAX = 8,
	ATTRIBUTES_MAX = 256, /* bytes; those that we ask for have 168 */
	HANDLE_MAX = 128,     /* NFS4_FHSIZE */
	TAG_MAX = 1024,
	OPAQUE_MAX = 1024, /* NFS4_OPAQUE_LIMIT */
	OID_MAX = 64,

	SECINFO_STYLE_CURRENT = 0,
	FLAVOR_GSS = 6,
	STATE_PROTECT_NONE = 0,

	/* of a session */
	REQUEST_BYTES = 64 << 10,
	BACK_BYTES = 4096, /* nothing is called back, but servers want room */
	BACK_OPERATIONS = 16,
	CALLBACK_PROGRAM = 0x40000000,
	RESPONSE_MIN = 1024, /* a grant below it lists nothing */
};

void nfs4_compound_begin(struct nfs4_compound *compound, uint32_t minor)
{
	compound->count = 0;
	strbuf_clear(&compound->arguments);
	xdr_write_bytes(&compound->arguments, STR(""));
	xdr_write_u32(&compound->arguments, minor);
	xdr_write_u32(&compound->arguments, 0);
}

void nfs4_add(struct nfs4_compound *compound, enum nfs4_op op)
{
	uint32_t count;

	if (compound->count == NFS4_OPS_MAX)
		abort();
	compound->ops[compound->count++] = op;
	count = htobe32(compound->count);
	memcpy(compound->arguments.data + OPCOUNT_AT, &count, sizeof(count));
	xdr_write_u32(&compound->arguments, op);
}

void nfs4_add_named(struct nfs4_compound *compound, enum nfs4_op op,
		    struct str name)
{
	nfs4_add(compound, op);
	xdr_write_bytes(&compound->arguments, name);
}

static void write_bitmap(struct strbuf *out, uint64_t attributes)
{
	xdr_write_u32(out, 2);
	xdr_write_u32(out, (uint32_t)attributes);
	xdr_write_u32(out, (uint32_t)(attributes >> 32));
}

void nfs4_add_getattr(struct nfs4_compound *compound, uint64_t attributes)
{
	nfs4_add(compound, NFS4_OP_GETATTR);
	write_bitmap(&compound->arguments, attributes);
}

void nfs4_add_readdir(struct nfs4_compound *compound, uint64_t cookie,
		      const char verifier[NFS4_VERIFIER], uint32_t max,
		      uint64_t attributes)
{
	struct strbuf *out = &compound->arguments;

	nfs4_add(compound, NFS4_OP_READDIR);
	xdr_write_u64(out, cookie);
	xdr_write_fixed(out, (struct str){ verifier, NFS4_VERIFIER });
	xdr_write_u32(out, max); /* of names and cookies: a hint */
	xdr_write_u32(out, max);
	write_bitmap(out, attributes);
}

void nfs4_add_secinfo_no_name(struct nfs4_compound *compound)
{
	nfs4_add(compound, NFS4_OP_SECINFO_NO_NAME);
	xdr_write_u32(&compound->arguments, SECINFO_STYLE_CURRENT);
}

void nfs4_add_exchange_id(struct nfs4_compound *compound,
			  const char owner[NFS4_OWNER])
{
	struct strbuf *out = &compound->arguments;

	nfs4_add(compound, NFS4_OP_EXCHANGE_ID);
	xdr_write_fixed(out, (struct str){ owner, NFS4_VERIFIER });
	xdr_write_bytes(out, (struct str){ owner, NFS4_OWNER });
	xdr_write_u32(out, 0); /* flags */
	xdr_write_u32(out, STATE_PROTECT_NONE);
	xdr_write_u32(out, 0); /* who made us */
}

static void write_channel(struct strbuf *out, uint32_t request,
			  uint32_t response, uint32_t operations)
{
	xdr_write_u32(out, 0); /* padding of headers */
	xdr_write_u32(out, request);
	xdr_write_u32(out, response);
	xdr_write_u32(out, 0); /* of the response, cached */
	xdr_write_u32(out, operations);
	xdr_write_u32(out, 1); /* slots */
	xdr_write_u32(out, 0); /* RDMA */
}

void nfs4_add_create_session(struct nfs4_compound *compound,
			     const struct nfs4_session *session)
{
	struct strbuf *out = &compound->arguments;

	nfs4_add(compound, NFS4_OP_CREATE_SESSION);
	xdr_write_u64(out, session->client);
	xdr_write_u32(out, session->client_sequence);
	xdr_write_u32(out, 0); /* flags */
	write_channel(out, REQUEST_BYTES, LIMIT_NFS4_REPLY_BYTES, NFS4_OPS_MAX);
	write_channel(out, BACK_BYTES, BACK_BYTES, BACK_OPERATIONS);
	xdr_write_u32(out, CALLBACK_PROGRAM);
	xdr_write_u32(out, 1); /* way to be called back */
	xdr_write_u32(out, AUTH_FLAVOR_NONE);
}

static void write_session_id(struct strbuf *out,
			     const struct nfs4_session *session)
{
	xdr_write_fixed(out, (struct str){ session->id, NFS4_SESSION_ID });
}

void nfs4_add_sequence(struct nfs4_compound *compound,
		       const struct nfs4_session *session)
{
	struct strbuf *out = &compound->arguments;

	nfs4_add(compound, NFS4_OP_SEQUENCE);
	write_session_id(out, session);
	xdr_write_u32(out, session->sequence);
	xdr_write_u32(out, 0); /* slot */
	xdr_write_u32(out, 0); /* highest slot */
	xdr_write_u32(out, 0); /* the reply need not be cached */
}

void nfs4_add_destroy_session(struct nfs4_compound *compound,
			      const struct nfs4_session *session)
{
	nfs4_add(compound, NFS4_OP_DESTROY_SESSION);
	write_session_id(&compound->arguments, session);
}

void nfs4_add_destroy_clientid(struct nfs4_compound *compound,
			       const struct nfs4_session *session)
{
	nfs4_add(compound, NFS4_OP_DESTROY_CLIENTID);
	xdr_write_u64(&compound->arguments, session->client);
}

bool nfs4_results_begin(struct nfs4_results *results,
			const struct nfs4_compound *request, struct str bytes)
{
	struct xdr_reader *reader = &results->reader;
	struct str tag;

	xdr_reader_init(reader, bytes.data, bytes.length);
	results->request = request;
	results->next = 0;
	if (!xdr_read_u32(reader, &results->status) ||
	    !xdr_read_bytes(reader, TAG_MAX, &tag) ||
	    !xdr_read_u32(reader, &results->count))
		return false;
	if (results->count > request->count ||
	    (results->status == NFS4_OK && results->count < request->count))
		return xdr_read_fail(reader);
	return true;
}

/* Whether a result says that the server does not know the operation. */
static bool is_illegal(uint32_t op, uint32_t status)
{
	return op == NFS4_OP_ILLEGAL && status == NFS4ERR_OP_ILLEGAL;
}

bool nfs4_results_next(struct nfs4_results *results, enum nfs4_op *op,
		       uint32_t *status)
{
	struct xdr_reader *reader = &results->reader;
	bool is_last = results->next + 1 == results->count;
	uint32_t asked, answered;

	if (results->next == results->count)
		return false;
	asked = results->request->ops[results->next++];
	if (!xdr_read_u32(reader, &answered) || !xdr_read_u32(reader, status))
		return false;
	if (answered != asked && !is_illegal(answered, *status))
		return xdr_read_fail(reader);
	if (*status != (is_last ? results->status : (uint32_t)NFS4_OK))
		return xdr_read_fail(reader);
	*op = (enum nfs4_op)asked;
	return true;
}

/* A set that must lie within what was asked for. */
static bool read_bitmap(struct xdr_reader *reader, uint64_t asked,
			uint64_t *present)
{
	uint32_t count, word;

	*present = 0;
	if (!xdr_read_u32(reader, &count))
		return false;
	if (count > BITMAP_WORDS_MAX)
		return xdr_read_fail(reader);
	for (uint32_t i = 0; i < count; i++) {
		if (!xdr_read_u32(reader, &word))
			return false;
		if (i < 2)
			*present |= (uint64_t)word << (32 * i);
		else if (word)
			return xdr_read_fail(reader);
	}
	return (*present & ~asked) == 0 || xdr_read_fail(reader);
}

static bool read_type(struct xdr_reader *reader, struct nfs4_attributes *to)
{
	return xdr_read_u32(reader, &to->type);
}

static bool read_fsid(struct xdr_reader *reader, struct nfs4_attributes *to)
{
	struct str fsid;

	if (!xdr_read_fixed(reader, NFS4_FSID, &fsid))
		return false;
	memcpy(to->fsid, fsid.data, NFS4_FSID);
	return true;
}

static bool read_error(struct xdr_reader *reader, struct nfs4_attributes *to)
{
	return xdr_read_u32(reader, &to->error);
}

static bool read_handle(struct xdr_reader *reader, struct nfs4_attributes *to)
{
	return xdr_read_bytes(reader, HANDLE_MAX, &to->handle);
}

static bool read_fileid(struct xdr_reader *reader, struct nfs4_attributes *to)
{
	return xdr_read_u64(reader, &to->fileid);
}

static bool read_mounted_on(struct xdr_reader *reader,
			    struct nfs4_attributes *to)
{
	return xdr_read_u64(reader, &to->mounted_on_fileid);
}

/* In the order of their numbers, in which they come. */
static const struct {
	enum nfs4_attribute attribute;
	bool (*read)(struct xdr_reader *reader, struct nfs4_attributes *to);
} attribute_readers[] = {
	{ NFS4_TYPE, read_type },
	{ NFS4_FSID_ATTRIBUTE, read_fsid },
	{ NFS4_RDATTR_ERROR, read_error },
	{ NFS4_FILEHANDLE, read_handle },
	{ NFS4_FILEID, read_fileid },
	{ NFS4_MOUNTED_ON_FILEID, read_mounted_on },
};

static bool read_values(struct xdr_reader *reader,
			struct nfs4_attributes *attributes)
{
	for (size_t i = 0;
	     i < sizeof(attribute_readers) / sizeof(*attribute_readers); i++) {
		uint64_t bit = NFS4_BIT(attribute_readers[i].attribute);

		if ((attributes->present & bit) &&
		    !attribute_readers[i].read(reader, attributes))
			return false;
	}
	return true;
}

bool nfs4_read_attributes(struct xdr_reader *reader, uint64_t asked,
			  struct nfs4_attributes *attributes)
{
	struct xdr_reader values;
	struct str bytes;

	*attributes = (struct nfs4_attributes){ 0 };
	if (!read_bitmap(reader, asked, &attributes->present) ||
	    !xdr_read_bytes(reader, ATTRIBUTES_MAX, &bytes))
		return false;
	xdr_reader_init(&values, bytes.data, bytes.length);
	if (read_values(&values, attributes) &&
	    xdr_reader_position(&values) == bytes.length)
		return true;
	return xdr_read_fail(reader);
}

static bool read_verifier(struct xdr_reader *reader, char *verifier)
{
	struct str bytes;

	if (!xdr_read_fixed(reader, NFS4_VERIFIER, &bytes))
		return false;
	memcpy(verifier, bytes.data, NFS4_VERIFIER);
	return true;
}

bool nfs4_read_readdir(struct xdr_reader *reader, char verifier[NFS4_VERIFIER])
{
	return read_verifier(reader, verifier);
}

bool nfs4_read_entry(struct xdr_reader *reader, uint64_t asked, bool *more,
		     struct nfs4_entry *entry)
{
	if (!xdr_read_bool(reader, more))
		return false;
	if (!*more)
		return true;
	return xdr_read_u64(reader, &entry->cookie) &&
	       xdr_read_bytes(reader, LIMIT_NFS4_REPLY_BYTES, &entry->name) &&
	       nfs4_read_attributes(reader, asked, &entry->attributes);
}

bool nfs4_read_end_of_directory(struct xdr_reader *reader, bool *is_end)
{
	return xdr_read_bool(reader, is_end);
}

/* Whether the mechanism is Kerberos 5; some write the head of the DER form,
 * most do not. */
static bool is_kerberos(struct str oid)
{
	return str_equal(oid, STR("\x2a\x86\x48\x86\xf7\x12\x01\x02\x02")) ||
	       str_equal(oid,
			 STR("\x06\x09\x2a\x86\x48\x86\xf7\x12\x01\x02\x02"));
}

static bool read_gss(struct xdr_reader *reader, uint32_t *flavor)
{
	static const uint32_t services[] = { AUTH_FLAVOR_KRB5,
					     AUTH_FLAVOR_KRB5I,
					     AUTH_FLAVOR_KRB5P };
	struct str oid;
	uint32_t quality, service;

	if (!xdr_read_bytes(reader, OID_MAX, &oid) ||
	    !xdr_read_u32(reader, &quality) || !xdr_read_u32(reader, &service))
		return false;
	if (is_kerberos(oid) && service >= 1 &&
	    service <= sizeof(services) / sizeof(*services))
		*flavor = services[service - 1];
	return true;
}

bool nfs4_read_secinfo(struct xdr_reader *reader, struct nfs4_flavors *flavors)
{
	uint32_t count;

	flavors->count = 0;
	if (!xdr_read_u32(reader, &count))
		return false;
	if (count > NFS4_SECINFO_MAX)
		return xdr_read_fail(reader);
	while (flavors->count < count) {
		uint32_t *flavor = &flavors->items[flavors->count];

		if (!xdr_read_u32(reader, flavor) ||
		    (*flavor == FLAVOR_GSS && !read_gss(reader, flavor)))
			return false;
		flavors->count++;
	}
	return true;
}

/* The server's name of itself: nii_domain, nii_name, nii_date. */
static bool read_implementation(struct xdr_reader *reader)
{
	struct str domain, name;
	uint64_t seconds;
	uint32_t count, nanoseconds;

	if (!xdr_read_u32(reader, &count))
		return false;
	if (count > 1)
		return xdr_read_fail(reader);
	return !count || (xdr_read_bytes(reader, OPAQUE_MAX, &domain) &&
			  xdr_read_bytes(reader, OPAQUE_MAX, &name) &&
			  xdr_read_u64(reader, &seconds) &&
			  xdr_read_u32(reader, &nanoseconds));
}

bool nfs4_read_exchange_id(struct xdr_reader *reader,
			   struct nfs4_session *session)
{
	uint32_t flags, protection;
	uint64_t minor_id;
	struct str major_id, scope;

	if (!xdr_read_u64(reader, &session->client) ||
	    !xdr_read_u32(reader, &session->client_sequence) ||
	    !xdr_read_u32(reader, &flags) || !xdr_read_u32(reader, &protection))
		return false;
	if (protection != STATE_PROTECT_NONE)
		return xdr_read_fail(reader);
	return xdr_read_u64(reader, &minor_id) &&
	       xdr_read_bytes(reader, OPAQUE_MAX, &major_id) &&
	       xdr_read_bytes(reader, OPAQUE_MAX, &scope) &&
	       read_implementation(reader);
}

struct channel {
	uint32_t padding, request, response, cached, operations, slots;
};

static bool read_channel(struct xdr_reader *reader, struct channel *channel)
{
	uint32_t count, depth;

	if (!xdr_read_u32(reader, &channel->padding) ||
	    !xdr_read_u32(reader, &channel->request) ||
	    !xdr_read_u32(reader, &channel->response) ||
	    !xdr_read_u32(reader, &channel->cached) ||
	    !xdr_read_u32(reader, &channel->operations) ||
	    !xdr_read_u32(reader, &channel->slots) ||
	    !xdr_read_u32(reader, &count))
		return false;
	if (count > 1)
		return xdr_read_fail(reader);
	return !count || xdr_read_u32(reader, &depth);
}

static bool read_session_id(struct xdr_reader *reader, struct str *id)
{
	return xdr_read_fixed(reader, NFS4_SESSION_ID, id);
}

bool nfs4_read_create_session(struct xdr_reader *reader,
			      struct nfs4_session *session)
{
	struct channel fore, back;
	uint32_t sequence, flags;
	struct str id;

	if (!read_session_id(reader, &id) || !xdr_read_u32(reader, &sequence) ||
	    !xdr_read_u32(reader, &flags) || !read_channel(reader, &fore) ||
	    !read_channel(reader, &back))
		return false;
	if (fore.response < RESPONSE_MIN)
		return xdr_read_fail(reader);
	memcpy(session->id, id.data, NFS4_SESSION_ID);
	session->sequence = 1;
	session->max_response = fore.response;
	session->max_operations = fore.operations;
	return true;
}

bool nfs4_read_sequence(struct xdr_reader *reader, struct nfs4_session *session)
{
	struct str id;
	uint32_t sequence, slot, highest, target, flags;

	if (!read_session_id(reader, &id) || !xdr_read_u32(reader, &sequence) ||
	    !xdr_read_u32(reader, &slot) || !xdr_read_u32(reader, &highest) ||
	    !xdr_read_u32(reader, &target) || !xdr_read_u32(reader, &flags))
		return false;
	if (memcmp(id.data, session->id, NFS4_SESSION_ID) != 0 || slot ||
	    sequence != session->sequence)
		return xdr_read_fail(reader);
	session->sequence++;
	return true;
}
