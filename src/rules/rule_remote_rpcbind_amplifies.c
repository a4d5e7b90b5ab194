#include "client_reach.h"
#include "remote_rules.h"

enum {
	HEADERS = 28,	/* of IPv4 and UDP */
	QUESTION = 40,	/* DUMP, without credentials */
	UDP_MAX = 65507 /* bytes of a datagram */
};

static bool fits_datagram(uint32_t list)
{
	return list > QUESTION && list <= UDP_MAX;
}

static void check(struct rule_run *run)
{
	const struct server_survey *survey = remote_survey(run);
	struct finding *finding;

	if (!survey->rpcbind_udp)
		return;
	if (fits_datagram(survey->rpcbind_list))
		finding = remote_report(
			run,
			"rpcbind answers over UDP, so whoever reaches the "
			"server may have it send %u bytes to somebody else for "
			"%u of his own",
			survey->rpcbind_list + HEADERS, QUESTION + HEADERS);
	else
		finding = remote_report(
			run,
			"rpcbind answers over UDP, so whoever reaches the "
			"server may have it send more to somebody else than he "
			"sends himself");
	finding->fix.description =
		"let a firewall keep strangers from port 111";
	if (!address_is_public(survey->address))
		rule_lower(finding, 1);
}

const struct rule rule_remote_rpcbind_amplifies = {
	.slug = "remote-rpcbind-amplifies",
	.severity = SEVERITY_MEDIUM,
	.needs = NEEDS_REMOTE,
	.traits = TRAIT_ALL,
	.summary = "another server's rpcbind answers over UDP",
	.rationale = "A question over UDP can bear the address of a victim, "
		     "who then gets the answer. That to a DUMP, which tells "
		     "everybody what runs there, is many times as large as the "
		     "question; so an rpcbind that strangers reach takes part "
		     "in attacks on others. At a public address it is likely "
		     "to be found, and counts more. Over UDP only the port "
		     "of mountd was asked for, or nothing at all (NULL), and "
		     "the list over TCP.",
	.remedy = "Let only the clients of the server reach port 111. One that "
		  "serves NFSv4 only needs no rpcbind at all.",
	.bad = "rpcbind 2 udp\n",
	.good = "rpcbind 2 tcp\n",
	.references = (const char *const[]){ "US-CERT TA14-017A", "CWE-406",
					     "rpcbind(8)", NULL },
	.check_table = check,
};
