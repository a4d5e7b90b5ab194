/* Bounds of what is read of NFSv4; test_nfs4_stubs.c compares the rest. */
#include "nfs4_protocol.h"

#include "auth_flavor.h"
#include "unit_test.h"
#include "xdr_encode.h"

enum { FLAVOR_GSS = 6 };

typedef bool read_fn(struct xdr_reader *reader);

/* Reads bytes, and frees them. Where they can be read, all of them are needed,
 * and that more could help is known. */
static void check(struct strbuf *bytes, read_fn *read,
		  enum xdr_trouble expected)
{
	struct xdr_reader reader;

	xdr_reader_init(&reader, bytes->data, bytes->length);
	assert_int_equal(read(&reader), expected == XDR_NO_TROUBLE);
	assert_int_equal(reader.trouble, expected);
	for (size_t i = 0; expected == XDR_NO_TROUBLE && i < bytes->length;
	     i++) {
		xdr_reader_init(&reader, bytes->data, i);
		assert_false(read(&reader));
		assert_int_equal(reader.trouble, XDR_CUT);
	}
	strbuf_free(bytes);
}

static void results_are_no_more_than_operations(void **state)
{
	(void)state;
	for (uint32_t count = 0; count <= 3; count++) {
		struct nfs4_compound request = { .count = 2 };
		struct nfs4_results results;
		struct strbuf bytes = { 0 };

		xdr_write_u32(&bytes, count < 2 ? NFS4ERR_NOENT : NFS4_OK);
		xdr_write_bytes(&bytes, STR("tag"));
		xdr_write_u32(&bytes, count);
		assert_int_equal(nfs4_results_begin(&results, &request,
						    strbuf_str(&bytes)),
				 count <= 2);
		strbuf_free(&bytes);
	}
}

static bool read_type_only(struct xdr_reader *reader)
{
	struct nfs4_attributes attributes;

	return nfs4_read_attributes(reader, NFS4_BIT(NFS4_TYPE), &attributes);
}

/* A set of some words, the others zero, and one word of values. */
static struct strbuf attributes_with(uint32_t words, uint32_t first,
				     uint32_t last)
{
	struct strbuf bytes = { 0 };

	xdr_write_u32(&bytes, words);
	xdr_write_u32(&bytes, first);
	for (uint32_t i = 1; i < words; i++)
		xdr_write_u32(&bytes, i + 1 == words ? last : 0);
	xdr_write_u32(&bytes, 4);
	xdr_write_u32(&bytes, NF4DIR);
	return bytes;
}

static void sets_of_attributes_are_bounded(void **state)
{
	static const struct {
		uint32_t words, first, last;
		enum xdr_trouble expected;
	} cases[] = {
		{ 1, 1 << NFS4_TYPE, 0, XDR_NO_TROUBLE },
		{ 8, 1 << NFS4_TYPE, 0, XDR_NO_TROUBLE },
		{ 9, 1 << NFS4_TYPE, 0, XDR_BAD },
		{ 8, 1 << NFS4_TYPE, 1, XDR_BAD },
		{ 2, 1 << NFS4_TYPE, 1, XDR_BAD },
		/* of the size of a type, but not asked for */
		{ 1, 1 << NFS4_RDATTR_ERROR, 0, XDR_BAD },
		{ 1, 0, 0, XDR_BAD },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct strbuf bytes = attributes_with(
			cases[i].words, cases[i].first, cases[i].last);

		check(&bytes, read_type_only, cases[i].expected);
	}
}

static struct nfs4_flavors flavors;

static bool read_flavors(struct xdr_reader *reader)
{
	return nfs4_read_secinfo(reader, &flavors);
}

static void flavors_are_bounded(void **state)
{
	(void)state;
	for (uint32_t count = NFS4_SECINFO_MAX; count <= NFS4_SECINFO_MAX + 1;
	     count++) {
		struct strbuf bytes = { 0 };

		xdr_write_u32(&bytes, count);
		for (uint32_t i = 0; i < count; i++)
			xdr_write_u32(&bytes, AUTH_FLAVOR_SYS);
		check(&bytes, read_flavors,
		      count > NFS4_SECINFO_MAX ? XDR_BAD : XDR_NO_TROUBLE);
	}
}

#define KERBEROS "\x2a\x86\x48\x86\xf7\x12\x01\x02\x02"

