#include "export_options.h"

#include "array.h"
#include "edit_distance.h"
#include "number.h"

static bool refuse(struct option_reader *reader, enum export_problem problem,
		   const char *message)
{
	reader->problem = problem;
	reader->message = message;
	return false;
}

void option_change_flag(struct option_reader *reader, uint32_t flag, bool set)
{
	struct export_policy *policy = reader->policy;

	policy->flags = set ? policy->flags | flag : policy->flags & ~flag;
	for (unsigned i = 0; i < policy->flavor_count; i++) {
		uint32_t *of = &policy->flavors[i].flags;

		if (reader->active & (1u << i))
			*of = set ? *of | flag : *of & ~flag;
	}
}

static bool read_anonymous_id(struct option_reader *reader, int32_t *id)
{
	int64_t value;

	if (!number_strtol(reader->value, &value))
		return refuse(reader, PROBLEM_BAD_ANON_ID,
			      "must be a decimal number");
	*id = (int32_t)value;
	return true;
}

static bool read_anonuid(struct option_reader *reader)
{
	return read_anonymous_id(reader, &reader->policy->anonuid);
}

static bool read_anongid(struct option_reader *reader)
{
	return read_anonymous_id(reader, &reader->policy->anongid);
}

static bool is_hex_digit(char c)
{
	return ascii_is_digit(c) ||
	       (ascii_lower(c) >= 'a' && ascii_lower(c) <= 'f');
}

/* A UUID is whatever has 32 hexadecimal digits. */
static bool is_uuid(struct str text)
{
	unsigned digits = 0;

	for (size_t i = 0; i < text.length; i++)
		digits += is_hex_digit(text.data[i]);
	return digits == 32;
}

/* Number first: a UUID of decimal digits is taken for a number, and of any
 * other its leading number is kept as well. */
static bool read_fsid(struct option_reader *reader)
{
	struct export_policy *policy = reader->policy;
	uint64_t number;
	bool whole;

	if (reader->saw_reexport)
		return refuse(reader, PROBLEM_BAD_REEXPORT,
			      "must come before reexport=");
	if (str_is(reader->value, "root")) {
		policy->fsid = 0;
		option_change_flag(reader, EXPORT_FSID, true);
		return true;
	}
	whole = number_strtoul(reader->value, &number);
	policy->fsid = (int32_t)number;
	if (whole)
		option_change_flag(reader, EXPORT_FSID, true);
	else if (is_uuid(reader->value))
		policy->uuid = reader->value;
	else
		return refuse(reader, PROBLEM_BAD_FSID,
			      "must be a number, \"root\" or a UUID");
	return true;
}

static const struct {
	const char *name;
	enum reexport_mode mode;
} reexport_modes[] = {
	{ "none", REEXPORT_NONE },
	{ "auto-fsidnum", REEXPORT_AUTO_FSIDNUM },
	{ "predefined-fsidnum", REEXPORT_PREDEFINED_FSIDNUM },
};

static bool read_reexport(struct option_reader *reader)
{
	if (reader->saw_reexport)
		return refuse(reader, PROBLEM_BAD_REEXPORT,
			      "may stand only once in a list");
	for (size_t i = 0; i < sizeof(reexport_modes) / sizeof(*reexport_modes);
	     i++) {
		if (!str_is(reader->value, reexport_modes[i].name))
			continue;
		reader->policy->reexport = (uint8_t)reexport_modes[i].mode;
		if (reader->policy->fsid)
			option_change_flag(reader, EXPORT_FSID, true);
		reader->saw_reexport = true;
		return true;
	}
	return refuse(reader, PROBLEM_BAD_REEXPORT,
		      "must be auto-fsidnum, predefined-fsidnum or "
		      "none");
}

static bool read_mountpoint(struct option_reader *reader)
{
	reader->policy->mountpoint = reader->value;
	return true;
}

static bool read_location(struct option_reader *reader, enum location_kind kind)
{
	reader->policy->location_kind = (uint8_t)kind;
	reader->policy->location = reader->value;
	return true;
}

static bool read_refer(struct option_reader *reader)
{
	return read_location(reader, LOCATION_REFER);
}

static bool read_replicas(struct option_reader *reader)
{
	return read_location(reader, LOCATION_REPLICAS);
}

/* Takes an optional "-" and digits off text, as atoi(3) reads them. */
static int32_t take_id(struct str *text)
{
	size_t length = text->length && text->data[0] == '-';
	int64_t value;

	while (length < text->length && ascii_is_digit(text->data[length]))
		length++;
	if (!number_strtol((struct str){ text->data, length }, &value))
		value = 0;
	*text = str_skip(*text, length);
	return (int32_t)value;
}

