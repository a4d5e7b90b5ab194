/* Whom a client of an exports file lets in, for judging and for telling. */
#ifndef CLIENT_REACH_H
#define CLIENT_REACH_H

#include "arena.h"
#include "client_network.h"
#include "export_clients.h"

struct client_reach {
	bool everybody; /* every address that reaches the port, at least of one
			   family */
	bool broad;	/* a network wider than /15, IPv6 wider than /32 */
	bool is_public; /* addresses that anybody on the internet may have: not
			   private (RFC 1918, 4193), shared (RFC 6598),
			   loopback, link-local or documentation */
	bool single;	/* one host */
};

/* Is it an address of the internet, as is_public has it? */
bool address_is_public(struct ip_address address);

struct client_reach client_reach_of(const struct export_client *client);

/* The client in words, to follow "to" or begin a sentence with: "everybody",
 * "the host 10.1.2.3", "10.1.0.0/16 (65,536 addresses)", "hosts named
 * *.example.com", "the netgroup @trusted". */
const char *client_reach_text(struct arena *arena,
			      const struct export_client *client);

/* 2^bits with thousands separators, or "2^64" when it is too long to read. */
const char *address_count_text(struct arena *arena, unsigned bits);

#endif
