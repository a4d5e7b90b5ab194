/* Which servers somebody wants asked: names, addresses and networks, as words
 * of a command line or in a file.
 */
#ifndef SERVER_LIST_PARSER_H
#define SERVER_LIST_PARSER_H

#include "array.h"
#include "diag.h"
#include "ip_address.h"
#include "source.h"

enum server_operand_kind { SERVER_NAME, SERVER_ADDRESS, SERVER_NETWORK };

struct server_operand {
	enum server_operand_kind kind;
	const char *text;	   /* as written */
	struct ip_address address; /* of a network the first one */
	unsigned prefix;	   /* bits of the network */
};

struct server_operands {
	ARRAY(struct server_operand) list;
	struct diag_list diags; /* words that are none; source 0 */
};

/* The first address of the network of prefix bits that address is in. */
struct ip_address server_network_of(struct ip_address address, unsigned prefix);

/* An address, of IPv6 also in brackets, and with %interface. */
bool server_address_parse(struct str word, struct ip_address *address);

/* Reads one word: a name of at most 255 bytes, an address, or an
 * address, a slash and a prefix length. False with what is wrong with it. text
 * lives in arena. */
bool server_operand_parse(struct arena *arena, struct str word,
			  struct server_operand *operand, const char **problem)
	__attribute__((warn_unused_result));

/* Adds the words of a file; "#" begins a comment. */
void server_list_parse(struct arena *arena, const struct source *source,
		       struct server_operands *operands);

#endif
