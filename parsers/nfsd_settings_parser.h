/* What the kernel's NFS server says of itself: the files versions, threads and
 * portlist of /proc/fs/nfsd. */
#ifndef NFSD_SETTINGS_PARSER_H
#define NFSD_SETTINGS_PARSER_H

#include "array.h"
#include "str.h"

struct nfsd_versions {
	unsigned served; /* bit n: version n, 2 to 4 */
	unsigned minors; /* bit n: version 4.n, if version 4 is served */
};

/* Reads "-2 +3 +4 -4.0 +4.1 +4.2". A minor version that is not named is
 * served. */
struct nfsd_versions nfsd_versions_parse(struct str text);

/* A row of portlist: "tcp 2049". */
struct nfsd_port {
	struct str transport; /* "tcp", "udp", "rdma" */
	uint16_t port;
};

struct nfsd_ports {
	ARRAY(struct nfsd_port) list;
};

/* Reads portlist, which must outlive the result; lines of another form are left
 * out. */
void nfsd_ports_parse(struct arena *arena, struct str text,
		      struct nfsd_ports *ports);

/* Is there a row of that transport and port, or with port 0 of any port? */
bool nfsd_ports_have(const struct nfsd_ports *ports, const char *transport,
		     uint16_t port);

/* Reads a number alone on its line. False if text is none. */
bool nfsd_number_parse(struct str text, uint32_t *number);

#endif
