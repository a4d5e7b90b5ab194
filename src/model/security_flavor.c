#include "security_flavor.h"

static const struct security_flavor flavors[] = {
	{ "sys", 1 },	     { "unix", 1 },	 { "null", 0 },
	{ "none", 0 },	     { "krb5", 390003 }, { "krb5i", 390004 },
	{ "krb5p", 390005 }, { NULL, 0 },
};

static const struct security_flavor modes[] = {
	{ "none", 1 },
	{ "tls", 2 },
	{ "mtls", 3 },
	{ NULL, 0 },
};

static const struct security_flavor *find(const struct security_flavor *row,
					  struct str name)
{
	for (; row->name; row++)
		if (str_is(name, row->name))
			return row;
	return NULL;
}

const struct security_flavor *security_flavor_find(struct str name)
{
	return find(flavors, name);
}

const struct security_flavor *transport_mode_find(struct str name)
{
	return find(modes, name);
}

unsigned flavor_list_add(struct flavor_entry *entries, uint8_t *count,
			 const struct security_flavor *flavor, uint32_t flags)
{
	unsigned i = 0;

	while (i < *count && entries[i].flavor->number != flavor->number)
		i++;
	if (i == *count)
		entries[(*count)++] = (struct flavor_entry){ flavor, flags };
	return i;
}

unsigned flavor_list_run(const struct flavor_entry *entries, unsigned count,
			 unsigned first)
{
	unsigned end = first + 1;

	while (end < count && entries[end].flags == entries[first].flags)
		end++;
	return end - first;
}
