#include "replay_scenario.h"

#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

static _Noreturn void fail(const char *what, struct str where)
{
	fprintf(stderr, "scenario: %s: %.*s\n", what, STR_ARG(where));
	abort();
}

struct str replay_next_word(struct str *line)
{
	struct str word;

	while (line->length && line->data[0] == ' ')
		*line = str_skip(*line, 1);
	word = (struct str){ line->data, str_find(*line, ' ') };
	*line = str_skip(*line, word.length);
	return word;
}

unsigned replay_number(struct str word)
{
	unsigned value = 0;

	if (!word.length)
		fail("a number is missing", word);
	for (size_t i = 0; i < word.length; i++) {
		if (!ascii_is_digit(word.data[i]) || value > UINT32_MAX / 10)
			fail("not a number", word);
		value = value * 10 + (unsigned)(word.data[i] - '0');
	}
	return value;
}

/* "+5" */
static unsigned delay(struct str *line)
{
	struct str word = replay_next_word(line);

	if (!str_starts(word, STR("+")))
		fail("+MS is missing", *line);
	return replay_number(str_skip(word, 1));
}

static void parse_when(struct str word, struct replay_rule *rule)
{
	if (str_is(word, "open")) {
		rule->when = REPLAY_OPEN;
	} else if (str_is(word, "*")) {
		rule->when = REPLAY_OTHER_CALL;
	} else {
		rule->when = REPLAY_CALL;
		rule->call = replay_number(word);
	}
}

static void parse_action(struct str *line, struct replay_rule *rule)
{
	static const struct {
		const char *word;
		enum replay_action action;
		int error;
	} actions[] = {
		{ "accept", REPLAY_ACCEPT, 0 },
		{ "lost", REPLAY_LOST, 0 },
		{ "refuse", REPLAY_END, ECONNREFUSED },
		{ "unreachable", REPLAY_END, EHOSTUNREACH },
		{ "reset", REPLAY_END, ECONNRESET },
		{ "end", REPLAY_END, 0 },
		{ "cannot", REPLAY_CANNOT, 0 },
		{ "reply", REPLAY_REPLY, 0 },
		{ "bytes", REPLAY_BYTES, 0 },
	};
	struct str word = replay_next_word(line);

	if (str_is(word, "drip")) {
		rule->piece = replay_number(replay_next_word(line));
		rule->every = replay_number(replay_next_word(line));
		word = replay_next_word(line);
	}
	for (size_t i = 0; i < sizeof(actions) / sizeof(*actions); i++)
		if (str_is(word, actions[i].word)) {
			rule->action = actions[i].action;
			rule->error = actions[i].error;
			rule->items = *line;
			return;
		}
	fail("no such action", word);
}

/* The rest of a line behind its address. */
static void parse_rule(struct str transport, struct str line,
		       struct replay_rule *rule)
{
	rule->is_tcp = str_is(transport, "tcp");
	rule->port = (uint16_t)replay_number(replay_next_word(&line));
	parse_when(replay_next_word(&line), rule);
	rule->after = delay(&line);
	parse_action(&line, rule);
}

static void parse_name(struct str line, struct replay_name *name)
{
	name->name = replay_next_word(&line);
	name->after = delay(&line);
	name->addresses = line;
}

static bool is_transport(struct str word)
{
	return str_is(word, "udp") || str_is(word, "tcp");
}

static void parse_line(struct arena *arena, struct str line,
		       struct replay_scenario *scenario)
{
	struct str whole = line, word = replay_next_word(&line);
	struct ip_address address = { 0 };

	if (!word.length || word.data[0] == '#')
		return;
	if (ip_address_parse(word, &address))
		word = replay_next_word(&line);
	if (is_transport(word)) {
		struct replay_rule *rule = ARRAY_ADD(arena, &scenario->rules);

		rule->address = address;
		parse_rule(word, line, rule);
	} else if (str_is(word, "name")) {
		parse_name(line, ARRAY_ADD(arena, &scenario->names));
	} else if (str_is(word, "interrupt")) {
		scenario->is_interrupted = true;
		scenario->interrupt = delay(&line);
	} else {
		*ARRAY_ADD(arena, &scenario->settings) = whole;
	}
}

void replay_scenario_parse(struct arena *arena, struct str text,
			   struct replay_scenario *scenario)
{
	while (text.length) {
		struct str line = { text.data, str_find(text, '\n') };

		parse_line(arena, line, scenario);
		text = str_skip(text, line.length);
		if (text.length)
			text = str_skip(text, 1);
	}
}

static void add_u32(struct strbuf *out, uint32_t value)
{
	uint32_t big = htonl(value);

	strbuf_add(out, (struct str){ (const char *)&big, sizeof(big) });
}

static char hex_byte(struct str digits)
{
	static const char all[] = "0123456789abcdef";
	unsigned value = 0;

	if (digits.length < 2)
		fail("two digits are missing", digits);
	for (int i = 0; i < 2; i++) {
		char digit = ascii_lower(digits.data[i]);
		const char *found = memchr(all, digit, 16);

		if (!found)
			fail("not a hexadecimal digit", digits);
		value = value * 16 + (unsigned)(found - all);
	}
	return (char)value;
}

static void add_hex(struct strbuf *out, struct str digits)
{
	for (; digits.length; digits = str_skip(digits, 2))
		strbuf_add_char(out, hex_byte(digits));
}

/* Takes one character of a string, which may be written with a backslash. */
static char take_character(struct str *items)
{
	static const char letters[] = "n0\"\\", meanings[] = "\n\0\"\\";
	char c = items->data[0];
	const char *found;

	*items = str_skip(*items, 1);
	if (c != '\\' || !items->length)
		return c;
	c = items->data[0];
	*items = str_skip(*items, 1);
	found = memchr(letters, c, sizeof(letters) - 1);
	if (found)
		return meanings[found - letters];
	if (c != 'x')
		fail("no such escape", *items);
	c = hex_byte(*items);
	*items = str_skip(*items, 2);
	return c;
}

/* A string behind its first quotation mark. */
static void add_string(struct strbuf *out, struct str *items)
{
	struct strbuf text = { 0 };

	while (items->length && items->data[0] != '"')
		strbuf_add_char(&text, take_character(items));
	if (!items->length)
		fail("a string does not end", *items);
	*items = str_skip(*items, 1);
	add_u32(out, (uint32_t)text.length);
	while (text.length % 4)
		strbuf_add_char(&text, '\0');
	strbuf_add(out, strbuf_str(&text));
	strbuf_free(&text);
}

static void add_word(struct strbuf *out, struct str word, uint32_t xid)
{
	if (str_is(word, "xid"))
		add_u32(out, xid);
	else if (str_is(word, "xid+1"))
		add_u32(out, xid + 1);
	else if (str_is(word, "ok"))
		add_hex(out, STR("0000000100000000000000000000000000000000"));
	else if (str_starts(word, STR("hex:")))
		add_hex(out, str_skip(word, 4));
	else
		add_u32(out, replay_number(word));
}

void replay_add_items(struct strbuf *out, struct str items, uint32_t xid)
{
	struct str word, rest;

	for (;;) {
		rest = items;
		word = replay_next_word(&items);
		if (!word.length)
			return;
		if (word.data[0] == '"') {
			items = str_skip(rest,
					 (size_t)(word.data - rest.data) + 1);
			add_string(out, &items);
		} else if (str_is(word, "times")) {
			unsigned times =
				replay_number(replay_next_word(&items));

			while (times--)
				replay_add_items(out, items, xid);
			return;
		} else {
			add_word(out, word, xid);
		}
	}
}
