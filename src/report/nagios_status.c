#include "nagios_status.h"

const char *nagios_status_name(enum nagios_status status)
{
	static const char *const names[] = {
		[NAGIOS_OK] = "OK",
		[NAGIOS_WARNING] = "WARNING",
		[NAGIOS_CRITICAL] = "CRITICAL",
		[NAGIOS_UNKNOWN] = "UNKNOWN",
	};

	return names[status];
}

enum nagios_status nagios_status_of(bool failing,
				    const size_t counts[SEVERITIES])
{
	if (!failing)
		return NAGIOS_OK;
	return counts[SEVERITY_CRITICAL] || counts[SEVERITY_HIGH]
		       ? NAGIOS_CRITICAL
		       : NAGIOS_WARNING;
}
