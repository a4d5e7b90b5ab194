/* Makes exports files: the same text for the same options, everywhere.
 *
 * The text covers the grammar of exports(5) as nfs-utils' exportfs reads it,
 * and what goes wrong with it: spellings of paths and clients, every option,
 * default lists, quotes, escapes, continuations, comments, limits, odd bytes.
 *
 * Host names are those of tests/fixtures/exports/root/etc/hosts, names under
 * .invalid, and things that can't resolve. Some paths exist when
 * tests/fixtures/exports/root/srv is at /srv; the others exist nowhere.
 * Everything is meant to be read with / as the current directory.
 */
#ifndef EXPORTS_GENERATOR_H
#define EXPORTS_GENERATOR_H

#include <stdbool.h>
#include <stdint.h>

#include "strbuf.h"

enum exports_brokenness {
	/* Nothing stops exportfs from reading to the end; a client is dropped
	 * only as a duplicate, and nothing is lost when etab is read back. */
	EXPORTS_VALID,
	EXPORTS_ODD,	/* legal oddities, and now and then an error */
	EXPORTS_BROKEN, /* an error every few lines, and bytes changed */
};

struct exports_generator_options {
	uint64_t seed;
	enum exports_brokenness broken;
	unsigned lines;	   /* at most so many entries; 0: 1 to 60 */
	bool many_clients; /* many short paths with many different clients,
			      plain options: for the order of a table */

	/* How often each thing is chosen, relative to its neighbours, of which
	 * one at least must not be 0; all zero: exports_generator_weights. */
	struct exports_generator_weights {
		/* kinds of client */
		uint8_t address, host, network, wildcard, netgroup, anonymous,
			gss;
		/* kinds of option */
		uint8_t flag, id, fsid, mountpoint, referral, security,
			squash_list;
	} weights;

	/* Numbers of more than 64 bits. strtoul leaves ERANGE in errno, and
	 * exportfs accepts a malformed prefix (10.1.0.0/24x) while errno
	 * happens to be ERANGE. With overflow no malformed prefix is written,
	 * unless stale_errno asks for both. Files that one exportfs run reads
	 * together must agree in these two. */
	bool overflow, stale_errno;

	/* What is undefined behaviour in exportfs, so that no result is the
	 * right one; left out unless asked for. Never written: a squash list
	 * with a wrong range behind a good one (exportfs frees what it has
	 * not allocated). Lines without a client are always written, although
	 * exportfs then looks at a buffer that may hold an older word: see
	 * tests/differential/clear_stack.c. */
	bool squash_defaults; /* squash_uids= or squash_gids= in a default
				 list, which two clients then free twice */
	bool squash_uids;     /* more ranges in squash_uids= than in
				 squash_gids=, of which as many are then read
				 beyond the end when etab is written */
};

/* The weights that stand in for all zeros. */
extern const struct exports_generator_weights exports_generator_weights;

/* Adds one exports file to text. */
void exports_generate(const struct exports_generator_options *options,
		      struct strbuf *text);

#endif
