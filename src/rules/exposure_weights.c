#include "exposure_weights.h"

#include <stdio.h>

const struct exposure_weight exposure_clients[EXPOSURE_CLIENTS] = {
	[CLIENTS_NOBODY] = { "nobody", 0,
			     "no client that there is, or an earlier entry "
			     "decides for all of them" },
	[CLIENTS_THIS_SERVER] = { "this-server", 10,
				  "programs on the server itself" },
	[CLIENTS_ADDRESS] = { "address", 30, "one private address" },
	[CLIENTS_PUBLIC_ADDRESS] = { "public-address", 40,
				     "one address of the internet" },
	[CLIENTS_NAMED_HOST] = { "named-host", 40,
				 "one host, whose address the name service "
				 "decides" },
	[CLIENTS_SMALL_NETWORK] = { "small-network", 50,
				    "a private network of up to 256 "
				    "addresses, or up to a /64 of IPv6" },
	[CLIENTS_NETWORK] = { "network", 60, "a larger private network" },
	[CLIENTS_NAMES] = { "names", 60,
			    "hosts that the name service tells: a netgroup, "
			    "the names of a domain" },
	[CLIENTS_BROAD_NETWORK] = { "broad-network", 70,
				    "a private network wider than /15, of "
				    "IPv6 wider than /32" },
	[CLIENTS_PUBLIC_NETWORK] = { "public-network", 85,
				     "a network with addresses of the "
				     "internet" },
	[CLIENTS_LOOSE_NAMES] = { "loose-names", 85,
				  "hosts whose names anybody may register" },
	[CLIENTS_EVERY_NAME] = { "every-name", 95,
				 "every host that has a name" },
	[CLIENTS_TICKETS] = { "tickets", 100,
			      "whoever has a Kerberos ticket, a gss/ client" },
	[CLIENTS_EVERYBODY] = { "everybody", 100, "everybody" },
};

const struct exposure_weight exposure_traits[EXPOSURE_TRAITS] = {
	[EXPOSES_READ] = { "read", 150, "files can be read" },

	[EXPOSES_WRITE] = { "write", 200, "files can be changed" },

	[EXPOSES_UNPROVEN] = { "unproven", 150,
			       "nobody has to prove who he is: sec=sys or "
			       "sec=none" },
	[EXPOSES_CERTIFICATE] = { "certificate", 75,
				  "only the host has to prove who it is: "
				  "xprtsec=mtls with sec=sys or sec=none" },
	[EXPOSES_CHANGEABLE] = { "changeable", 40,
				 "requests and answers can be changed on the "
				 "way: sec=krb5 without TLS" },

	[EXPOSES_USERS] = { "users", 100,
			    "a client may be any user: sec=sys without "
			    "all_squash" },

	[EXPOSES_ROOT] = { "root", 200,
			   "root stays root, or others become it: "
			   "no_root_squash with sec=sys, anonuid=0" },
	[EXPOSES_ROOT_TICKET] = { "root-ticket", 100,
				  "root stays root if Kerberos says so: "
				  "no_root_squash with sec=krb5, krb5i or "
				  "krb5p" },
	[EXPOSES_ROOT_GROUP] = { "root-group", 100,
				 "squashed users get the group of root: "
				 "anongid=0" },

	[EXPOSES_CLEAR] = { "clear", 50,
			    "contents can be read on the way: neither TLS nor "
			    "sec=krb5p" },

	[EXPOSES_PORTS] = { "ports", 50,
			    "every user of a client may send requests: "
			    "insecure "
			    "with sec=sys, without all_squash" },

	[EXPOSES_ROOT_DIRECTORY] = { "root-directory", 80,
				     "the path is the root directory" },
	[EXPOSES_SYSTEM_DIRECTORY] = { "system-directory", 50,
				       "the path is a directory of the system: "
				       "see export-sensitive-path" },
	[EXPOSES_SYSTEM_DISK] = { "system-disk", 40,
				  "made-up file handles reach /etc or /boot: "
				  "see system-partition-export" },
	[EXPOSES_REST_OF_DISK] = { "rest-of-disk", 20,
				   "made-up file handles reach the rest of the "
				   "file system: see subdirectory-export" },
	[EXPOSES_HOMES] = { "homes", 20,
			    "the path has the homes of all users, with rw and "
			    "sec=sys" },

	[EXPOSES_MOUNTS] = { "mounts", 20,
			     "what is mounted below, now or later, is exported "
			     "as well: crossmnt" },
};

