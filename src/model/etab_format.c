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

/* Each writer appends its options, a comma behind each. */
typedef void option_writer(struct strbuf *out, const struct export_policy *policy);

static void write_text(struct strbuf *out, const char *text)
{
	strbuf_add_text(out, text);
	strbuf_add_char(out, ',');
}

static void write_flags(struct strbuf *out, const struct export_policy *policy,
			bool listing)
{
	for (int i = 0; i < EXPORT_OPTIONS; i++) {
		const struct export_option *row = &export_options[i];
		enum option_shown shown = listing ? row->listing : row->etab;
		bool set = policy->flags & row->flag;

		if (row->flag && shown != SHOWN_NEVER &&
		    (set || shown == SHOWN_ALWAYS))
			write_text(out, set ? row->set : row->clear);
	}
}

static void write_flags_etab(struct strbuf *out,
			     const struct export_policy *policy)
{
	write_flags(out, policy, false);
}

static void write_flags_listing(struct strbuf *out,
				const struct export_policy *policy)
{
	write_flags(out, policy, true);
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

static void write_location_etab(struct strbuf *out,
				const struct export_policy *policy)
{
	if (policy->location_kind == LOCATION_NONE)
		return;
	strbuf_add_text(out, location_name(policy));
	etab_format_path(out, policy->location);
	strbuf_add_char(out, ',');
}

static void write_location_listing(struct strbuf *out,
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

static void write_squash(struct strbuf *out, const struct export_policy *policy)
{
	uint32_t count = policy->squash_uids.count;

	write_ranges(out, "squash_uids=", policy->squash_uids, count);
	write_ranges(out, "squash_gids=", policy->squash_gids, count);
}

static void write_anonymous(struct strbuf *out,
			    const struct export_policy *policy)
{
	strbuf_printf(out, "anonuid=%d,anongid=%d,", policy->anonuid,
		      policy->anongid);
}

static void write_anonymous_unusual(struct strbuf *out,
				    const struct export_policy *policy)
{
	if (policy->anonuid != ANONYMOUS_ID)
		strbuf_printf(out, "anonuid=%d,", policy->anonuid);
	if (policy->anongid != ANONYMOUS_ID)
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

/* sec= and xprtsec=, which end both formats. */
static void write_security(struct strbuf *out,
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

static void write_all(struct strbuf *out, const struct export_policy *policy,
		      const struct export_rules *rules,
		      option_writer *const *writers)
{
	for (; *writers; writers++)
		(*writers)(out, policy);
	write_security(out, policy, rules);
}

void etab_format_options(struct strbuf *out, const struct export_policy *policy,
			 const struct export_rules *rules)
{
	static option_writer *const writers[] = {
		write_flags_etab,    write_fsid,	  write_reexport,
		write_mountpoint,    write_location_etab, write_squash,
		write_anonymous,     NULL,
	};

	write_all(out, policy, rules, writers);
}

void etab_format_listing(struct strbuf *out, const struct export_policy *policy,
			 const struct export_rules *rules)
{
	static option_writer *const writers[] = {
		write_flags_listing, write_fsid,
		write_reexport,	     write_mountpoint,
		write_anonymous_unusual, write_location_listing,
		NULL,
	};

	write_all(out, policy, rules, writers);
}
