#include "client_reach.h"
#include "client_rules.h"

/* Clears the bits behind the prefix; false if none was set. */
static bool clear_host_bits(struct ip_address *address, unsigned prefix)
{
	bool changed = false;

	for (unsigned i = prefix; i < 8 * ip_address_size(*address); i++) {
		uint8_t bit = (uint8_t)(0x80 >> i % 8);

		changed |= (address->bytes[i / 8] & bit) != 0;
		address->bytes[i / 8] &= (uint8_t)~bit;
	}
	return changed;
}

static void check(struct rule_run *run, const struct export_entry *entry)
{
	struct client_range range;
	struct ip_address network;
	char address[IP_ADDRESS_TEXT], text[IP_ADDRESS_TEXT];
	struct finding *finding;

	if (!client_range_of(run, entry, &range) || !range.network ||
	    range.prefix == 0 || range.use == ADDRESS_MAPPED)
		return;
	network = range.address;
	if (!clear_host_bits(&network, range.prefix))
		return;
	ip_address_text(network, text);
	finding = rule_report(
		run, entry, client_host_span(run, entry),
		"`%.*s` lets in all %s addresses of %s/%u, not only %s",
		STR_ARG(client_written(run, entry)),
		address_count_text(run->arena,
				   8 * ip_address_size(network) - range.prefix),
		text, range.prefix, ip_address_text(range.address, address));
	finding->fix.description = arena_printf(
		run->arena, "write `%s/%u`, or `%s` for that host alone", text,
		range.prefix, address);
	rule_edit(run, finding, finding->span,
		  arena_printf(run->arena, "%s/%u", text, range.prefix));
}

const struct rule rule_network_host_bits = {
	.slug = "network-host-bits",
	.severity = SEVERITY_LOW,
	.traits = TRAIT_ALL,
	.summary = "the address of a network has bits set behind its prefix",
	.rationale = "The bits behind the prefix don't count, so 10.1.0.5/24 "
		     "is the whole network 10.1.0.0/24 and not one host. To "
		     "exportfs the two spellings are different clients, which "
		     "hides duplicates.",
	.remedy = "Write the network's own address, or the host without a "
		  "prefix length.",
	.bad = "/srv/data 10.1.0.5/24(rw)\n",
	.good = "/srv/data 10.1.0.0/24(rw) 10.1.1.5(rw)\n",
	.references = (const char *const[]){ "exports(5), Machine Name Formats",
					     NULL },
	.check_entry = check,
};
