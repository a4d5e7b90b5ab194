#include "client_exposure.h"

#include "client_reach.h"
#include "host_addresses.h"
#include "host_pattern.h"
#include "host_patterns.h"

/* The widest networks that are small, as bits that an address may choose. */
enum { SMALL_BITS_V4 = 32 - 24, SMALL_BITS_V6 = 128 - 64 };

typedef enum exposure_clients judge_fn(const struct rule_run *run,
				       const struct export_entry *entry);

static bool has_address_of_nobody(const struct rule_run *run,
				  const struct export_entry *entry)
{
	struct client_range range;

	return client_range_of(run, entry, &range) &&
	       (range.use == ADDRESS_UNSPECIFIED ||
		range.use == ADDRESS_MAPPED);
}

static enum exposure_clients judge_host(const struct rule_run *run,
					const struct export_entry *entry)
{
	const struct export_client *client = rule_client(run, entry);

	if (has_address_of_nobody(run, entry))
		return CLIENTS_NOBODY;
	if (host_is_this_server(run, entry))
		return CLIENTS_THIS_SERVER;
	if (!client->numeric)
		return CLIENTS_NAMED_HOST;
	return client_reach_of(client).is_public ? CLIENTS_PUBLIC_ADDRESS
						 : CLIENTS_ADDRESS;
}

/* On x86 and ARM servers, where 0 bits of a mask become 32. */
static enum exposure_clients
judge_zero_prefix(const struct client_network *network)
{
	return network->address.family == IP_V4 ? CLIENTS_NOBODY
						: CLIENTS_THIS_SERVER;
}

static enum exposure_clients judge_network(const struct rule_run *run,
					   const struct export_entry *entry)
{
	struct client_reach reach = client_reach_of(rule_client(run, entry));
	struct client_network network;
	unsigned bits;

	if (!client_network_of(run, entry, &network) ||
	    has_address_of_nobody(run, entry))
		return CLIENTS_NOBODY;
	if (network.zero_prefix &&
	    address_use_of(network.address) == ADDRESS_UNSPECIFIED)
		return judge_zero_prefix(&network);
	if (host_is_this_server(run, entry))
		return CLIENTS_THIS_SERVER;
	if (reach.everybody)
		return CLIENTS_EVERYBODY;
	if (reach.single)
		return reach.is_public ? CLIENTS_PUBLIC_ADDRESS
				       : CLIENTS_ADDRESS;
	if (reach.is_public)
		return CLIENTS_PUBLIC_NETWORK;
	if (reach.broad)
		return CLIENTS_BROAD_NETWORK;
	bits = client_network_free_bits(&network);
	return bits > (network.address.family == IP_V4 ? SMALL_BITS_V4
						       : SMALL_BITS_V6)
		       ? CLIENTS_NETWORK
		       : CLIENTS_SMALL_NETWORK;
}

static enum exposure_clients judge_pattern(const struct rule_run *run,
					   const struct export_entry *entry)
{
	struct str pattern = rule_client(run, entry)->name, domain;
	enum pattern_scope scope;

	if (host_pattern_fits_no_name(pattern) ||
	    host_pattern_is_bracketed(pattern))
		return CLIENTS_NOBODY;
	if (pattern_is_everything(pattern))
		return CLIENTS_EVERY_NAME;
	scope = host_pattern_scope(run, entry, &domain);
	return scope == PATTERN_SUFFIX || scope == PATTERN_LOOSE
		       ? CLIENTS_LOOSE_NAMES
		       : CLIENTS_NAMES;
}

static enum exposure_clients judge_netgroup(const struct rule_run *run,
					    const struct export_entry *entry)
{
	return rule_client(run, entry)->name.length <= 1 ||
			       host_netgroup_is_empty(run, entry)
		       ? CLIENTS_NOBODY
		       : CLIENTS_NAMES;
}

static enum exposure_clients judge_everybody(const struct rule_run *run,
					     const struct export_entry *entry)
{
	(void)run, (void)entry;
	return CLIENTS_EVERYBODY;
}

static enum exposure_clients judge_gss(const struct rule_run *run,
				       const struct export_entry *entry)
{
	(void)run, (void)entry;
	return CLIENTS_TICKETS;
}

enum exposure_clients client_exposure_of(const struct rule_run *run,
					 const struct export_entry *entry)
{
	static judge_fn *const judges[CLIENT_TYPES] = {
		[CLIENT_HOST] = judge_host,
		[CLIENT_NETWORK] = judge_network,
		[CLIENT_WILDCARD] = judge_pattern,
		[CLIENT_NETGROUP] = judge_netgroup,
		[CLIENT_ANONYMOUS] = judge_everybody,
		[CLIENT_GSS] = judge_gss,
	};

	return judges[rule_client(run, entry)->type](run, entry);
}
