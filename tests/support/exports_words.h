/* The words that exports_generator.c chooses from; for that file only. */
#ifndef EXPORTS_WORDS_H
#define EXPORTS_WORDS_H

/* clang-format off */

static const char *const existing_paths[] = {
	"/srv/a", "/srv/b", "/srv/A", "/srv/a/sub", "/srv/link", "/srv/link2",
	"/srv/link/sub", "/srv/absolute", "/srv/dangling", "/srv/loop",
	"/srv/loop1", "/srv/file", "/srv/file-link", "/srv/file/x",
	"/srv/with space", "/srv/\303\251", "//srv//a/", "/srv/b/../a/.",
	"/srv/./b/", "/srv/a/nothing", "/srv/link/../b", "/srv/", "/srv", "/",
	"//", "/..", "srv/a", "./srv/b", "../srv/a", ".", "srv/nothing"
};

static const char *const missing_paths[] = {
	"/x/p", "/x/q", "/x", "/X", "//x//p/", "/x/../y", "/x/", "/x/./p",
	"/x/p/", "/x/p,q", "/x/p=q", "x/p", "/x/-p", "/x/@grp", "/x/p:q",
	"/x/*", "/x/p;q", "/x/p'q", "/x/p\\q", "/x/p q", "/x/p\tq", "/x/p\"q",
	"/x/#p", "/x/p)", "/x/home", "/x/public", "/x/p\\\\q"
};

static const char *const addresses[] = {
	"10.1.0.1", "10.1.0.2", "10.1.0.3", "10.1.0.4", "10.1.0.5", "10.1.0.6",
	"10.2.0.3", "10.2.0.17", "127.0.0.1", "::1", "fd00::5", "FD00:0:0::5",
	"fd00::6", "::ffff:10.1.0.1", "0.0.0.0", "255.255.255.255", "10.1.0",
	"10.1", "10", "167837697", "010.1.0.1", "0x0a.1.0.1", "0xa010001",
	"10.1.1", "0", "::", "::10.1.0.1", "fd00::0:6", "4294967295",
	"10.0x1.0.1", "10.1.0.0001", "fd00::a01:1"
};

static const char *const odd_addresses[] = {
	"10.1.0.", "10.1.0.300", "10.1.0.1.1", "10.1.0.1-10", "fe80::1%lo",
	"4294967296", "0x", "08.1.0.1", "10.1.0.1,", "fd00::5::", "10..1",
	"-1", "fd00:", "1e3", "0x100000000", "fe80::1", "::1%lo", "+10.1.0.1",
	"10.1.0.1%lo", "."
};

static const char *const hosts[] = {
	"localhost", "ip6-localhost", "alpha.example.org", "alpha", "first",
	"Beta.Example.ORG", "beta", "BETA", "beta.example.org",
	"multi.example.org", "multi", "Multi", "gamma.example.org", "gamma",
	"delta", "epsilon", "six.example.org", "six", "SIX",
	"dual.example.org", "dual", "zeta.example.org", "zeta", "under_score",
	"h7", "h8", "h9.example.org", "many.example.org", "many", "seventeen",
	"third", "ip6-loopback", "Alpha.Example.Org"
};

static const char *const odd_hosts[] = {
	"nosuch.invalid", "no.such.invalid", "NoSuch.Invalid", "a,b", "hro)",
	"\\x", "a\\*b", "h\\", "h#x", "caf\303\251", "\303\251.invalid", "a b",
	"alpha.", "alpha;beta", "alpha\n", "-h", "alpha:/x", "alpha\\052",
	"\\[x]", "\\alpha", "=", "alpha\""
};

