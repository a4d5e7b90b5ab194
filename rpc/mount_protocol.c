#include "mount_protocol.h"

#include "list_sink.h"
#include "rpc_limits.h"
#include "xdr_encode.h"

enum {
	HANDLE_V1_BYTES = 32, /* FHSIZE */
	HANDLE_V3_BYTES = 64, /* FHSIZE3 */
};

static struct answer_text text_at(struct str text, const char *message)
{
	return (struct answer_text){ (uint32_t)(text.data - message),
				     (uint32_t)text.length };
}

static bool count_node(struct mount_list_sink *sink)
{
	return ++sink->nodes <= sink->max_nodes;
}

static enum sink_need step_group(struct mount_list_sink *sink,
				 struct xdr_reader *reader, const char *message)
{
	struct server_answer *answer = sink->answer;
	struct listed_export *export =
		&answer->exports.items[answer->exports.count - 1];
	struct str name;
	bool more;

	if (!xdr_read_bool(reader, &more))
		return SINK_BAD;
	if (!more) {
		sink->in_groups = false;
		return SINK_MORE;
	}
	if (!xdr_read_bytes(reader, LIMIT_MOUNT_NAME, &name))
		return SINK_BAD;
	if (!count_node(sink))
		return SINK_TOO_LARGE;
	*ARRAY_ADD(answer->arena, &answer->groups) = text_at(name, message);
	export->group_count++;
	return SINK_MORE;
}

static enum sink_need step_export(void *context, struct xdr_reader *reader,
				  const char *message)
{
	struct mount_list_sink *sink = context;
	struct server_answer *answer = sink->answer;
	struct listed_export *export;
	struct str path;
	bool more;

	if (sink->in_groups)
		return step_group(sink, reader, message);
	if (!xdr_read_bool(reader, &more))
		return SINK_BAD;
	if (!more)
		return SINK_DONE;
	if (!xdr_read_bytes(reader, LIMIT_MOUNT_PATH, &path))
		return SINK_BAD;
	if (!count_node(sink))
		return SINK_TOO_LARGE;
	export = ARRAY_ADD(answer->arena, &answer->exports);
	export->path = text_at(path, message);
	export->first_group = (uint32_t)answer->groups.count;
	sink->in_groups = true;
	return SINK_MORE;
}

static enum sink_need step_mount(void *context, struct xdr_reader *reader,
				 const char *message)
{
	struct mount_list_sink *sink = context;
	struct server_answer *answer = sink->answer;
	struct listed_mount *mount;
	struct str client, path;
	bool more;

	if (!xdr_read_bool(reader, &more))
		return SINK_BAD;
	if (!more)
		return SINK_DONE;
	if (!xdr_read_bytes(reader, LIMIT_MOUNT_NAME, &client) ||
	    !xdr_read_bytes(reader, LIMIT_MOUNT_PATH, &path))
		return SINK_BAD;
	if (!count_node(sink))
		return SINK_TOO_LARGE;
	mount = ARRAY_ADD(answer->arena, &answer->mounts);
	mount->client = text_at(client, message);
	mount->path = text_at(path, message);
	return SINK_MORE;
}

static enum sink_need take_list(struct mount_list_sink *sink,
				struct str message, size_t results,
				bool complete, list_step *step)
{
	return list_take(&sink->at, message, results, complete, step, sink);
}

enum sink_need mount_take_exports(void *context, struct str message,
				  size_t results, bool complete)
{
	return take_list(context, message, results, complete, step_export);
}

enum sink_need mount_take_mounts(void *context, struct str message,
				 size_t results, bool complete)
{
	return take_list(context, message, results, complete, step_mount);
}

void mount_add_path(struct strbuf *arguments, struct str path)
{
	xdr_write_bytes(arguments, path);
}

static bool read_flavors(struct mount_mnt_sink *sink, struct xdr_reader *reader)
{
	uint32_t count;

	if (!xdr_read_u32(reader, &count))
		return false;
	if (count > MOUNT_FLAVORS_MAX)
		return xdr_read_fail(reader);
	for (uint32_t i = 0; i < count; i++)
		if (!xdr_read_u32(reader, &sink->flavors[i]))
			return false;
	sink->flavor_count = count;
	return true;
}

static bool read_mnt(struct mount_mnt_sink *sink, struct xdr_reader *reader)
{
	struct str handle;

	if (!xdr_read_u32(reader, &sink->status))
		return false;
	if (sink->status)
		return true;
	if (sink->version < 3)
		return xdr_read_fixed(reader, HANDLE_V1_BYTES, &handle);
	return xdr_read_bytes(reader, HANDLE_V3_BYTES, &handle) &&
	       read_flavors(sink, reader);
}

enum sink_need mount_take_mnt(void *context, struct str message, size_t results,
			      bool complete)
{
	struct xdr_reader reader;

	xdr_reader_init(&reader, message.data + results,
			message.length - results);
	if (read_mnt(context, &reader))
		return SINK_DONE;
	return sink_need_of(&reader, complete);
}
