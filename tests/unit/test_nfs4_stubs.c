/* What we write and read of NFSv4 compared with what rpcgen's stubs read and
 * write. We refuse more: results of other operations than were asked for, and
 * attributes that were not. */
#include "auth_flavor.h"
#include "nfs4_protocol.h"
#include "stub_values.h"
#include "unit_test.h"

#include "nfs4.h"

enum {
	ROUNDS = 2000,
	MUTATIONS = 4,
	ENTRIES_MAX = 20,
	FLAVOR_GSS = 6,
};

#define STUB(name) ((xdrproc_t)(void (*)(void))xdr_##name)

static const uint64_t asked_attributes =
	NFS4_BIT(NFS4_TYPE) | NFS4_BIT(NFS4_FSID_ATTRIBUTE) |
	NFS4_BIT(NFS4_RDATTR_ERROR) | NFS4_BIT(NFS4_FILEHANDLE) |
	NFS4_BIT(NFS4_FILEID) | NFS4_BIT(NFS4_MOUNTED_ON_FILEID);

static struct prng prng;

static uint32_t random_u32(void)
{
	return (uint32_t)prng_next(&prng);
}

static void random_bytes(char *bytes, size_t size)
{
	for (size_t i = 0; i < size; i++)
		bytes[i] = (char)prng_next(&prng);
}

/* Requests. */

static struct nfs4_session random_session(void)
{
	struct nfs4_session session = {
		.client = prng_next(&prng),
		.client_sequence = random_u32(),
		.sequence = random_u32(),
	};

	random_bytes(session.id, sizeof(session.id));
	return session;
}

struct request {
	struct nfs4_compound compound;
	struct nfs4_session session;
	char owner[NFS4_OWNER], verifier[NFS4_VERIFIER];
	uint64_t cookie, attributes;
	uint32_t max;
	char *name;
};

static void add_argument(struct request *request, unsigned kind)
{
	struct nfs4_compound *compound = &request->compound;

	switch (kind) {
	case 0:
		nfs4_add(compound, NFS4_OP_PUTROOTFH);
		return;
	case 1:
		nfs4_add(compound, NFS4_OP_SAVEFH);
		return;
	case 2:
		nfs4_add(compound, NFS4_OP_RESTOREFH);
		return;
	case 3:
		nfs4_add_named(compound, NFS4_OP_LOOKUP, str_of(request->name));
		return;
	case 4:
		nfs4_add_named(compound, NFS4_OP_SECINFO,
			       str_of(request->name));
		return;
	case 5:
		nfs4_add_getattr(compound, request->attributes);
		return;
	case 6:
		nfs4_add_readdir(compound, request->cookie, request->verifier,
				 request->max, request->attributes);
		return;
	case 7:
		nfs4_add_secinfo_no_name(compound);
		return;
	case 8:
		nfs4_add_exchange_id(compound, request->owner);
		return;
	case 9:
		nfs4_add_create_session(compound, &request->session);
		return;
	case 10:
		nfs4_add_sequence(compound, &request->session);
		return;
	case 11:
		nfs4_add_destroy_session(compound, &request->session);
		return;
	default:
		nfs4_add_destroy_clientid(compound, &request->session);
	}
}

enum { KINDS = 13 };

static void expect_bitmap(const bitmap4 *theirs, uint64_t ours)
{
	assert_int_equal(theirs->bitmap4_len, 2);
	assert_int_equal(theirs->bitmap4_val[0], (uint32_t)ours);
	assert_int_equal(theirs->bitmap4_val[1], (uint32_t)(ours >> 32));
}

static void expect_name(const component4 *theirs, const char *ours)
{
	assert_int_equal(theirs->component4_len, strlen(ours));
	assert_memory_equal(theirs->component4_val, ours,
			    theirs->component4_len);
}

static void expect_readdir(const READDIR4args *theirs,
			   const struct request *request)
{
	assert_int_equal(theirs->cookie, request->cookie);
	assert_memory_equal(theirs->cookieverf, request->verifier,
			    NFS4_VERIFIER);
	assert_int_equal(theirs->maxcount, request->max);
	expect_bitmap(&theirs->attr_request, request->attributes);
}

