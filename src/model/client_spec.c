#include "client_spec.h"

#include "client_network.h"

static const char *const type_names[CLIENT_TYPES] = {
	[CLIENT_HOST] = "host",		  [CLIENT_NETWORK] = "network",
	[CLIENT_WILDCARD] = "wildcard",	  [CLIENT_NETGROUP] = "netgroup",
	[CLIENT_ANONYMOUS] = "anonymous", [CLIENT_GSS] = "gss",
};

const char *client_type_name(enum client_type type)
{
	return type_names[type];
}

/* A name with a wildcard, a network, or a host: the first telling byte
 * decides; a backslash takes the meaning of the byte behind it. */
static enum client_type scan_type(struct str host)
{
	for (size_t i = 0; i < host.length; i++) {
		switch (host.data[i]) {
		case '*':
		case '?':
		case '[':
			return CLIENT_WILDCARD;
		case '/':
			return CLIENT_NETWORK;
		case '\\':
			i++;
		}
	}
	return CLIENT_HOST;
}

static enum client_type type_of(struct str host)
{
	if (host.length == 0 || str_is(host, "*"))
		return CLIENT_ANONYMOUS;
	if (str_starts(host, STR("gss/")))
		return CLIENT_GSS;
	if (host.data[0] == '@')
		return CLIENT_NETGROUP;
	return scan_type(host);
}

struct client_spec client_spec_of(struct str host)
{
	struct client_spec spec = { .type = type_of(host) };
	struct client_network network;

	if (spec.type == CLIENT_NETWORK)
		spec.problem = client_network_parse(host, &network);
	else if (spec.type == CLIENT_HOST)
		ip_address_parse_host(host, &spec.address);
	return spec;
}
