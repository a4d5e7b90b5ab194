/* How many can reach an export through one of its entries. */
#ifndef CLIENT_EXPOSURE_H
#define CLIENT_EXPOSURE_H

#include "exposure_weights.h"
#include "rule.h"

/* Of a loaded entry's client, whatever other entries of its path say. */
enum exposure_clients client_exposure_of(const struct rule_run *run,
					 const struct export_entry *entry);

#endif
