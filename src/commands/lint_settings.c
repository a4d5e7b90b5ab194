#include "lint_settings.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "file_read.h"
#include "id_table.h"
#include "ini_parser.h"
#include "lint_choices.h"
#include "rule_catalog.h"
#include "target.h"

static const char default_path[] = "/etc/exportctl.conf";

/* More than any configuration, and less than what an accident may read. */
enum { CONFIG_MAX_BYTES = 256 << 10 };

struct reading {
	const struct command_context *context;
	struct lint_settings *settings;
	struct ini_file file;
	size_t next; /* setting to be taken; they are in the order of their
			sections */
	struct id_table keys;	 /* settings that were taken, by section and
				    key */
	struct id_table waivers; /* by name */
	bool names_rule;	 /* the waiver at hand, perhaps a wrong one */
	bool wrong;
};

static void complain(struct reading *reading, struct span span,
		     const char *format, ...)
	__attribute__((format(printf, 3, 4)));

static void complain(struct reading *reading, struct span span,
		     const char *format, ...)
{
	struct source *source = &reading->settings->source;
	struct source_position at =
		source_position(reading->context->arena, source, span.begin);
	struct strbuf text = { 0 };
	va_list arguments;

	va_start(arguments, format);
	strbuf_vprintf(&text, format, arguments);
	va_end(arguments);
	command_error(reading->context, "%s:%u:%u: %s", source->name, at.line,
		      at.column_chars, text.data);
	strbuf_free(&text);
	reading->wrong = true;
}

/* As much of a text as a message shows of it. */
static const char *excerpt(const struct reading *reading, struct str text)
{
	enum { SHOWN_MAX = 80 };
	size_t length = SHOWN_MAX;

	if (text.length <= SHOWN_MAX)
		return arena_copy(reading->context->arena, text.data,
				  text.length);
	while (length && ((unsigned char)text.data[length] & 0xc0) == 0x80)
		length--;
	return arena_printf(reading->context->arena, "%.*s...", (int)length,
			    text.data);
}

static const char *copy(const struct reading *reading, struct str text)
{
	return arena_copy(reading->context->arena, text.data, text.length);
}

/* Takes the next word off a list that commas and blanks separate; at is where
 * it stands in the source. */
static bool next_word(struct str *list, struct str *word)
{
	while (list->length && strchr(", \t", list->data[0]))
		*list = str_skip(*list, 1);
	word->data = list->data;
	word->length = 0;
	while (word->length < list->length &&
	       !strchr(", \t", list->data[word->length]))
		word->length++;
	*list = str_skip(*list, word->length);
	return word->length != 0;
}

/* Where a part of a setting's value stands. */
static struct span span_of(const struct ini_setting *setting, struct str part)
{
	uint32_t begin = setting->value_span.begin +
			 (uint32_t)(part.data - setting->value.data);

	return (struct span){ begin, begin + (uint32_t)part.length };
}

static void take_profile(struct reading *reading,
			 const struct ini_setting *setting)
{
	reading->settings->profile =
		rule_profile_find(copy(reading, setting->value));
	if (!reading->settings->profile)
		complain(reading, setting->value_span,
			 "there is no profile '%s'; profiles are default, "
			 "strict, stig, homelab and hpc",
			 excerpt(reading, setting->value));
}

static void take_fail_on(struct reading *reading,
			 const struct ini_setting *setting)
{
	enum severity severity;

	if (str_is(setting->value, "never"))
		reading->settings->fail_on = SEVERITIES;
	else if (severity_parse(setting->value, &severity))
		reading->settings->fail_on = (int)severity;
	else
		complain(reading, setting->value_span,
			 "'%s' is none of info, low, medium, high, critical "
			 "and never",
			 excerpt(reading, setting->value));
}