static void expect_exchange_id(const EXCHANGE_ID4args *theirs,
			       const struct request *request)
{
	assert_memory_equal(theirs->co_verifier, request->owner, NFS4_VERIFIER);
	assert_int_equal(theirs->co_ownerid.text4_len, NFS4_OWNER);
	assert_memory_equal(theirs->co_ownerid.text4_val, request->owner,
			    NFS4_OWNER);
	assert_int_equal(theirs->spa_how, 0);
	assert_int_equal(theirs->eia_client_impl_id, 0);
}

static void expect_create_session(const CREATE_SESSION4args *theirs,
				  const struct nfs4_session *session)
{
	assert_int_equal(theirs->csa_clientid, session->client);
	assert_int_equal(theirs->csa_sequence, session->client_sequence);
	assert_int_equal(theirs->csa_fore_chan_attrs.ca_maxoperations,
			 NFS4_OPS_MAX);
	assert_int_equal(theirs->csa_fore_chan_attrs.ca_maxrequests, 1);
	assert_int_equal(theirs->csa_sec_parms.csa_sec_parms_len, 1);
	assert_int_equal(theirs->csa_sec_parms.csa_sec_parms_val[0],
			 AUTH_FLAVOR_NONE);
}

static void expect_argument(const nfs_argop4 *theirs,
			    const struct request *request)
{
	const struct nfs4_session *session = &request->session;

	switch (theirs->argop) {
	case NFS4_OP_LOOKUP:
		expect_name(&theirs->nfs_argop4_u.lookup, request->name);
		break;
	case NFS4_OP_SECINFO:
		expect_name(&theirs->nfs_argop4_u.secinfo, request->name);
		break;
	case NFS4_OP_GETATTR:
		expect_bitmap(&theirs->nfs_argop4_u.getattr,
			      request->attributes);
		break;
	case NFS4_OP_READDIR:
		expect_readdir(&theirs->nfs_argop4_u.readdir, request);
		break;
	case NFS4_OP_SECINFO_NO_NAME:
		assert_int_equal(theirs->nfs_argop4_u.secinfo_no_name, 0);
		break;
	case NFS4_OP_EXCHANGE_ID:
		expect_exchange_id(&theirs->nfs_argop4_u.exchange_id, request);
		break;
	case NFS4_OP_CREATE_SESSION:
		expect_create_session(&theirs->nfs_argop4_u.create_session,
				      session);
		break;
	case NFS4_OP_SEQUENCE:
		assert_memory_equal(theirs->nfs_argop4_u.sequence.sa_sessionid,
				    session->id, NFS4_SESSION_ID);
		assert_int_equal(theirs->nfs_argop4_u.sequence.sa_sequenceid,
				 session->sequence);
		break;
	case NFS4_OP_DESTROY_SESSION:
		assert_memory_equal(theirs->nfs_argop4_u.destroy_session,
				    session->id, NFS4_SESSION_ID);
		break;
	case NFS4_OP_DESTROY_CLIENTID:
		assert_int_equal(theirs->nfs_argop4_u.destroy_clientid,
				 session->client);
		break;
	default:
		break;
	}
}

static void random_request(struct request *request, uint32_t minor)
{
	size_t count = prng_below(&prng, NFS4_OPS_MAX + 1);

	request->session = random_session();
	request->cookie = prng_next(&prng);
	request->attributes = prng_next(&prng);
	request->max = random_u32();
	request->name = stub_string(&prng, NFS4_LIMIT);
	random_bytes(request->owner, sizeof(request->owner));
	random_bytes(request->verifier, sizeof(request->verifier));
	nfs4_compound_begin(&request->compound, minor);
	for (size_t i = 0; i < count; i++)
		add_argument(request, (unsigned)prng_below(&prng, KINDS));
}

static void stubs_read_our_requests(void **state)
{
	struct request request = { 0 };

	(void)state;
	for (uint32_t round = 0; round < ROUNDS; round++) {
		COMPOUND4args theirs = { 0 };

		random_request(&request, round % 3);
		assert_true(stub_decode(strbuf_str(&request.compound.arguments),
					STUB(COMPOUND4args), &theirs));
		assert_int_equal(xdr_sizeof(STUB(COMPOUND4args), &theirs),
				 request.compound.arguments.length);
		assert_int_equal(theirs.minorversion, round % 3);
		assert_int_equal(theirs.argarray.argarray_len,
				 request.compound.count);
		for (uint32_t i = 0; i < request.compound.count; i++) {
			const nfs_argop4 *argument =
				&theirs.argarray.argarray_val[i];

			assert_int_equal(argument->argop,
					 request.compound.ops[i]);
			expect_argument(argument, &request);
		}
		xdr_free(STUB(COMPOUND4args), &theirs);
		free(request.name);
	}
	strbuf_free(&request.compound.arguments);
}

