/* An event loop without sockets, that does not wait: a scenario says what the
 * network does, and the clock jumps to the next thing that happens.
 *
 * Implements src/base/event_loop.h; a test program links it instead of that.
 */
#ifndef FAKE_EVENT_LOOP_H
#define FAKE_EVENT_LOOP_H

#include "replay_scenario.h"

/* Sets the scenario for loops that are opened from now on; it must stay. log
 * gets what the program does to the network, a line each:
 *
 *     500 10.0.0.1 udp 111: call 100000 v2 p3 000186a5 00000003
 *
 * Of many calls to one port it gets the first.
 */
void fake_event_loop_play(const struct replay_scenario *scenario,
			  struct strbuf *log);

#endif
