/* Comma-separated values (RFC 4180) for spreadsheets. */
#ifndef CSV_CELL_H
#define CSV_CELL_H

#include <stdio.h>

#include "str.h"

/* Writes foreign text as a cell in quotes, escaped as all that is printed; what
 * a spreadsheet would take for a formula gets an apostrophe before it. */
void csv_write_cell(FILE *out, struct str text);

#endif
