/* Foreign bytes in JSON. */
#ifndef JSON_BYTES_H
#define JSON_BYTES_H

#include <stdio.h>

#include <jansson.h>

#include "str.h"

/* Writes value as one line of ASCII without a newline, and frees it. DEL, which
 * JSON lets stand, is escaped as well. */
void json_write(FILE *out, json_t *value);

/* The same behind a piece of the document. */
void json_write_after(FILE *out, const char *before, json_t *value);

/* Sets object[key] to the bytes as a string. Bytes that are not UTF-8 become
 * U+FFFD, one for each, and object["<key>_base64"] then holds all of them
 * exactly (RFC 4648). */
void json_set_bytes(json_t *object, const char *key, struct str bytes);

/* Writes "key":"bytes", and "key_base64" where it is needed, without building a
 * value: for long lists. key is written as it is. */
void json_write_bytes(FILE *out, const char *key, struct str bytes);

/* Writes the bytes alone, with the replacement. False if there was any. */
bool json_write_text(FILE *out, struct str bytes);

/* Writes the bytes in base64 (RFC 4648), with quotes. */
void json_write_base64(FILE *out, struct str bytes);

/* A string with the same replacement, for places that have no key. */
json_t *json_lossy_string(struct str bytes);

#endif
