/* Every bound on what a server may make us read, keep or wait for.
 *
 * Servers are hostile until proven otherwise: each list, string, record and
 * number of tries ends here, and each bound has a test that reaches it.
 */
#ifndef RPC_LIMITS_H
#define RPC_LIMITS_H

enum {
	/* One reply, all its fragments together: what a single server may send,
	 * and what one of many may. The largest list seen in practice has less
	 * than a megabyte; a million exports have 92. */
	LIMIT_REPLY_BYTES = 128 << 20,
	LIMIT_REPLY_BYTES_SWEEP = 16 << 20,

	/* Exports, groups and mounts of one list together: they cost us more
	 * memory than the server bytes (an export without a name is 12). */
	LIMIT_LIST_NODES = 4000000,
	LIMIT_LIST_NODES_SWEEP = 400000,

	/* What is kept of all servers of a sweep together. */
	LIMIT_KEPT_BYTES = 512 << 20,

	/* A reply of fixed size (GETPORT, NULL, MNT) with the largest verifier,
	 * or a universal address, which RFC 1833 leaves unbounded. */
	LIMIT_SMALL_REPLY_BYTES = 4096,
	LIMIT_UADDR_BYTES = 255,

	/* Exports of one server that are mounted to see their flavors. */
	LIMIT_MNT_CALLS = 10000,

	/* What rpcbind has registered, all together; a server that runs
	 * everything has a hundred. */
	LIMIT_RPCBIND_MAPPINGS = 4096,
	LIMIT_RPCBIND_DUMP_BYTES = 1 << 20,

	/* Fragments without a byte in one record: legal, and endless. */
	LIMIT_EMPTY_FRAGMENTS = 64,

	/* Records on one connection that answer none of our calls. */
	LIMIT_STRAY_RECORDS = 16,

	/* RFC 1813, appendix I: MNTPATHLEN, MNTNAMLEN. */
	LIMIT_MOUNT_PATH = 1024,
	LIMIT_MOUNT_NAME = 255,

	/* RFC 5531, section 8.2: the body of an authentication field. */
	LIMIT_AUTH_BYTES = 400,

	/* The NFSv4 walk. A pseudo-filesystem has a directory for each
	 * component above an export; what is larger is somebody's data, or a
	 * trap. */
	LIMIT_NFS4_DIRECTORIES = 1000,
	LIMIT_NFS4_DEPTH = 16,
	LIMIT_NFS4_ENTRIES = 10000, /* of one directory */
	LIMIT_NFS4_REPLY_BYTES = 1 << 20,
	LIMIT_NFS4_NAME = 255,
	LIMIT_NFS4_EXPORTS = 100000,
	LIMIT_NFS4_PATH_BYTES = 16 << 20, /* of all of them */
	LIMIT_NFS4_DELAYS = 3, /* NFS4ERR_DELAY, NFS4ERR_GRACE for one call */

	/* Milliseconds for finding out what a server can do: UDP services that
	 * don't answer say nothing. */
	LIMIT_CAPABILITY_MS = 1000,

	/* Milliseconds for ending a session of NFSv4.1 with a server after the
	 * deadline or ^C. */
	LIMIT_GRACE_MS = 150,

	/* Addresses of one name. */
	LIMIT_NAME_ADDRESSES = 16,

	/* Milliseconds that showmount waits: for a connection, for rpcbind, for
	 * a list, for all together, and for a server that does not speak RPC
	 * to close. nfs-utils' program waits for the kernel (127 s), 60 s,
	 * 20 s after each byte, and without bound. */
	LIMIT_SHOWMOUNT_CONNECT_MS = 10000,
	LIMIT_SHOWMOUNT_RPCBIND_MS = 10000,
	LIMIT_SHOWMOUNT_LIST_MS = 20000,
	LIMIT_SHOWMOUNT_MS = 60000,
	LIMIT_SHOWMOUNT_CLOSE_MS = 1000,

	/* Hosts of one sweep that go without --yes-large. */
	LIMIT_SWEEP_HOSTS = 1 << 20,
};

#endif
