/* Calls of NFSv4: COMPOUND and those of its operations that list a
 * pseudo-filesystem (RFC 7530, 8881, 7862).
 *
 * Pure: requests go to a buffer, results come from memory. Nothing allocates
 * while it decodes, all lists are loops with a bound.
 */
#ifndef NFS4_PROTOCOL_H
#define NFS4_PROTOCOL_H

#include "strbuf.h"
#include "xdr_decode.h"

enum {
	NFS4_PROGRAM = 100003,
	NFS4_VERSION = 4,
	NFS4_COMPOUND = 1,

	NFS4_OPS_MAX = 64, /* of one COMPOUND of ours */
	NFS4_SESSION_ID = 16,
	NFS4_VERIFIER = 8,
	NFS4_FSID = 16,
	NFS4_OWNER = 24,
	NFS4_SECINFO_MAX = 32, /* flavors of one export; there are eight */
};

enum nfs4_op {
	NFS4_OP_GETATTR = 9,
	NFS4_OP_LOOKUP = 15,
	NFS4_OP_PUTROOTFH = 24,
	NFS4_OP_READDIR = 26,
	NFS4_OP_RESTOREFH = 31,
	NFS4_OP_SAVEFH = 32,
	NFS4_OP_SECINFO = 33,
	NFS4_OP_EXCHANGE_ID = 42,
	NFS4_OP_CREATE_SESSION = 43,
	NFS4_OP_DESTROY_SESSION = 44,
	NFS4_OP_SECINFO_NO_NAME = 52,
	NFS4_OP_SEQUENCE = 53,
	NFS4_OP_DESTROY_CLIENTID = 57,
	NFS4_OP_ILLEGAL = 10044,
};

enum nfs4_status {
	NFS4_OK = 0,
	NFS4ERR_PERM = 1,
	NFS4ERR_NOENT = 2,
	NFS4ERR_ACCESS = 13,
	NFS4ERR_DELAY = 10008,
	NFS4ERR_GRACE = 10013,
	NFS4ERR_WRONGSEC = 10016,
	NFS4ERR_MOVED = 10019,
	NFS4ERR_MINOR_VERS_MISMATCH = 10021,
	NFS4ERR_OP_ILLEGAL = 10044,
};

enum nfs4_file_type {
	NF4DIR = 2,
	NF4LNK = 5,
};

/* Numbers of attributes, and their bits in a set of the first 64. */
enum nfs4_attribute {
	NFS4_TYPE = 1,
	NFS4_FSID_ATTRIBUTE = 8,
	NFS4_RDATTR_ERROR = 11,
	NFS4_FILEHANDLE = 19,
	NFS4_FILEID = 20,
	NFS4_MOUNTED_ON_FILEID = 55,
};

#define NFS4_BIT(attribute) (UINT64_C(1) << (attribute))

/* A COMPOUND under construction. */
struct nfs4_compound {
	struct strbuf arguments; /* as XDR, complete after each operation */
	uint32_t ops[NFS4_OPS_MAX];
	uint32_t count; /* of operations */
};

/* Empties the compound and begins another one, of that minor version. */
void nfs4_compound_begin(struct nfs4_compound *compound, uint32_t minor);

/* Each adds one operation; more than NFS4_OPS_MAX abort. */

/* PUTROOTFH, SAVEFH, RESTOREFH. */
void nfs4_add(struct nfs4_compound *compound, enum nfs4_op op);
/* LOOKUP, SECINFO. */
void nfs4_add_named(struct nfs4_compound *compound, enum nfs4_op op,
		    struct str name);
void nfs4_add_getattr(struct nfs4_compound *compound, uint64_t attributes);
/* max is the most bytes that the result shall have. */
void nfs4_add_readdir(struct nfs4_compound *compound, uint64_t cookie,
		      const char verifier[NFS4_VERIFIER], uint32_t max,
		      uint64_t attributes);
/* Of the current directory itself. */
void nfs4_add_secinfo_no_name(struct nfs4_compound *compound);

