#include "fake_programs.h"

enum {
	MNT_NOENT = 2,
	HANDLE_BYTES = 32,
	/* what rpc.mountd can send in one datagram; more is SYSTEM_ERR */
	UDP_BYTES = 8800,
};

static void give_list(const struct fake_call *call,
		      const struct fake_bytes *list, struct fake_reply *reply)
{
	if (call->peer.transport == FAKE_UDP && list->length > UDP_BYTES)
		reply->status = FAKE_SYSTEM_ERR;
	else
		reply->tail = fake_bytes_view(list);
}

void fake_mount_export(const struct fake_server *server,
		       const struct fake_call *call, struct fake_reply *reply)
{
	give_list(call, &server->prepared.exports, reply);
}

void fake_mount_dump(const struct fake_server *server,
		     const struct fake_call *call, struct fake_reply *reply)
{
	give_list(call, &server->prepared.mounts, reply);
}

static bool is_exported(const struct fake_server *server, struct fake_view path)
{
	struct fake_reader list =
		fake_reader_of(fake_bytes_view(&server->prepared.exports));

	while (fake_get_u32(&list)) {
		if (fake_view_equal(fake_get_opaque(&list), path))
			return true;
		while (fake_get_u32(&list))
			fake_get_opaque(&list);
	}
	return false;
}

static void put_handle(const struct fake_options *options, uint32_t version,
		       struct fake_bytes *out)
{
	if (version == 3)
		fake_put_u32(out, HANDLE_BYTES);
	fake_put_fill(out, 0xfa, HANDLE_BYTES);
	if (version < 3)
		return;
	fake_put_u32(out, options->flavor_count);
	for (unsigned i = 0; i < options->flavor_count; i++)
		fake_put_u32(out, options->flavors[i]);
}

void fake_mount_mnt(const struct fake_server *server,
		    const struct fake_call *call, struct fake_reply *reply)
{
	struct fake_reader arguments = call->arguments;
	struct fake_view path = fake_get_opaque(&arguments);

	if (arguments.bad) {
		reply->status = FAKE_GARBAGE_ARGS;
	} else if (!is_exported(server, path)) {
		fake_put_u32(&reply->results, MNT_NOENT);
	} else {
		fake_put_u32(&reply->results, 0);
		put_handle(&server->options, call->version, &reply->results);
	}
}

void fake_mount_umnt(const struct fake_server *server,
		     const struct fake_call *call, struct fake_reply *reply)
{
	(void)server, (void)call, (void)reply;
}
