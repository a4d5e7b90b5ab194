/* The exit statuses of a plugin for Nagios and its like (Monitoring Plugins
 * Development Guidelines). */
#ifndef NAGIOS_STATUS_H
#define NAGIOS_STATUS_H

#include "finding.h"

enum nagios_status {
	NAGIOS_OK,
	NAGIOS_WARNING,
	NAGIOS_CRITICAL,
	NAGIOS_UNKNOWN, /* it could not be found out */
};

/* "OK", … */
const char *nagios_status_name(enum nagios_status status);

/* Of findings by severity; failing: one of them reaches the threshold. */
enum nagios_status nagios_status_of(bool failing,
				    const size_t counts[SEVERITIES]);

#endif
