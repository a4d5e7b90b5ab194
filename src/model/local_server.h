/* What the files below the root say about the NFS server as a whole; filled by
 * gather, read by rules. Sources are those of the local state. */
#ifndef LOCAL_SERVER_H
#define LOCAL_SERVER_H

#include "server_config.h"

struct boot_order;

/* A place in a source; the span { 0 } is the file as a whole. */
struct local_place {
	uint32_t source;
	struct span span;
};

/* A file or folder, and who may write to it. Names are NULL where /etc/passwd
 * or /etc/group has none. */
struct guarded_file {
	uint32_t source;
	bool is_folder;
	bool is_parent; /* only leads to what is guarded */
	unsigned mode;	/* permission bits; those of the group without what an
			   access control list adds */
	uint32_t uid, gid;
	const char *user, *group;
	bool has_list;		 /* an access control list besides the mode */
	const char *list_writer; /* "user backup", that the list lets write;
				    NULL: nobody */
};

struct guarded_files {
	ARRAY(struct guarded_file) list;
};

enum stray_kind {
	STRAY_NAME,	/* does not end in .exports, or begins with a dot */
	STRAY_FOLDER,	/* a directory */
	STRAY_SPECIAL,	/* FIFO, socket or device */
	STRAY_LEFTOVER, /* a copy that an editor or package tool left */
};

/* Something in exports.d that exportfs passes over. */
struct stray_file {
	uint32_t source;
	const char *name; /* without the folder */
	enum stray_kind kind;
	bool has_exports; /* a line begins with a path, or it is a folder of
			     such files */
};

/* A setting of a file that nothing reads any more. */
struct legacy_setting {
	uint32_t source;
	struct span span; /* of the assignment */
	struct str name, value;
};

/* An NFS file system of /etc/fstab. */
struct import_mount {
	struct local_place place; /* of its options */
	struct str mountpoint, options;
};

enum keytab_state {
	KEYTAB_UNKNOWN, /* not readable, or configured elsewhere */
	KEYTAB_MISSING,
	KEYTAB_WITHOUT_NFS, /* has keys, none of them for nfs/HOST */
	KEYTAB_USABLE,
};

/* An id of the server that is in a group whose members can become root there:
 * a user, or the group itself. Foreign bytes: print the names escaped. */
struct powerful_id {
	enum { POWERFUL_USER, POWERFUL_GROUP } kind;
	uint32_t id;
	struct str user; /* of a user */
	struct str group;
};

/* Who stands in idmapd.conf for whom it does not know. */
struct nobody_mapping {
	const char *key;  /* "Nobody-User" */
	const char *kind; /* "user" */
	struct str name;  /* by default "nobody" */
	bool missing;	  /* it is known that nobody has that name */
};

struct local_server {
	/* Root in this tree: uid and gid 0, and the owner of its "/" where
	 * somebody unpacked it for himself. */
	uint32_t root_uid, root_gid;

	const struct server_config *nfs_conf;	   /* NULL: not known */
	const struct server_config *idmapd_conf;   /* NULL: not known */
	struct nobody_mapping nobodies[2];	   /* if idmapd_conf is known */
	ARRAY(struct local_place) nfs_conf_strays; /* not ending in .conf */

	struct guarded_files exports; /* exports files and what leads there */
	struct guarded_files state;   /* etab and its like, their folder */
	const char *state_folder;

	ARRAY(struct stray_file) exports_d;
	ARRAY(struct legacy_setting) legacy;
	ARRAY(struct import_mount) imports;
	ARRAY(struct powerful_id) powerful;

	/* Each is NULL when there is none, or when it is not known. */
	const char *firewall;		   /* unit that is enabled at boot */
	const struct local_place *rpcbind; /* what starts it at boot */
	const struct local_place *network_groups; /* the word of nsswitch.conf:
						     sss, winbind, ldap, nis */
	struct str network_groups_name;
	struct str crowded_user; /* in the most groups of /etc/group */
	unsigned crowded_user_groups;
	struct str default_realm; /* of krb5.conf */

	const struct boot_order *boot;

	bool mountd_port_in_services;
	enum keytab_state keytab;
	const char *keytab_path;
};

#endif