/* Results. */

static void *stub_array(size_t count, size_t size)
{
	void *items = calloc(count ? count : 1, size);

	assert_non_null(items);
	return items;
}

static void add_big_u32(char **at, uint32_t value)
{
	uint32_t big = htonl(value);

	memcpy(*at, &big, sizeof(big));
	*at += sizeof(big);
}

/* A set of some attributes that may come, and their values. */
static fattr4 random_attributes(void)
{
	uint64_t set = prng_next(&prng) & asked_attributes;
	fattr4 attributes = { 0 };
	char *values = stub_array(1, NFS4_ATTRIBUTE_BYTES), *at = values;
	static const struct {
		enum nfs4_attribute attribute;
		unsigned words;
	} sizes[] = { { NFS4_TYPE, 1 },		{ NFS4_FSID_ATTRIBUTE, 4 },
		      { NFS4_RDATTR_ERROR, 1 }, { NFS4_FILEHANDLE, 0 },
		      { NFS4_FILEID, 2 },	{ NFS4_MOUNTED_ON_FILEID, 2 } };

	for (size_t i = 0; i < COUNT(sizes); i++) {
		unsigned words = sizes[i].words;

		if (!(set & NFS4_BIT(sizes[i].attribute)))
			continue;
		if (sizes[i].attribute == NFS4_FILEHANDLE) {
			words = (unsigned)prng_below(&prng, 33);
			add_big_u32(&at, words * 4);
		}
		while (words-- > 0)
			add_big_u32(&at, random_u32());
	}
	attributes.attrmask.bitmap4_len = 2;
	attributes.attrmask.bitmap4_val = stub_array(2, sizeof(u_int));
	attributes.attrmask.bitmap4_val[0] = (uint32_t)set;
	attributes.attrmask.bitmap4_val[1] = (uint32_t)(set >> 32);
	attributes.attr_vals.attr_vals_val = values;
	attributes.attr_vals.attr_vals_len = (u_int)(at - values);
	return attributes;
}

static entry4 *random_entries(void)
{
	entry4 *first = NULL;

	for (size_t i = prng_below(&prng, ENTRIES_MAX); i > 0; i--) {
		entry4 *entry = stub_array(1, sizeof(*entry));
		char *name = stub_string(&prng, 300);

		entry->cookie = prng_next(&prng);
		entry->name.component4_val = name;
		entry->name.component4_len = (u_int)strlen(name);
		entry->attrs = random_attributes();
		entry->nextentry = first;
		first = entry;
	}
	return first;
}

static SECINFO4resok random_secinfo(void)
{
	static const char kerberos[] = "\x2a\x86\x48\x86\xf7\x12\x01\x02\x02";
	SECINFO4resok flavors = {
		.SECINFO4resok_len = (u_int)prng_below(&prng, 9),
	};

	flavors.SECINFO4resok_val =
		stub_array(flavors.SECINFO4resok_len, sizeof(secinfo4));
	for (u_int i = 0; i < flavors.SECINFO4resok_len; i++) {
		secinfo4 *flavor = &flavors.SECINFO4resok_val[i];
		rpcsec_gss_info *info = &flavor->secinfo4_u.flavor_info;

		flavor->flavor = prng_chance(&prng, 50) ? FLAVOR_GSS : 1;
		if (flavor->flavor != FLAVOR_GSS)
			continue;
		info->service = (u_int)prng_below(&prng, 5);
		info->oid.oid_val = stub_array(1, sizeof(kerberos));
		memcpy(info->oid.oid_val, kerberos, sizeof(kerberos));
		info->oid.oid_len =
			prng_chance(&prng, 80) ? sizeof(kerberos) - 1 : 3;
	}
	return flavors;
}

