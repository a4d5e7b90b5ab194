/* Which clients that are known by more than their address fare in another way
 * than the addresses of a crowd. */
#ifndef EXPOSURE_EXCEPTIONS_H
#define EXPOSURE_EXCEPTIONS_H

#include "exposure.h"

/* Fills the exceptions of all crowds that have some. An entry is one for a
 * crowd if it may come before one that decides for an address of the crowd. */
void exposure_exceptions_find(struct arena *arena,
			      const struct export_question *question,
			      struct exposure *exposure);

#endif
