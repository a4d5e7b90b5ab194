#include "client_rules.h"

#include "rule_catalog.h"
#include "rule_runner.h"
#include "table_fixture.h"
#include "unit_test.h"

struct rule_case {
	const char *rule, *text;
	const char *message;	/* of the only finding; NULL: there is none */
	enum severity severity; /* of that finding */
};

static void check_case(const struct rule_case *row)
{
	struct finding_list findings = { 0 };
	struct table_fixture fixture;

	table_fixture_of(&fixture, row->text);
	rule_run(fixture.arena, &fixture.table, NULL, rule_find(row->rule),
		 &findings);
	if (findings.list.count != (row->message ? 1 : 0))
		fail_msg("%s: %zu findings for %s", row->rule,
			 findings.list.count, row->text);
	if (row->message) {
		assert_string_equal(findings.list.items[0].message,
				    row->message);
		assert_string_equal(
			severity_names[findings.list.items[0].severity],
			severity_names[row->severity]);
	}
	table_fixture_free(&fixture);
}

#define CHECK_CASES(cases)                                                     \
	for (size_t i = 0; i < sizeof(cases) / sizeof(*(cases)); i++)          \
	check_case(&(cases)[i])

static void test_everybody(void **state)
{
	static const struct rule_case cases[] = {
		{ "world-export", "/a *(ro)", "everybody may read /a",
		  SEVERITY_HIGH },
		{ "world-export", "/a ?*(ro)",
		  "every host that has a name in the DNS may read /a",
		  SEVERITY_HIGH },
		{ "world-export", "/a 0.0.0.0/0.0.0.0(ro)",
		  "0.0.0.0/0.0.0.0 (4,294,967,296 addresses) may read /a",
		  SEVERITY_HIGH },
		{ "world-export", "/a *(rw,sec=krb5p)",
		  "everybody may mount /a and try to log in there",
		  SEVERITY_LOW },
		{ "world-export", "/a *(rw,sec=krb5p,sec=sys,ro)",
		  "everybody may read /a", SEVERITY_HIGH },
		/* told by the rules of syntax */
		{ "world-export", "/a", NULL, 0 },
		{ "world-export", "/a (ro)", NULL, 0 },
		{ "world-export", "/a -ro", NULL, 0 },
		/* the two exclude each other */
		{ "world-export", "/a *(rw)", NULL, 0 },
		{ "world-writable-export", "/a *(ro)", NULL, 0 },
		{ "world-writable-export", "/a *(rw,sec=krb5p)", NULL, 0 },
		{ "world-writable-export", "/a *(ro,sec=krb5p,sec=sys,rw)",
		  "everybody may write to /a as any user but root",
		  SEVERITY_CRITICAL },
		{ "world-writable-export", "/a *(rw,no_root_squash)",
		  "everybody may write to /a as any user, root included",
		  SEVERITY_CRITICAL },
		/* told by the rules of syntax */
		{ "world-writable-export", "/a (rw,no_root_squash)", NULL, 0 },
		{ "world-writable-export", "/a *(rw,all_squash,anonuid=9)",
		  "everybody may write to /a as the user with the id 9",
		  SEVERITY_CRITICAL },
		{ "world-writable-export", "/a *(rw,sec=none)",
		  "everybody may write to /a as the user with the id 65534",
		  SEVERITY_CRITICAL },
		/* hardly anybody: zero-prefix */
		{ "world-writable-export", "/a 0.0.0.0/0(rw)", NULL, 0 },
	};

	(void)state;
	CHECK_CASES(cases);
}