const struct exposure_fact exposure_facts[] = {
	{ { "exports-file-writable", 100,
	    "others than root may change what is exported" },
	  EXPOSURE_BY_FILES },
	{ { "state-dir-writable", 100,
	    "others than root may change the state of the server" },
	  EXPOSURE_BY_FILES },
	{ { "connected-client-unauthorised", 50,
	    "a client that no export is for is still there" },
	  EXPOSURE_BY_CLIENTS },
	{ { "nfs-v2-enabled", 50, "NFSv2 is switched on" },
	  EXPOSURE_BY_CONFIG },
	{ { "nfs-udp-enabled", 50, "NFS over UDP is switched on" },
	  EXPOSURE_BY_CONFIG },
	{ { "nfs-v3-enabled", 30, "NFSv3 is switched on" },
	  EXPOSURE_BY_CONFIG },
	{ { "rpcbind-exposed", 30,
	    "rpcbind answers UDP to others than this host" },
	  EXPOSURE_BY_SOCKETS },
	{ { "listens-everywhere", 20, "nfsd is not bound to an address" },
	  EXPOSURE_BY_CONFIG },
	{ { "rdma-open", 10, "NFS over RDMA is switched on" },
	  EXPOSURE_BY_CONFIG },
	{ { NULL, 0, NULL }, EXPOSURE_SOURCES },
};

const struct exposure_sight exposure_sights[] = {
	{ { "remote-world-export", 400, "exports are for everybody" }, 1 },
	{ { "remote-auth-none", 150, "exports ask for no credentials" }, 2 },
	{ { "remote-auth-sys", 100, "exports take clients at their word" }, 2 },
	{ { "remote-insecure-port", 100,
	    "every user of a client may send requests" },
	  3 },
	{ { "remote-no-tls", 80, "RPC-with-TLS is not offered" }, 4 },
	{ { "remote-tls-optional", 60, "RPC-with-TLS is not insisted on" }, 4 },
	{ { "remote-old-version", 70, "NFSv2 is spoken" }, 5 },
	{ { "remote-udp", 70, "NFS over UDP is spoken" }, 6 },
	{ { "remote-rpcbind-amplifies", 60, "rpcbind answers UDP" }, 7 },
	{ { "remote-lists-clients", 40, "whoever asks is told the clients" },
	  8 },
	{ { "remote-lists-exports", 30, "whoever asks is told the exports" },
	  9 },
	{ { NULL, 0, NULL }, 0 },
};

const struct exposure_level_name exposure_levels[EXPOSURE_LEVELS] = {
	[EXPOSURE_CLOSED] = { "closed", 0 },
	[EXPOSURE_GUARDED] = { "guarded", 1 },
	[EXPOSURE_MODERATE] = { "moderate", 35 },
	[EXPOSURE_EXPOSED] = { "exposed", 55 },
	[EXPOSURE_UNSAFE] = { "unsafe", 75 },
};

enum exposure_level exposure_level_of(unsigned tenths)
{
	int level = EXPOSURE_LEVELS - 1;

	while (level && tenths < exposure_levels[level].least)
		level--;
	return (enum exposure_level)level;
}

const char *exposure_text(unsigned tenths, char buffer[EXPOSURE_TEXT])
{
	snprintf(buffer, EXPOSURE_TEXT, "%u.%u", tenths / 10, tenths % 10);
	return buffer;
}

/* The reason with the largest remainder, the first of equal ones. */
static unsigned find_largest(const unsigned *remainders, unsigned count)
{
	unsigned largest = 0;

	for (unsigned i = 1; i < count; i++)
		if (remainders[i] > remainders[largest])
			largest = i;
	return largest;
}

unsigned exposure_divide(const uint16_t *weights, unsigned count,
			 unsigned share, unsigned whole, uint8_t *tenths)
{
	unsigned remainders[EXPOSURE_REASONS_MAX];
	unsigned divisor = 10 * whole; /* hundredths to tenths */
	unsigned all = 0, given = 0, sum;

	for (unsigned i = 0; i < count; i++) {
		unsigned part = weights[i] * share;

		tenths[i] = (uint8_t)(part / divisor);
		remainders[i] = part % divisor;
		given += tenths[i];
		all += part;
	}
	sum = (all + divisor / 2) / divisor;
	for (; given < sum; given++) {
		unsigned largest = find_largest(remainders, count);

		tenths[largest]++;
		remainders[largest] = 0;
	}
	return sum;
}
