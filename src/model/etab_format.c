#include "etab_format.h"

#include "export_options.h"

enum { ANONYMOUS_ID = 65534 };

void etab_format_path(struct strbuf *out, struct str path)
{
	size_t plain = 0;

	for (size_t i = 0; i < path.length; i++) {
		unsigned char c = (unsigned char)path.data[i];

		if (c > ' ' && c != 0x7f && c != '"' && c != '\\' && c != '#')
			continue;
		strbuf_add(out, (struct str){ path.data + plain, i - plain });
		strbuf_printf(out, "\\%03o", c);
		plain = i + 1;
	}
	strbuf_add(out, str_skip(path, plain));
}

static void write_fsid(struct strbuf *out, const struct export_policy *policy)
{
	if (policy->flags & EXPORT_FSID)
		strbuf_printf(out, "fsid=%d,", policy->fsid);
	if (policy->uuid.data) {
		strbuf_add_text(out, "fsid=");
		strbuf_add(out, policy->uuid);
		strbuf_add_char(out, ',');
	}
}

static void write_reexport(struct strbuf *out,
			   const struct export_policy *policy)
{
	static const char *const modes[] = {
		[REEXPORT_NONE] = "",
		[REEXPORT_AUTO_FSIDNUM] = "reexport=auto-fsidnum,",
		[REEXPORT_PREDEFINED_FSIDNUM] = "reexport=predefined-fsidnum,",
	};

	strbuf_add_text(out, modes[policy->reexport]);
}

static void write_mountpoint(struct strbuf *out,
			     const struct export_policy *policy)
{
	if (!policy->mountpoint.data)
		return;
	strbuf_add_text(out, policy->mountpoint.length ? "mountpoint="
						       : "mountpoint");
	strbuf_add(out, policy->mountpoint);
	strbuf_add_char(out, ',');
}

static const char *location_name(const struct export_policy *policy)
{
	return policy->location_kind == LOCATION_REFER ? "refer=" : "replicas=";
}

static void write_location(struct strbuf *out,
			   const struct export_policy *policy)
{
	if (policy->location_kind == LOCATION_NONE)
		return;
	strbuf_add_text(out, location_name(policy));
	etab_format_path(out, policy->location);
	strbuf_add_char(out, ',');
}

/* exportfs -v does not escape it. */
static void write_location_raw(struct strbuf *out,
			       const struct export_policy *policy)
{
	if (policy->location_kind == LOCATION_NONE)
		return;
	strbuf_add_text(out, location_name(policy));
	strbuf_add(out, policy->location);
	strbuf_add_char(out, ',');
}

/* nfs-utils writes as many ranges of gids as there are of uids: none of the
 * gids without squash_uids=. With fewer gids it reads past their end; here
 * the list ends then. */
static void write_ranges(struct strbuf *out, const char *name,
			 struct id_ranges ranges, uint32_t count)
{
	if (!ranges.count)
		return;
	strbuf_add_text(out, name);
	for (uint32_t i = 0; i < count && i < ranges.count; i++) {
		strbuf_printf(out, "%d", ranges.items[i].first);
		if (ranges.items[i].last != ranges.items[i].first)
			strbuf_printf(out, "-%d", ranges.items[i].last);
		strbuf_add_char(out, ',');
	}
}

static void write_squash_uids(struct strbuf *out,
			      const struct export_policy *policy)
{
	write_ranges(out, "squash_uids=", policy->squash_uids,
		     policy->squash_uids.count);
}

static void write_squash_gids(struct strbuf *out,
			      const struct export_policy *policy)
{
	write_ranges(out, "squash_gids=", policy->squash_gids,
		     policy->squash_uids.count);
}

static void write_anonuid(struct strbuf *out,
			  const struct export_policy *policy)
{
	strbuf_printf(out, "anonuid=%d,", policy->anonuid);
}

static void write_anongid(struct strbuf *out,
			  const struct export_policy *policy)
{
	strbuf_printf(out, "anongid=%d,", policy->anongid);
}

void etab_format_flavor_flags(struct strbuf *out, uint32_t flags, uint32_t mask)
{
	for (int i = 0; i < EXPORT_OPTIONS; i++) {
		const struct export_option *row = &export_options[i];

		if (!row->per_flavor || !(row->flag & mask))
			continue;
		strbuf_add_char(out, ',');
		strbuf_add_text(out, flags & row->flag ? row->set : row->clear);
	}
}

