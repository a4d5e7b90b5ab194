/* Bytes from a file or a server, made safe to print.
 *
 * What a terminal, a mail or a log shows must be what stands there. So a byte
 * becomes a backslash and three octal digits, as exports(5) itself writes
 * bytes, when it belongs to
 *
 *   - a control character: C0 (tab and newline too), DEL, C1;
 *   - something that is not UTF-8 (RFC 3629: overlong forms, surrogates, code
 *     points above U+10FFFF, cut sequences);
 *   - a code point that cannot be seen or that moves others: see
 *     unicode_ranges.h.
 *
 * Everything else passes as it is, valid UTF-8 included. A backslash passes
 * too, so that the \040 of an exports file stays readable; it becomes \134
 * only where the reader could not tell it from an escape made here, which is
 * before three octal digits whose value is one that is written this way. The
 * escaped text can therefore always be turned back.
 */
#ifndef TEXT_ESCAPE_H
#define TEXT_ESCAPE_H

#include <stdio.h>

#include "str.h"
#include "strbuf.h"

/* True if text is printed as it is. */
bool text_is_plain(struct str text);

/* Adds the escaped text to out. */
void text_escape(struct strbuf *out, struct str text);

/* Writes the escaped text to out; look at ferror(out) when all is written. */
void text_escape_write(FILE *out, struct str text);

/* Columns that the escaped text takes on a terminal, whatever the locale: two
 * for East Asian wide characters and emoji, none for combining marks, one for
 * the rest, four for an escaped byte. */
size_t text_width(struct str text);

#endif
