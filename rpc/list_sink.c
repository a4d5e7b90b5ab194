#include "list_sink.h"

enum sink_need list_take(size_t *at, struct str message, size_t results,
			 bool complete, list_step *step, void *context)
{
	struct xdr_reader reader;
	enum sink_need need;

	if (!*at)
		*at = results;
	xdr_reader_init(&reader, message.data + *at, message.length - *at);
	do {
		size_t position = xdr_reader_position(&reader);

		need = step(context, &reader, message.data);
		if (reader.trouble != XDR_NO_TROUBLE) {
			*at += position;
			return sink_need_of(&reader, complete);
		}
	} while (need == SINK_MORE);
	return need;
}
