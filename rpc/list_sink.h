/* Decodes a linked list of XDR while it arrives, node by node, in a loop. */
#ifndef LIST_SINK_H
#define LIST_SINK_H

#include "rpc_exchange.h"
#include "xdr_decode.h"

/* Takes one step of a list. SINK_MORE: go on. A step that the reader has not
 * enough bytes for changes nothing, since it is taken again when more have
 * come. */
typedef enum sink_need list_step(void *context, struct xdr_reader *reader,
				 const char *message);

/* Takes steps until the list or the bytes end. *at is where decoding goes on in
 * the message, at first 0, which stands for results. For a take of struct
 * reply_sink. */
enum sink_need list_take(size_t *at, struct str message, size_t results,
			 bool complete, list_step *step, void *context);

#endif
