#include "client_match.h"

#include "address_set.h"
#include "host_pattern.h"
#include "netgroup_parser.h"

static struct client_match match(enum match_answer answer, const char *why)
{
	return (struct client_match){ answer, why };
}

static bool is_known(const struct access_client *asking)
{
	return asking->address.family != IP_NONE || asking->suppose;
}

static bool has_name(const struct access_client *asking, struct str name)
{
	for (size_t i = 0; i < asking->name_count; i++)
		if (str_equal_nocase(asking->names[i], name))
			return true;
	return false;
}

static struct client_match match_addresses(const struct export_client *client,
					   const struct access_client *asking)
{
	if (!is_known(asking) && has_name(asking, client->name))
		return match(MATCH_YES, "it is this name");
	if (!is_known(asking))
		return match(MATCH_DEPENDS,
			     "the client's address is not known");
	for (uint32_t i = 0; i < client->address_count; i++)
		if (ip_address_equal(client->addresses[i], asking->address))
			return match(MATCH_YES,
				     "this name has the client's address");
	return match(MATCH_NO, "this name has other addresses");
}

static struct client_match match_host(const struct export_client *client,
				      const struct access_client *asking)
{
	struct ip_address address;

	if (client->address_count)
		return match_addresses(client, asking);
	if (!ip_address_parse_host(client->name, &address))
		return has_name(asking, client->name) && !is_known(asking)
			       ? match(MATCH_YES, "it is this name")
			       : match(MATCH_DEPENDS, "the addresses of this "
						      "name are not known");
	if (!is_known(asking))
		return match(MATCH_DEPENDS,
			     "the client's address is not known");
	return ip_address_equal(address, asking->address)
		       ? match(MATCH_YES, "it is this address")
		       : match(MATCH_NO, "it is another address");
}

static bool network_has(const struct client_network *network,
			struct ip_address address)
{
	unsigned size = ip_address_size(address);

	if (network->address.family != address.family)
		return false;
	for (unsigned i = 0; i < size; i++)
		if ((network->address.bytes[i] ^ address.bytes[i]) &
		    network->mask.bytes[i])
			return false;
	return true;
}

static struct client_match match_network(const struct export_client *client,
					 const struct access_client *asking)
{
	struct client_network network;

	if (client_network_parse(client->name, &network) != CLIENT_FINE)
		return match(MATCH_NO, "it is no network");
	if (!is_known(asking))
		return match(MATCH_DEPENDS,
			     "the client's address is not known");
	if (network_has(&network, asking->address))
		return match(MATCH_YES, "the address is in the network");
	return match(MATCH_NO, network.zero_prefix
				       ? "nfs-utils takes /0 for that one "
					 "address; everybody is `*`"
				       : "the address is not in the network");
}

static struct client_match match_wildcard(const struct export_client *client,
					  const struct access_client *asking)
{
	for (size_t i = 0; i < asking->name_count; i++)
		if (host_pattern_matches(client->name, asking->names[i]))
			return match(MATCH_YES, "the client's host name fits");
	if (host_pattern_fits_no_name(client->name))
		return match(MATCH_NO, "a pattern is compared with host names, "
				       "never with addresses");
	if (!asking->names_known)
		return match(MATCH_DEPENDS,
			     "the client's host name is not known");
	return match(MATCH_NO, asking->name_count
				       ? "the client's host name does not fit"
				       : "the client's address has no name, "
					 "and patterns are for names");
}

/* What mountd asks the netgroup for: a name, and what stands before its first
 * dot. */
static bool is_member(const struct netgroup_triple *triple, struct str name)
{
	struct str brief = { name.data, str_find(name, '.') };

	return !triple->host.length || str_equal_nocase(triple->host, name) ||
	       str_equal_nocase(triple->host, brief);
}

static bool group_has(const struct netgroup_answer *group,
		      const struct access_client *asking)
{
	char text[IP_ADDRESS_TEXT];

	for (size_t i = 0; i < group->triples.count; i++) {
		const struct netgroup_triple *triple = group->triples.items[i];

		for (size_t k = 0; k < asking->name_count; k++)
			if (is_member(triple, asking->names[k]))
				return true;
		/* mountd gets the bytes of an IPv6 address wrong here */
		if (asking->address.family == IP_V4 &&
		    str_is(triple->host,
			   ip_address_text(asking->address, text)))
			return true;
	}
	return false;
}

