#include "option_lists.h"

/* Up to the next colon outside brackets. */
static struct str take_place(struct str *rest)
{
	struct str place = { rest->data, 0 };
	bool bracket = false;

	while (place.length < rest->length &&
	       (bracket || rest->data[place.length] != ':')) {
		char c = rest->data[place.length++];

		bracket = c == '[' || (bracket && c != ']');
	}
	*rest = str_skip(*rest, place.length + (place.length < rest->length));
	return place;
}

static bool is_place(struct str place)
{
	size_t at = str_find(place, '@');
	struct str hosts;

	if (!place.length || place.data[0] != '/' || at + 1 >= place.length)
		return false;
	hosts = str_skip(place, at + 1);
	while (hosts.length) {
		size_t length = str_find(hosts, '+');

		if (!length || length + 1 == hosts.length)
			return false;
		hosts = str_skip(hosts, length + (length < hosts.length));
	}
	return true;
}

/* The first place that mountd skips. */
static bool find_bad_place(struct str location, struct str *place)
{
	*place = STR("refer=");
	if (!location.length)
		return true;
	while (location.length) {
		*place = take_place(&location);
		if (!is_place(*place))
			return true;
	}
	return false;
}

static void check_group(struct rule_run *run, const struct client_group *group)
{
	const struct export_entry *entry = group->entry;
	const struct export_policy *policy = rule_policy(run, entry);
	struct finding *finding;
	struct str place;

	if (policy->location_kind == LOCATION_NONE ||
	    !find_bad_place(policy->location, &place))
		return;
	finding = rule_report(
		run, entry,
		export_entry_option_span(run->arena, run->table, entry,
					 policy->location_kind == LOCATION_REFER
						 ? OPTION_REFER
						 : OPTION_REPLICAS),
		"`%.*s` sends clients of %.*s nowhere: a place is written "
		"/path@host",
		STR_ARG(place),
		STR_ARG(export_entry_path(run->arena, run->table, entry)));
	finding->fix.description = "write `/path@host`";
}

static void check(struct rule_run *run)
{
	client_groups_each(run, check_group);
}

const struct rule rule_referral_invalid = {
	.slug = "referral-invalid",
	.severity = SEVERITY_MEDIUM,
	.traits = TRAIT_ALL,
	.summary = "refer= or replicas= in a form that mountd skips",
	.rationale = "exportfs takes any text. mountd reads it when a client "
		     "comes, as path@host, several hosts joined by +, several "
		     "places by a colon, and skips what has another form; the "
		     "client then finds nothing.",
	.remedy = "Write refer=/path@host, with IPv6 addresses in brackets.",
	.bad = "/srv/moved 10.1.0.0/24(ro,refer=server2:/srv/data)\n",
	.good = "/srv/moved 10.1.0.0/24(ro,refer=/srv/data@server2+server3)\n",
	.references = (const char *const[]){ "exports(5), General Options",
					     "RFC 7530, section 8.4", NULL },
	.check_table = check,
};
