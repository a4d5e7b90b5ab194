#include "nfs4_walk_stages.h"

void nfs4_walk_ask_exchange_id(struct nfs4_walk *walk)
{
	nfs4_walk_begin(walk);
	nfs4_add_exchange_id(&walk->compound, walk->owner);
}

bool nfs4_walk_read_exchange_id(struct nfs4_walk *walk,
				struct xdr_reader *reader)
{
	walk->has_client = nfs4_read_exchange_id(reader, &walk->session);
	return walk->has_client;
}

void nfs4_walk_take_exchange_id(struct nfs4_walk *walk)
{
	if (walk->status == NFS4_OK)
		return;
	if (walk->status != NFS4ERR_MINOR_VERS_MISMATCH)
		nfs4_walk_stop_with_error(walk);
	else if (walk->minor > 1)
		nfs4_walk_set_minor(walk, walk->minor - 1);
	else
		nfs4_walk_stop_with(
			walk, ANSWER_NO_MOUNT_SERVICE,
			"the server has no minor version of NFSv4 up to 2");
}

void nfs4_walk_ask_create_session(struct nfs4_walk *walk)
{
	nfs4_walk_begin(walk);
	nfs4_add_create_session(&walk->compound, &walk->session);
}

bool nfs4_walk_read_create_session(struct nfs4_walk *walk,
				   struct xdr_reader *reader)
{
	walk->has_session = nfs4_read_create_session(reader, &walk->session);
	return walk->has_session;
}

void nfs4_walk_take_create_session(struct nfs4_walk *walk)
{
	uint32_t granted = walk->session.max_operations;

	if (walk->status != NFS4_OK)
		nfs4_walk_stop_with_error(walk);
	else if (granted < NFS4_LISTING_OPS)
		nfs4_walk_stop_with(
			walk, ANSWER_PROTOCOL_ERROR,
			"the server grants a session too few operations");
	else if (granted - NFS4_LISTING_OPS < walk->tree.depth_max)
		walk->tree.depth_max = granted - NFS4_LISTING_OPS;
}

bool nfs4_walk_read_sequence(struct nfs4_walk *walk, struct xdr_reader *reader)
{
	return nfs4_read_sequence(reader, &walk->session);
}

void nfs4_walk_ask_destroy_session(struct nfs4_walk *walk)
{
	nfs4_walk_begin(walk);
	nfs4_add_destroy_session(&walk->compound, &walk->session);
}

void nfs4_walk_take_destroy_session(struct nfs4_walk *walk)
{
	walk->has_session = false;
}

void nfs4_walk_ask_destroy_clientid(struct nfs4_walk *walk)
{
	nfs4_walk_begin(walk);
	nfs4_add_destroy_clientid(&walk->compound, &walk->session);
}

void nfs4_walk_take_destroy_clientid(struct nfs4_walk *walk)
{
	walk->has_client = false;
}
