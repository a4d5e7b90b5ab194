/* What the audit command hands to the output formats. */
#ifndef AUDIT_REPORT_H
#define AUDIT_REPORT_H

#include "lint_report.h"
#include "live_clients.h"
#include "live_reach.h"
#include "server_exposure.h"

struct audit_report {
	struct lint_report lint; /* the findings, of one unit */
	const char *host;	 /* whose server it is */
	const struct live_state *live;
	const struct live_clients *clients;
	const struct live_reach *reach; /* NULL: what is in force is not
					   known, or no server runs */
	const struct str *reach_texts;	/* of each of reach->list */
	const struct server_exposure *exposure;
	enum severity least; /* lower ones are hidden, and not counted */
	bool failing;	     /* a finding reaches the threshold */
	bool undone;	     /* a file could not be read, or the state used */
};

/* The output formats. */
#define AUDIT_FORMATS(FORMAT)                                                  \
	FORMAT(text)                                                           \
	FORMAT(html) FORMAT(json) FORMAT(csv) FORMAT(prometheus) FORMAT(nagios)

typedef void audit_renderer(FILE *out, const struct audit_report *report);

extern audit_renderer *const audit_renderers[];

/* The names for --format, in the same order; ends with NULL. */
extern const char *const audit_format_names[];

#define DECLARE(name) audit_renderer render_audit_##name;
AUDIT_FORMATS(DECLARE)
#undef DECLARE

/* How many clients are in a state. */
size_t audit_report_clients(const struct audit_report *report,
			    enum client_state state);

/* Appends the versions that it was judged for, and what came of it:
 * "nfs-utils 2.6.2 and kernel 6.1: 1 medium in 1 file; …". */
void audit_report_verdict(const struct audit_report *report,
			  struct strbuf *out);

/* Writes the message of a finding for people, and what to do about it. */
void audit_report_write_message(FILE *out, const struct finding *finding);

/* Appends what an NFSv4 client is and holds, foreign bytes as they are. */
void audit_report_nfs4(const struct nfsd_client *nfs4, struct strbuf *out);

/* What each of the reaches lets clients do, the exports by name as far as they
 * are few: "may now read and write /srv/a as root; read /srv/b, /srv/c, /srv/d
 * and 7 more". Foreign bytes as they are. */
const struct str *audit_report_reach_texts(struct arena *arena,
					   const struct live_reach *reach);

/* That of a client, by its number; empty where it is not known. */
struct str audit_report_reach(const struct audit_report *report, size_t client);

/* Is mount number `mount` of a client one that no export lets it have now? */
bool audit_report_is_lost(const struct audit_report *report, size_t client,
			  size_t mount);

#endif