static void test_networks(void **state)
{
	static const struct rule_case cases[] = {
		{ "zero-prefix", "/a 10.1.0.0/(rw)",
		  "on x86 and ARM servers `10.1.0.0/` matches only the address "
		  "10.1.0.0, elsewhere perhaps everybody",
		  SEVERITY_HIGH },
		{ "zero-prefix", "/a 10.1.0.0/0.0.0.0(rw)", NULL, 0 },
		{ "inverted-netmask", "/a 10.1.0.0/0.0.0.255(rw)",
		  "the mask 0.0.0.255 makes the server compare only the last 8 "
		  "bits with those of 10.1.0.0, so 16,777,216 addresses of all "
		  "networks match",
		  SEVERITY_HIGH },
		{ "inverted-netmask", "/a 10.1.0.0/255.0.255.0(rw)", NULL, 0 },
		{ "inverted-netmask", "/a 10.1.0.0/255.255.255.255(rw)", NULL,
		  0 },
		{ "inverted-netmask", "/a 10.1.0.0/0.0.0.0(rw)", NULL, 0 },
		{ "noncontiguous-netmask", "/a 10.1.0.0/255.0.255.0(rw)",
		  "the mask 255.0.255.0 has gaps, so `10.1.0.0/255.0.255.0` "
		  "matches 65,536 addresses that are no network",
		  SEVERITY_HIGH },
		{ "noncontiguous-netmask", "/a fd00::/ffff:ffff::(rw)", NULL,
		  0 },
		{ "network-host-bits", "/a 10.1.0.5/24(rw)",
		  "`10.1.0.5/24` lets in all 256 addresses of 10.1.0.0/24, not "
		  "only 10.1.0.5",
		  SEVERITY_LOW },
		{ "network-host-bits", "/a 10.1.0.5/32(rw) fd00::/8(ro)", NULL,
		  0 },
		{ "network-host-bits", "/a 10.1.0.5/0(rw)", NULL, 0 },
		{ "broad-network", "/a 10.0.0.0/8(rw)",
		  "10.0.0.0/8 (16,777,216 addresses) may read and write /a",
		  SEVERITY_HIGH },
		{ "broad-network", "/a 10.0.0.0/8(ro)",
		  "10.0.0.0/8 (16,777,216 addresses) may read /a",
		  SEVERITY_MEDIUM },
		{ "broad-network", "/a 172.16.0.0/12(rw)",
		  "172.16.0.0/12 (1,048,576 addresses) may read and write /a",
		  SEVERITY_MEDIUM },
		{ "broad-network", "/a 10.2.0.0/15(rw) fd00:1::/32(rw)", NULL,
		  0 },
		{ "broad-network", "/a *(rw) 0.0.0.0/0.0.0.0(rw)", NULL, 0 },
		{ "broad-network", "/a 127.0.0.0/8(rw) fe80::/10(rw)", NULL,
		  0 },
		{ "public-network", "/a 8.8.4.0/24(rw)",
		  "256 public addresses, 8.8.4.0/24, may read and write /a",
		  SEVERITY_HIGH },
		{ "public-network", "/a 2a00:1:2::/64(rw)",
		  "2^64 public addresses, 2a00:1:2::/64, may read and write "
		  "/a",
		  SEVERITY_LOW },
		{ "public-network", "/a 2a00:1::/44(rw)",
		  "2^84 public addresses, 2a00:1::/44, may read and write /a",
		  SEVERITY_MEDIUM },
		{ "public-network", "/a 8.8.4.0/24(rw,sec=krb5p)",
		  "256 public addresses, 8.8.4.0/24, may read and write /a",
		  SEVERITY_LOW },
		{ "broad-network", "/a 10.0.0.0/8(rw,sec=krb5p)",
		  "10.0.0.0/8 (16,777,216 addresses) may read and write /a",
		  SEVERITY_LOW },
		{ "public-network", "/a *(rw) 8.0.0.0/8(rw) 8.8.8.8(rw)", NULL,
		  0 },
		{ "public-network", "/a 10.1.0.0/16(rw) ::ffff:8.8.4.0/120(rw)",
		  NULL, 0 },
	};

	(void)state;
	CHECK_CASES(cases);
}

