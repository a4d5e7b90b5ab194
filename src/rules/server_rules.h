/* For rules on the configuration of the server. */
#ifndef SERVER_RULES_H
#define SERVER_RULES_H

#include "local_server.h"
#include "rule.h"

/* The settings of nfs.conf, if they are known and something is exported;
 * otherwise NULL. */
const struct server_config *server_rules_config(const struct rule_run *run);

/* Where a setting of config stands; the file as a whole if nobody wrote it. */
struct local_place server_rules_place(const struct server_config *config,
				      const char *section, const char *key);

/* "user alice": the owner of a file, if that is not root; otherwise NULL. */
const char *guarded_file_owner(const struct rule_run *run,
			       const struct guarded_file *file);

/* "everybody on this host", "group staff": who besides the owner may write to
 * a file, or put another one in its place; otherwise NULL. */
const char *guarded_file_writer(const struct rule_run *run,
				const struct guarded_file *file);

/* Is it known that no client can use Kerberos for want of a key? */
bool keytab_is_useless(const struct local_server *server);

#endif
