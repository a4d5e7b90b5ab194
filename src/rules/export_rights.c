#include "export_rights.h"

/* How hard it is to pretend to be somebody else with a flavor. */
static unsigned strength(const struct security_flavor *flavor)
{
	static const char *const names[] = { "sys", "krb5", "krb5i", "krb5p" };

	for (unsigned i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (security_flavor_find(str_of(names[i]))->number ==
		    flavor->number)
			return i + 1;
	return 0;
}

static unsigned rights_of(uint32_t flags)
{
	unsigned rights = 0;

	if (!(flags & (EXPORT_ROOT_SQUASH | EXPORT_ALL_SQUASH)))
		rights |= RIGHT_ROOT;
	if (flags & EXPORT_READ_ONLY)
		return rights;
	rights |= RIGHT_WRITE;
	if (!(flags & EXPORT_ALL_SQUASH))
		rights |= RIGHT_IDENTITY;
	return rights;
}

/* All that a policy gives to somebody who uses a flavor of that strength, or
 * a weaker one. */
static unsigned rights_up_to(const struct export_policy *policy, unsigned limit)
{
	struct flavor_entry flavors[SECURITY_FLAVORS_MAX];
	unsigned count = export_policy_flavors(policy, flavors), rights = 0;

	for (unsigned i = 0; i < count; i++)
		if (strength(flavors[i].flavor) <= limit)
			rights |= RIGHT_FLAVOR | rights_of(flavors[i].flags);
	return rights;
}

static bool allows_plain(const struct export_policy *policy)
{
	for (unsigned i = 0; i < policy->mode_count; i++)
		if (strcmp(policy->modes[i].flavor->name, "none") == 0)
			return true;
	return policy->mode_count == 0;
}

unsigned export_rights_beyond(const struct export_policy *lax,
			      const struct export_policy *strict)
{
	struct flavor_entry flavors[SECURITY_FLAVORS_MAX];
	unsigned count = export_policy_flavors(lax, flavors), beyond = 0;

	for (unsigned i = 0; i < count; i++) {
		unsigned limit = strength(flavors[i].flavor);

		beyond |= (RIGHT_FLAVOR | rights_of(flavors[i].flags)) &
			  ~rights_up_to(strict, limit);
	}
	if (allows_plain(lax) && !allows_plain(strict))
		beyond |= RIGHT_PLAIN;
	return beyond;
}

const char *export_right_text(unsigned rights)
{
	static const struct {
		unsigned right;
		const char *text;
	} rows[] = {
		{ RIGHT_ROOT, "act as root" },
		{ RIGHT_FLAVOR, "come in with weaker authentication" },
		{ RIGHT_PLAIN, "come in without TLS" },
		{ RIGHT_WRITE, "write" },
	};

	for (unsigned i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (rights & rows[i].right)
			return rows[i].text;
	return "write as any user";
}

static bool lists_agree(const struct flavor_entry *a,
			const struct flavor_entry *b, unsigned count)
{
	for (unsigned i = 0; i < count; i++)
		if (a[i].flavor->number != b[i].flavor->number ||
		    a[i].flags != b[i].flags)
			return false;
	return true;
}

bool export_policies_agree(const struct export_policy *a,
			   const struct export_policy *b)
{
	struct flavor_entry x[SECURITY_FLAVORS_MAX], y[SECURITY_FLAVORS_MAX];
	unsigned count = export_policy_flavors(a, x);

	return a == b ||
	       (count == export_policy_flavors(b, y) &&
		lists_agree(x, y, count) && a->mode_count == b->mode_count &&
		lists_agree(a->modes, b->modes, a->mode_count) &&
		a->flags == b->flags && a->anonuid == b->anonuid &&
		a->anongid == b->anongid && a->fsid == b->fsid &&
		str_equal(a->uuid, b->uuid) &&
		!a->mountpoint.data == !b->mountpoint.data &&
		str_equal(a->mountpoint, b->mountpoint) &&
		a->location_kind == b->location_kind &&
		str_equal(a->location, b->location) &&
		a->reexport == b->reexport);
}

static const char *flags_text(uint32_t flags)
{
	static const char *const texts[2][3] = {
		{ "rw,root_squash", "rw,no_root_squash", "rw,all_squash" },
		{ "ro,root_squash", "ro,no_root_squash", "ro,all_squash" },
	};

	return texts[flags & EXPORT_READ_ONLY ? 1 : 0]
		    [flags & EXPORT_ALL_SQUASH	  ? 2
		     : flags & EXPORT_ROOT_SQUASH ? 0
						  : 1];
}

const char *export_rights_text(struct arena *arena,
			       const struct export_policy *policy)
{
	struct flavor_entry flavors[SECURITY_FLAVORS_MAX];
	unsigned count = export_policy_flavors(policy, flavors);
	const char *text = "";

	if (count == 1 && strength(flavors[0].flavor) == 1)
		return flags_text(flavors[0].flags);
	for (unsigned i = 0; i < count; i++) {
		bool joined = i && flags_text(flavors[i].flags) ==
					   flags_text(flavors[i - 1].flags);

		text = joined ? arena_printf(arena, "%s:%s", text,
					     flavors[i].flavor->name)
			      : arena_printf(arena, "%s%s%s,sec=%s", text,
					     i ? " and " : "",
					     flags_text(flavors[i].flags),
					     flavors[i].flavor->name);
	}
	return text;
}