static text4 random_text(void)
{
	char *text = stub_string(&prng, NFS4_LIMIT);

	return (text4){ (u_int)strlen(text), text };
}

static EXCHANGE_ID4resok random_exchange_id(void)
{
	EXCHANGE_ID4resok result = {
		.eir_clientid = prng_next(&prng),
		.eir_sequenceid = random_u32(),
		.eir_flags = random_u32(),
		.so_minor_id = prng_next(&prng),
		.so_major_id = random_text(),
		.eir_server_scope = random_text(),
	};

	if (prng_chance(&prng, 50)) {
		nfs_impl_id4 *name = stub_array(1, sizeof(*name));

		name->nii_domain = random_text();
		name->nii_name = random_text();
		result.eir_server_impl_id.eir_server_impl_id_len = 1;
		result.eir_server_impl_id.eir_server_impl_id_val = name;
	}
	return result;
}

static channel_attrs4 random_channel(void)
{
	channel_attrs4 channel = {
		.ca_maxresponsesize = 1024 + random_u32() / 2,
		.ca_maxoperations = random_u32(),
		.ca_rdma_ird.ca_rdma_ird_len = prng_chance(&prng, 20),
	};

	channel.ca_rdma_ird.ca_rdma_ird_val = stub_array(1, sizeof(u_int));
	return channel;
}

static void set_ok_result(nfs_resop4 *result, const struct request *request)
{
	switch (result->resop) {
	case NFS4_OP_GETATTR:
		result->nfs_resop4_u.getattr.GETATTR4res_u.obj_attributes =
			random_attributes();
		break;
	case NFS4_OP_READDIR:
		result->nfs_resop4_u.readdir.READDIR4res_u.resok4 =
			(READDIR4resok){ .entries = random_entries(),
					 .eof = prng_chance(&prng, 50) };
		break;
	case NFS4_OP_SECINFO:
	case NFS4_OP_SECINFO_NO_NAME:
		result->nfs_resop4_u.secinfo.SECINFO4res_u.resok4 =
			random_secinfo();
		break;
	case NFS4_OP_EXCHANGE_ID:
		result->nfs_resop4_u.exchange_id.EXCHANGE_ID4res_u.resok4 =
			random_exchange_id();
		break;
	case NFS4_OP_CREATE_SESSION:
		result->nfs_resop4_u.create_session.CREATE_SESSION4res_u
			.resok4 = (CREATE_SESSION4resok){
			.csr_sequence = random_u32(),
			.csr_fore_chan_attrs = random_channel(),
			.csr_back_chan_attrs = random_channel(),
		};
		break;
	case NFS4_OP_SEQUENCE:
		memcpy(result->nfs_resop4_u.sequence.SEQUENCE4res_u.resok4
			       .sr_sessionid,
		       request->session.id, NFS4_SESSION_ID);
		result->nfs_resop4_u.sequence.SEQUENCE4res_u.resok4
			.sr_sequenceid = request->session.sequence;
		break;
	default:
		break;
	}
}

/* The results of a request, of which the last one may be an error. */
static COMPOUND4res random_results(const struct request *request)
{
	uint32_t count = request->compound.count;
	COMPOUND4res results = { .tag = random_text() };

	if (count && prng_chance(&prng, 40)) {
		results.status = 1 + (uint32_t)prng_below(&prng, 20000);
		count = (uint32_t)prng_below(&prng, count + 1);
	}
	results.resarray.resarray_len = count;
	results.resarray.resarray_val = stub_array(count, sizeof(nfs_resop4));
	for (uint32_t i = 0; i < count; i++) {
		nfs_resop4 *result = &results.resarray.resarray_val[i];

		result->resop = request->compound.ops[i];
		if (results.status && i + 1 == count)
			result->nfs_resop4_u.status = results.status;
		else
			set_ok_result(result, request);
	}
	return results;
}

static void expect_attributes(const struct nfs4_attributes *ours,
			      const fattr4 *theirs)
{
	const char *at = theirs->attr_vals.attr_vals_val;
	uint32_t type;

	assert_int_equal(ours->present,
			 theirs->attrmask.bitmap4_val[0] |
				 (uint64_t)theirs->attrmask.bitmap4_val[1]
					 << 32);
	if (ours->present & NFS4_BIT(NFS4_TYPE)) {
		memcpy(&type, at, sizeof(type));
		assert_int_equal(ours->type, ntohl(type));
		at += sizeof(type);
	}
	if (ours->present & NFS4_BIT(NFS4_FSID_ATTRIBUTE))
		assert_memory_equal(ours->fsid, at, NFS4_FSID);
}