static void kerberos_has_names(void **state)
{
	static const struct {
		struct str mechanism;
		uint32_t service, expected;
	} cases[] = {
		{ STR(KERBEROS), 1, AUTH_FLAVOR_KRB5 },
		{ STR(KERBEROS), 2, AUTH_FLAVOR_KRB5I },
		{ STR("\x06\x09" KERBEROS), 3, AUTH_FLAVOR_KRB5P },
		{ STR(KERBEROS), 0, FLAVOR_GSS },
		{ STR(KERBEROS), 4, FLAVOR_GSS },
		{ STR("other"), 1, FLAVOR_GSS },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct strbuf bytes = { 0 };
		struct xdr_reader reader;

		xdr_write_u32(&bytes, 1);
		xdr_write_u32(&bytes, FLAVOR_GSS);
		xdr_write_bytes(&bytes, cases[i].mechanism);
		xdr_write_u32(&bytes, 0);
		xdr_write_u32(&bytes, cases[i].service);
		xdr_reader_init(&reader, bytes.data, bytes.length);
		assert_true(read_flavors(&reader));
		assert_int_equal(flavors.items[0], cases[i].expected);
		check(&bytes, read_flavors, XDR_NO_TROUBLE);
	}
}

static struct nfs4_session session;

static bool read_session(struct xdr_reader *reader)
{
	return nfs4_read_create_session(reader, &session);
}

static void sessions_must_have_room(void **state)
{
	(void)state;
	for (uint32_t response = 1023; response <= 1024; response++) {
		struct strbuf bytes = { 0 };

		xdr_write_fixed(&bytes, STR("sixteen letters."));
		xdr_write_u64(&bytes, 0);
		for (int channel = 0; channel < 2; channel++) {
			xdr_write_u64(&bytes, 4096);
			xdr_write_u32(&bytes, response);
			xdr_write_u64(&bytes, 16);
			xdr_write_u64(&bytes, UINT64_C(1) << 32);
		}
		check(&bytes, read_session,
		      response < 1024 ? XDR_BAD : XDR_NO_TROUBLE);
	}
	assert_int_equal(session.max_response, 1024);
	assert_int_equal(session.max_operations, 16);
}

static bool read_client(struct xdr_reader *reader)
{
	return nfs4_read_exchange_id(reader, &session);
}

static void state_is_not_protected(void **state)
{
	(void)state;
	for (uint32_t protection = 0; protection < 2; protection++) {
		struct strbuf bytes = { 0 };

		xdr_write_u64(&bytes, 77);
		xdr_write_u64(&bytes, 0);
		xdr_write_u32(&bytes, protection);
		xdr_write_u64(&bytes, 0);
		xdr_write_bytes(&bytes, STR("server"));
		xdr_write_bytes(&bytes, STR("scope"));
		xdr_write_u32(&bytes, 0);
		check(&bytes, read_client,
		      protection ? XDR_BAD : XDR_NO_TROUBLE);
	}
}

static bool read_sequence(struct xdr_reader *reader)
{
	session.sequence = 5;
	return nfs4_read_sequence(reader, &session);
}

static void a_sequence_is_that_of_our_slot(void **state)
{
	static const struct {
		struct str id;
		uint32_t sequence, slot;
		enum xdr_trouble expected;
	} cases[] = {
		{ STR("sixteen letters."), 5, 0, XDR_NO_TROUBLE },
		{ STR("sixteen letters!"), 5, 0, XDR_BAD },
		{ STR("sixteen letters."), 6, 0, XDR_BAD },
		{ STR("sixteen letters."), 5, 1, XDR_BAD },
	};

	(void)state;
	memcpy(session.id, "sixteen letters.", sizeof(session.id));
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct strbuf bytes = { 0 };

		xdr_write_fixed(&bytes, cases[i].id);
		xdr_write_u32(&bytes, cases[i].sequence);
		xdr_write_u32(&bytes, cases[i].slot);
		xdr_write_u64(&bytes, 0);
		xdr_write_u32(&bytes, 0);
		check(&bytes, read_sequence, cases[i].expected);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(results_are_no_more_than_operations),
		cmocka_unit_test(sets_of_attributes_are_bounded),
		cmocka_unit_test(flavors_are_bounded),
		cmocka_unit_test(kerberos_has_names),
		cmocka_unit_test(sessions_must_have_room),
		cmocka_unit_test(state_is_not_protected),
		cmocka_unit_test(a_sequence_is_that_of_our_slot),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
