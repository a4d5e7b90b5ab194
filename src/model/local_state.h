/* What gather found below the root besides the exports files; read by rules.
 *
 * A part that is NULL was not looked at, and nothing is said about it.
 */
#ifndef LOCAL_STATE_H
#define LOCAL_STATE_H

#include "array.h"
#include "source.h"

struct address_set;
struct live_state;
struct local_paths;
struct local_server;
struct name_facts;
struct server_survey;

struct local_state {
	/* Files and folders that findings point to. Where only the file
	 * itself matters, not what stands in it, the text is empty. */
	ARRAY(struct source) sources;

	struct address_set *trusted;	    /* networks that the site trusts, as
					       exportctl.conf says */
	const struct local_paths *paths;    /* the exported paths */
	const struct local_server *server;  /* configuration of the server */
	const struct live_state *live;	    /* the server that runs */
	const struct name_facts *names;	    /* with --resolve */
	const struct server_survey *survey; /* another server, the first of
					       sources, and nothing else */
};

#endif
