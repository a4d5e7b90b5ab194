/* The exposure of a server as the formats of the audit tell it. */
#ifndef AUDIT_EXPOSURE_H
#define AUDIT_EXPOSURE_H

#include "audit_report.h"

/* Appends "/srv/data to 10.1.0.0/16 (65,536 addresses)", with foreign
 * bytes. */
void audit_exposure_name(struct arena *arena, const struct audit_report *report,
			 const struct export_exposure *exposure,
			 struct strbuf *out);

/* Appends one reason of the server in words, with foreign bytes. */
void audit_exposure_reason(struct arena *arena,
			   const struct audit_report *report,
			   const struct server_reason *reason,
			   struct strbuf *out);

/* Appends what makes up an export's number: "read 1.5, write 2.0". */
void audit_exposure_parts(const struct export_exposure *exposure,
			  struct strbuf *out);

/* The parts of the documents that are about exposure. */
void audit_exposure_write_text(FILE *out, const struct audit_report *report);
void audit_exposure_write_tile(FILE *out, const struct audit_report *report);
void audit_exposure_write_html(FILE *out, const struct audit_report *report);
void audit_exposure_write_json(FILE *out, const struct audit_report *report);

#endif
