/* What the kernel's server has in its caches about exports and clients:
 * /proc/net/rpc/nfsd.export/content and /proc/net/rpc/auth.unix.ip/content.
 *
 * Caches of what clients have asked for, not tables of what is exported.
 */
#ifndef KERNEL_EXPORTS_PARSER_H
#define KERNEL_EXPORTS_PARSER_H

#include "array.h"
#include "ip_address.h"

struct kernel_export {
	struct str path;    /* octal escapes decoded */
	struct str domain;  /* all clients of etab that match, with commas */
	struct str options; /* between the parentheses */
	bool is_pseudo;	    /* v4root: made by mountd for NFSv4, in no file */
};

struct kernel_exports {
	ARRAY(struct kernel_export) list;
};

/* Reads the entries in force: lines with "# " before them are expired, or say
 * that nothing is exported. text must outlive the result. */
void kernel_exports_parse(struct arena *arena, struct str text,
			  struct kernel_exports *exports);

/* An address that has asked, and the clients of etab that match it. */
struct kernel_client {
	struct ip_address address;
	struct str domain; /* with commas; empty: none does */
};

struct kernel_clients {
	ARRAY(struct kernel_client) list;
};

/* The same for addresses; those that mountd said no client matches are in
 * force as well, although the kernel puts "# " before them. An address may come
 * twice. */
void kernel_clients_parse(struct arena *arena, struct str text,
			  struct kernel_clients *clients);

#endif
