#include "load_order.h"

bool load_order_counts(const char *name)
{
	static const char suffix[] = ".exports";
	size_t length = strlen(name), tail = sizeof(suffix) - 1;

	return name[0] != '.' && length > tail &&
	       memcmp(name + length - tail, suffix, tail) == 0;
}

static int compare(const void *a, const void *b)
{
	return strverscmp(*(const char *const *)a, *(const char *const *)b);
}

void load_order_sort(const char **names, size_t count)
{
	if (count)
		qsort(names, count, sizeof(*names), compare);
}
