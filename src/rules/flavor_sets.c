#include "flavor_sets.h"

unsigned flavor_set_of_one(const struct security_flavor *flavor)
{
	static const struct {
		uint32_t number, set;
	} sets[] = { { 0, FLAVOR_NONE },
		     { 1, FLAVOR_SYS },
		     { 390003, FLAVOR_KRB5 },
		     { 390004, FLAVOR_KRB5I },
		     { 390005, FLAVOR_KRB5P } };

	for (size_t i = 0; i < sizeof(sets) / sizeof(*sets); i++)
		if (sets[i].number == flavor->number)
			return sets[i].set;
	return 0;
}

unsigned flavor_set_of(const struct export_policy *policy)
{
	struct flavor_entry flavors[SECURITY_FLAVORS_MAX];
	unsigned count = export_policy_flavors(policy, flavors), set = 0;

	for (unsigned i = 0; i < count; i++)
		set |= flavor_set_of_one(flavors[i].flavor);
	return set;
}

bool has_mode(const struct export_policy *policy, const char *mode)
{
	for (unsigned i = 0; i < policy->mode_count; i++)
		if (strcmp(policy->modes[i].flavor->name, mode) == 0)
			return true;
	return false;
}

bool tls_is_known(const struct export_table *table)
{
	const struct target *target = &table->input.rules.target;

	return target->nfs_utils >= VERSION_NUMBER(2, 6, 3) &&
	       target->kernel >= VERSION_NUMBER(6, 4, 0);
}

bool needs_tls(const struct export_table *table,
	       const struct export_policy *policy)
{
	return policy->mode_count && !has_mode(policy, "none") &&
	       tls_is_known(table);
}

bool needs_certificate(const struct export_policy *policy)
{
	return policy->mode_count == 1 && has_mode(policy, "mtls");
}

bool any_writes(const struct export_policy *policy)
{
	struct flavor_entry flavors[SECURITY_FLAVORS_MAX];
	unsigned count = export_policy_flavors(policy, flavors);

	for (unsigned i = 0; i < count; i++)
		if (!(flavors[i].flags & EXPORT_READ_ONLY))
			return true;
	return false;
}
