#include "server_answer.h"

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

size_t server_answer_size(const struct server_answer *answer)
{
	return sizeof(*answer) + answer->bytes.length +
	       answer->exports.capacity * sizeof(*answer->exports.items) +
	       answer->groups.capacity * sizeof(*answer->groups.items) +
	       answer->mounts.capacity * sizeof(*answer->mounts.items);
}
