#include "boot_order.h"

/* The service myhostname of glibc: systemd's names for the host itself. */
static bool is_own(const struct boot_order *order, struct str name)
{
	static const struct str endings[] = { STR(".localhost"),
					      STR(".localhost.localdomain") };

	if (!order->own_names)
		return false;
	for (size_t i = 0; i < sizeof(endings) / sizeof(*endings); i++) {
		struct str whole = str_skip(endings[i], 1);

		if (str_equal_nocase(name, whole) ||
		    (name.length > endings[i].length &&
		     str_equal_nocase(
			     str_skip(name, name.length - endings[i].length),
			     endings[i])))
			return true;
	}
	return order->host_name.data &&
	       str_equal_nocase(name, order->host_name);
}

static bool is_in_hosts(struct arena *arena, const struct hosts *hosts,
			struct str name)
{
	struct hosts_answer answer;

	return hosts && hosts_find(arena, hosts, name, &answer);
}

bool boot_order_concerns(struct arena *arena, const struct boot_order *order,
			 const struct export_table *table,
			 const struct export_entry *entry)
{
	const struct export_client *client;
	struct ip_address address;
	struct str name;

	if (entry->state != EXPORT_LOADED)
		return false;
	client = &table->clients.list.items[entry->client];
	if (client->type != CLIENT_HOST)
		return false;
	name = export_entry_host(arena, table, entry);
	return !ip_address_parse_host(name, &address) && !is_own(order, name) &&
	       !is_in_hosts(arena, order->hosts, name);
}