static void take_target(struct reading *reading,
			const struct ini_setting *setting)
{
	const char *text = copy(reading, setting->value);
	struct target unused = { 0 };
	struct failure failure;

	reading->settings->target = text;
	if (!target_parse(text, &unused, &failure))
		complain(reading, setting->value_span, "%s", failure.text);
}

static bool add_network(struct reading *reading, struct str word)
{
	struct arena *arena = reading->context->arena;
	struct address_set *trusted = reading->settings->trusted;
	struct client_network network;
	struct ip_address address;

	if (ip_address_parse(word, &address)) {
		address_set_add_address(arena, trusted, address);
		return true;
	}
	return client_network_parse(word, &network) == CLIENT_FINE &&
	       address_set_add_network(arena, trusted, &network);
}

static void take_trusted_networks(struct reading *reading,
				  const struct ini_setting *setting)
{
	struct str rest = setting->value, word;

	reading->settings->trusted = arena_alloc(
		reading->context->arena, sizeof(*reading->settings->trusted));
	while (next_word(&rest, &word))
		if (!add_network(reading, word))
			complain(reading, span_of(setting, word),
				 "'%s' is not a network like 10.0.0.0/8 or "
				 "fd00::/8",
				 excerpt(reading, word));
}

struct key {
	const char *name;
	void (*take)(struct reading *reading,
		     const struct ini_setting *setting);
};

static const struct key lint_keys[] = {
	{ "profile", take_profile },
	{ "fail-on", take_fail_on },
	{ "target", take_target },
	{ "trusted-networks", take_trusted_networks },
	{ 0 },
};

static struct waiver *last_waiver(const struct reading *reading)
{
	return &reading->settings->waivers
			.items[reading->settings->waivers.count - 1];
}

static void take_rule(struct reading *reading,
		      const struct ini_setting *setting)
{
	struct arena *arena = reading->context->arena;
	struct str rest = setting->value, word;

	while (next_word(&rest, &word)) {
		const char *slug = copy(reading, word);
		const struct rule *rule = rule_find(slug);

		reading->names_rule = true;
		if (rule)
			*ARRAY_ADD(arena, &last_waiver(reading)->rules) = rule;
		else
			complain(reading, span_of(setting, word), "%s",
				 rule_unknown_text(arena,
						   excerpt(reading, word)));
	}
}

static void take_path(struct reading *reading,
		      const struct ini_setting *setting)
{
	last_waiver(reading)->path = copy(reading, setting->value);
}

static void take_client(struct reading *reading,
			const struct ini_setting *setting)
{
	last_waiver(reading)->client = copy(reading, setting->value);
}

static void take_server(struct reading *reading,
			const struct ini_setting *setting)
{
	last_waiver(reading)->server = copy(reading, setting->value);
}

/* Who answers for it is told with the reason. */
static void take_owner(struct reading *reading,
		       const struct ini_setting *setting)
{
	struct finding_suppression *told = &last_waiver(reading)->told;

	told->reason =
		told->reason
			? arena_printf(reading->context->arena, "%s (%.*s)",
				       told->reason, STR_ARG(setting->value))
			: arena_printf(reading->context->arena, "(%.*s)",
				       STR_ARG(setting->value));
}

static void take_reason(struct reading *reading,
			const struct ini_setting *setting)
{
	struct finding_suppression *told = &last_waiver(reading)->told;
	const char *reason = copy(reading, setting->value);

	told->reason = told->reason
			       ? arena_printf(reading->context->arena, "%s %s",
					      reason, told->reason)
			       : reason;
}

static void take_until(struct reading *reading,
		       const struct ini_setting *setting)
{
	if (!calendar_date_parse(setting->value, &last_waiver(reading)->until))
		complain(reading, setting->value_span,
			 "'%s' is not a day; write it as 2027-01-31",
			 excerpt(reading, setting->value));
}

static const struct key waiver_keys[] = {
	{ "rule", take_rule },
	{ "path", take_path },
	{ "client", take_client },
	{ "server", take_server },
	{ "owner", take_owner },
	{ "reason", take_reason },
	{ "until", take_until },
	{ 0 },
};

