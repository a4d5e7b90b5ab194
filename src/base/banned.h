/* Functions that must not be used; forced into every file with -include.
 *
 * Each of them writes without a bound, or reports no error. The include of the
 * standard headers comes first, so that their own declarations are not hit.
 */
#ifndef BANNED_H
#define BANNED_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* fortified headers have macros for some of them */
#undef strcpy
#undef strcat
#undef strncpy
#undef strncat
#undef stpcpy
#undef sprintf
#undef vsprintf

#pragma GCC poison strcpy strcat strncpy strncat stpcpy sprintf vsprintf gets
#pragma GCC poison strtok strtok_r atoi atol atoll atof

#endif
