/* The conversation of nfs-utils' showmount with a server: clnt_create(3) over
 * TCP, then over UDP, and one call of MOUNT, with the errors of both.
 *
 * For TCP over IPv4, TCP over IPv6, UDP over IPv4 and UDP over IPv6, until one
 * of them leads to the MOUNT service: GETADDR of rpcbind 4 and 3, and where
 * the server knows neither, over IPv4, GETPORT of portmap over UDP. Then MOUNT
 * 3, 2 and 1, down to the first that the server knows.
 *
 * What differs: of rpcbind's answer only the port is used; we say who we are
 * (AUTH_SYS, as nobody) only to a server that insists; waiting is bounded by
 * LIMIT_SHOWMOUNT_MS and its like.
 */
#ifndef SHOWMOUNT_QUERY_H
#define SHOWMOUNT_QUERY_H

#include <rpc/rpc.h>

#include "failure.h"
#include "server_answer.h"

struct showmount_question {
	const char *host;
	uint32_t program; /* the number of MOUNT */
	bool exports;	  /* EXPORT; else DUMP */
};

struct showmount_result {
	/* The service was found, so that error is that of its call. If not,
	 * create_stat and error are cf_stat and cf_error of
	 * clnt_pcreateerror(3). */
	bool found;
	enum clnt_stat create_stat;
	struct rpc_err error; /* RPC_SUCCESS: the list is complete */

	/* A limit has cut the list: it has what came before. Otherwise it counts
	 * only with RPC_SUCCESS. */
	bool is_cut;
	struct server_answer list; /* its texts and lists, in the arena */
};

/* Asks the server and waits for the end. Fails only when descriptors end. */
bool showmount_ask(struct arena *arena,
		   const struct showmount_question *question,
		   struct showmount_result *result, struct failure *failure)
	__attribute__((warn_unused_result));

#endif
