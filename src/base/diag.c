#include "diag.h"

struct diag *diag_add(struct arena *arena, struct diag_list *diags,
		      struct diag diag)
{
	struct diag *added = ARRAY_ADD(arena, &diags->list);

	*added = diag;
	return added;
}
