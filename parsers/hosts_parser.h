/* The hosts file, hosts(5), as the C library's "files" service reads it. */
#ifndef HOSTS_PARSER_H
#define HOSTS_PARSER_H

#include "array.h"
#include "id_table.h"
#include "ip_address.h"

/* A line that holds an address and a name. */
struct hosts_line {
	struct ip_address address;
	struct str canonical; /* the first name */
	uint32_t first_name;  /* its number */
};

/* A name or alias, on the line with this index. */
struct hosts_name {
	struct str name;
	uint32_t line;
};

struct hosts {
	ARRAY(struct hosts_line) lines;
	ARRAY(struct hosts_name) names;
	struct id_table by_name;    /* ASCII case ignored */
	struct id_table by_address; /* lines */
};

/* Reads text, which must outlive hosts: the names point into it. A line whose
 * address is neither a strict IPv4 nor an IPv6 address (10.1, fe80::1%eth0) is
 * left out, as the C library does; "#" begins a comment anywhere. glibc 2.36's
 * slip with an indented last line that lacks its newline is kept: the end of
 * such a line is read twice, so its last name is another one. */
void hosts_parse(struct arena *arena, struct str text, struct hosts *hosts);

struct hosts_answer {
	struct str canonical; /* of the first line that has the name */
	const struct ip_address *addresses;
	size_t count;
};

/* What getaddrinfo(3) of glibc answers for AF_UNSPEC: the addresses of all
 * lines that have the name, duplicates kept, in the order of the file but for
 * precedence and scope (RFC 3484, rules 6 and 8): IPv6 before IPv4. On a live
 * host the rules about its own addresses, which a file can't know, may move
 * them further, and gai.conf(5) may change precedences. Names with a trailing
 * dot are compared as they are. False if no line has the name. */
bool hosts_find(struct arena *arena, const struct hosts *hosts, struct str name,
		struct hosts_answer *answer)
	__attribute__((warn_unused_result));

/* The names of an address as gethostbyaddr(3) of glibc gives them: those of the
 * first line that has it, the canonical one first. To an IPv4 address its
 * mapped IPv6 form counts as well, and ::1 to 127.0.0.1. */
struct hosts_names {
	const struct hosts_name *items;
	size_t count; /* 0: no line has the address */
};

struct hosts_names hosts_find_names(const struct hosts *hosts,
				    struct ip_address address);

#endif
