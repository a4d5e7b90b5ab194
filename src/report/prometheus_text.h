/* Metrics in the text-based exposition format of Prometheus, 0.0.4, for the
 * textfile collector of node_exporter. It wants one help text for a name in all
 * of its files. */
#ifndef PROMETHEUS_TEXT_H
#define PROMETHEUS_TEXT_H

#include <stdio.h>

#include "str.h"

#define PROMETHEUS_FINDINGS "exportctl_findings"
#define PROMETHEUS_FINDINGS_HELP "Findings of the last audit, by severity."
#define PROMETHEUS_EXPOSURE "exportctl_exposure"
#define PROMETHEUS_EXPOSURE_HELP                                               \
	"How far the NFS server is exposed, from 0 to 10."

/* The lines before the values of a gauge. */
void prometheus_write_head(FILE *out, const char *name, const char *help);

/* Writes foreign bytes as the value of a label, in quotes. */
void prometheus_write_label(FILE *out, struct str text);

#endif
