/* One exports file that was read and parsed. */
#ifndef EXPORT_DOCUMENT_H
#define EXPORT_DOCUMENT_H

#include "exports_syntax.h"
#include "source.h"

struct export_document {
	struct source source;
	struct exports_syntax syntax;
};

/* The documents of a table in the order in which exportfs loads them. */
struct export_documents {
	ARRAY(struct export_document) list;
};

#endif
