/* The settings of nfs.conf(5) or idmapd.conf(5), from all files that make one
 * up, as nfs-utils keeps them in mind (conffile.c). */
#ifndef SERVER_CONFIG_H
#define SERVER_CONFIG_H

#include "diag.h"
#include "id_table.h"

/* An assignment, and the section that it stands in. */
struct config_setting {
	struct str section, argument; /* argument.data NULL: none */
	struct str key, value;
	uint32_t source;  /* index into the sources of the local state */
	struct span span; /* of the key */
	struct span value_span;
	bool holds; /* no later assignment took its place */
};

struct server_config {
	ARRAY(struct config_setting) settings; /* in the order of reading */
	struct diag_list diags;	 /* lines that are ignored; source as above */
	uint32_t source;	 /* the first file that was read */
	struct id_table by_name; /* the setting that holds; internal */
};

/* Adds the next assignment. It takes the place of an older one of the same
 * section and key, whatever the arguments of their sections are. */
void server_config_add(struct arena *arena, struct server_config *config,
		       const struct config_setting *setting);

/* The assignment that holds for a key of a section without argument, or
 * NULL. */
const struct config_setting *
server_config_find(const struct server_config *config, const char *section,
		   const char *key);

/* The value of a setting, NULL allowed; $NAME stands for what [environment]
 * says. .data is NULL when nobody says anything. */
struct str server_config_value(const struct server_config *config,
			       const struct config_setting *setting);

/* A Boolean as nfs-utils reads it: what is neither yes nor no is otherwise. */
bool server_config_bool(const struct server_config *config, const char *section,
			const char *key, bool otherwise);

/* A number as atoi(3) reads it: 0 where none stands. */
int server_config_number(const struct server_config *config,
			 const char *section, const char *key, int otherwise);

#endif
