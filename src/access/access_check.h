/* What a client may do at a path, and why. */
#ifndef ACCESS_CHECK_H
#define ACCESS_CHECK_H

#include "export_policy.h"
#include "export_select.h"

enum access_can { CAN_READ, CAN_WRITE, CAN_ROOT };

enum access_verdict { ACCESS_ALLOWED, ACCESS_DENIED, ACCESS_DEPENDS };

/* "allowed", "denied", "depends". */
const char *access_verdict_name(enum access_verdict verdict);

/* What is asked besides the client and the path. */
struct access_wish {
	enum access_can can;
	const struct security_flavor *sec; /* NULL: any flavor will do */
	uint16_t port;			   /* that the client sends from */
};

/* The rights of one flavor. */
struct access_right {
	const struct security_flavor *flavor;
	bool read_only, root_squash, all_squash;
	bool anonymous_root; /* who is squashed becomes uid 0 */
	bool port_fits;	     /* the flavor may be used from the client's port */
	bool usable;	     /* false of none, unless NFSv4 clients begin at an
				export that has it: they get no further */
};

/* What xprtsec= asks of the client's connection. */
enum access_transport {
	TRANSPORT_ANY,
	TRANSPORT_TLS,	   /* TLS is needed */
	TRANSPORT_MTLS,	   /* TLS with a certificate of the client */
	TRANSPORT_IGNORED, /* TLS is asked for, and the server's kernel does
			      not know that */
};

struct access_answer {
	enum access_verdict verdict;
	struct export_selection selection;
	struct access_right rights[SECURITY_FLAVORS_MAX];
	unsigned right_count; /* 0: no entry decides for certain */
	int32_t anonuid, anongid;
	bool authenticated; /* over NFSv3: mountd takes the client and its
			       port, whatever the entry grants */
	enum access_transport transport;
	const char *why; /* one sentence without a full stop; foreign bytes */
	/* What has to be known: the first of the names that decide. */
	ARRAY(const char *) depends_on;
};

/* Answers; texts are taken from arena. */
struct access_answer access_check(struct arena *arena,
				  const struct export_question *question,
				  const struct access_wish *wish);

/* Does a flavor grant that much? Root is granted to whom root stays root, or
 * becomes anonymous users that are root. The port does not count. */
bool access_grants(const struct access_right *right, enum access_can can);

/* The same for a client whom that entry decides for; why is what it lacks, or
 * NULL. */
struct access_answer access_of_entry(const struct export_question *question,
				     const struct access_wish *wish,
				     const struct export_entry *entry);

/* What becomes of a user or group number on the server. */
uint32_t access_squash(const struct access_right *right, uint32_t id,
		       int32_t anonymous);

#endif