static const char *const networks[] = {
	"10.1.0.0/24", "10.1.0.1/24", "10.1.0.0/255.255.255.0",
	"10.1.0.0/0.0.0.255", "10.1.0.0/255.0.255.0", "0.0.0.0/0",
	"10.1.0.0/0", "10.1.0.0/", "::/0", "::/", "::/::", "10.1.0.0/0.0.0.0",
	"10.1.0.0/024", "10.1.0.0/+24", "10.1.0.0/ 24", "10.1.0.1/32",
	"10.0.0.0/8", "10.0.0.0/1", "10.1.0.0/31", "fd00::/64", "FD00::/64",
	"fd00::5/64", "fd00::/ffff:ffff::", "fd00::5/128", "fd00::/48",
	"fd00:0::/64", "fd00::/ffff:ffff:ffff:ffff::", "::ffff:10.1.0.0/120",
	"0.0.0.0/0.0.0.0", "10.1.0.0/00000000000000000000000024"
};

/* Refused for a reason other than a malformed prefix number. */
static const char *const bad_networks[] = {
	"10.1.0.0/33", "10.1.0.0/-1", "10.1/16", "/24", "alpha/24", "GSS/krb5",
	"10.1.0.0/255.255.255", "10.1.0.0/255.255.255.256",
	"10.1.0.0/256.0.0.0", "fd00::/129", "fd00::/ffff:::",
	"/", "//", "/b",
	"010.1.0.0/16", "0xa010000/16", "10.1.0.0/4294967320", "10.1.0.300/24",
	"fd00::5%lo/64", "10.1.0.0/0.0.0.0x", "fd00::/::g", "10.1.0.0/24."
};

static const char *const malformed_prefixes[] = {
	"10.1.0.0/ffff::", "fd00::/255.255.255.0",
	"10.1.0.0/24x", "10.1.0.0/24/24", "10.1.0.0/x", "10.1.0.0/24 ",
	"10.1.0.0/0x18", "10.1.0.0/ ", "fd00::/64x", "fd00::/x",
	"10.1.0.0/24,", "10.1.0.0/+-24", "10.1.0.0/33x"
};

static const char *const wildcards[] = {
	"*.example.org", "*.EXAMPLE.org", "10.1.0.*", "**", "?*", "a?pha",
	"a[b-l]pha", "[fd00::5]", "[fd00::5]/64", "10.*/24", "1*", "[^x]*",
	"[!x]*", "h[", "*.", "h*(", "?", "[a-z]*.example.org"
};

static const char *const odd_wildcards[] = {
	"*\\", "[\\]]", "* ", "*\001", "[", "*a#b", "\\\\*", "*\303\251", "*\n"
};

static const char *const netgroups[] = {
	"@grp", "@Grp", "@GRP", "@", "@a/b", "@a*b", "@other-group", "@@",
	"@grp,", "@a b", "@\303\251"
};

static const char *const gss_clients[] = {
	"gss/krb5", "gss/krb5i", "gss/krb5p", "gss/", "gss/KRB5", "gss/*",
	"gss/a b"
};

static const char *const flags[] = {
	"ro", "rw", "insecure", "secure", "root_squash", "no_root_squash",
	"all_squash", "no_all_squash", "async", "sync", "wdelay", "no_wdelay",
	"nordirplus", "security_label", "nohide", "hide", "subtree_check",
	"crossmnt", "nocrossmnt", "no_acl", "acl", "pnfs", "no_pnfs",
	"insecure_locks", "secure_locks", "no_auth_nlm", "no_subtree_check",
	"auth_nlm", "ro", "rw", "root_squash", "no_root_squash"
};

/* Each of them makes exportfs stop reading. */
static const char *const wrong_options[] = {
	"RW", "rdirplus", "no_security_label", "link_relative", "map_identity",
	"noaccess", "uuid=1", "access=a:b", "maproot=root", "anon=0", "rw=h",
	"ro ", "", "anonuid", "fsid", "sec", "sign_fh", "xprtsec=tls",
	"reexport=none", "anonuid=", "anonuid=0x10", "anonuid=nobody", "fsid=",
	"fsid=x", "fsid=1x", "sec=", "sec=sys:", "sec=KRB5", "sec=lkey",
	"sec=:sys", "squash_uids=x", "anongid=-", "squash_uids=-1", "refer",
	"replicas", "rw =1", "mp =/x", "sec=sys:krb5x",
	"fsid=12345678-1234-1234"
};