static void read_directory(struct xdr_reader *reader,
			   const READDIR4resok *theirs)
{
	const entry4 *entry = theirs->entries;
	char verifier[NFS4_VERIFIER];
	struct nfs4_entry ours;
	bool more, is_end;

	assert_true(nfs4_read_readdir(reader, verifier));
	for (;; entry = entry->nextentry) {
		assert_true(nfs4_read_entry(reader, asked_attributes, &more,
					    &ours));
		assert_int_equal(more, entry != NULL);
		if (!more)
			break;
		assert_int_equal(ours.cookie, entry->cookie);
		assert_int_equal(ours.name.length, entry->name.component4_len);
		assert_memory_equal(ours.name.data, entry->name.component4_val,
				    ours.name.length);
		expect_attributes(&ours.attributes, &entry->attrs);
	}
	assert_true(nfs4_read_end_of_directory(reader, &is_end));
	assert_int_equal(is_end, theirs->eof);
}

static uint32_t flavor_of(const secinfo4 *theirs)
{
	const rpcsec_gss_info *info = &theirs->secinfo4_u.flavor_info;

	if (theirs->flavor != FLAVOR_GSS || info->oid.oid_len != 9 ||
	    info->service < 1 || info->service > 3)
		return theirs->flavor;
	return AUTH_FLAVOR_KRB5 + info->service - 1;
}

static void read_secinfo(struct xdr_reader *reader, const SECINFO4resok *theirs)
{
	struct nfs4_flavors ours;

	assert_true(nfs4_read_secinfo(reader, &ours));
	assert_int_equal(ours.count, theirs->SECINFO4resok_len);
	for (uint32_t i = 0; i < ours.count; i++)
		assert_int_equal(ours.items[i],
				 flavor_of(&theirs->SECINFO4resok_val[i]));
}

static void read_ok_result(struct xdr_reader *reader, const nfs_resop4 *theirs,
			   struct nfs4_session *session)
{
	struct nfs4_attributes attributes;

	switch (theirs->resop) {
	case NFS4_OP_GETATTR:
		assert_true(nfs4_read_attributes(reader, asked_attributes,
						 &attributes));
		expect_attributes(&attributes,
				  &theirs->nfs_resop4_u.getattr.GETATTR4res_u
					   .obj_attributes);
		break;
	case NFS4_OP_READDIR:
		read_directory(
			reader,
			&theirs->nfs_resop4_u.readdir.READDIR4res_u.resok4);
		break;
	case NFS4_OP_SECINFO:
	case NFS4_OP_SECINFO_NO_NAME:
		read_secinfo(
			reader,
			&theirs->nfs_resop4_u.secinfo.SECINFO4res_u.resok4);
		break;
	case NFS4_OP_EXCHANGE_ID:
		assert_true(nfs4_read_exchange_id(reader, session));
		assert_int_equal(
			session->client,
			theirs->nfs_resop4_u.exchange_id.EXCHANGE_ID4res_u
				.resok4.eir_clientid);
		break;
	case NFS4_OP_CREATE_SESSION:
		assert_true(nfs4_read_create_session(reader, session));
		assert_int_equal(
			session->max_operations,
			theirs->nfs_resop4_u.create_session.CREATE_SESSION4res_u
				.resok4.csr_fore_chan_attrs.ca_maxoperations);
		break;
	case NFS4_OP_SEQUENCE:
		assert_true(nfs4_read_sequence(reader, session));
		break;
	default:
		break;
	}
}

