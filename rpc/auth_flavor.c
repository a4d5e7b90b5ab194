#include "auth_flavor.h"

const char *auth_flavor_name(struct arena *arena, uint32_t flavor)
{
	static const struct {
		uint32_t flavor;
		const char *name;
	} names[] = {
		{ AUTH_FLAVOR_NONE, "none" },	{ AUTH_FLAVOR_SYS, "sys" },
		{ AUTH_FLAVOR_KRB5, "krb5" },	{ AUTH_FLAVOR_KRB5I, "krb5i" },
		{ AUTH_FLAVOR_KRB5P, "krb5p" },
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (names[i].flavor == flavor)
			return names[i].name;
	return arena_printf(arena, "%u", flavor);
}
