#include "server_config.h"

#include "number.h"

/* Values that name each other; nfs-utils would follow them for ever. */
enum { REFERENCES_MAX = 16 };

static uint32_t hash_nocase(uint32_t hash, struct str text)
{
	for (size_t i = 0; i < text.length; i++) {
		char c = ascii_lower(text.data[i]);

		hash = hash_bytes(hash, (struct str){ &c, 1 });
	}
	return hash;
}

static uint32_t hash_name(struct str section, struct str key)
{
	return hash_nocase(hash_nocase(0, section), key);
}

/* The setting that holds for a name, whatever its section's argument. */
static struct config_setting *find_any(const struct server_config *config,
				       struct str section, struct str key)
{
	ID_TABLE_EACH (&config->by_name, hash_name(section, key), index) {
		struct config_setting *setting = &config->settings.items[index];

		if (setting->holds &&
		    str_equal_nocase(setting->section, section) &&
		    str_equal_nocase(setting->key, key))
			return setting;
	}
	return NULL;
}

void server_config_add(struct arena *arena, struct server_config *config,
		       const struct config_setting *setting)
{
	struct config_setting *old =
		find_any(config, setting->section, setting->key);

	if (old)
		old->holds = false;
	*ARRAY_ADD(arena, &config->settings) = *setting;
	config->settings.items[config->settings.count - 1].holds = true;
	id_table_add(arena, &config->by_name,
		     hash_name(setting->section, setting->key),
		     (uint32_t)config->settings.count - 1);
}

static const struct config_setting *find(const struct server_config *config,
					 struct str section, struct str key)
{
	const struct config_setting *setting = find_any(config, section, key);

	return setting && !setting->argument.data ? setting : NULL;
}

const struct config_setting *
server_config_find(const struct server_config *config, const char *section,
		   const char *key)
{
	return find(config, str_of(section), str_of(key));
}

struct str server_config_value(const struct server_config *config,
			       const struct config_setting *setting)
{
	for (int i = 0; setting && i < REFERENCES_MAX; i++) {
		struct str value = setting->value;

		if (value.data[0] != '$')
			return value;
		setting = find(config, STR("environment"), str_skip(value, 1));
	}
	return (struct str){ 0 };
}

static struct str value_of(const struct server_config *config,
			   const char *section, const char *key)
{
	return server_config_value(config,
				   server_config_find(config, section, key));
}

static bool is_one_of(struct str value, const char *const *words)
{
	for (; *words; words++)
		if (str_equal_nocase(value, str_of(*words)))
			return true;
	return false;
}

bool server_config_bool(const struct server_config *config, const char *section,
			const char *key, bool otherwise)
{
	static const char *const yes[] = { "1",	  "t",	"true", "y",
					   "yes", "on", NULL };
	static const char *const no[] = { "0",	"f",   "false", "n",
					  "no", "off", NULL };
	struct str value = value_of(config, section, key);

	if (is_one_of(value, yes))
		return true;
	return otherwise && !is_one_of(value, no);
}

int server_config_number(const struct server_config *config,
			 const char *section, const char *key, int otherwise)
{
	struct str value = value_of(config, section, key);
	int64_t number;

	if (!value.data)
		return otherwise;
	number_strtol(value, &number);
	return (int)number;
}
