#include "sensitive_places.h"

#include "flavor_sets.h"

static const struct sensitive_place places[] = {
	{ "/etc", true, false, false, "keys and configuration of the server" },
	{ "/root", true, false, false, "the files of root" },
	{ "/boot", true, false, false, "kernels and boot configuration" },
	{ "/dev", true, false, false, "device nodes" },
	{ "/proc", true, false, false, "the state of processes" },
	{ "/sys", true, false, false, "the state of the kernel" },
	{ "/run", false, false, false, "the sockets and state of services" },
	{ "/var", false, false, false, "the data and logs of services" },
	{ "/var/lib", false, false, false, "the data of services" },
	{ "/var/log", false, false, false, "logs" },
	{ "/var/spool", false, false, false, "jobs that services will run" },
	{ "/var/lib/nfs", true, false, false, "the state of the NFS server" },
	{ "/bin", true, true, false, "programs" },
	{ "/sbin", true, true, false, "programs" },
	{ "/lib", true, true, false, "libraries" },
	{ "/usr", false, true, false, "programs and libraries" },
	{ "/usr/bin", true, true, false, "programs" },
	{ "/usr/sbin", true, true, false, "programs" },
	{ "/usr/lib", true, true, false, "libraries" },
	{ "/home", false, true, true, "the files of all users" },
};

static bool lies_in(struct str path, const struct sensitive_place *place)
{
	struct str directory = str_of(place->path);

	if (!str_starts(path, directory))
		return false;
	path = str_skip(path, directory.length);
	return !path.length || (place->below && path.data[0] == '/');
}

const struct sensitive_place *
sensitive_place_of(const struct export_policy *policy, struct str path)
{
	for (size_t i = 0; i < sizeof(places) / sizeof(*places); i++) {
		const struct sensitive_place *place = &places[i];

		if (lies_in(path, place) &&
		    (!place->if_written || any_writes(policy)) &&
		    (!place->if_sys || flavor_set_of(policy) & FLAVOR_SYS))
			return place;
	}
	return NULL;
}
