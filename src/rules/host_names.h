/* Words where a host name should be, but that can't be one. */
#ifndef HOST_NAMES_H
#define HOST_NAMES_H

#include "rule.h"

enum host_word {
	HOST_NAME,	  /* may well be a name, or is an address */
	HOST_BAD_ADDRESS, /* 10.1.0.300, 10.1.0.1-9, fd00::g */
	HOST_FOREIGN,	  /* of another system's exports file */
};

/* Tells these apart for the host of an entry, by its spelling. */
enum host_word host_word_of(const struct rule_run *run,
			    const struct export_entry *entry);

#endif
