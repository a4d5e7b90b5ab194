#include "exports_generator.h"

#include "exports_words.h"
#include "prng.h"

enum { REMEMBERED = 8, PATH_LIMIT = 1024, CLIENT_LIMIT = 511 };

const struct exports_generator_weights exports_generator_weights = {
	.address = 30,
	.host = 25,
	.network = 20,
	.wildcard = 10,
	.netgroup = 6,
	.anonymous = 8,
	.gss = 4,
	.flag = 50,
	.id = 12,
	.fsid = 10,
	.mountpoint = 5,
	.referral = 6,
	.security = 16,
	.squash_list = 1,
};

struct generator {
	const struct exports_generator_options *options;
	struct exports_generator_weights weights;
	struct prng prng;
	struct strbuf *out;
	struct strbuf token; /* the word being built, before it is spelled */
	struct strbuf paths[REMEMBERED], clients[REMEMBERED];
	const char *line_end;
};

/* A piece of text that may hold NUL. */
struct piece {
	const char *text;
	size_t length;
};

#define PIECE(literal)                                                         \
	{                                                                      \
		literal, sizeof(literal) - 1                                   \
	}

static bool odd(struct generator *g, unsigned percent)
{
	static const unsigned scale[] = { 0, 1, 3 };

	return prng_chance(&g->prng, percent * scale[g->options->broken]);
}

/* What makes exportfs stop reading; rare, or nothing else would be seen. */
static bool fatal(struct generator *g)
{
	static const unsigned per_mille[] = { 0, 4, 25 };

	return prng_below(&g->prng, 1000) < per_mille[g->options->broken];
}

static bool chance(struct generator *g, unsigned percent)
{
	return prng_chance(&g->prng, percent);
}

static void repeat(struct strbuf *buffer, char c, size_t count)
{
	while (count--)
		strbuf_add_char(buffer, c);
}

static void fill_to(struct strbuf *buffer, char c, size_t length)
{
	if (buffer->length < length)
		repeat(buffer, c, length - buffer->length);
}

/* ---- spelling ---- */

static bool is_separator(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r') || c == '\0';
}

static void add_octal(struct generator *g, char c)
{
	strbuf_printf(g->out, "\\%03o", (unsigned)(unsigned char)c);
}

/* A byte that must not stand for itself outside quotes, at index. */
static bool is_special(struct str word, size_t index)
{
	char c = word.data[index];

	return is_separator(c) || c == '"' || (index == 0 && c == '#');
}

/* Writes the byte so that it is read as it is, or nearly so. */
static void spell_byte(struct generator *g, struct str word, size_t index,
		       bool *quoted, unsigned noise)
{
	char c = word.data[index];

	if (is_special(word, index) && !*quoted && chance(g, 50)) {
		strbuf_add_char(g->out, '"');
		*quoted = true;
	}
	if (c == '"' || (is_special(word, index) && !*quoted) ||
	    (c == '\n' && chance(g, 50)) || prng_chance(&g->prng, noise))
		add_octal(g, c);
	else
		strbuf_add_char(g->out, c);
	if (*quoted ? chance(g, 20) : prng_chance(&g->prng, noise)) {
		strbuf_add_char(g->out, '"');
		*quoted = !*quoted;
	}
}

/* Writes a word in one of its spellings. An empty word becomes "". */
static void spell(struct generator *g, struct str word)
{
	unsigned noise = chance(g, 4) ? 8 : 0;
	bool quoted = word.length == 0 || chance(g, 4);

	if (quoted)
		strbuf_add_char(g->out, '"');
	for (size_t i = 0; i < word.length; i++)
		spell_byte(g, word, i, &quoted, noise);
	if (quoted)
		strbuf_add_char(g->out, '"');
}

/* ---- paths ---- */

