/* Records in a stream of bytes (RFC 5531, section 11).
 *
 * A record is a row of fragments, each with a mark of four bytes before it.
 * Fragments may be of any size, none included, and arrive in any pieces.
 */
#ifndef RECORD_MARKING_H
#define RECORD_MARKING_H

#include <stdint.h>

#include "str.h"
#include "strbuf.h"

struct record_reader {
	unsigned char mark[4];
	unsigned mark_length; /* of it, that has come */
	uint32_t left;	      /* of the fragment */
	bool is_last;	      /* fragment of the record */
	unsigned empty;	      /* fragments without a byte */
	size_t length;	      /* of the record, that has come */
	size_t limit;	      /* of the record */
};

enum record_event {
	RECORD_MORE,	  /* all bytes are read, more are needed */
	RECORD_BYTES,	  /* a piece of the record */
	RECORD_END,	  /* the record is complete */
	RECORD_TOO_LARGE, /* the record goes on beyond limit */
	RECORD_BROKEN,	  /* empty fragments without end */
};

/* A reader at the beginning of a record. */
void record_reader_init(struct record_reader *reader, size_t limit);

/* Reads from input, which becomes what is left of it. At RECORD_BYTES, *piece
 * is a view into input. After RECORD_END the next record begins. */
enum record_event record_read(struct record_reader *reader, struct str *input,
			      struct str *piece);

/* Whether a record has begun and not ended. */
bool record_is_begun(const struct record_reader *reader);

/* Adds the mark of a record of one fragment of length bytes. */
void record_mark(struct strbuf *out, size_t length);

#endif
