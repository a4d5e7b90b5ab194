/* Kerberos keytabs, as far as who their keys are for (MIT keytab file format,
 * versions 1 and 2; big-endian only). */
#ifndef KEYTAB_PARSER_H
#define KEYTAB_PARSER_H

#include "str.h"

/* Does it hold a key whose principal begins with service, as nfs/HOST@REALM
 * does? True also for a text that is no keytab of version 2: what is in it is
 * not known. */
bool keytab_has_service(struct str keytab, const char *service);

#endif
