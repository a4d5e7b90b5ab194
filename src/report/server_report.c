#include "server_report.h"

#include <stdlib.h>

#include "nfs4_listing.h"

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

/* Orders of two indexes into the lists of an answer; the places decide in the
 * end. */
typedef int index_order(const void *left, const void *right, void *answer);

static int compare_places(uint32_t a, uint32_t b)
{
	return (a > b) - (a < b);
}

static int compare_exports(const void *left, const void *right, void *context)
{
	const struct server_answer *answer = context;
	const struct listed_export *exports = answer->exports.items;
	const uint32_t *a = left, *b = right;
	int order = str_compare(answer_text(answer, exports[*a].path),
				answer_text(answer, exports[*b].path));

	return order ? order : compare_places(*a, *b);
}

static int compare_nfs4_exports(const void *left, const void *right,
				void *context)
{
	const struct server_answer *answer = context;
	const struct nfs4_export *exports = answer->nfs4->exports.items;
	const uint32_t *a = left, *b = right;
	int order = str_compare(exports[*a].path, exports[*b].path);

	return order ? order : compare_places(*a, *b);
}

static int compare_mounts(const void *left, const void *right, void *context)
{
	const struct server_answer *answer = context;
	const uint32_t *a = left, *b = right;
	const struct listed_mount *first = &answer->mounts.items[*a];
	const struct listed_mount *second = &answer->mounts.items[*b];
	int order = str_compare(answer_text(answer, first->path),
				answer_text(answer, second->path));

	if (!order)
		order = str_compare(answer_text(answer, first->client),
				    answer_text(answer, second->client));
	return order ? order : compare_places(*a, *b);
}

static index_order *order_of(const struct server_report *report,
			     const struct server_result *result)
{
	if (report->ask == ASK_MOUNTS)
		return compare_mounts;
	return result->answer->nfs4 ? compare_nfs4_exports : compare_exports;
}

size_t server_result_count(const struct server_report *report,
			   const struct server_result *result)
{
	const struct server_answer *answer = result->answer;

	if (report->ask == ASK_MOUNTS)
		return answer->mounts.count;
	return answer->nfs4 ? answer->nfs4->exports.count
			    : answer->exports.count;
}

const uint32_t *server_result_order(const struct server_report *report,
				    const struct server_result *result)
{
	struct server_answer *answer = result->answer;
	size_t count = server_result_count(report, result);
	uint32_t *order =
		arena_alloc_array(answer->arena, count, sizeof(*order));

	for (size_t i = 0; i < count; i++)
		order[i] = (uint32_t)i;
	if (report->sorted && count)
		qsort_r(order, count, sizeof(*order), order_of(report, result),
			answer);
	return order;
}
