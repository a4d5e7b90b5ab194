#include "nfs4_listing.h"

const char *nfs4_state_name(enum nfs4_state state)
{
	static const char *const names[NFS4_STATES] = {
		[NFS4_STATE_OK] = "ok",
		[NFS4_STATE_WRONG_SECURITY] = "wrong-security",
		[NFS4_STATE_DENIED] = "denied",
	};

	return names[state];
}

size_t nfs4_listing_size(const struct nfs4_listing *listing)
{
	size_t size =
		sizeof(*listing) +
		listing->exports.capacity * sizeof(*listing->exports.items);

	for (size_t i = 0; i < listing->exports.count; i++)
		size += listing->exports.items[i].path.length;
	return size;
}
