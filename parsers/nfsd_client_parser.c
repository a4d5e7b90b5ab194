#include "nfsd_client_parser.h"

#include "number.h"

static struct str unquote(struct str value)
{
	if (value.length >= 2 && value.data[0] == '"' &&
	    value.data[value.length - 1] == '"')
		return (struct str){ value.data + 1, value.length - 2 };
	return value;
}

/* "10.1.2.3:742" or "[2001:db8::6]:742". */
static void take_address(struct str value, struct nfsd_client *client)
{
	struct str whole = unquote(value), text = whole;
	int64_t port;

	while (text.length && text.data[text.length - 1] != ':')
		text.length--;
	if (number_strtol(str_skip(whole, text.length), &port) && port >= 0 &&
	    port <= UINT16_MAX)
		client->port = (uint16_t)port;
	if (text.length)
		text.length--;
	if (text.length > 2 && text.data[0] == '[')
		text = (struct str){ text.data + 1, text.length - 2 };
	client->address_text = text;
	if (!ip_address_parse(text, &client->address))
		client->address = (struct ip_address){ 0 };
}

static void take_status(struct str value, struct nfsd_client *client)
{
	static const char *const words[] = {
		[NFSD_CLIENT_CONFIRMED] = "confirmed",
		[NFSD_CLIENT_UNCONFIRMED] = "unconfirmed",
		[NFSD_CLIENT_COURTESY] = "courtesy",
		[NFSD_CLIENT_EXPIRABLE] = "expirable",
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (str_is(value, words[i]))
			client->status = (enum nfsd_client_status)i;
}

static void take_name(struct str value, struct nfsd_client *client)
{
	client->name = unquote(value);
}

static void take_minor(struct str value, struct nfsd_client *client)
{
	int64_t number;

	if (number_strtol(value, &number) && number >= 0 && number < 100)
		client->minor = (uint32_t)number;
}

static void take_renewed(struct str value, struct nfsd_client *client)
{
	int64_t number;

	if (number_strtol(value, &number) && number >= 0)
		client->renewed = number;
}

bool nfsd_client_parse(struct str text, struct nfsd_client *client)
{
	static const struct {
		const char *key;
		void (*take)(struct str value, struct nfsd_client *client);
	} rows[] = {
		{ "address", take_address },
		{ "status", take_status },
		{ "name", take_name },
		{ "minor version", take_minor },
		{ "seconds from last renew", take_renewed },
	};
	struct str line, key;

	*client = (struct nfsd_client){
		.status = NFSD_CLIENT_UNKNOWN,
		.renewed = -1,
	};
	while (str_take(&text, '\n', &line)) {
		(void)str_take(&line, ':', &key);
		if (line.length && line.data[0] == ' ')
			line = str_skip(line, 1);
		for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
			if (str_is(key, rows[i].key))
				rows[i].take(line, client);
	}
	return client->address_text.length != 0;
}

const char *nfsd_client_state(const struct nfsd_client *client)
{
	static const char *const states[] = {
		[NFSD_CLIENT_CONFIRMED] = "live",
		[NFSD_CLIENT_UNCONFIRMED] = "unknown",
		[NFSD_CLIENT_COURTESY] = "courtesy",
		[NFSD_CLIENT_EXPIRABLE] = "stale",
		[NFSD_CLIENT_UNKNOWN] = "unknown",
	};

	return states[client->status];
}

/* The words of the JSON output, and those of the kernel. */
static const struct {
	const char *name, *word;
} state_kinds[NFSD_STATE_KINDS] = {
	[NFSD_STATE_OPEN] = { "open", "open" },
	[NFSD_STATE_LOCK] = { "lock", "lock" },
	[NFSD_STATE_DELEGATION] = { "delegation", "deleg" },
	[NFSD_STATE_LAYOUT] = { "layout", "layout" },
};

const char *nfsd_state_name(enum nfsd_state_kind kind)
{
	return state_kinds[kind].name;
}

/* "- 0x0000000113a7…: { type: open, access: …" gives "open". */
static struct str state_word(struct str line)
{
	static const struct str before = STR("- 0x"),
				behind = STR(": { type: ");
	size_t digits = before.length;

	if (!str_starts(line, before))
		return (struct str){ 0 };
	while (digits < line.length && line.data[digits] != ':')
		digits++;
	line = str_skip(line, digits);
	if (!str_starts(line, behind))
		return (struct str){ 0 };
	line = str_skip(line, behind.length);
	line.length = str_find(line, ',');
	return line;
}

static void add_device(struct nfsd_client *client, struct nfsd_device device)
{
	for (unsigned i = 0; i < client->device_count; i++)
		if (client->devices[i].major == device.major &&
		    client->devices[i].minor == device.minor)
			return;
	if (client->device_count < NFSD_DEVICES_MAX)
		client->devices[client->device_count++] = device;
}

/* superblock: "fe:00:1110", two hexadecimal numbers and an inode, stands before
 * all that a client or a file may be called. */
static void note_device(struct str line, struct nfsd_client *client)
{
	static const char before[] = "superblock: \"";
	const char *found =
		memmem(line.data, line.length, before, strlen(before));
	struct str rest, major, minor;
	struct nfsd_device device;

	if (!found)
		return;
	rest = str_skip(line, (size_t)(found - line.data) + strlen(before));
	if (str_take(&rest, ':', &major) && str_take(&rest, ':', &minor) &&
	    number_hex32(major, &device.major) &&
	    number_hex32(minor, &device.minor))
		add_device(client, device);
}

void nfsd_states_parse(struct str text, struct nfsd_client *client)
{
	struct str line;

	client->has_states = true;
	while (str_take(&text, '\n', &line)) {
		struct str word = state_word(line);

		for (size_t i = 0; i < NFSD_STATE_KINDS; i++) {
			if (!str_is(word, state_kinds[i].word))
				continue;
			client->states[i]++;
			note_device(line, client);
		}
	}
}
