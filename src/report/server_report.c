#include "server_report.h"

#include <stdlib.h>

#define FORMAT(name) &server_format_##name,
const struct server_format *const server_formats[] = { SERVER_FORMATS(FORMAT) };

#define NAME(name) #name,
const char *const server_format_names[] = { SERVER_FORMATS(NAME) NULL };

const char *server_result_host(const struct server_result *result,
			       char text[IP_ADDRESS_TEXT])
{
	return result->name ? result->name
			    : ip_address_text(result->answer->address, text);
}

static int compare_texts(struct str a, struct str b)
{
	size_t length = a.length < b.length ? a.length : b.length;
	int order = length ? memcmp(a.data, b.data, length) : 0;

	if (order)
		return order;
	return (a.length > b.length) - (a.length < b.length);
}

static int compare_exports(const void *left, const void *right, void *context)
{
	const struct server_answer *answer = context;
	const uint32_t *a = left, *b = right;
	int order = compare_texts(
		answer_text(answer, answer->exports.items[*a].path),
		answer_text(answer, answer->exports.items[*b].path));

	return order ? order : (*a > *b) - (*a < *b);
}

static int compare_mounts(const void *left, const void *right, void *context)
{
	const struct server_answer *answer = context;
	const uint32_t *a = left, *b = right;
	const struct listed_mount *first = &answer->mounts.items[*a];
	const struct listed_mount *second = &answer->mounts.items[*b];
	int order = compare_texts(answer_text(answer, first->path),
				  answer_text(answer, second->path));

	if (!order)
		order = compare_texts(answer_text(answer, first->client),
				      answer_text(answer, second->client));
	return order ? order : (*a > *b) - (*a < *b);
}

const uint32_t *server_result_order(const struct server_report *report,
				    const struct server_result *result)
{
	struct server_answer *answer = result->answer;
	bool of_exports = report->ask == ASK_EXPORTS;
	size_t count =
		of_exports ? answer->exports.count : answer->mounts.count;
	uint32_t *order =
		arena_alloc_array(answer->arena, count, sizeof(*order));

	for (size_t i = 0; i < count; i++)
		order[i] = (uint32_t)i;
	if (report->by_path && count)
		qsort_r(order, count, sizeof(*order),
			of_exports ? compare_exports : compare_mounts, answer);
	return order;
}