/* Appends "NAME=a:b" for the run that begins at first; gives its length. */
static unsigned write_run(struct strbuf *out, const char *name,
			  const struct flavor_entry *entries, unsigned count,
			  unsigned first)
{
	unsigned run = flavor_list_run(entries, count, first);

	for (unsigned i = first; i < first + run; i++) {
		strbuf_add_text(out, i == first ? name : ":");
		strbuf_add_text(out, entries[i].flavor->name);
	}
	return run;
}

void etab_format_security(struct strbuf *out,
			  const struct export_policy *policy,
			  const struct export_rules *rules)
{
	struct flavor_entry flavors[SECURITY_FLAVORS_MAX];
	unsigned count = export_policy_flavors(policy, flavors);

	for (unsigned i = 0; i < count;) {
		uint32_t flags = flavors[i].flags;

		i += write_run(out, i ? ",sec=" : "sec=", flavors, count, i);
		etab_format_flavor_flags(out, flags, rules->flavor_mask);
	}
	for (unsigned i = 0; i < policy->mode_count;)
		i += write_run(out, ",xprtsec=", policy->modes,
			       policy->mode_count, i);
}

/* Appends a value option with a comma, or nothing if it is not set. */
typedef void value_writer(struct strbuf *out,
			  const struct export_policy *policy);

/* refer= and replicas= share a slot and a writer. */
static value_writer *const value_writers[EXPORT_OPTIONS] = {
	[OPTION_FSID] = write_fsid,
	[OPTION_REEXPORT] = write_reexport,
	[OPTION_MOUNTPOINT] = write_mountpoint,
	[OPTION_REFER] = write_location,
	[OPTION_SQUASH_UIDS] = write_squash_uids,
	[OPTION_SQUASH_GIDS] = write_squash_gids,
	[OPTION_ANONUID] = write_anonuid,
	[OPTION_ANONGID] = write_anongid,
};

void etab_format_option(struct strbuf *out, const struct export_policy *policy,
			enum export_option_id id)
{
	const struct export_option *row = &export_options[id];

	if (value_writers[id]) {
		value_writers[id](out, policy);
	} else if (row->flag && (policy->flags & row->flag || row->clear)) {
		strbuf_add_text(out, policy->flags & row->flag ? row->set
							       : row->clear);
		strbuf_add_char(out, ',');
	}
}

void etab_format_options(struct strbuf *out, const struct export_policy *policy,
			 const struct export_rules *rules)
{
	for (int id = 0; id < EXPORT_OPTIONS; id++)
		etab_format_option(out, policy, (enum export_option_id)id);
	etab_format_security(out, policy, rules);
}

/* The flags of exportfs -v in its order; it writes most of them only when they
 * are set. */
static const struct {
	enum export_option_id id;
	bool always;
} listed_flags[] = {
	{ OPTION_ASYNC, true },		 { OPTION_WDELAY, true },
	{ OPTION_NOHIDE, true },	 { OPTION_CROSSMNT, false },
	{ OPTION_SUBTREE_CHECK, false }, { OPTION_INSECURE_LOCKS, false },
	{ OPTION_NORDIRPLUS, false },	 { OPTION_SECURITY_LABEL, false },
	{ OPTION_SIGN_FH, false },	 { OPTION_NO_ACL, false },
	{ OPTION_PNFS, false },
};

void etab_format_listing(struct strbuf *out, const struct export_policy *policy,
			 const struct export_rules *rules)
{
	for (size_t i = 0; i < sizeof(listed_flags) / sizeof(*listed_flags);
	     i++) {
		enum export_option_id id = listed_flags[i].id;

		if (listed_flags[i].always ||
		    policy->flags & export_options[id].flag)
			etab_format_option(out, policy, id);
	}
	write_fsid(out, policy);
	write_reexport(out, policy);
	write_mountpoint(out, policy);
	if (policy->anonuid != ANONYMOUS_ID)
		write_anonuid(out, policy);
	if (policy->anongid != ANONYMOUS_ID)
		write_anongid(out, policy);
	write_location_raw(out, policy);
	etab_format_security(out, policy, rules);
}