static const char *const id_values[] = {
	"0", "1", "65534", "65533", "1000", "-2", "+5", "007", "010", " 7",
	"4294967294", "4294967296", "4294967295", "-1", "2147483647",
	"2147483648", "-2147483648", "4294967301", "8589934592", "\t+8"
};

static const char *const fsid_values[] = {
	"0", "root", "1", "42", "0x10", "010", "-1", "4294967296",
	"4294967295", "2147483648", " 3", "+4",
	"12345678-9abc-def0-1234-56789abcdef0",
	"a2345678-9abc-def0-1234-56789abcdef0",
	"123456789abcdef0:123456789abcdef0",
	"f23456789abcdef0f23456789abcdef0",
	"0xabcdef-0000-1111-2222-333344445555-6",
	"DEADBEEFdeadbeefDEADBEEFdeadbeef",
	"root0123456789abcdef0123456789abcdef",
	"abcdef01.23456789 abcdef01;23456789"
};

static const char *const overflow_values[] = {
	"18446744073709551615", "18446744073709551616", "99999999999999999999",
	"-99999999999999999999", "9223372036854775808", "-9223372036854775809"
};

static const char *const overflow_fsids[] = {
	"18446744073709551616", "99999999999999999999",
	"-99999999999999999999", "12345678901234567890123456789012",
	"0x123456789012345678", "1234567890123456789012-3456789012"
};

static const char *const mountpoints[] = {
	"", "=", "=/x/m", "=relative", "=/x/m,rw", "=/x/a=b", "=/x/(",
	"=/srv/a", "=/x/caf\303\251"
};

/* Etab can't hold them, or holds another value. */
static const char *const odd_mountpoints[] = {
	"=/x/m n", "=/x/m\"n", "=/x/#m", "=/x/\\040m", "=/x\nn", "=/x/m\tn\\x",
	"=/x/\001m"
};

static const char *const referrals[] = {
	"/x/r@alpha", "/x/r@alpha+beta", "/x/r@alpha:/x/s@beta",
	"/r@[fd00::5]", "x", "", "@", "/x/r@10.1.0.1+10.1.0.2:/x/s@h",
	"/x/#r@h=1"
};

static const char *const odd_referrals[] = {
	"/x r@h", "/x\"r@h", "/x\\040@h", "/x\nr@h", "/\303\251\t@h\177",
	"/\\\\@h"
};

static const char *const flavors[] = {
	"sys", "unix", "none", "null", "krb5", "krb5i", "krb5p", "sys", "krb5"
};

/* Written as they are; the other words are spelled in several ways. */
static const char *const raw_clients[] = {
	"alpha(rw)#comment", "alpha(ro)beta(rw)", "alpha((rw))", "alpha(ro",
	"alpha(rw, async)", "\"alpha(rw, async)\"", "alpha(rw);beta",
	"\"alpha\"(\"rw\")", "alpha\\050rw\\051", "al\\160ha(r\\167)",
	"\\141lpha(rw\\054sync)", "\"alpha (rw)\"", "alpha\\000x(rw)",
	"alpha(rw\\000)", "(\\000rw)", "alpha(anonuid=\"\\0400\")", "\\055rw",
	"\"-rw\"", "-", "--", "-,", "-ro,", "()", "(", ")", "alpha()",
	"alpha(,)", "alpha(rw,)", "alpha\\", "\\134052.example.org",
	"alpha(mp=\\134040x)", "@grp(rw)x", "\"", "#comment \\",
	"alpha(rw)\\\nbeta(ro)", "alpha(rw,\\\nsync)", "10.1.0.\\\n0.1(rw)",
	"-root=x", "*()"
};

#endif
