#include "nfs4_walk_stages.h"

enum {
	PAGE_BYTES = 64 << 10,
	PEEK_BYTES = 4 << 10, /* of what may be an export */
	PAGE_OVERHEAD = 512,  /* what a reply has beside a page */
};

static const uint64_t directory_attributes =
	NFS4_BIT(NFS4_TYPE) | NFS4_BIT(NFS4_FSID_ATTRIBUTE);

static uint32_t page_bytes(const struct nfs4_walk *walk,
			   const struct nfs4_directory *directory)
{
	uint32_t wanted = directory->is_candidate ? PEEK_BYTES : PAGE_BYTES;
	uint32_t most = walk->session.max_response;

	if (!walk->has_session || most >= wanted + PAGE_OVERHEAD)
		return wanted;
	return most - PAGE_OVERHEAD;
}

void nfs4_walk_ask_list(struct nfs4_walk *walk)
{
	const struct nfs4_directory *directory = nfs4_tree_next(&walk->tree);

	walk->attributes = nfs4_tree_entry_attributes(directory);
	nfs4_walk_go_to(walk, directory->path);
	if (!walk->cookie)
		nfs4_add_getattr(&walk->compound, directory_attributes);
	nfs4_add_readdir(&walk->compound, walk->cookie, walk->verifier,
			 page_bytes(walk, directory), walk->attributes);
}

bool nfs4_walk_read_directory(struct nfs4_walk *walk, struct xdr_reader *reader)
{
	struct nfs4_attributes attributes;

	if (!nfs4_read_attributes(reader, directory_attributes, &attributes))
		return false;
	nfs4_tree_set_attributes(&walk->tree, &attributes);
	return true;
}

bool nfs4_walk_read_page(struct nfs4_walk *walk, struct xdr_reader *reader)
{
	struct nfs4_entry entry;
	uint64_t cookie = 0;
	bool more, is_end, is_empty = true;

	if (!nfs4_read_readdir(reader, walk->verifier))
		return false;
	for (;;) {
		if (!nfs4_read_entry(reader, walk->attributes, &more, &entry))
			return false;
		if (!more)
			break;
		is_empty = false;
		cookie = entry.cookie;
		nfs4_tree_add_entry(&walk->tree, &entry);
	}
	if (!nfs4_read_end_of_directory(reader, &is_end))
		return false;
	if (is_empty && !is_end)
		nfs4_tree_note(&walk->tree,
			       "the server does not come to the end of a "
			       "directory");
	walk->cookie = cookie;
	walk->has_more = !is_end && !is_empty &&
			 nfs4_tree_wants_page(&walk->tree, cookie);
	return true;
}

static void forget_page(struct nfs4_walk *walk)
{
	walk->cookie = 0;
	memset(walk->verifier, 0, sizeof(walk->verifier));
	walk->has_more = false;
}

/* Without its root a server shows nothing. */
static void stop_at_root(struct nfs4_walk *walk)
{
	if (nfs4_walk_is_delay(walk->status))
		nfs4_walk_stop_with(walk, ANSWER_TIMEOUT,
				    "the server wants to be asked later");
	else if (walk->status == NFS4ERR_WRONGSEC)
		nfs4_walk_stop_with(
			walk, ANSWER_DENIED,
			"the root of the server needs another security "
			"flavor");
	else if (walk->status == NFS4ERR_ACCESS || walk->status == NFS4ERR_PERM)
		nfs4_walk_stop_with(
			walk, ANSWER_DENIED,
			"the server does not let us look at its root; it may "
			"want a source port below 1024");
	else
		nfs4_walk_stop_with_error(walk);
}

static void take_list_error(struct nfs4_walk *walk)
{
	bool is_root = nfs4_tree_next(&walk->tree)->depth == 0;

	nfs4_tree_fail_directory(&walk->tree, walk->status);
	if (is_root)
		stop_at_root(walk);
}

static bool is_first_call(const struct nfs4_walk *walk)
{
	return walk->minor == 0 && walk->tree.next == 0 && !walk->cookie;
}

void nfs4_walk_take_list(struct nfs4_walk *walk)
{
	if (walk->status == NFS4ERR_MINOR_VERS_MISMATCH &&
	    is_first_call(walk)) {
		nfs4_walk_set_minor(walk, 2);
		return;
	}
	if (walk->status != NFS4_OK)
		take_list_error(walk);
	else if (walk->has_more)
		return;
	else
		nfs4_tree_end_directory(&walk->tree);
	forget_page(walk);
}