/* Words that are written, not spelled: their escapes and quotes are meant. */
static const struct piece raw_paths[] = { PIECE("/srv/with\\040space"),
					  PIECE("\"/srv/with space\""),
					  PIECE("/srv/\"with space\""),
					  PIECE("/x/p\\134040q"),
					  PIECE("/x/p\\134134060"),
					  PIECE("/x/p\\000q"),
					  PIECE("/x/p\\04x"),
					  PIECE("/x/p\\400"),
					  PIECE("/x/p\\777"),
					  PIECE("/x/p\\x40"),
					  PIECE("/x/p\\\\q"),
					  PIECE("/x/p\\134\\060\\064\\060"),
					  PIECE("/x/\\303\\251"),
					  PIECE("/x/\303\251"),
					  PIECE("/x/\351"),
					  PIECE("/x/p\\011q\\177\\033"),
					  PIECE("/x/p\\042q"),
					  PIECE("/x/p#q"),
					  PIECE("\\043x"),
					  PIECE("/x/p(rw)"),
					  PIECE("/x\\"),
					  PIECE("/x/p\\\""),
					  PIECE("/x/\"\"p"),
					  PIECE("/x/p\"q\0r\""),
					  PIECE("/x/p\"\\\nq\""),
					  PIECE("\"/x/p\nq\""),
					  PIECE("/x/p\302\240q"),
					  PIECE("-ro"),
					  PIECE("@grp"),
					  PIECE("*"),
					  PIECE("\\057x\\057y") };

static void long_path(struct generator *g)
{
	static const size_t lengths[] = { 900, 1022, 1023, 1024 };
	size_t length = PRNG_PICK(&g->prng, lengths);

	if (odd(g, 10))
		length = 1025;
	strbuf_add_text(&g->token, "/x/");
	fill_to(&g->token, 'l', length);
}

/* Few letters, so that many paths share a bucket of exportfs' table. */
static void short_path(struct generator *g)
{
	size_t length = 1 + prng_below(&g->prng, 4);

	strbuf_add_text(&g->token, "/x");
	if (chance(g, 50))
		strbuf_add_char(&g->token, '/');
	while (length--)
		strbuf_add_char(
			&g->token,
			chance(g, 4) ? (char)(0x80 + prng_below(&g->prng, 128))
				     : "abcde"[prng_below(&g->prng, 5)]);
}

static void new_path(struct generator *g)
{
	size_t kind = prng_below(&g->prng, 100);

	if (g->options->many_clients || kind < 25)
		short_path(g);
	else if (kind < 27)
		long_path(g);
	else if (kind < 60)
		strbuf_add_text(&g->token, PRNG_PICK(&g->prng, existing_paths));
	else
		strbuf_add_text(&g->token, PRNG_PICK(&g->prng, missing_paths));
}

static void remember(struct generator *g, struct strbuf *memory)
{
	struct strbuf *slot = &memory[prng_below(&g->prng, REMEMBERED)];

	strbuf_clear(slot);
	strbuf_add(slot, strbuf_str(&g->token));
}

static bool recall(struct generator *g, const struct strbuf *memory)
{
	struct str old = strbuf_str(&memory[prng_below(&g->prng, REMEMBERED)]);

	if (!old.length)
		return false;
	strbuf_add(&g->token, old);
	return true;
}

static void add_path(struct generator *g)
{
	const struct piece *raw;

	strbuf_clear(&g->token);
	if (odd(g, 8)) {
		raw = &PRNG_PICK(&g->prng, raw_paths);
		strbuf_add(g->out, (struct str){ raw->text, raw->length });
		return;
	}
	if (!chance(g, 15) || !recall(g, g->paths))
		new_path(g);
	remember(g, g->paths);
	spell(g, strbuf_str(&g->token));
}

/* ---- clients ---- */

static bool malformed_prefix_allowed(const struct generator *g)
{
	return !g->options->overflow || g->options->stale_errno;
}

static void add_address(struct generator *g)
{
	if (odd(g, 6))
		strbuf_add_text(&g->token, PRNG_PICK(&g->prng, odd_addresses));
	else if (g->options->many_clients || chance(g, 40))
		strbuf_printf(&g->token, "10.%zu.0.%zu",
			      prng_below(&g->prng, 3),
			      prng_below(&g->prng, 20));
	else
		strbuf_add_text(&g->token, PRNG_PICK(&g->prng, addresses));
}

static void add_host(struct generator *g)
{
	if (odd(g, 1)) {
		fill_to(&g->token, 'h', 200 + prng_below(&g->prng, 310));
		strbuf_add_text(&g->token, ".invalid");
	} else if (odd(g, 10)) {
		strbuf_add_text(&g->token, PRNG_PICK(&g->prng, odd_hosts));
	} else {
		strbuf_add_text(&g->token, PRNG_PICK(&g->prng, hosts));
	}
}

