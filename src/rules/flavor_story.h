/* How the flavors of a policy came by their rights, and the one thing that is
 * odd about it. Several rules look at the same oddities; each cause belongs to
 * the first of them that applies, in the order of flavor_oddity. */
#ifndef FLAVOR_STORY_H
#define FLAVOR_STORY_H

#include "option_lists.h"

enum flavor_oddity {
	FLAVORS_FINE,
	FLAVORS_OVERRIDDEN,  /* a client's option meets a sec= of -options */
	FLAVORS_LEAK,	     /* a weaker flavor has the rights of the section
				before it */
	FLAVORS_UPSIDE_DOWN, /* a weaker flavor has more rights */
	FLAVORS_NARROWED,    /* a flavor has the limits of the section before */
	FLAVORS_LEFT_OUT,    /* an rw behind a later sec= does not reach it */
	FLAVORS_ADDED,	     /* a client's sec= leaves weaker flavors of
				-options in force */
};

struct flavor_story {
	enum flavor_oddity oddity;
	const char *flavor; /* the one that is odd */
	const char *other;  /* that it is compared with; may be NULL */
	uint32_t flag;	    /* that it is about; 0: about the flavor itself */
	bool lax;	    /* the flavor has more than was meant */
	bool told[SECURITY_FLAVORS_MAX]; /* is that flavor's flag explained? */
};

/* 0 for none, up to 4 for krb5p. */
unsigned flavor_strength(const struct security_flavor *flavor);

struct flavor_story flavor_story_of(const struct export_table *table,
				    uint32_t policy);

/* What a flavor with that flag, or without it, does: "stays read-only". */
const char *flavor_right(uint32_t flag, bool lax);

/* The option that writes a flag: "rw", "no_root_squash". */
const char *flavor_option(uint32_t flag, bool lax);

enum export_option_id flavor_option_id(uint32_t flag);

#endif
