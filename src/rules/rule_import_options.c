#include "fstab_parser.h"
#include "server_rules.h"

/* user and its like imply the other two. */
static bool is_safe(struct str options, const char *word)
{
	return fstab_option(options, word, NULL) ||
	       fstab_option(options, "user", NULL) ||
	       fstab_option(options, "users", NULL);
}

static void check(struct rule_run *run)
{
	const struct local_server *server = run->local->server;

	for (size_t i = 0; i < server->imports.count; i++) {
		const struct import_mount *mount = &server->imports.items[i];
		bool suid = !is_safe(mount->options, "nosuid");
		bool devices = !is_safe(mount->options, "nodev");
		struct finding *finding;

		if (!suid && !devices)
			continue;
		finding = rule_report_local(
			run, mount->place.source, mount->place.span,
			"root of the server that %.*s comes from can become "
			"root here, by %s",
			STR_ARG(mount->mountpoint),
			suid ? devices ? "set-user-id programs and devices"
				       : "set-user-id programs"
			     : "devices");
		finding->fix.description =
			suid ? devices ? "add nosuid,nodev" : "add nosuid"
			     : "add nodev";
	}
}

const struct rule rule_import_options = {
	.slug = "import-options",
	.severity = SEVERITY_INFO,
	.needs = NEEDS_FILES,
	.traits = TRAIT_ALL,
	.summary = "an NFS file system in fstab without nosuid or nodev",
	.rationale = "A program with the set-user-id bit, or a device, on a "
		     "file system of another host works as if it were local. "
		     "Whoever is root there, or can write there as root, "
		     "becomes root here.",
	.remedy = "Add nosuid and nodev to the options in /etc/fstab, unless "
		  "the programs on it need them.",
	.bad = "# /etc/fstab\nserver:/home /home nfs4 rw 0 0\n",
	.good = "# /etc/fstab\nserver:/home /home nfs4 rw,nosuid,nodev 0 0\n",
	.references = (const char *const[]){ "mount(8), nosuid",
					     "STIG RHEL-09-231065",
					     "STIG RHEL-09-231075", NULL },
	.check_table = check,
};
