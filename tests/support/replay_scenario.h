/* What a network and its servers do, as text, for tests in virtual time.
 *
 * One line each; # begins a comment. MS are milliseconds.
 *
 *     name HOST +MS ADDRESS...   name services answer; without an ADDRESS they
 *                                know none
 *     interrupt +MS              ^C
 *     [ADDRESS] udp|tcp PORT WHEN +MS ACTION
 *
 * WHEN is `open`, when a socket is opened; the number of a call that arrives
 * at the port, counted from 1 over all sockets; or `*` for each call that has
 * no line of its own. What is said for no ADDRESS holds for all. ACTION, which
 * may happen several times for one call, is one of
 *
 *     accept                 the connection stands; without an `open` line it
 *                            does after 1 ms
 *     lost                   nothing
 *     refuse, unreachable    as ICMP or RST tell
 *     reset, end             of a connection
 *     cannot                 there is no socket; only at `open`
 *     reply ITEM...          a message, over TCP as one record
 *     bytes ITEM...          the same without a record mark
 *     drip SIZE MS ACTION    in pieces of SIZE bytes, one each MS
 *
 * and ITEM is one of
 *
 *     7           a number of 32 bits, as XDR
 *     "text"      a string, as XDR; with \n, \0, \", \\ and \xHH
 *     hex:00FF    bytes
 *     xid, xid+1  of the call that is answered
 *     ok          the head of a reply behind its xid, up to the results
 *     times N     the rest of the line N times
 *
 * A port without any line is silent, as a dead host is. Lines that begin with
 * another word are settings of the test.
 */
#ifndef REPLAY_SCENARIO_H
#define REPLAY_SCENARIO_H

#include "array.h"
#include "ip_address.h"
#include "str.h"
#include "strbuf.h"

enum replay_when { REPLAY_OPEN, REPLAY_CALL, REPLAY_OTHER_CALL };

enum replay_action {
	REPLAY_ACCEPT,
	REPLAY_LOST,
	REPLAY_END, /* with an error, 0 at the end of a stream */
	REPLAY_CANNOT,
	REPLAY_REPLY,
	REPLAY_BYTES,
};

struct replay_rule {
	struct ip_address address; /* IP_NONE: any */
	bool is_tcp;
	uint16_t port;
	enum replay_when when;
	unsigned call; /* number of it */
	unsigned after;
	enum replay_action action;
	int error;
	unsigned piece, every; /* 0: in one piece */
	struct str items;
};

struct replay_name {
	struct str name;
	unsigned after;
	struct str addresses; /* separated by spaces */
};

struct replay_scenario {
	ARRAY(struct replay_rule) rules;
	ARRAY(struct replay_name) names;
	bool is_interrupted;
	unsigned interrupt;
	ARRAY(struct str) settings; /* lines */
};

/* Reads a scenario. A line that can't be read ends the program: it is a mistake
 * in a test. */
void replay_scenario_parse(struct arena *arena, struct str text,
			   struct replay_scenario *scenario);

/* Adds items as bytes. */
void replay_add_items(struct strbuf *out, struct str items, uint32_t xid);

/* Takes the next word off the line; empty at its end. */
struct str replay_next_word(struct str *line);

/* The number in a word. */
unsigned replay_number(struct str word);

#endif