static void test_hosts(void **state)
{
	static const struct rule_case cases[] = {
		{ "shorthand-ipv4", "/a 10.1(rw)",
		  "`10.1` is the one host 10.0.0.1 to the server",
		  SEVERITY_HIGH },
		{ "shorthand-ipv4", "/a 010.1.0.1(rw)",
		  "`010.1.0.1` is the one host 8.1.0.1 to the server",
		  SEVERITY_HIGH },
		{ "shorthand-ipv4", "/a 10.1.0.1(rw) fd00::1(rw) alpha(rw)",
		  NULL, 0 },
		/* one host in two spellings: the one that is not loaded */
		{ "shorthand-ipv4", "/a 10.0.0.1(rw) 10.1(rw)", NULL, 0 },
		{ "unspecified-address", "/a ::(rw)",
		  "no client ever has the address `::`, so this lets in nobody",
		  SEVERITY_MEDIUM },
		{ "unspecified-address", "/a 0(rw)", NULL, 0 },
		{ "unspecified-address", "/a 0.0.0.0/0(rw)", NULL, 0 },
		/* all addresses of a network, one by one */
		{ "network-address-as-host", "/a 10.1.0.0 10.1.0.1", NULL, 0 },
		{ "network-address-as-host", "/a 192.168.255.255(rw)",
		  "`192.168.255.255` lets in one host, not the 65,536 "
		  "addresses of 192.168.0.0/16",
		  SEVERITY_MEDIUM },
		{ "network-address-as-host",
		  "/a 0.0.0.0(rw) 192.168(rw) 10.1.0.1(rw) 10.1.2.0/24(rw)",
		  NULL, 0 },
		{ "loopback-export", "/a 127.0.0.0/8(rw)",
		  "programs on the server itself may read and write /a over "
		  "NFS",
		  SEVERITY_MEDIUM },
		{ "loopback-export", "/a LocalHost(rw,insecure)",
		  "programs on the server itself may read and write /a over "
		  "NFS, those of ordinary users included, as any user",
		  SEVERITY_HIGH },
		{ "loopback-export", "/a 126.0.0.0/7(rw) *(rw)", NULL, 0 },
		{ "link-local-client", "/a fe80::1%eth0(rw)",
		  "hosts give themselves addresses like `fe80::1%eth0`, so "
		  "whoever is on a network of the server may take one and "
		  "reach /a",
		  SEVERITY_MEDIUM },
		{ "link-local-client", "/a fec0::1(rw) 169.253.0.0/16(rw)",
		  NULL, 0 },
		{ "ipv4-mapped-ipv6", "/a ::ffff:10.1.0.0/120(rw)",
		  "`::ffff:10.1.0.0/120` never matches 10.1.0.0/24, because "
		  "the server compares IPv4 clients with IPv4 addresses only",
		  SEVERITY_MEDIUM },
		{ "ipv4-mapped-ipv6", "/a ::fffe:10.1.0.1(rw) ::/0(rw)", NULL,
		  0 },
		{ "hostname-unresolvable", "/a 10.1.0.1-9(rw)",
		  "`10.1.0.1-9` is no address and no host has such a name, so "
		  "exportfs leaves it out",
		  SEVERITY_HIGH },
		{ "hostname-unresolvable", "/a alpha(rw) 3com(rw) 1(rw)", NULL,
		  0 },
		{ "foreign-syntax", "/a h1:h2(rw)",
		  "`h1:h2` is the name of a host to exportfs, and as no host "
		  "has that name it is left out",
		  SEVERITY_HIGH },
		{ "foreign-syntax", "/a fd00::g(rw) fd00::1(rw) 10.1.0.0/16",
		  NULL, 0 },
		{ "deprecated-syntax", "/a h(rw,squash_uids=0-5)",
		  "`squash_uids=` squashes nobody on /a, because the kernel "
		  "never hears of it",
		  SEVERITY_LOW },
		{ "dns-trust", "/a @x(rw) alpha(ro) *.b.org(ro) 10.1.0.1(rw)",
		  "the name service decides which addresses are the 3 named "
		  "clients of /a",
		  SEVERITY_INFO },
		{ "dns-trust", "/a @x(sec=krb5p) localhost(rw) 10.*(rw)", NULL,
		  0 },
	};

	(void)state;
	CHECK_CASES(cases);
}

