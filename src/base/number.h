/* Numbers as the C library's strtol family reads them, over views. */
#ifndef NUMBER_H
#define NUMBER_H

#include <stdint.h>

#include "str.h"

/* strtol(3), base 10, 64 bits, C locale: leading white space and a sign, then
 * digits; a value out of range becomes the nearest limit. True if text is not
 * empty and was read to its end; *value is set in any case. */
bool number_strtol(struct str text, int64_t *value);

/* strtoul(3) with base 0 (0x is hexadecimal, a leading 0 octal), the same
 * way; a minus sign negates modulo 2^64. */
bool number_strtoul(struct str text, uint64_t *value);

/* One to eight hexadecimal digits, as the kernel writes them: without a sign, a
 * prefix or blanks. */
bool number_hex32(struct str text, uint32_t *value);

#endif