static void add_network(struct generator *g)
{
	if (odd(g, 4) && malformed_prefix_allowed(g))
		strbuf_add_text(&g->token,
				PRNG_PICK(&g->prng, malformed_prefixes));
	else if (odd(g, 8))
		strbuf_add_text(&g->token, PRNG_PICK(&g->prng, bad_networks));
	else if (g->options->many_clients || chance(g, 30))
		strbuf_printf(&g->token, "10.%zu.%zu.0/%zu",
			      prng_below(&g->prng, 3), prng_below(&g->prng, 3),
			      8 + prng_below(&g->prng, 25));
	else
		strbuf_add_text(&g->token, PRNG_PICK(&g->prng, networks));
}

static void add_wildcard(struct generator *g)
{
	if (odd(g, 6))
		strbuf_add_text(&g->token, PRNG_PICK(&g->prng, odd_wildcards));
	else if (odd(g, 2))
		fill_to(&g->token, '*', 200 + prng_below(&g->prng, 312));
	else
		strbuf_add_text(&g->token, PRNG_PICK(&g->prng, wildcards));
}

/* The word is later cut at its first "(", where options begin. */
static void new_client(struct generator *g)
{
	const struct exports_generator_weights *w = &g->weights;
	size_t n =
		prng_below(&g->prng, (size_t)w->address + w->host + w->network +
					     w->wildcard + w->netgroup +
					     w->anonymous + w->gss);

	if (n < w->address)
		add_address(g);
	else if ((n -= w->address) < w->host)
		add_host(g);
	else if ((n -= w->host) < w->network)
		add_network(g);
	else if ((n -= w->network) < w->wildcard)
		add_wildcard(g);
	else if ((n -= w->wildcard) < w->netgroup)
		strbuf_add_text(&g->token, PRNG_PICK(&g->prng, netgroups));
	else if ((n -= w->netgroup) < w->anonymous)
		strbuf_add_text(&g->token, chance(g, 60) ? "*" : "");
	else
		strbuf_add_text(&g->token, PRNG_PICK(&g->prng, gss_clients));
}

/* In valid text, a client must survive the way through etab, and a word
 * without options must not hold "(". */
static bool client_is_plain(struct str word)
{
	for (size_t i = 0; i < word.length; i++)
		if (is_separator(word.data[i]) || word.data[i] == '(' ||
		    word.data[i] == '"' || word.data[i] == '#')
			return false;
	return true;
}

