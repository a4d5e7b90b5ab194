#include "live_state.h"
#include "rule.h"

enum { RPCBIND_PORT = 111 };

static bool is_loopback(struct ip_address address)
{
	static const uint8_t v6[16] = { [15] = 1 };

	return address.family == IP_V4
		       ? address.bytes[0] == 127
		       : memcmp(address.bytes, v6, sizeof(v6)) == 0;
}

/* A UDP socket of rpcbind that others than this host reach. */
static const struct socket_entry *find_open(const struct socket_table *udp)
{
	for (size_t i = 0; i < udp->list.count; i++) {
		const struct socket_entry *entry = &udp->list.items[i];

		if (entry->local_port == RPCBIND_PORT &&
		    !is_loopback(entry->local))
			return entry;
	}
	return NULL;
}

static void check(struct rule_run *run)
{
	const struct live_state *live = run->local->live;
	const struct socket_entry *open;
	char text[IP_ADDRESS_TEXT];
	struct finding *finding;

	open = live->udp ? find_open(live->udp) : NULL;
	if (!open || !live->etab)
		return;
	finding = rule_report_local(
		run, live->etab->source, (struct span){ 0 },
		"rpcbind answers UDP on %s, so whoever reaches this host may "
		"have it send thirty times what it is sent to somebody else",
		ip_address_text(open->local, text));
	finding->fix.description =
		"let a firewall keep strangers from port 111";
}

const struct rule rule_rpcbind_exposed = {
	.slug = "rpcbind-exposed",
	.severity = SEVERITY_LOW,
	.needs = NEEDS_LIVE,
	.traits = TRAIT_ALL,
	.summary = "rpcbind answers UDP to others than this host",
	.rationale = "Requests over UDP can bear the address of a victim. The "
		     "answer to one packet for DUMP is more than thirty times "
		     "as large, which makes an open rpcbind a weapon against "
		     "others, and tells everybody what runs here. Whether a "
		     "firewall stands before it can't be seen from here.",
	.remedy = "Let only the clients of this server reach port 111. A "
		  "server of NFSv4 only needs no rpcbind at all.",
	.bad = "udp 0.0.0.0:111\n",
	.good = "udp 127.0.0.1:111\n",
	.references = (const char *const[]){ "US-CERT TA14-017A", "CWE-406",
					     "rpcbind(8), -h", NULL },
	.check_table = check,
};