static void test_patterns(void **state)
{
	static const struct rule_case cases[] = {
		{ "wildcard-on-ip", "/a 10.1.*(rw)",
		  "`10.1.*` matches no address, because the server compares a "
		  "pattern with host names, so the clients it was meant for "
		  "get nothing through it",
		  SEVERITY_HIGH },
		{ "wildcard-on-ip", "/a fd00:*(rw) (rw)",
		  "`fd00:*` matches no address, because the server compares a "
		  "pattern with host names, so the clients it was meant for "
		  "get what everybody gets: they may read and write /a",
		  SEVERITY_HIGH },
		{ "wildcard-on-ip", "/a [fd00::1](rw) a*(rw) *(rw) node1*(rw)",
		  NULL, 0 },
		{ "bracketed-ipv6", "/a [fd00::1]/64(rw)",
		  "`[fd00::1]/64` matches no address: in brackets it is a "
		  "pattern for host names",
		  SEVERITY_HIGH },
		{ "bracketed-ipv6", "/a [10.1.0.1](rw) [ab]:c(rw)", NULL, 0 },
		{ "loose-hostname-pattern", "/a *example.com(rw)",
		  "`*example.com` also matches hosts of other owners below "
		  ".com, because `*` stands for dots as well",
		  SEVERITY_MEDIUM },
		{ "loose-hostname-pattern", "/a *.example.*(rw)",
		  "`*.example.*` also matches hosts of other owners, in any "
		  "domain, because `*` stands for dots as well",
		  SEVERITY_MEDIUM },
		{ "loose-hostname-pattern",
		  "/a node[0-9](rw) *.lan(rw) *-a.example.com(rw) *.*(rw) "
		  "a.*.example.org(rw) 10.*(rw) [fd00::*](rw)",
		  NULL, 0 },
		{ "wildcard-spans-labels", "/a *.lan(rw)\n/b *.LAN(rw)\n",
		  "`*.lan` also matches hosts deeper below lan, because `*` "
		  "stands for dots as well",
		  SEVERITY_LOW },
		{ "wildcard-spans-labels", "/a node?.lan(rw) *.co.uk(rw)", NULL,
		  0 },
		{ "character-class-negation", "/a a[!9](rw)",
		  "`[!9]` in `a[!9]` matches what it was meant to leave out, "
		  "because `!` is an ordinary character here",
		  SEVERITY_MEDIUM },
		{ "character-class-negation", "/a a[!9(rw)",
		  "`[!9` in `a[!9` matches what it was meant to leave out, "
		  "because `!` is an ordinary character here",
		  SEVERITY_MEDIUM },
		{ "character-class-negation", "/a 10.1.0.[!9](rw) [^9](rw)",
		  NULL, 0 },
	};

	(void)state;
	CHECK_CASES(cases);
}

/* The beginner's example: where the clients end up. */
static void test_related(void **state)
{
	struct finding_list findings = { 0 };
	struct table_fixture fixture;
	struct finding *finding;

	(void)state;
	table_fixture_of(&fixture, "/home/test 192.168.1.*(rw) *(ro)");
	rule_run(fixture.arena, &fixture.table, NULL,
		 rule_find("wildcard-on-ip"), &findings);
	assert_int_equal(findings.list.count, 1);
	finding = &findings.list.items[0];
	assert_string_equal(finding->fix.description,
			    "write the network `192.168.1.0/24`");
	assert_int_equal(finding->related.count, 1);
	assert_int_equal(finding->related.items[0].span.begin, 27);
	assert_string_equal(finding->related.items[0].message,
			    "everybody may only read here");
	table_fixture_free(&fixture);
}

/* The host alone is pointed at, where quotes and escapes stand too. */
static void test_span(void **state)
{
	struct finding_list findings = { 0 };
	struct table_fixture fixture;

	(void)state;
	table_fixture_of(&fixture, "/a \"10.\\061\"(rw)");
	rule_run(fixture.arena, &fixture.table, NULL,
		 rule_find("shorthand-ipv4"), &findings);
	assert_int_equal(findings.list.count, 1);
	assert_int_equal(findings.list.items[0].span.begin, 4);
	assert_int_equal(findings.list.items[0].span.end, 12);
	table_fixture_free(&fixture);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_everybody),
		cmocka_unit_test(test_networks),
		cmocka_unit_test(test_hosts),
		cmocka_unit_test(test_patterns),
		cmocka_unit_test(test_related),
		cmocka_unit_test(test_span),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
