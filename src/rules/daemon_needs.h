/* Exports that nobody can mount unless a daemon runs beside the server. */
#ifndef DAEMON_NEEDS_H
#define DAEMON_NEEDS_H

#include "export_table.h"

/* The first loaded export that Kerberos is for; NULL: none. */
const struct export_entry *
daemon_needs_kerberos(const struct export_table *table);

/* The first one that can't be reached without TLS; NULL: none. */
const struct export_entry *daemon_needs_tls(const struct export_table *table);

#endif
