#include "server_answer.h"

#include "nfs4_listing.h"

const char *answer_status_name(enum answer_status status)
{
	static const char *const names[ANSWER_STATUSES] = {
		[ANSWER_OK] = "ok",
		[ANSWER_UNREACHABLE] = "unreachable",
		[ANSWER_TIMEOUT] = "timeout",
		[ANSWER_REFUSED] = "refused",
		[ANSWER_DENIED] = "denied",
		[ANSWER_NO_MOUNT_SERVICE] = "no-mount-service",
		[ANSWER_PROTOCOL_ERROR] = "protocol-error",
		[ANSWER_TOO_LARGE] = "too-large",
		[ANSWER_UNRESOLVED] = "unresolved",
		[ANSWER_INTERRUPTED] = "interrupted",
	};

	return names[status];
}

struct server_answer *server_answer_new(struct ip_address address)
{
	struct arena *arena = arena_new();
	struct server_answer *answer = arena_alloc(arena, sizeof(*answer));

	answer->arena = arena;
	answer->address = address;
	return answer;
}

size_t server_answer_size(const struct server_answer *answer)
{
	return sizeof(*answer) + answer->bytes.length +
	       (answer->nfs4 ? nfs4_listing_size(answer->nfs4) : 0) +
	       answer->exports.capacity * sizeof(*answer->exports.items) +
	       answer->groups.capacity * sizeof(*answer->groups.items) +
	       answer->mounts.capacity * sizeof(*answer->mounts.items);
}

bool server_answer_is_bare(const struct server_answer *answer)
{
	return server_answer_size(answer) == sizeof(*answer);
}

#define RELEASE(array)                                                         \
	arena_release((array).items, (array).capacity * sizeof(*(array).items))

void server_answer_cut(struct server_answer *answer)
{
	RELEASE(answer->exports);
	RELEASE(answer->groups);
	RELEASE(answer->mounts);
	arena_release((void *)answer->bytes.data, answer->bytes.length);
	*answer = (struct server_answer){
		.arena = answer->arena,
		.address = answer->address,
		.status = ANSWER_TOO_LARGE,
		.error = "the lists of all servers together are larger than "
			 "the limit",
		.milliseconds = answer->milliseconds,
		.notes = answer->notes,
		.probe = answer->probe,
	};
}