/* One id or range; a comma would have ended the option. */
static bool read_ids(struct option_reader *reader, struct id_ranges *ranges)
{
	struct str text = reader->value;
	struct id_range range = { 0 };
	struct id_range *items;

	range.first = range.last = take_id(&text);
	if (text.length && text.data[0] == '-') {
		text = str_skip(text, 1);
		range.last = take_id(&text);
	}
	if (range.first == -1 || range.last == -1)
		return refuse(reader, PROBLEM_BAD_SQUASH_RANGE,
			      "may not name the id -1");
	if (text.length && text.data[0] != ')')
		return refuse(reader, PROBLEM_BAD_SQUASH_RANGE,
			      "must be an id or a range of ids");
	items = arena_alloc_array(reader->arena, ranges->count + 1u,
				  sizeof(*items));
	if (ranges->count)
		memcpy(items, ranges->items, ranges->count * sizeof(*items));
	items[ranges->count++] = range;
	ranges->items = items;
	return true;
}

static bool read_squash_uids(struct option_reader *reader)
{
	return read_ids(reader, &reader->policy->squash_uids);
}

static bool read_squash_gids(struct option_reader *reader)
{
	return read_ids(reader, &reader->policy->squash_gids);
}

/* Takes the text up to the next colon off list; false behind the last. */
static bool take_element(struct str *list, struct str *element)
{
	if (!list->data)
		return false;
	*element = *list;
	element->length = str_find(*list, ':');
	*list = element->length < list->length
			? str_skip(*list, element->length + 1)
			: (struct str){ 0 };
	return true;
}

static bool refuse_element(struct option_reader *reader,
			   enum export_problem problem, const char *what,
			   struct str element, const char *known)
{
	return refuse(reader, problem,
		      arena_printf(reader->arena,
				   "has an unknown %s \"%.*s\"; known "
				   "are %s",
				   what, STR_ARG(element), known));
}

static bool read_sec(struct option_reader *reader)
{
	struct export_policy *policy = reader->policy;
	struct str list = reader->value, element;

	reader->active = 0;
	while (take_element(&list, &element)) {
		const struct security_flavor *flavor =
			security_flavor_find(element);

		if (!flavor)
			return refuse_element(
				reader, PROBLEM_UNKNOWN_FLAVOR,
				"security flavor", element,
				"sys, krb5, krb5i, krb5p and none");
		reader->active |= 1u << flavor_list_add(policy->flavors,
							&policy->flavor_count,
							flavor, policy->flags);
	}
	return true;
}

static bool read_xprtsec(struct option_reader *reader)
{
	struct export_policy *policy = reader->policy;
	struct str list = reader->value, element;

	while (take_element(&list, &element)) {
		const struct security_flavor *mode =
			transport_mode_find(element);

		if (!mode)
			return refuse_element(
				reader, PROBLEM_UNKNOWN_XPRTSEC_MODE, "mode",
				element, "none, tls and mtls");
		flavor_list_add(policy->modes, &policy->mode_count, mode,
				policy->flags);
	}
	return true;
}

