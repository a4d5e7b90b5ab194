#include "rule_profiles.h"

static const struct profile_level none[] = { { 0 } };

/* What fires on every ordinary server, for those who want none of it. */
static const struct profile_level strict[] = {
	{ "nfs-v3-enabled", SEVERITY_MEDIUM },
	{ "no-transport-security", SEVERITY_MEDIUM },
	{ "remote-auth-sys", SEVERITY_MEDIUM },
	{ "same-fs-mixed-policy", SEVERITY_MEDIUM },
	{ "sec-sys-only", SEVERITY_MEDIUM },
	{ "subdirectory-export", SEVERITY_MEDIUM },
	{ "suid-plantable", SEVERITY_MEDIUM },
	{ "system-partition-export", SEVERITY_MEDIUM },
	{ "dns-trust", SEVERITY_MEDIUM },
	{ 0 },
};

/* The same, and what the GEN and RHEL rules ask for. */
static const struct profile_level stig[] = {
	{ "all-squash-no-accountability", SEVERITY_MEDIUM },
	{ "anon-id-unspecified", SEVERITY_MEDIUM },
	{ "exports-file-acl", SEVERITY_MEDIUM },
	{ "krb5-without-integrity", SEVERITY_MEDIUM },
	{ "not-owned-by-root", SEVERITY_MEDIUM },
	{ "remote-auth-sys", SEVERITY_HIGH },
	{ "same-fs-mixed-policy", SEVERITY_MEDIUM },
	{ "sec-sys-fallback", SEVERITY_HIGH },
	{ "sec-sys-only", SEVERITY_HIGH },
	{ "subdirectory-export", SEVERITY_MEDIUM },
	{ "suid-plantable", SEVERITY_MEDIUM },
	{ "system-partition-export", SEVERITY_MEDIUM },
	{ 0 },
};

/* Whoever is in the house may read. */
static const struct profile_level homelab[] = {
	{ "async-writes", SEVERITY_LOW },
	{ "broad-network", SEVERITY_LOW },
	{ "export-sensitive-path", SEVERITY_LOW },
	{ "insecure-ports", SEVERITY_LOW },
	{ "world-export", SEVERITY_LOW },
	{ 0 },
};

/* Nodes that boot from the server and write as root are what it is for. */
static const struct profile_level hpc[] = {
	{ "async-writes", SEVERITY_LOW },
	{ "broad-network", SEVERITY_LOW },
	{ "no-root-squash", SEVERITY_LOW },
	{ "oversized-client-list", SEVERITY_INFO },
	{ 0 },
};

const struct rule_profile rule_profiles[] = {
	{ "default", "for most servers", none },
	{ "strict", "also what every ordinary server has", strict },
	{ "stig", "what the STIGs ask for, Kerberos included", stig },
	{ "homelab", "one house, one network, trusted people", homelab },
	{ "hpc", "clusters whose nodes are trusted as root", hpc },
	{ 0 },
};

const struct rule_profile *rule_profile_find(const char *name)
{
	for (const struct rule_profile *profile = rule_profiles; profile->name;
	     profile++)
		if (strcmp(profile->name, name) == 0)
			return profile;
	return NULL;
}

enum severity rule_profile_severity(const struct rule_profile *profile,
				    const struct rule *rule,
				    enum severity severity)
{
	for (const struct profile_level *level = profile->levels; level->slug;
	     level++) {
		if (strcmp(level->slug, rule->slug) != 0)
			continue;
		if (level->severity < rule->severity)
			return severity > rule->severity ? severity
							 : level->severity;
		return severity > level->severity ? severity : level->severity;
	}
	return severity;
}
