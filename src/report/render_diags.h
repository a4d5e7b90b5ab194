/* Diagnostics as lines for people and editors. */
#ifndef RENDER_DIAGS_H
#define RENDER_DIAGS_H

#include <stdio.h>

#include "diag.h"
#include "export_document.h"

/* Prints "exportctl: FILE:LINE:COLUMN: MESSAGE; CONSEQUENCE" for each, in the
 * order of the documents and their text. Foreign bytes are escaped, columns
 * count code points. */
void render_diags(FILE *err, struct arena *arena,
		  const struct export_documents *documents,
		  const struct diag_list *diags);

#endif
