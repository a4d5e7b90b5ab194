/* What an export grants, once its options are read.
 *
 * A policy is built from the defaults by applying option lists: the -options
 * of the line, then the client's own. The algebra of flags and sec= sections
 * is that of nfs-utils' parseopts.
 */
#ifndef EXPORT_POLICY_H
#define EXPORT_POLICY_H

#include "arena.h"
#include "export_problem.h"
#include "security_flavor.h"
#include "target.h"

/* The kernel's NFSEXP_ bits (include/uapi/linux/nfsd/export.h). */
enum export_flag {
	EXPORT_READ_ONLY = 0x0001,
	EXPORT_INSECURE_PORT = 0x0002,
	EXPORT_ROOT_SQUASH = 0x0004,
	EXPORT_ALL_SQUASH = 0x0008,
	EXPORT_ASYNC = 0x0010,
	EXPORT_GATHERED_WRITES = 0x0020,
	EXPORT_NO_READDIRPLUS = 0x0040,
	EXPORT_SECURITY_LABEL = 0x0080,
	EXPORT_SIGN_FH = 0x0100,
	EXPORT_NOHIDE = 0x0200,
	EXPORT_NO_SUBTREE_CHECK = 0x0400,
	EXPORT_NO_AUTH_NLM = 0x0800,
	EXPORT_FSID = 0x2000,
	EXPORT_CROSSMOUNT = 0x4000,
	EXPORT_NO_ACL = 0x8000,
	EXPORT_PNFS = 0x20000,
};

/* The flags that may differ between flavors where the kernel says nothing, and
 * all that can. */
#define EXPORT_FLAVOR_MASK_DEFAULT 0xdu
#define EXPORT_FLAVOR_MASK_ALL 0xfu

/* The options of the catalogue, in the order of its rows. */
enum export_option_id {
	OPTION_READ_ONLY,
	OPTION_ASYNC,
	OPTION_WDELAY,
	OPTION_NOHIDE,
	OPTION_CROSSMNT,
	OPTION_INSECURE,
	OPTION_ROOT_SQUASH,
	OPTION_ALL_SQUASH,
	OPTION_SUBTREE_CHECK,
	OPTION_INSECURE_LOCKS,
	OPTION_NO_ACL,
	OPTION_NORDIRPLUS,
	OPTION_SECURITY_LABEL,
	OPTION_SIGN_FH,
	OPTION_PNFS,
	OPTION_FSID,
	OPTION_REEXPORT,
	OPTION_MOUNTPOINT,
	OPTION_REFER,
	OPTION_REPLICAS,
	OPTION_SQUASH_UIDS,
	OPTION_SQUASH_GIDS,
	OPTION_ANONUID,
	OPTION_ANONGID,
	OPTION_SEC,
	OPTION_XPRTSEC,
	EXPORT_OPTIONS,
};

/* Where an option's value comes from: list 0 is the built-in default, 1 and
 * up count the option lists that apply to the client, in their order (its own
 * is the last). offset is that of the option in the decoded list; lists are
 * shorter than 512 bytes. */
struct option_origin {
	uint16_t list;
	uint16_t offset;
};

enum reexport_mode {
	REEXPORT_NONE,
	REEXPORT_AUTO_FSIDNUM,
	REEXPORT_PREDEFINED_FSIDNUM,
};

/* Which option filled the one slot for referrals. */
enum location_kind { LOCATION_NONE, LOCATION_REFER, LOCATION_REPLICAS };

struct id_range {
	int32_t first, last;
};

/* squash_uids= or squash_gids=: parsed and written, never enforced. */
struct id_ranges {
	const struct id_range *items;
	uint32_t count;
};

struct export_policy {
	uint32_t flags; /* enum export_flag, of the export as a whole */
	int32_t anonuid, anongid;
	int32_t fsid;	       /* meaningful with EXPORT_FSID */
	struct str uuid;       /* .data NULL: none */
	struct str mountpoint; /* .data NULL: none; empty: the export itself */
	struct str location;   /* of refer= or replicas= */
	struct id_ranges squash_uids, squash_gids;
	uint8_t location_kind; /* enum location_kind */
	uint8_t reexport;      /* enum reexport_mode */
	uint8_t flavor_count;
	uint8_t mode_count;
	struct flavor_entry flavors[SECURITY_FLAVORS_MAX]; /* sec= */
	struct flavor_entry modes[TRANSPORT_MODES_MAX];	   /* xprtsec= */
	struct option_origin origins[EXPORT_OPTIONS];
};

/* What a policy depends on besides the text. */
struct export_rules {
	struct target target;
	uint32_t flavor_mask; /* flags that may differ between flavors: second
				 word of /proc/fs/nfsd/export_features */
};

/* The built-in defaults: ro,sync,wdelay,root_squash,no_subtree_check, …; the
 * flavor list is empty, which means sys. */
struct export_policy export_policy_default(void);

/* What is wrong with an option list: where, and why. */
struct option_problem {
	struct str option;   /* a view into the list */
	const char *message; /* in the arena */
	enum export_problem kind;
};

/* Applies a decoded option list (the text between parentheses or behind "-")
 * to policy. list_number is the origin's list. False at the first option that
 * nfs-utils refuses; it stops reading the file there. Strings of the policy
 * are views into list. */
bool export_policy_apply(struct arena *arena, const struct export_rules *rules,
			 struct str list, unsigned list_number,
			 struct export_policy *policy,
			 struct option_problem *problem)
	__attribute__((warn_unused_result));

/* The flavors in force: those of sec=, or sys with the export's flags. Fills
 * flavors and returns their number, at least 1. */
unsigned
export_policy_flavors(const struct export_policy *policy,
		      struct flavor_entry flavors[SECURITY_FLAVORS_MAX]);

#endif
