/* How much each thing counts for the exposure of an export or a server: the
 * one table of weights, from which the manual is made as well.
 *
 * Exposure is a number from 0.0 to 10.0. Of an export it is the sum of what
 * may be done with it (10.0 for everything), times the share of its clients:
 * what hardly anybody can reach is hardly exposed, whatever could be done. Of
 * a server it is that of its most exposed export, and what is known of the
 * server itself takes its weight, as a share of 10.0, of what is left to 10.0:
 * many harmless exports don't hide an open one.
 *
 * All is reckoned in whole numbers: weights and shares in hundredths, results
 * in tenths. The sum is rounded, and divided among its reasons by their largest
 * remainders, so that they add up exactly.
 */
#ifndef EXPOSURE_WEIGHTS_H
#define EXPOSURE_WEIGHTS_H

#include <stddef.h>
#include <stdint.h>

enum { EXPOSURE_MAX = 100, EXPOSURE_WEIGHT_MAX = 1000 };

struct exposure_weight {
	const char *id; /* one word */
	uint16_t weight;
	const char *text; /* lower case, no full stop */
};

/* Who reaches an export: shares in hundredths. A client that has all
 * addresses of another one never has a smaller share. */
enum exposure_clients {
	CLIENTS_NOBODY,
	CLIENTS_THIS_SERVER,
	CLIENTS_ADDRESS,
	CLIENTS_PUBLIC_ADDRESS,
	CLIENTS_NAMED_HOST,
	CLIENTS_SMALL_NETWORK,
	CLIENTS_NETWORK,
	CLIENTS_NAMES,
	CLIENTS_BROAD_NETWORK,
	CLIENTS_PUBLIC_NETWORK,
	CLIENTS_LOOSE_NAMES,
	CLIENTS_EVERY_NAME,
	CLIENTS_TICKETS,
	CLIENTS_EVERYBODY,
	EXPOSURE_CLIENTS,
};

/* What may be done with an export, and how. Those of a group exclude each
 * other, the first that holds counts; the first of each group together weigh
 * EXPOSURE_WEIGHT_MAX. */
enum exposure_trait {
	EXPOSES_READ,

	EXPOSES_WRITE,

	EXPOSES_UNPROVEN,
	EXPOSES_CERTIFICATE,
	EXPOSES_CHANGEABLE,

	EXPOSES_USERS,

	EXPOSES_ROOT,
	EXPOSES_ROOT_TICKET,
	EXPOSES_ROOT_GROUP,

	EXPOSES_CLEAR,

	EXPOSES_PORTS,

	EXPOSES_ROOT_DIRECTORY,
	EXPOSES_SYSTEM_DIRECTORY,
	EXPOSES_SYSTEM_DISK,
	EXPOSES_REST_OF_DISK,
	EXPOSES_HOMES,

	EXPOSES_MOUNTS,
	EXPOSURE_TRAITS,
};

extern const struct exposure_weight exposure_clients[EXPOSURE_CLIENTS];
extern const struct exposure_weight exposure_traits[EXPOSURE_TRAITS];

/* What has to be known of a server, that a fact can be told. */
enum exposure_source {
	EXPOSURE_BY_FILES,   /* who may write them */
	EXPOSURE_BY_CONFIG,  /* nfs.conf */
	EXPOSURE_BY_CLIENTS, /* and what is in force */
	EXPOSURE_BY_SOCKETS,
	EXPOSURE_SOURCES,
};

/* What is known of a server. The rule of that name tells whether it is so. */
struct exposure_fact {
	struct exposure_weight weight;
	enum exposure_source source;
};

/* Ends with an id that is NULL. */
extern const struct exposure_fact exposure_facts[];

/* What another server shows of itself, as a rule of that name tells it. Of a
 * group the first that is so counts; the first of each group together weigh
 * EXPOSURE_WEIGHT_MAX. */
struct exposure_sight {
	struct exposure_weight weight;
	uint8_t group;
};

/* Ends with an id that is NULL. */
extern const struct exposure_sight exposure_sights[];

enum exposure_level {
	EXPOSURE_CLOSED,
	EXPOSURE_GUARDED,
	EXPOSURE_MODERATE,
	EXPOSURE_EXPOSED,
	EXPOSURE_UNSAFE,
	EXPOSURE_LEVELS,
};

/* "closed", …, and the lowest tenths that are called so. */
struct exposure_level_name {
	const char *name;
	uint8_t least;
};

extern const struct exposure_level_name exposure_levels[EXPOSURE_LEVELS];

/* The level of a number of tenths. */
enum exposure_level exposure_level_of(unsigned tenths);

enum { EXPOSURE_TEXT = 16 };

/* "10.0", "0.4"; returns buffer. */
const char *exposure_text(unsigned tenths, char buffer[EXPOSURE_TEXT]);

/* At most as many reasons make up one number. */
enum { EXPOSURE_REASONS_MAX = 16 };

/* Divides the sum of some weights, of which share / whole counts, among their
 * reasons: fills the tenths of each and returns their sum, which is the sum
 * rounded. A heavier reason never gets less than a lighter one. */
unsigned exposure_divide(const uint16_t *weights, unsigned count,
			 unsigned share, unsigned whole, uint8_t *tenths);

#endif
