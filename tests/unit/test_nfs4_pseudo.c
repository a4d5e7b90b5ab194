#include "nfs4_pseudo.h"

#include "unit_test.h"

#define FSID(bytes) ("" bytes)

/* Ids that a Linux 6.1 server with nfs-utils 2.6.2 sent for these pseudo
 * directories. */
static const struct {
	const char *path, *fsid;
} sent[] = {
	{ "/t", FSID("\xd6\x5f\xbc\x1f\xde\x27\x5f\x17"
		     "\x84\x11\x5f\x88\xaf\x7b\xd9\x42") },
	{ "/t/a", FSID("\x44\x49\xf7\xc5\x93\xd3\x51\xbf"
		       "\x86\xac\x81\x8a\x9b\x8b\xae\x99") },
	{ "/t/b", FSID("\xad\xec\x1f\xb1\xce\xff\x54\xe4"
		       "\x98\xdc\x3b\x8e\x66\x3a\x50\x61") },
	{ "/srv", FSID("\x0c\x21\xa5\xbe\xc5\x39\x5c\x60"
		       "\x81\xba\x26\x13\x90\x41\xc6\xd8") },
};

/* Names as uuidgen --sha1 makes them, which no nfs-utils sends so far. */
static const struct {
	const char *path, *fsid;
} plain[] = {
	{ "/srv", FSID("\xca\xf9\xa5\xbe\xc5\x39\x5c\x60"
		       "\x81\xba\x26\x13\x90\x41\xc6\xd8") },
	{ "/", FSID("\xd3\xc1\x93\xa3\xee\x96\x53\x2c"
		    "\x8b\x91\x64\x7f\xa5\xf5\x17\xd3") },
	{ "/home/user", FSID("\x35\x0f\x0c\xac\x0c\x87\x50\x44"
			     "\x92\xad\x19\xfa\xfc\xcd\x47\x99") },
};

static void ids_of_pseudo_directories_are_known(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(sent); i++)
		assert_true(nfs4_pseudo_has_fsid(str_of(sent[i].path),
						 sent[i].fsid));
	for (size_t i = 0; i < COUNT(plain); i++)
		assert_true(nfs4_pseudo_has_fsid(str_of(plain[i].path),
						 plain[i].fsid));
}

static void other_ids_are_not(void **state)
{
	static const char zeros[NFS4_FSID];
	char fsid[NFS4_FSID];

	(void)state;
	assert_false(nfs4_pseudo_has_fsid(STR("/srv"), sent[0].fsid));
	assert_false(nfs4_pseudo_has_fsid(STR("/srv/"), sent[3].fsid));
	assert_false(nfs4_pseudo_has_fsid(STR("/"), zeros));
	for (size_t i = 0; i < NFS4_FSID; i++) {
		memcpy(fsid, sent[3].fsid, sizeof(fsid));
		fsid[i] ^= 1;
		assert_false(nfs4_pseudo_has_fsid(STR("/srv"), fsid));
	}
}

static void filehandles_of_linux_tell(void **state)
{
	static const struct {
		struct str handle;
		enum nfs4_handle_kind kind;
	} cases[] = {
		{ STR("\1\0\7\0abcdefgh"), NFS4_HANDLE_ROOT },
		{ STR("\1\0\0\0abcdefgh"), NFS4_HANDLE_ROOT },
		{ STR("\1\0\7\1abcdefgh"), NFS4_HANDLE_BELOW },
		{ STR("\1\0\6\x81"), NFS4_HANDLE_BELOW },
		{ STR("\1\0\x08\0"), NFS4_HANDLE_UNKNOWN },
		{ STR("\2\0\7\0"), NFS4_HANDLE_UNKNOWN },
		{ STR("\1\1\7\0"), NFS4_HANDLE_UNKNOWN },
		{ STR("\1\0\7"), NFS4_HANDLE_UNKNOWN },
		{ STR("C\0\0\0"), NFS4_HANDLE_UNKNOWN },
		{ { NULL, 0 }, NFS4_HANDLE_UNKNOWN },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_int_equal(nfs4_handle_kind_of(cases[i].handle),
				 cases[i].kind);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ids_of_pseudo_directories_are_known),
		cmocka_unit_test(other_ids_are_not),
		cmocka_unit_test(filehandles_of_linux_tell),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
