#include "export_exposure.h"

#include "anonymous_ids.h"
#include "file_system_reach.h"
#include "flavor_sets.h"
#include "sensitive_places.h"

/* An export as who comes by one of its flavors finds it. */
struct door {
	const struct export_policy *policy;
	unsigned flavor; /* enum flavor_set */
	uint32_t flags;
	bool tls, certificate; /* are demanded */
	bool is_root_directory;
	const struct sensitive_place *place;
	enum file_system_reach disk;
};

static bool always(const struct door *door)
{
	(void)door;
	return true;
}

static bool writes(const struct door *door)
{
	return !(door->flags & EXPORT_READ_ONLY);
}

static bool is_claimed(const struct door *door)
{
	return door->flavor & (FLAVOR_SYS | FLAVOR_NONE);
}

static bool is_unproven(const struct door *door)
{
	return is_claimed(door) && !door->certificate;
}

static bool is_changeable(const struct door *door)
{
	return door->flavor == FLAVOR_KRB5 && !door->tls;
}

static bool may_be_anybody(const struct door *door)
{
	return door->flavor == FLAVOR_SYS && !(door->flags & EXPORT_ALL_SQUASH);
}

/* Without credentials everybody is squashed. */
static bool keeps_root(const struct door *door)
{
	return !(door->flags & (EXPORT_ROOT_SQUASH | EXPORT_ALL_SQUASH)) &&
	       door->flavor != FLAVOR_NONE;
}

/* With Kerberos whoever the server has no user for becomes the anonymous one,
 * even if nobody is squashed. */
static bool becomes_root(const struct door *door)
{
	return anonymous_id(door->policy, OPTION_ANONUID) == 0 ||
	       (keeps_root(door) && door->flavor == FLAVOR_SYS);
}

static bool gets_root_group(const struct door *door)
{
	return anonymous_id(door->policy, OPTION_ANONGID) == 0;
}

static bool is_clear(const struct door *door)
{
	return door->flavor != FLAVOR_KRB5P && !door->tls;
}

/* Nothing is gained where all users are the same anyway. */
static bool is_open_to_users(const struct door *door)
{
	return may_be_anybody(door) && door->flags & EXPORT_INSECURE_PORT;
}

static bool is_root_directory(const struct door *door)
{
	return door->is_root_directory;
}

static bool is_of_system(const struct door *door)
{
	return door->place && !door->place->if_sys;
}

static bool reaches_system(const struct door *door)
{
	return door->disk == REACH_SYSTEM;
}

static bool reaches_rest(const struct door *door)
{
	return door->disk == REACH_REST;
}

static bool has_homes(const struct door *door)
{
	return door->place != NULL;
}

static bool crosses_mounts(const struct door *door)
{
	return door->policy->flags & EXPORT_CROSSMOUNT;
}

/* Of the traits of a group the first that holds counts. */
static const struct {
	uint8_t group;
	bool (*holds)(const struct door *door);
} tests[EXPOSURE_TRAITS] = {
	[EXPOSES_READ] = { 1, always },
	[EXPOSES_WRITE] = { 2, writes },
	[EXPOSES_UNPROVEN] = { 3, is_unproven },
	[EXPOSES_CERTIFICATE] = { 3, is_claimed },
	[EXPOSES_CHANGEABLE] = { 3, is_changeable },
	[EXPOSES_USERS] = { 4, may_be_anybody },
	[EXPOSES_ROOT] = { 5, becomes_root },
	[EXPOSES_ROOT_TICKET] = { 5, keeps_root },
	[EXPOSES_ROOT_GROUP] = { 5, gets_root_group },
	[EXPOSES_CLEAR] = { 6, is_clear },
	[EXPOSES_PORTS] = { 7, is_open_to_users },
	[EXPOSES_ROOT_DIRECTORY] = { 8, is_root_directory },
	[EXPOSES_SYSTEM_DIRECTORY] = { 8, is_of_system },
	[EXPOSES_SYSTEM_DISK] = { 8, reaches_system },
	[EXPOSES_REST_OF_DISK] = { 8, reaches_rest },
	[EXPOSES_HOMES] = { 8, has_homes },
	[EXPOSES_MOUNTS] = { 9, crosses_mounts },
};

/* Fills the reasons without their tenths; returns their weight. */
static unsigned weigh(const struct door *door, struct export_exposure *exposure)
{
	unsigned weight = 0, group = 0;

	exposure->count = 0;
	for (unsigned i = 0; i < EXPOSURE_TRAITS; i++) {
		if (tests[i].group == group || !tests[i].holds(door))
			continue;
		group = tests[i].group;
		weight += exposure_traits[i].weight;
		exposure->reasons[exposure->count++] =
			(struct export_reason){ .trait = (uint8_t)i };
	}
	return weight;
}

static void count_tenths(struct export_exposure *exposure)
{
	unsigned share = exposure_clients[exposure->clients].weight;
	uint16_t weights[EXPORT_REASONS_MAX];
	uint8_t tenths[EXPORT_REASONS_MAX];

	for (unsigned i = 0; i < exposure->count; i++)
		weights[i] = exposure_traits[exposure->reasons[i].trait].weight;
	exposure->tenths = (uint8_t)exposure_divide(weights, exposure->count,
						    share, 100, tenths);
	for (unsigned i = 0; i < exposure->count; i++)
		exposure->reasons[i].tenths = tenths[i];
}

/* Of gss/krb5p the flavor stands in the name. */
static unsigned ticket_flavor(const struct rule_run *run,
			      const struct export_entry *entry)
{
	static const struct {
		const char *client;
		unsigned flavor;
	} rows[] = { { "gss/krb5i", FLAVOR_KRB5I },
		     { "gss/krb5p", FLAVOR_KRB5P } };

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (str_is(rule_client(run, entry)->name, rows[i].client))
			return rows[i].flavor;
	return FLAVOR_KRB5;
}

void export_exposure_find(const struct rule_run *run,
			  const struct export_entry *entry,
			  enum exposure_clients clients,
			  struct export_exposure *exposure)
{
	const struct export_policy *policy = rule_policy(run, entry);
	struct flavor_entry flavors[SECURITY_FLAVORS_MAX];
	unsigned count = export_policy_flavors(policy, flavors), most = 0;
	struct door door = {
		.policy = policy,
		.tls = needs_tls(run->table, policy),
		.is_root_directory = str_is(path_of(run, entry), "/"),
		.place = sensitive_place_of(policy, path_of(run, entry)),
		.disk = file_system_reach_of(run, entry),
	};

	door.certificate = door.tls && needs_certificate(policy);
	*exposure = (struct export_exposure){
		.entry = entry,
		.clients = (uint8_t)clients,
		.disk_known = door.disk != REACH_UNKNOWN,
	};
	for (unsigned i = 0; i < count; i++) {
		struct export_exposure one = *exposure;
		unsigned weight;

		door.flags = flavors[i].flags;
		door.flavor = clients == CLIENTS_TICKETS
				      ? ticket_flavor(run, entry)
				      : flavor_set_of_one(flavors[i].flavor);
		weight = weigh(&door, &one);
		if (weight <= most)
			continue;
		*exposure = one;
		most = weight;
	}
	count_tenths(exposure);
}