const struct export_option export_options[EXPORT_OPTIONS] = {
	[OPTION_READ_ONLY] = {
		.set = "ro", .clear = "rw", .json = "ro",
		.flag = EXPORT_READ_ONLY, .per_flavor = true,
		.text = "clients may only read (default)",
	},
	[OPTION_ASYNC] = {
		.set = "async", .clear = "sync", .json = "async",
		.flag = EXPORT_ASYNC,
		.text = "answer writes before they are on disk",
	},
	[OPTION_WDELAY] = {
		.set = "wdelay", .clear = "no_wdelay", .json = "wdelay",
		.flag = EXPORT_GATHERED_WRITES,
		.text = "wait a little for related writes (default)",
	},
	[OPTION_NOHIDE] = {
		.set = "nohide", .clear = "hide", .json = "nohide",
		.flag = EXPORT_NOHIDE,
		.text = "NFSv3 clients see this mount inside its parent",
	},
	[OPTION_CROSSMNT] = {
		.set = "crossmnt", .clear = "nocrossmnt", .json = "crossmnt",
		.flag = EXPORT_CROSSMOUNT,
		.text = "file systems mounted below are exported as well",
	},
	[OPTION_INSECURE] = {
		.set = "insecure", .clear = "secure", .json = "insecure",
		.flag = EXPORT_INSECURE_PORT, .per_flavor = true,
		.text = "requests may come from source ports above 1023",
	},
	[OPTION_ROOT_SQUASH] = {
		.set = "root_squash", .clear = "no_root_squash",
		.json = "root_squash",
		.flag = EXPORT_ROOT_SQUASH, .per_flavor = true,
		.text = "uid 0 and gid 0 become anonymous (default)",
	},
	[OPTION_ALL_SQUASH] = {
		.set = "all_squash", .clear = "no_all_squash",
		.json = "all_squash",
		.flag = EXPORT_ALL_SQUASH, .per_flavor = true,
		.text = "every uid and gid becomes anonymous",
	},
	[OPTION_SUBTREE_CHECK] = {
		.set = "no_subtree_check", .clear = "subtree_check",
		.json = "subtree_check", .json_is_clear = true,
		.flag = EXPORT_NO_SUBTREE_CHECK,
		.text = "do not check that a file lies in the exported "
			"directory (default)",
	},
	[OPTION_INSECURE_LOCKS] = {
		.set = "insecure_locks", .set_alias = "no_auth_nlm",
		.clear = "secure_locks", .clear_alias = "auth_nlm",
		.json = "insecure_locks",
		.flag = EXPORT_NO_AUTH_NLM,
		.text = "lock requests need no access to the file",
	},
	[OPTION_NO_ACL] = {
		.set = "no_acl", .clear = "acl",
		.json = "acl", .json_is_clear = true,
		.flag = EXPORT_NO_ACL,
		.text = "hide ACLs from NFSv3 clients; today's kernels "
			"ignore it",
	},
	[OPTION_NORDIRPLUS] = {
		.set = "nordirplus", .json = "nordirplus",
		.flag = EXPORT_NO_READDIRPLUS,
		.since = VERSION_NUMBER(1, 3, 1),
		.text = "refuse READDIRPLUS of NFSv3",
	},
	[OPTION_SECURITY_LABEL] = {
		.set = "security_label", .json = "security_label",
		.flag = EXPORT_SECURITY_LABEL,
		.since = VERSION_NUMBER(1, 3, 5),
		.text = "NFSv4.2 clients may set security labels",
	},
	[OPTION_SIGN_FH] = {
		.set = "sign_fh", .json = "sign_fh",
		.flag = EXPORT_SIGN_FH,
		.since = VERSION_NUMBER(2, 9, 1),
		.text = "sign file handles",
	},
	[OPTION_PNFS] = {
		.set = "pnfs", .clear = "no_pnfs", .json = "pnfs",
		.flag = EXPORT_PNFS, .since = VERSION_NUMBER(1, 3, 3),
		.text = "NFSv4.1 clients may reach the storage directly",
	},
	[OPTION_FSID] = {
		.set = "fsid", .json = "fsid", .read = read_fsid,
		.text = "identify the file system by a number or UUID; 0 "
			"is the NFSv4 root",
	},
	[OPTION_REEXPORT] = {
		.set = "reexport", .json = "reexport", .read = read_reexport,
		.since = VERSION_NUMBER(2, 6, 3),
		.text = "how file systems of another NFS server get an fsid",
	},
	[OPTION_MOUNTPOINT] = {
		.set = "mountpoint", .set_alias = "mp", .json = "mountpoint",
		.read = read_mountpoint, .bare = true,
		.text = "export only while something is mounted there",
	},
	[OPTION_REFER] = {
		.set = "refer", .json = "refer", .read = read_refer,
		.text = "send NFSv4 clients to another server",
	},
	[OPTION_REPLICAS] = {
		.set = "replicas", .json = "replicas", .read = read_replicas,
		.text = "name other servers that have the same files",
	},
	[OPTION_SQUASH_UIDS] = {
		.set = "squash_uids", .json = "squash_uids",
		.read = read_squash_uids,
		.text = "a leftover without effect",
	},
	[OPTION_SQUASH_GIDS] = {
		.set = "squash_gids", .json = "squash_gids",
		.read = read_squash_gids,
		.text = "a leftover without effect",
	},
	[OPTION_ANONUID] = {
		.set = "anonuid", .json = "anonuid", .read = read_anonuid,
		.text = "the uid of squashed users (65534)",
	},
	[OPTION_ANONGID] = {
		.set = "anongid", .json = "anongid", .read = read_anongid,
		.text = "the gid of squashed users (65534)",
	},
	[OPTION_SEC] = {
		.set = "sec", .json = "sec", .read = read_sec,
		.text = "the security flavors that clients may use (sys)",
	},
	[OPTION_XPRTSEC] = {
		.set = "xprtsec", .json = "xprtsec", .read = read_xprtsec,
		.since = VERSION_NUMBER(2, 6, 3),
		.text = "the transport security that clients may use (any)",
	},
};

static bool is_name(struct str name, const char *spelling)
{
	return spelling && str_is(name, spelling);
}

const struct export_option *export_option_find(struct str name, bool *clears)
{
	for (int i = 0; i < EXPORT_OPTIONS; i++) {
		const struct export_option *row = &export_options[i];

		*clears = is_name(name, row->clear) ||
			  is_name(name, row->clear_alias);
		if (*clears || is_name(name, row->set) ||
		    is_name(name, row->set_alias))
			return row;
	}
	return NULL;
}

const char *export_option_nearest(struct arena *arena, struct str name)
{
	ARRAY(const char *) names = { 0 };

	for (int i = 0; i < EXPORT_OPTIONS; i++) {
		const struct export_option *row = &export_options[i];
		const char *const spellings[] = { row->set, row->set_alias,
						  row->clear,
						  row->clear_alias };

		for (int k = 0; k < 4; k++)
			if (spellings[k])
				*ARRAY_ADD(arena, &names) = spellings[k];
	}
	return edit_distance_nearest(name, names.items, names.count,
				     edit_distance_tolerance(name));
}