/* The session of a client (RFC 8881, section 2.10), with one slot. */
struct nfs4_session {
	uint64_t client;
	uint32_t client_sequence; /* for CREATE_SESSION */
	char id[NFS4_SESSION_ID];
	uint32_t sequence; /* of the next call on the slot */
	/* the least that both sides agreed on */
	uint32_t max_response, max_operations;
};

/* owner tells this client from all others. */
void nfs4_add_exchange_id(struct nfs4_compound *compound,
			  const char owner[NFS4_OWNER]);
void nfs4_add_create_session(struct nfs4_compound *compound,
			     const struct nfs4_session *session);
void nfs4_add_sequence(struct nfs4_compound *compound,
		       const struct nfs4_session *session);
void nfs4_add_destroy_session(struct nfs4_compound *compound,
			      const struct nfs4_session *session);
void nfs4_add_destroy_clientid(struct nfs4_compound *compound,
			       const struct nfs4_session *session);

/* Reading the results of a compound. When something can't be read,
 * reader.trouble says whether more bytes could help. */
struct nfs4_results {
	struct xdr_reader reader;
	const struct nfs4_compound *request;
	uint32_t status; /* of the compound: that of its last operation */
	uint32_t count;	 /* of results, at most that of operations */
	uint32_t next;	 /* result */
};

/* Begins at the results of the RPC reply. */
bool nfs4_results_begin(struct nfs4_results *results,
			const struct nfs4_compound *request, struct str bytes)
	__attribute__((warn_unused_result));

/* Reads the head of the next result, which must be that of the operation that
 * was asked for; only the last one may have failed. What belongs to a
 * successful operation has to be read next. False at the end, too: then
 * reader.trouble is XDR_NO_TROUBLE. */
bool nfs4_results_next(struct nfs4_results *results, enum nfs4_op *op,
		       uint32_t *status) __attribute__((warn_unused_result));

struct nfs4_attributes {
	uint64_t present; /* bits of those that the server sent */
	uint32_t type;
	char fsid[NFS4_FSID];
	uint32_t error; /* why there are no others */
	struct str handle;
	uint64_t fileid, mounted_on_fileid;
};

/* Of GETATTR; asked are the attributes that may come. */
bool nfs4_read_attributes(struct xdr_reader *reader, uint64_t asked,
			  struct nfs4_attributes *attributes)
	__attribute__((warn_unused_result));

struct nfs4_entry {
	uint64_t cookie;
	struct str name;
	struct nfs4_attributes attributes;
};

/* READDIR: this, then entries until there are no more of them, then the end of
 * the directory. */
bool nfs4_read_readdir(struct xdr_reader *reader, char verifier[NFS4_VERIFIER])
	__attribute__((warn_unused_result));
bool nfs4_read_entry(struct xdr_reader *reader, uint64_t asked, bool *more,
		     struct nfs4_entry *entry)
	__attribute__((warn_unused_result));
bool nfs4_read_end_of_directory(struct xdr_reader *reader, bool *is_end)
	__attribute__((warn_unused_result));

/* SECINFO and SECINFO_NO_NAME. The flavors of Kerberos become those of
 * auth_flavor.h. */
struct nfs4_flavors {
	uint32_t items[NFS4_SECINFO_MAX];
	uint32_t count;
};
bool nfs4_read_secinfo(struct xdr_reader *reader, struct nfs4_flavors *flavors)
	__attribute__((warn_unused_result));

bool nfs4_read_exchange_id(struct xdr_reader *reader,
			   struct nfs4_session *session)
	__attribute__((warn_unused_result));
bool nfs4_read_create_session(struct xdr_reader *reader,
			      struct nfs4_session *session)
	__attribute__((warn_unused_result));
/* Also moves the slot of the session on. */
bool nfs4_read_sequence(struct xdr_reader *reader, struct nfs4_session *session)
	__attribute__((warn_unused_result));

#endif