/* In [severity] the keys are rules. */
static void take_level(struct reading *reading,
		       const struct ini_setting *setting)
{
	struct arena *arena = reading->context->arena;
	const char *slug = copy(reading, setting->key);
	enum severity severity;

	if (!rule_find(slug))
		complain(reading, setting->key_span, "%s",
			 rule_unknown_text(arena,
					   excerpt(reading, setting->key)));
	else if (!severity_parse(setting->value, &severity))
		complain(reading, setting->value_span,
			 "'%s' is none of info, low, medium, high and "
			 "critical",
			 excerpt(reading, setting->value));
	else
		*ARRAY_ADD(arena, &reading->settings->severities.list) =
			arena_printf(arena, "%s=%s", slug,
				     severity_names[severity]);
}

static void take_key(struct reading *reading, const struct key *keys,
		     const struct ini_setting *setting)
{
	for (; keys->name; keys++)
		if (str_is(setting->key, keys->name)) {
			keys->take(reading, setting);
			return;
		}
	complain(reading, setting->key_span, "unknown key '%s'",
		 excerpt(reading, setting->key));
}

/* The same key twice in a section can't both be meant. */
static bool is_repeated(struct reading *reading, uint32_t number)
{
	const struct ini_setting *settings = reading->file.settings.items;
	const struct ini_setting *setting = &settings[number];
	uint32_t hash = hash_bytes(setting->section, setting->key);

	ID_TABLE_EACH (&reading->keys, hash, id)
		if (settings[id].section == setting->section &&
		    str_equal(settings[id].key, setting->key))
			return true;
	id_table_add(reading->context->arena, &reading->keys, hash, number);
	return false;
}

static const char waiver_prefix[] = "waiver ";

/* Is the section [waiver NAME] or [waiver "NAME"]? */
static bool find_waiver_name(const struct ini_section *section,
			     struct str *name)
{
	*name = section->argument;
	if (section->argument.data)
		return str_is(section->name, "waiver");
	if (!str_starts(section->name, STR("waiver ")))
		return false;
	*name = str_skip(section->name, strlen(waiver_prefix));
	while (name->length && name->data[0] == ' ')
		*name = str_skip(*name, 1);
	return true;
}

static bool waiver_exists(const struct reading *reading, const char *by)
{
	const struct waiver *waivers = reading->settings->waivers.items;

	ID_TABLE_EACH (&reading->waivers, hash_bytes(0, str_of(by)), id)
		if (strcmp(waivers[id].told.by, by) == 0)
			return true;
	return false;
}

static void begin_waiver(struct reading *reading,
			 const struct ini_section *section, struct str name)
{
	struct arena *arena = reading->context->arena;
	const char *by = arena_printf(arena, "waiver %.*s", STR_ARG(name));

	reading->names_rule = false;
	if (waiver_exists(reading, by))
		complain(reading, section->span,
			 "there is another waiver of that name");
	id_table_add(arena, &reading->waivers, hash_bytes(0, str_of(by)),
		     (uint32_t)reading->settings->waivers.count);
	*ARRAY_ADD(arena, &reading->settings->waivers) = (struct waiver){
		.told.by = by,
		.span = section->span,
	};
}

static void check_waiver(struct reading *reading)
{
	const struct waiver *waiver = last_waiver(reading);

	if (!reading->names_rule && !waiver->path && !waiver->client)
		complain(reading, waiver->span,
			 "this waives everything; give it a rule=, path= or "
			 "client=");
}

static void take_settings(struct reading *reading, uint32_t section,
			  const struct key *keys)
{
	for (; reading->next < reading->file.settings.count; reading->next++) {
		const struct ini_setting *setting =
			&reading->file.settings.items[reading->next];

		if (setting->section != section)
			return;
		if (!setting->value.length)
			continue; /* told by the parser */
		if (is_repeated(reading, (uint32_t)reading->next))
			complain(reading, setting->key_span,
				 "'%s' was set before in this section",
				 excerpt(reading, setting->key));
		else if (keys)
			take_key(reading, keys, setting);
		else
			take_level(reading, setting);
	}
}

