/* What the name services say about host names. */
#ifndef NAME_LOOKUP_H
#define NAME_LOOKUP_H

#include "arena.h"
#include "resolved_names.h"
#include "root.h"

/* Asks for every name at once (64 are under way at a time), each exactly as
 * exportfs asks: getaddrinfo(3) with AF_UNSPEC, IPPROTO_UDP, AI_CANONNAME.
 * Fills resolved[i] for names[i]; texts and addresses are taken from arena.
 * Names should differ, each is asked for. Numeric names need no service.
 *
 * Below another root its /etc/hosts answers first (hosts_parser.h), then the
 * services of the running host. A name with a NUL or of more than 1,025 bytes
 * is not found.
 *
 * What has no answer deadline_ms milliseconds after the call (0: never) is
 * NAME_TIMED_OUT; what had none at SIGINT is NAME_INTERRUPTED, and
 * *interrupted is true (NULL is allowed). A second SIGINT ends the program.
 * Threads that still wait for an answer stay behind: see event_loop_close(). */
void name_lookup(struct arena *arena, const struct root *root,
		 const struct str *names, size_t count, unsigned deadline_ms,
		 struct resolved_name *resolved, bool *interrupted);

#endif
