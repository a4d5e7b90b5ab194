#include "boot_order.h"
#include "client_rules.h"
#include "local_server.h"

enum { RELATED_MAX = 100 };

/* The names that are in danger, each once, with an entry of theirs. */
struct names {
	struct text_set set;
	ARRAY(const struct export_entry *) entries;
};

static void find_names(struct rule_run *run, const struct boot_order *order,
		       struct names *names)
{
	for (size_t i = 0; i < run->table->entries.count; i++) {
		const struct export_entry *entry =
			&run->table->entries.items[i];
		struct str host;

		if (!boot_order_concerns(run->arena, order, run->table, entry))
			continue;
		host = export_entry_host(run->arena, run->table, entry);
		if (text_set_add(run->arena, &names->set, host) ==
		    names->entries.count)
			*ARRAY_ADD(run->arena, &names->entries) = entry;
	}
}

/* Why names may not be known yet when exportfs runs. */
static const char *cause_of(struct arena *arena, const struct boot_order *order)
{
	static const char *const causes[] = {
		[BOOT_UNORDERED] =
			"nfs-server.service does not wait for the network",
		[BOOT_NOT_WANTED] = "nfs-server.service waits for "
				    "network-online.target only if something "
				    "else starts it",
		[BOOT_NOT_WAITED] = "no service is enabled that waits for the "
				    "network (network-online.target.wants)",
	};

	if (order->gap == BOOT_RESOLVER)
		return arena_printf(arena,
				    "nfs-server.service is not ordered behind "
				    "what answers names here (%s)",
				    order->resolver);
	return causes[order->gap];
}

static const char *const fixes[] = {
	[BOOT_UNORDERED] = "write `Wants=` and `After=network-online.target` "
			   "in a drop-in, or the names in /etc/hosts",
	[BOOT_NOT_WANTED] = "write `Wants=network-online.target` in a drop-in, "
			    "or the names in /etc/hosts",
	[BOOT_NOT_WAITED] = "enable the service of your network that waits, "
			    "or write the names in /etc/hosts",
	[BOOT_RESOLVER] = "write `After=nss-lookup.target` in a drop-in, or "
			  "the names in /etc/hosts",
};

static struct finding *report(struct rule_run *run,
			      const struct boot_order *order,
			      const struct names *names)
{
	const struct export_entry *first = names->entries.items[0];
	struct str host = export_entry_host(run->arena, run->table, first);
	size_t others = names->entries.count - 1;
	const char *cause = cause_of(run->arena, order);
	struct finding *finding;

	if (!others)
		return rule_report(
			run, first, client_host_span(run, first),
			"at boot exportfs may drop %.*s without a word, and "
			"nothing exports to it again until somebody reloads: "
			"%s",
			STR_ARG(host), cause);
	finding = rule_report(
		run, first, client_host_span(run, first),
		"at boot exportfs may drop %.*s and %zu other host name%s "
		"without a word, and nothing exports to them again until "
		"somebody reloads: %s",
		STR_ARG(host), others, others == 1 ? "" : "s", cause);
	for (size_t i = 1; i <= others && i <= RELATED_MAX; i++)
		rule_relate(run, finding, names->entries.items[i],
			    "and this one");
	return finding;
}

static void check(struct rule_run *run)
{
	const struct boot_order *order = run->local->server->boot;
	struct names names = { 0 };
	struct finding *finding;

	if (order->gap <= BOOT_UNKNOWN)
		return;
	find_names(run, order, &names);
	if (!names.entries.count)
		return;
	finding = report(run, order, &names);
	finding->severity = run->rule->severity;
	finding->fix.description = fixes[order->gap];
}

const struct rule rule_missing_at_boot_risk = {
	.slug = "missing-at-boot-risk",
	.severity = SEVERITY_MEDIUM,
	.needs = NEEDS_FILES,
	.traits = TRAIT_ALL,
	.summary = "host names that may not be known yet at boot",
	.rationale =
		"exportfs looks up the host names of the table when it loads "
		"it, drops those without an address and still succeeds. At "
		"boot it runs when nfs-server.service starts; if the network "
		"or the name service comes later, these exports are missing "
		"until somebody runs `exportfs -r`. Names in /etc/hosts and "
		"addresses are not touched; patterns and netgroups are looked "
		"up when a client comes.",
	.remedy = "Let the unit wait for what answers names: "
		  "Wants=network-online.target and "
		  "After=network-online.target nss-lookup.target, with a "
		  "service enabled that waits for the network. Or write the "
		  "names in /etc/hosts, or addresses in the file.",
	.bad = "/srv/data  db.example.com(rw)\n# and no After= in "
	       "nfs-server.service\n",
	.good = "/srv/data  10.1.2.3(rw)\n",
	.references = (const char *const[]){ "exportfs(8)",
					     "systemd.special(7), "
					     "network-online.target",
					     "openzfs/zfs#14149", NULL },
	.check_table = check,
};
