/* The programs that are served, and the procedures of each. */
#ifndef FAKE_PROGRAMS_H
#define FAKE_PROGRAMS_H

#include "fake_server.h"

enum { /* program numbers (RFC 1833, 1813, 7530) */
       FAKE_PROGRAM_RPCBIND = 100000,
       FAKE_PROGRAM_NFS = 100003,
       FAKE_PROGRAM_MOUNT = 100005,
};

struct fake_program {
	uint32_t number;
	const char *name; /* that rpcbind knows */
};

/* By enum fake_service. */
extern const struct fake_program fake_programs[FAKE_SERVICES];

/* Fills the reply, which stands for success without results at first. */
typedef void fake_procedure_fn(const struct fake_server *server,
			       const struct fake_call *call,
			       struct fake_reply *reply);

struct fake_procedure {
	enum fake_service service;
	uint32_t first_version, last_version, number;
	fake_procedure_fn *answer;
};

/* Answers an honest call with what the tables say. */
void fake_programs_answer(const struct fake_server *server,
			  const struct fake_call *call,
			  struct fake_reply *reply);

/* fake_rpcbind.c */
fake_procedure_fn fake_pmap_getport, fake_pmap_dump, fake_rpcb_getaddr,
	fake_rpcb_dump;
void fake_rpcbind_prepare(struct fake_server *server);

/* "a.b.c.d.p.p", as universal addresses are written (RFC 5665). */
enum { FAKE_UADDR = INET6_ADDRSTRLEN + 16 };
void fake_uaddr(char text[FAKE_UADDR], const struct in6_addr *address,
		unsigned port);

/* fake_mount.c */
fake_procedure_fn fake_mount_mnt, fake_mount_dump, fake_mount_umnt,
	fake_mount_export;

/* fake_nfs4.c */
fake_procedure_fn fake_nfs4_compound;

#endif