static void take_section(struct reading *reading, uint32_t index)
{
	const struct ini_section *section =
		&reading->file.sections.items[index];
	struct str name;

	if (find_waiver_name(section, &name)) {
		begin_waiver(reading, section, name);
		take_settings(reading, index, waiver_keys);
		check_waiver(reading);
	} else if (str_is(section->name, "lint") && !section->argument.data) {
		take_settings(reading, index, lint_keys);
	} else if (str_is(section->name, "severity") &&
		   !section->argument.data) {
		take_settings(reading, index, NULL);
	} else {
		while (reading->next < reading->file.settings.count &&
		       reading->file.settings.items[reading->next].section ==
			       index)
			reading->next++;
		complain(reading, section->span,
			 "unknown section; sections are [lint], [severity] and "
			 "[waiver NAME]");
	}
}

/* What stands behind `at` in its line must be a comment. */
static void check_rest(struct reading *reading, uint32_t at)
{
	struct str rest = str_skip(reading->settings->source.text, at);

	while (rest.length && strchr(" \t\r\\", rest.data[0])) {
		bool continued = rest.data[0] == '\\' && rest.length > 1 &&
				 rest.data[1] == '\n';

		if (rest.data[0] == '\\' && !continued)
			break;
		rest = str_skip(rest, continued ? 2 : 1);
	}
	at += (uint32_t)(reading->settings->source.text.length - at -
			 rest.length);
	if (rest.length && !strchr("#;\n", rest.data[0]))
		complain(reading, (struct span){ at, at },
			 "this has no meaning here");
}

/* The parser passes over what follows a section's header or a quoted
 * value. */
static void check_rests(struct reading *reading)
{
	const char *text = reading->settings->source.text.data;

	for (size_t i = 0; i < reading->file.sections.count; i++)
		check_rest(reading, reading->file.sections.items[i].span.end);
	for (size_t i = 0; i < reading->file.settings.count; i++) {
		struct span value = reading->file.settings.items[i].value_span;

		if (strchr("\"'", text[value.begin - 1]))
			check_rest(reading, value.end + 1);
	}
}

static void read_text(struct reading *reading)
{
	const struct source *source = &reading->settings->source;

	ini_parse(reading->context->arena, source->text, &reading->file);
	for (size_t i = 0; i < reading->file.diags.list.count; i++) {
		const struct diag *diag = &reading->file.diags.list.items[i];

		if (diag->kind != INI_NO_NEWLINE)
			complain(reading, diag->span, "%s", diag->message);
	}
	check_rests(reading);
	for (uint32_t i = 0; i < reading->file.sections.count; i++)
		take_section(reading, i);
}

bool lint_settings_read(const struct command_context *context,
			const struct root *root, const char *path,
			struct lint_settings *settings)
{
	struct reading reading = { .context = context, .settings = settings };
	int fd = path ? open(path, O_RDONLY | O_CLOEXEC)
		      : root_open_regular(root, default_path);
	struct failure failure;
	bool ok;

	*settings = (struct lint_settings){ .fail_on = -1,
					    .profile = rule_profiles };
	if (fd < 0 && !path && errno == ENOENT)
		return true;
	settings->source.name = path ? path : default_path;
	if (fd < 0) {
		(void)file_failure(&failure, settings->source.name, errno);
		command_error(context, "%s", failure.text);
		return false;
	}
	ok = file_read(context->arena, fd, settings->source.name,
		       CONFIG_MAX_BYTES, &settings->source.text, NULL,
		       &failure);
	close(fd);
	if (!ok) {
		command_error(context, "%s", failure.text);
		return false;
	}
	read_text(&reading);
	return !reading.wrong;
}
