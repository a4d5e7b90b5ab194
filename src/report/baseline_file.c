#include "baseline_file.h"

#include <inttypes.h>
#include <jansson.h>
#include <stdlib.h>

#include "finding_fingerprint.h"

static const char schema[] = "exportctl-baseline/1";

static int compare(const void *a, const void *b)
{
	const uint64_t *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

void baseline_sort(struct baseline *baseline)
{
	if (baseline->fingerprints.count)
		qsort(baseline->fingerprints.items,
		      baseline->fingerprints.count, sizeof(uint64_t), compare);
}

bool baseline_has(const struct baseline *baseline, uint64_t fingerprint)
{
	return baseline->fingerprints.count &&
	       bsearch(&fingerprint, baseline->fingerprints.items,
		       baseline->fingerprints.count, sizeof(uint64_t), compare);
}

/* 16 hex digits in lower case. */
static bool parse_fingerprint(const char *text, uint64_t *fingerprint)
{
	if (!text || strlen(text) != FINGERPRINT_TEXT - 1 ||
	    strspn(text, "0123456789abcdef") != FINGERPRINT_TEXT - 1)
		return false;
	*fingerprint = strtoull(text, NULL, 16);
	return true;
}

static bool read_list(struct arena *arena, const char *name, const json_t *list,
		      struct baseline *baseline, struct failure *failure)
{
	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *item = json_array_get(list, i);

		if (!parse_fingerprint(
			    json_string_value(item),
			    ARRAY_ADD(arena, &baseline->fingerprints)))
			return failure_set(failure,
					   "%s: fingerprint number %zu is not "
					   "16 hexadecimal digits",
					   name, i + 1);
	}
	return true;
}

static bool read_root(struct arena *arena, const char *name, const json_t *root,
		      struct baseline *baseline, struct failure *failure)
{
	const char *found = json_string_value(json_object_get(root, "schema"));
	const json_t *list = json_object_get(root, "fingerprints");

	if (!found || strcmp(found, schema) != 0 || !json_is_array(list))
		return failure_set(failure,
				   "%s: is not a baseline: \"schema\" must be "
				   "\"%s\" and \"fingerprints\" a list",
				   name, schema);
	return read_list(arena, name, list, baseline, failure);
}

bool baseline_parse(struct arena *arena, const char *name, struct str text,
		    struct baseline *baseline, struct failure *failure)
{
	json_error_t error;
	json_t *root = json_loadb(text.length ? text.data : "", text.length,
				  JSON_REJECT_DUPLICATES, &error);
	bool ok;

	*baseline = (struct baseline){ 0 };
	if (!root)
		return failure_set(failure, "%s:%d:%d: %s", name, error.line,
				   error.column, error.text);
	ok = read_root(arena, name, root, baseline, failure);
	json_decref(root);
	baseline_sort(baseline);
	return ok;
}

void baseline_print(const struct baseline *baseline, struct strbuf *out)
{
	char text[FINGERPRINT_TEXT];

	strbuf_printf(out, "{\"schema\":\"%s\",\"fingerprints\":[", schema);
	for (size_t i = 0; i < baseline->fingerprints.count; i++)
		strbuf_printf(out, "%s\n\"%s\"", i ? "," : "",
			      fingerprint_text(baseline->fingerprints.items[i],
					       text));
	strbuf_add_text(out, "]}\n");
}