static struct client_match match_netgroup(const struct export_client *client,
					  const struct access_client *asking)
{
	struct arena *arena;
	struct netgroup_answer group = { 0 };
	bool found;

	if (!asking->netgroups)
		return match(MATCH_DEPENDS, "the netgroup is not known");
	if (!asking->name_count)
		return asking->names_known
			       ? match(MATCH_NO,
				       "the client's address has no name, and "
				       "such a client is in no netgroup")
			       : match(MATCH_DEPENDS,
				       "the client's host name is not known");
	arena = arena_new();
	found = netgroups_find(arena, asking->netgroups,
			       str_skip(client->name, 1), &group) &&
		group_has(&group, asking);
	arena_free(arena);
	return found ? match(MATCH_YES, "the client is in the netgroup")
		     : match(MATCH_NO, "the client is not in the netgroup");
}

static struct client_match match_everybody(const struct export_client *client,
					   const struct access_client *asking)
{
	(void)client, (void)asking;
	return match(MATCH_YES, "this is everybody");
}

static struct client_match match_gss(const struct export_client *client,
				     const struct access_client *asking)
{
	(void)client, (void)asking;
	return match(MATCH_NO, "gss/ clients match no address");
}

static bool is_symbolic_host(const struct export_client *client)
{
	struct ip_address address;

	return !client->address_count &&
	       !ip_address_parse_host(client->name, &address);
}

static bool is_symbolic_network(const struct export_client *client)
{
	struct client_network network;
	struct address_range range;

	return client_network_parse(client->name, &network) == CLIENT_FINE &&
	       !address_range_of(&network, &range);
}

static bool is_symbolic_pattern(const struct export_client *client)
{
	return !host_pattern_fits_no_name(client->name);
}

bool client_is_symbolic(const struct export_client *client)
{
	static bool (*const tests[CLIENT_TYPES])(
		const struct export_client *client) = {
		[CLIENT_HOST] = is_symbolic_host,
		[CLIENT_NETWORK] = is_symbolic_network,
		[CLIENT_WILDCARD] = is_symbolic_pattern,
	};

	return client->type == CLIENT_NETGROUP ||
	       (tests[client->type] && tests[client->type](client));
}

static struct client_match match_supposed(const struct export_client *client,
					  const struct access_client *asking)
{
	const struct export_client *only = asking->only;

	if (asking->suppose == SUPPOSE_ANY)
		return match(MATCH_DEPENDS, "more than the address decides");
	if (client == only)
		return match(MATCH_YES, "it is this client");
	if (only && only->type == CLIENT_WILDCARD &&
	    client->type == CLIENT_WILDCARD &&
	    host_pattern_covers(client->name, only->name))
		return match(MATCH_YES, "the pattern covers the other");
	return match(MATCH_NO, "it is another client");
}

static struct client_match match_taken(const struct export_client *client,
				       const struct access_client *asking)
{
	struct str rest = asking->taken_for, name;

	while (str_take(&rest, ',', &name))
		if (str_equal_nocase(name, client->name))
			return match(MATCH_YES,
				     "the server takes the client for it");
	return match(MATCH_NO, "the server does not take the client for it");
}

struct client_match client_match(const struct export_client *client,
				 const struct access_client *asking)
{
	static struct client_match (*const matchers[CLIENT_TYPES])(
		const struct export_client *client,
		const struct access_client *asking) = {
		[CLIENT_HOST] = match_host,
		[CLIENT_NETWORK] = match_network,
		[CLIENT_WILDCARD] = match_wildcard,
		[CLIENT_NETGROUP] = match_netgroup,
		[CLIENT_ANONYMOUS] = match_everybody,
		[CLIENT_GSS] = match_gss,
	};

	struct client_match found;

	if ((asking->suppose == SUPPOSE_ONLY ||
	     asking->suppose == SUPPOSE_ANY) &&
	    client_is_symbolic(client))
		return match_supposed(client, asking);
	if (asking->taken_for.data && client->type != CLIENT_NETWORK &&
	    client_is_symbolic(client))
		return match_taken(client, asking);
	found = matchers[client->type](client, asking);
	if (asking->suppose == SUPPOSE_KNOWN && found.answer == MATCH_DEPENDS)
		found.answer = MATCH_NO;
	return found;
}
