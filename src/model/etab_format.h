/* Exports as nfs-utils writes them, byte for byte: the lines of etab
 * (putexportent) and of exportfs -v (dump). */
#ifndef ETAB_FORMAT_H
#define ETAB_FORMAT_H

#include "export_options.h"
#include "strbuf.h"

/* Appends the options between the parentheses of an etab line. */
void etab_format_options(struct strbuf *out, const struct export_policy *policy,
			 const struct export_rules *rules);

/* Appends the options between the parentheses of exportfs -v. */
void etab_format_listing(struct strbuf *out, const struct export_policy *policy,
			 const struct export_rules *rules);

/* Appends one option as etab has it, with a comma behind it; nothing for one
 * that is not set and has no opposite, nor for sec= and xprtsec=. */
void etab_format_option(struct strbuf *out, const struct export_policy *policy,
			enum export_option_id id);

/* Appends sec= and xprtsec= with the flags of each group, no comma at the end.
 * Both formats end with them. */
void etab_format_security(struct strbuf *out,
			  const struct export_policy *policy,
			  const struct export_rules *rules);

/* Appends path with control bytes, blanks, ", # and \ as \ooo. */
void etab_format_path(struct strbuf *out, struct str path);

/* Appends the four flags that may differ between flavors, as far as the mask
 * allows, each with a comma before it: ",rw,root_squash,no_all_squash". */
void etab_format_flavor_flags(struct strbuf *out, uint32_t flags,
			      uint32_t mask);

#endif