static void change_case(struct generator *g)
{
	size_t at = g->token.length ? prng_below(&g->prng, g->token.length) : 0;
	char *c;

	if (!g->token.length)
		return;
	c = &g->token.data[at];
	if ((*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z'))
		*c ^= 0x20;
}

static void choose_client(struct generator *g)
{
	strbuf_clear(&g->token);
	if (chance(g, 12) && recall(g, g->clients)) {
		if (chance(g, 20) && g->token.data[0] != 'g')
			change_case(g);
		return;
	}
	do {
		strbuf_clear(&g->token);
		new_client(g);
	} while (!odd(g, 30) && !client_is_plain(strbuf_str(&g->token)));
	remember(g, g->clients);
}

/* ---- options ---- */

static void option_id(struct generator *g)
{
	strbuf_add_text(&g->token, chance(g, 50) ? "anonuid=" : "anongid=");
	if (g->options->overflow && chance(g, 40))
		strbuf_add_text(&g->token,
				PRNG_PICK(&g->prng, overflow_values));
	else if (chance(g, 30))
		strbuf_printf(&g->token, "%zu", prng_below(&g->prng, 100000));
	else
		strbuf_add_text(&g->token, PRNG_PICK(&g->prng, id_values));
}

static void option_fsid(struct generator *g)
{
	const char *value = PRNG_PICK(&g->prng, fsid_values);

	if (g->options->overflow && chance(g, 40))
		value = PRNG_PICK(&g->prng, overflow_fsids);
	/* A uuid is not escaped in etab. */
	if (g->options->broken == EXPORTS_VALID && strchr(value + 1, ' '))
		value = "7";
	strbuf_add_text(&g->token, "fsid=");
	strbuf_add_text(&g->token, value);
}

static void option_mountpoint(struct generator *g)
{
	const char *value = PRNG_PICK(&g->prng, mountpoints);

	if (odd(g, 10))
		value = PRNG_PICK(&g->prng, odd_mountpoints);
	strbuf_add_text(&g->token, chance(g, 50) ? "mp" : "mountpoint");
	strbuf_add_text(&g->token, value);
	if (odd(g, 2))
		repeat(&g->token, 'm', 150 + prng_below(&g->prng, 200));
}

static void option_referral(struct generator *g)
{
	const char *value = PRNG_PICK(&g->prng, referrals);

	if (odd(g, 10))
		value = PRNG_PICK(&g->prng, odd_referrals);
	strbuf_add_text(&g->token, chance(g, 50) ? "refer=" : "replicas=");
	strbuf_add_text(&g->token, value);
	if (odd(g, 2))
		repeat(&g->token, chance(g, 50) ? 'r' : ' ',
		       50 + prng_below(&g->prng, 300));
}

static void option_security(struct generator *g)
{
	size_t count = 1 + prng_below(&g->prng, 3);

	strbuf_add_text(&g->token, "sec=");
	for (size_t i = 0; i < count; i++) {
		if (i)
			strbuf_add_char(&g->token, ':');
		strbuf_add_text(&g->token, PRNG_PICK(&g->prng, flavors));
	}
}

static void add_ranges(struct generator *g, const char *name, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		size_t first = prng_below(&g->prng, 1000);

		if (i)
			strbuf_add_char(&g->token, ',');
		strbuf_add_text(&g->token, name);
		strbuf_printf(&g->token, "%zu", first);
		if (chance(g, 70))
			strbuf_printf(&g->token, "-%zu",
				      first + prng_below(&g->prng, 1000));
	}
}

/* Etab's form of the lists can't be read back unless there is only one. */
static void option_squash_list(struct generator *g)
{
	bool valid = g->options->broken == EXPORTS_VALID;
	size_t uids = valid ? 1 : prng_below(&g->prng, 3);
	size_t gids = valid ? 0 : uids + prng_below(&g->prng, 2);

	if (g->options->squash_uids && chance(g, 50)) {
		uids = 2 + prng_below(&g->prng, 2);
		gids = 1;
	} else if (!gids || chance(g, 30)) {
		uids = uids ? uids : 1;
		gids = 0;
	}
	add_ranges(g, "squash_uids=", uids);
	if (uids && gids)
		strbuf_add_char(&g->token, ',');
	add_ranges(g, "squash_gids=", gids);
}

/* Which options a list has already: not more of them than valid text can
 * hold, and no second squash list. */
struct list_state {
	bool is_default, squash_list;
	unsigned sections, texts;
};

static void add_flag(struct generator *g)
{
	strbuf_add_text(&g->token, PRNG_PICK(&g->prng, flags));
}

static bool text_fits(struct generator *g, unsigned *used, unsigned limit)
{
	return ++*used <= limit || g->options->broken != EXPORTS_VALID;
}

static void add_wrong_option(struct generator *g, struct list_state *state)
{
	const char *option = PRNG_PICK(&g->prng, wrong_options);

	if (state->squash_list && strncmp(option, "squash_", 7) == 0)
		option = "unknown";
	strbuf_add_text(&g->token, option);
}

static void add_option(struct generator *g, struct list_state *state)
{
	const struct exports_generator_weights *w = &g->weights;
	size_t n = prng_below(&g->prng, (size_t)w->flag + w->id + w->fsid +
						w->mountpoint + w->referral +
						w->security + w->squash_list);

	if (fatal(g))
		add_wrong_option(g, state);
	else if (n < w->flag)
		add_flag(g);
	else if ((n -= w->flag) < w->id)
		option_id(g);
	else if ((n -= w->id) < w->fsid)
		option_fsid(g);
	else if ((n -= w->fsid) < w->mountpoint)
		option_mountpoint(g);
	else if ((n -= w->mountpoint) < w->referral &&
		 text_fits(g, &state->texts, 1))
		option_referral(g);
	else if ((n -= w->referral) < w->security &&
		 text_fits(g, &state->sections, 2))
		option_security(g);
	else if (!state->squash_list &&
		 (!state->is_default || g->options->squash_defaults)) {
		state->squash_list = true;
		option_squash_list(g);
	} else {
		add_flag(g);
	}
}

/* What stands between the options of a list. */
static void add_comma(struct generator *g)
{
	strbuf_add_char(&g->token, ',');
	if (odd(g, 2))
		strbuf_add_text(&g->token, chance(g, 50) ? " " : "\t ");
	if (fatal(g))
		strbuf_add_char(&g->token, ',');
}

static size_t option_count(struct generator *g)
{
	if (g->options->many_clients)
		return prng_below(&g->prng, 2);
	return chance(g, 80)			     ? prng_below(&g->prng, 4)
	       : g->options->broken == EXPORTS_VALID ? prng_below(&g->prng, 8)
						     : prng_below(&g->prng, 24);
}

static void add_options(struct generator *g, bool is_default)
{
	struct list_state state = { .is_default = is_default };
	size_t count = option_count(g);

	for (size_t i = 0; i < count; i++) {
		if (i)
			add_comma(g);
		if (g->options->many_clients)
			strbuf_add_text(&g->token, chance(g, 50) ? "rw" : "ro");
		else
			add_option(g, &state);
	}
	if (count && chance(g, 5))
		strbuf_add_char(&g->token, ',');
}

/* ---- words of an entry ---- */

static void add_separator(struct generator *g)
{
	static const struct piece odd_separators[] = {
		PIECE("\t\t"),	  PIECE(" \t "),      PIECE("\0"),
		PIECE(" \0 "),	  PIECE("\r"),	      PIECE("\v"),
		PIECE("\f"),	  PIECE(" \f"),	      PIECE(" \r "),
		PIECE("\\ "),	  PIECE(" \\\r\n"),   PIECE("\"\" "),
		PIECE(" \"\" "),  PIECE("\\\n#x\n "), PIECE(" #c\\\n"),
		PIECE("\\\n\\\n")
	};
	static const char *const separators[] = {
		" ", " ", " ", "\t", "  ", "\\\n", " \\\n\t", "\t \\\n  \t",
	};
	const struct piece *piece;

	if (odd(g, 2)) {
		piece = &PRNG_PICK(&g->prng, odd_separators);
		strbuf_add(g->out, (struct str){ piece->text, piece->length });
	} else {
		strbuf_add_text(g->out, PRNG_PICK(&g->prng, separators));
	}
}

/* Makes the word as long as the limit allows, or a byte longer once the ")" is
 * there. */
static void stretch(struct generator *g)
{
	static const char *const last[] = { "rw", "acl", "sync" };
	size_t limit = CLIENT_LIMIT - prng_below(&g->prng, 4);

	if (g->token.data[g->token.length - 1] == '(')
		strbuf_add_text(&g->token, "ro");
	while (g->token.length + 5 < limit)
		strbuf_add_text(&g->token, chance(g, 50) ? ",rw" : ",ro");
	if (g->token.length + 3 > limit)
		return;
	strbuf_add_char(&g->token, ',');
	strbuf_add_text(&g->token, last[limit - g->token.length - 2]);
}

static void add_raw_client(struct generator *g)
{
	strbuf_add_text(g->out, PRNG_PICK(&g->prng, raw_clients));
}

static void add_defaults(struct generator *g)
{
	strbuf_clear(&g->token);
	strbuf_add_char(&g->token, '-');
	add_options(g, true);
	if (g->token.length > 1 && odd(g, 1))
		stretch(g);
	spell(g, strbuf_str(&g->token));
}

static void add_client(struct generator *g)
{
	bool valid = g->options->broken == EXPORTS_VALID;

	if (odd(g, 3)) {
		add_raw_client(g);
		return;
	}
	choose_client(g);
	if (!valid && g->token.length > CLIENT_LIMIT)
		g->token.length = CLIENT_LIMIT;
	if (chance(g, 80) || (!g->token.length && valid)) {
		strbuf_add_char(&g->token, '(');
		add_options(g, false);
		if (odd(g, 1))
			stretch(g);
		if (!fatal(g))
			strbuf_add_char(&g->token, ')');
	}
	spell(g, strbuf_str(&g->token));
}

/* The rest of an entry behind its path. In valid text, a default list is not
 * followed by another one, which exportfs would take as a host. */
static void add_clients(struct generator *g)
{
	size_t count = chance(g, 80) ? prng_below(&g->prng, 4)
				     : prng_below(&g->prng, 12);
	bool after_defaults = false;

	if (g->options->many_clients)
		count += 4;
	for (size_t i = 0; i < count; i++) {
		add_separator(g);
		after_defaults =
			chance(g, 12) && (!after_defaults || odd(g, 30));
		if (after_defaults)
			add_defaults(g);
		else
			add_client(g);
	}
}

/* ---- lines ---- */

static void add_line_end(struct generator *g)
{
	if (odd(g, 1))
		strbuf_add_char(g->out,
				"\r\v\f\0\\\""[prng_below(&g->prng, 6)]);
	if (chance(g, 5))
		strbuf_add_text(g->out, " # a comment (rw) \"");
	else if (chance(g, 5))
		strbuf_add_text(g->out, " \t");
	if (odd(g, 1))
		strbuf_add_char(g->out, '\\');
	strbuf_add_text(g->out, g->line_end);
}

static void add_filler(struct generator *g)
{
	static const char *const fillers[] = {
		"# comment\n", "\n",   "  \n",	       "\t# x \\\n", "\n\n",
		"#\n",	       "\\\n", " \\\n\\\n \n", "#\"\n",
	};
	static const struct piece odd_fillers[] = {
		PIECE("\0\n"), PIECE(" \0\0"), PIECE("\\ \n"), PIECE("  ")
	};
	static const struct piece stopping[] = {
		PIECE("\r\n"),		PIECE("\f\n"), PIECE("\v"),
		PIECE("\"\" *\n"),	PIECE(" \r"),  PIECE("\\000 *\n"),
		PIECE("\"\\000\" *\n"), PIECE("\"")
	};
	const struct piece *piece;

	if (fatal(g))
		piece = &PRNG_PICK(&g->prng, stopping);
	else if (odd(g, 10))
		piece = &PRNG_PICK(&g->prng, odd_fillers);
	else {
		strbuf_add_text(g->out, PRNG_PICK(&g->prng, fillers));
		return;
	}
	strbuf_add(g->out, (struct str){ piece->text, piece->length });
}

static void add_entry(struct generator *g)
{
	if (chance(g, 12))
		add_filler(g);
	if (chance(g, 5))
		strbuf_add_text(g->out, chance(g, 50) ? "\t" : "  ");
	add_path(g);
	add_clients(g);
	add_line_end(g);
}

/* Changes single bytes from offset on, to what the grammar cares about. */
static void mutate(struct generator *g, size_t offset)
{
	static const char bytes[] = "\"#(),-\\\n\t \r\v\f=*@[?:/.0147ax\0\200";
	size_t count = 1 + prng_below(&g->prng, 6);

	while (count-- && g->out->length > offset) {
		char *data = g->out->data;
		size_t length = g->out->length - offset;
		size_t at = offset + prng_below(&g->prng, length);
		char byte = bytes[prng_below(&g->prng, sizeof(bytes) - 1)];

		switch (prng_below(&g->prng, 3)) {
		case 0:
			data[at] = byte;
			break;
		case 1:
			memmove(data + at, data + at + 1, g->out->length - at);
			g->out->length--;
			break;
		default:
			strbuf_add_char(g->out, '\0');
			data = g->out->data;
			memmove(data + at + 1, data + at,
				g->out->length - at - 1);
			data[at] = byte;
		}
	}
}

static size_t entry_count(struct generator *g)
{
	size_t limit = g->options->lines ? g->options->lines : 60;

	if (g->options->broken == EXPORTS_BROKEN && limit > 12)
		limit = 12;
	if (chance(g, 60) && limit > 6 && !g->options->many_clients)
		limit = 6;
	return 1 + prng_below(&g->prng, limit);
}

static void generate(struct generator *g)
{
	size_t start = g->out->length;
	size_t count = entry_count(g);

	g->line_end = odd(g, 3) ? "\r\n" : "\n";
	if (odd(g, 2))
		strbuf_add_text(g->out, "\357\273\277");
	while (count--)
		add_entry(g);
	if (chance(g, 5))
		add_filler(g);
	if (g->out->length > start && chance(g, 10))
		g->out->data[--g->out->length] = '\0';
	if (g->options->broken == EXPORTS_BROKEN && !g->options->overflow &&
	    chance(g, 40))
		mutate(g, start);
}

static bool weights_are_zero(const struct exports_generator_weights *weights)
{
	static const struct exports_generator_weights zero;

	return memcmp(weights, &zero, sizeof(zero)) == 0;
}

void exports_generate(const struct exports_generator_options *options,
		      struct strbuf *text)
{
	struct generator g = {
		.options = options,
		.weights = options->weights,
		.prng = { options->seed },
		.out = text,
	};

	if (weights_are_zero(&options->weights))
		g.weights = exports_generator_weights;
	generate(&g);
	strbuf_free(&g.token);
	for (size_t i = 0; i < REMEMBERED; i++) {
		strbuf_free(&g.paths[i]);
		strbuf_free(&g.clients[i]);
	}
}
