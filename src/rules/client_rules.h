/* What the rules about clients ask of an entry. */
#ifndef CLIENT_RULES_H
#define CLIENT_RULES_H

#include "client_network.h"
#include "rule.h"

/* The place of the client's name or address alone, without its options; as
 * export_entry_span where none is written. */
struct span client_host_span(const struct rule_run *run,
			     const struct export_entry *entry);

/* The place of bytes begin to end - 1 of that name, which is written. */
struct span client_part_span(const struct rule_run *run,
			     const struct export_entry *entry, size_t begin,
			     size_t end);

/* The client as this entry spells it. */
struct str client_written(const struct rule_run *run,
			  const struct export_entry *entry);

/* Was everybody meant? Not where no client is written, and not where the word
 * begins with the parenthesis: other rules tell of these mistakes. */
bool client_is_deliberate(const struct rule_run *run,
			  const struct export_entry *entry);

/* The network that a client is; false if it is something else. */
bool client_network_of(const struct rule_run *run,
		       const struct export_entry *entry,
		       struct client_network *network);

enum mask_shape {
	MASK_PREFIX,	/* ones, then zeros */
	MASK_INVERTED,	/* zeros, then ones: a wildcard mask of routers */
	MASK_SCATTERED, /* anything else */
};

enum mask_shape client_mask_shape(const struct client_network *network);

/* What the addresses of a host or network are good for. */
enum address_use {
	ADDRESS_ORDINARY,
	ADDRESS_LOOPBACK,
	ADDRESS_LINK_LOCAL,
	ADDRESS_UNSPECIFIED, /* 0.0.0.0 and :: */
	ADDRESS_MAPPED,	     /* ::ffff:0:0/96 */
};

enum address_use address_use_of(struct ip_address address);

/* A numeric host, or a network with a prefix that is in force. */
struct client_range {
	struct ip_address address; /* as written, host bits included */
	unsigned prefix;
	bool network; /* written with a slash */
	enum address_use use;
};

bool client_range_of(const struct rule_run *run,
		     const struct export_entry *entry,
		     struct client_range *range);

/* What a policy lets a client do without a ticket or a certificate of its
 * own. */
enum open_access { OPEN_NOTHING, OPEN_READ, OPEN_WRITE };

enum open_access client_open_access(const struct export_policy *policy);

/* Does any flavor allow to write? */
bool client_can_write(const struct export_policy *policy);

/* Every host, or every host that has a name: "*", "?*", "*.*". */
bool client_is_world(const struct export_client *client);

/* That client in words, to begin a sentence with. */
const char *client_world_text(struct arena *arena,
			      const struct export_client *client);

/* Kinds of patterns. Each is at most one of the first two. */
bool pattern_is_everything(struct str pattern);

#endif
