/* The pieces of the address space in which all addresses are alike to a path:
 * what holds for one address of a piece holds for all of them. */
#ifndef ADDRESS_SEGMENTS_H
#define ADDRESS_SEGMENTS_H

#include "address_set.h"
#include "export_select.h"

struct address_segments {
	ARRAY(struct address_range) list; /* in order, without gaps */
	bool scattered; /* a mask with holes matters, so pieces are not alike */
};

/* Cuts range, of addresses of that family, where an entry that may matter for
 * the path of the question begins or ends: those of the path, of the
 * directories above it, and of the roots that fsid=0 makes. */
void address_segments_cut(struct arena *arena,
			  const struct export_question *question,
			  enum ip_family family, struct address_range range,
			  struct address_segments *segments);

#endif
