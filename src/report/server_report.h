/* What the exports and mounts commands hand to the output formats. */
#ifndef SERVER_REPORT_H
#define SERVER_REPORT_H

#include <stdio.h>

#include "conversation_options.h"
#include "server_answer.h"

struct nfsd_clients;

/* One server that was asked. */
struct server_result {
	size_t number;	   /* in the order of the operands */
	bool from_network; /* an address of one */
	const char *name;  /* as asked for; NULL: an address of a network */
	struct server_answer *answer;
	const struct nfsd_clients *clients; /* of this host's NFSv4 server;
					       NULL: another host, or unknown */
};

struct server_report {
	enum ask_for ask;
	bool sorted; /* by path, not in the server's order */
	bool timing; /* milliseconds are of interest */
	bool color;
	bool alone;   /* there is one server, and no other was asked for */
	bool partial; /* the work was interrupted */
};

/* Output formats. A renderer is given the results one after the other, between
 * begin and end. */
struct server_format {
	bool streams;	   /* results as they come, not in order */
	bool has_failures; /* says of each server what went wrong */
	/* begin and end may be NULL. Errors stay in the stream. */
	void (*begin)(FILE *out, const struct server_report *report);
	void (*write)(FILE *out, const struct server_report *report,
		      const struct server_result *result, size_t index);
	void (*end)(FILE *out, const struct server_report *report);
};

#define SERVER_FORMATS(FORMAT)                                                 \
	FORMAT(table)                                                          \
	FORMAT(showmount)                                                      \
	FORMAT(json)                                                           \
	FORMAT(jsonl)

extern const struct server_format *const server_formats[];

/* The names for --format, in the same order; ends with NULL. */
extern const char *const server_format_names[];

#define DECLARE(name) extern const struct server_format server_format_##name;
SERVER_FORMATS(DECLARE)
#undef DECLARE

/* Who was asked, for people: the name, or the address of a network. */
const char *server_result_host(const struct server_result *result,
			       char text[IP_ADDRESS_TEXT]);

/* How many exports, or mounts of the server's list, there are. */
size_t server_result_count(const struct server_report *report,
			   const struct server_result *result);

/* Their indexes in the order in which to print them; in the answer's arena. */
const uint32_t *server_result_order(const struct server_report *report,
				    const struct server_result *result);

#endif