static void read_results(const struct request *request, struct str bytes,
			 const COMPOUND4res *theirs)
{
	struct nfs4_results ours;
	enum nfs4_op op;
	uint32_t status, i = 0;

	assert_true(nfs4_results_begin(&ours, &request->compound, bytes));
	assert_int_equal(ours.status, theirs->status);
	while (nfs4_results_next(&ours, &op, &status)) {
		struct nfs4_session session = request->session;
		const nfs_resop4 *result = &theirs->resarray.resarray_val[i++];

		assert_int_equal(op, result->resop);
		assert_int_equal(status, result->nfs_resop4_u.status);
		if (status == NFS4_OK)
			read_ok_result(&ours.reader, result, &session);
	}
	assert_int_equal(ours.reader.trouble, XDR_NO_TROUBLE);
	assert_int_equal(i, theirs->resarray.resarray_len);
	assert_int_equal(xdr_reader_position(&ours.reader), bytes.length);
}

static void we_read_results_of_stubs(void **state)
{
	struct request request = { 0 };

	(void)state;
	for (uint32_t round = 0; round < ROUNDS; round++) {
		struct strbuf bytes = { 0 };
		COMPOUND4res theirs;

		random_request(&request, 0);
		request.compound.count %= 4; /* results are large */
		theirs = random_results(&request);
		stub_encode(&bytes, STUB(COMPOUND4res), &theirs);
		read_results(&request, strbuf_str(&bytes), &theirs);
		xdr_free(STUB(COMPOUND4res), &theirs);
		strbuf_free(&bytes);
		free(request.name);
	}
	strbuf_free(&request.compound.arguments);
}

/* Whether all results can be read; a directory is one if all its entries
 * are. */
static bool we_read(const struct request *request, struct str bytes)
{
	struct nfs4_session session = request->session;
	struct nfs4_results results;
	struct nfs4_attributes attributes;
	struct nfs4_flavors flavors;
	struct nfs4_entry entry;
	char verifier[NFS4_VERIFIER];
	enum nfs4_op op;
	uint32_t status;
	bool more = true, ok = true;

	if (!nfs4_results_begin(&results, &request->compound, bytes))
		return false;
	while (ok && nfs4_results_next(&results, &op, &status)) {
		struct xdr_reader *reader = &results.reader;

		if (status != NFS4_OK)
			continue;
		if (op == NFS4_OP_GETATTR)
			ok = nfs4_read_attributes(reader, asked_attributes,
						  &attributes);
		else if (op == NFS4_OP_SECINFO || op == NFS4_OP_SECINFO_NO_NAME)
			ok = nfs4_read_secinfo(reader, &flavors);
		else if (op == NFS4_OP_EXCHANGE_ID)
			ok = nfs4_read_exchange_id(reader, &session);
		else if (op == NFS4_OP_CREATE_SESSION)
			ok = nfs4_read_create_session(reader, &session);
		else if (op == NFS4_OP_SEQUENCE)
			ok = nfs4_read_sequence(reader, &session);
		if (op != NFS4_OP_READDIR)
			continue;
		ok = nfs4_read_readdir(reader, verifier);
		for (more = true; ok && more;)
			ok = nfs4_read_entry(reader, asked_attributes, &more,
					     &entry);
		ok = ok && nfs4_read_end_of_directory(reader, &more);
	}
	return ok && results.reader.trouble == XDR_NO_TROUBLE;
}

static void we_read_nothing_that_stubs_do_not(void **state)
{
	struct request request = { 0 };
	unsigned read = 0;

	(void)state;
	for (uint32_t round = 0; round < ROUNDS * MUTATIONS; round++) {
		struct strbuf bytes = { 0 };
		COMPOUND4res sent, theirs = { 0 };

		random_request(&request, 0);
		request.compound.count %= 4;
		sent = random_results(&request);
		stub_encode(&bytes, STUB(COMPOUND4res), &sent);
		stub_mutate(&prng, &bytes, 0);
		if (we_read(&request, strbuf_str(&bytes))) {
			read++;
			assert_true(stub_decode(strbuf_str(&bytes),
						STUB(COMPOUND4res), &theirs));
		}
		xdr_free(STUB(COMPOUND4res), &theirs);
		xdr_free(STUB(COMPOUND4res), &sent);
		strbuf_free(&bytes);
		free(request.name);
	}
	/* neither all nor none */
	assert_in_range(read, ROUNDS / 10, ROUNDS * MUTATIONS - ROUNDS);
	strbuf_free(&request.compound.arguments);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(stubs_read_our_requests),
		cmocka_unit_test(we_read_results_of_stubs),
		cmocka_unit_test(we_read_nothing_that_stubs_do_not),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
