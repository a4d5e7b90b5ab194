#include "finding_fingerprint.h"

#include <stdio.h>

#include "rule.h"

static uint64_t hash_finding(struct str server, const struct finding *finding,
			     uint32_t ordinal)
{
	const struct str parts[] = { str_of(finding->rule->slug), finding->path,
				     finding->client };
	uint32_t high = 2 * ordinal, low = 2 * ordinal + 1;

	if (server.length) {
		high = hash_bytes(high, server);
		low = hash_bytes(low, server);
	}
	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++) {
		high = hash_bytes(high, parts[i]);
		low = hash_bytes(low, parts[i]);
	}
	return (uint64_t)high << 32 | low;
}

static uint64_t assign(struct fingerprints *fingerprints,
		       const struct finding *finding)
{
	uint64_t hash = hash_finding(fingerprints->server, finding, 0);
	uint32_t ordinal = 0;

	ID_TABLE_EACH (&fingerprints->index, (uint32_t)hash, id)
		ordinal += fingerprints->seen.items[id] == hash;
	id_table_add(fingerprints->arena, &fingerprints->index, (uint32_t)hash,
		     (uint32_t)fingerprints->seen.count);
	*ARRAY_ADD(fingerprints->arena, &fingerprints->seen) = hash;
	return ordinal ? hash_finding(fingerprints->server, finding, ordinal)
		       : hash;
}

void fingerprints_assign(struct fingerprints *fingerprints,
			 struct finding_list *findings)
{
	for (size_t i = 0; i < findings->list.count; i++)
		findings->list.items[i].fingerprint =
			assign(fingerprints, &findings->list.items[i]);
}

const char *fingerprint_text(uint64_t fingerprint, char text[FINGERPRINT_TEXT])
{
	snprintf(text, FINGERPRINT_TEXT, "%016llx",
		 (unsigned long long)fingerprint);
	return text;
}
