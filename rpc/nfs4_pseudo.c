#include "nfs4_pseudo.h"

#include "sha1.h"

/* From support/export/v4root.c of nfs-utils: 39c6b5c1-3f24-4f4e-977c-
 * 7fe6546b8a25. */
static const char seed[NFS4_FSID] = "\x39\xc6\xb5\xc1\x3f\x24\x4f\x4e"
				    "\x97\x7c\x7f\xe6\x54\x6b\x8a\x25";

/* RFC 4122, section 4.3. */
static void make_uuid(struct str path, unsigned char uuid[NFS4_FSID])
{
	unsigned char digest[SHA1_BYTES];
	struct strbuf name = { 0 };

	strbuf_add(&name, (struct str){ seed, sizeof(seed) });
	strbuf_add(&name, path);
	sha1(strbuf_str(&name), digest);
	strbuf_free(&name);
	memcpy(uuid, digest, NFS4_FSID);
	uuid[6] = (uuid[6] & 0x0f) | 0x50;
	uuid[8] = (uuid[8] & 0x3f) | 0x80;
}

/* nfs-utils hands the kernel the UUID as text without its end, so that the
 * digits of the last two bytes are read once more, onto the first ones. */
static void fold(unsigned char uuid[NFS4_FSID])
{
	uuid[0] ^= uuid[NFS4_FSID - 2];
	uuid[1] ^= uuid[NFS4_FSID - 1];
}

bool nfs4_pseudo_has_fsid(struct str path, const char fsid[NFS4_FSID])
{
	unsigned char uuid[NFS4_FSID];

	make_uuid(path, uuid);
	if (memcmp(uuid, fsid, NFS4_FSID) == 0)
		return true;
	fold(uuid);
	return memcmp(uuid, fsid, NFS4_FSID) == 0;
}

/* struct knfsd_fh of the kernel, fs/nfsd/nfsfh.h: fb_version, fb_auth_type,
 * fb_fsid_type, fb_fileid_type. */
enum nfs4_handle_kind nfs4_handle_kind_of(struct str handle)
{
	enum { VERSION = 1, AUTH_TYPE = 0, HEAD = 4, FSID_TYPE_MAX = 7 };

	if (handle.length < HEAD || handle.data[0] != VERSION ||
	    handle.data[1] != AUTH_TYPE ||
	    (unsigned char)handle.data[2] > FSID_TYPE_MAX)
		return NFS4_HANDLE_UNKNOWN;
	return handle.data[3] ? NFS4_HANDLE_BELOW : NFS4_HANDLE_ROOT;
}
