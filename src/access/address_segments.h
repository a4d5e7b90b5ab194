/* The pieces of the address space in which all addresses are alike to a path:
 * what holds for one address of a piece holds for all of them. */
#ifndef ADDRESS_SEGMENTS_H
#define ADDRESS_SEGMENTS_H

#include "address_set.h"
#include "export_select.h"

struct address_segments {
	ARRAY(struct address_range) list; /* in order, without gaps */
	bool scattered; /* a mask with holes matters, and would make more than
			   runs_max ranges: addresses of a piece may differ */
};

/* Cuts range, of addresses of that family, where an entry that may matter for
 * the path of the question begins or ends: those of the path, of the
 * directories above it, and of the roots that fsid=0 makes. */
void address_segments_cut(struct arena *arena,
			  const struct export_question *question,
			  enum ip_family family, struct address_range range,
			  size_t runs_max, struct address_segments *segments);

#endif
