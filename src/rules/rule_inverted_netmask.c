#include "client_reach.h"
#include "client_rules.h"

static void check(struct rule_run *run, const struct export_entry *entry)
{
	struct client_network network;
	char mask[IP_ADDRESS_TEXT], address[IP_ADDRESS_TEXT];
	struct finding *finding;
	unsigned bits, size;

	if (!client_network_of(run, entry, &network) ||
	    client_mask_shape(&network) != MASK_INVERTED)
		return;
	bits = client_network_free_bits(&network);
	size = 8 * ip_address_size(network.mask);
	ip_address_text(network.mask, mask);
	ip_address_text(network.address, address);
	finding = rule_report(
		run, entry, client_host_span(run, entry),
		"the mask %s makes the server compare only the last %u bits "
		"with those of %s, so %s addresses of all networks match",
		mask, size - bits, address,
		address_count_text(run->arena, bits));
	finding->fix.description = arena_printf(
		run->arena, "write `%s/%u` if that network was meant", address,
		bits);
}

const struct rule rule_inverted_netmask = {
	.slug = "inverted-netmask",
	.severity = SEVERITY_HIGH,
	.traits = TRAIT_ALL,
	.summary = "a netmask with zeros first, as routers write wildcard "
		   "masks",
	.rationale = "The mask is used as it is written: its ones say which "
		     "bits of an address count. A mask like 0.0.0.255 "
		     "therefore lets in every address of the world that ends "
		     "in the same number, and hardly any of the network that "
		     "was meant.",
	.remedy = "Write the prefix length, or a netmask that begins with "
		  "255.",
	.bad = "/srv/data 10.1.0.0/0.0.0.255(rw)\n",
	.good = "/srv/data 10.1.0.0/255.255.255.0(rw)\n",
	.references = (const char *const[]){ "exports(5), Machine Name Formats",
					     "CWE-284: Improper Access Control",
					     NULL },
	.check_entry = check,
};
