/* The server: what it is told to be, and what it does with a call. */
#ifndef FAKE_SERVER_H
#define FAKE_SERVER_H

#include "fake_loop.h"
#include "fake_script.h"

struct fake_mode;

enum { FAKE_FLAVORS = 8 };

/* What NFS answers to a NULL call with AUTH_TLS (RFC 9289, section 4.1). */
enum fake_tls {
	FAKE_TLS_DENIED, /* as servers do that have never heard of it */
	FAKE_TLS_STARTTLS,
	FAKE_TLS_PLAIN,
	FAKE_TLS_WRONGTOKEN,
	FAKE_TLS_SHORT,
	FAKE_TLS_HANG,
};

struct fake_mode_for {
	struct in6_addr address;
	const struct fake_mode *mode;
};

struct fake_options {
	const char *exports_file, *mounts_file, *log_file;
	unsigned long generate, generate_groups, generate_mounts;
	const struct fake_mode *mode; /* of all addresses, or NULL */
	struct fake_mode_for *modes;  /* of single addresses */
	size_t mode_count;
	unsigned delay_ms, drop; /* before each answer; the first calls */
	struct in6_addr bind;
	uint16_t ports[FAKE_SERVICES];	    /* 0: any that is free */
	unsigned versions[FAKE_SERVICES];   /* bit n: version n */
	unsigned transports[FAKE_SERVICES]; /* bit of enum fake_transport */
	enum fake_tls tls;
	uint32_t flavors[FAKE_FLAVORS]; /* that MNT names */
	unsigned flavor_count;
	int ready_fd; /* or -1: stdout */
	bool until_eof;
};

/* Results that are the same for every caller. */
struct fake_prepared {
	struct fake_bytes exports, mounts, pmap_dump, rpcb_dump;
};

struct fake_server {
	struct fake_options options;
	struct fake_prepared prepared;
	struct fake_loop loop;
	FILE *log; /* or NULL */
	unsigned dropped;
};

/* The mode of an address that was asked, or NULL: honest. */
const struct fake_mode *fake_server_mode(const struct fake_server *server,
					 const struct in6_addr *asked);

/* Answers a message: fills the script. False when nothing is answered. */
bool fake_server_answer(struct fake_server *server,
			const struct fake_peer *peer, struct fake_view message,
			struct fake_script *script);

/* What a new connection is sent unasked: false, nothing. */
bool fake_server_greet(struct fake_server *server, const struct fake_peer *peer,
		       struct fake_script *script);

/* fake_options.c: false after an error or --help, which are printed; *status is
 * then that of the program. */
bool fake_options_parse(struct fake_options *options, int argc, char **argv,
			int *status);

/* fake_lists.c: reads or generates the lists. False after an error, printed. */
bool fake_lists_prepare(struct fake_server *server);

/* fake_tcp.c, fake_udp.c: open a port of a service, and find one where the
 * option is 0. False after an error, printed. */
bool fake_tcp_open(struct fake_server *server, enum fake_service service);
bool fake_udp_open(struct fake_server *server, enum fake_service service);

#endif
