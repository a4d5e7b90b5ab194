#include "access_check.h"

enum { RESERVED_PORTS = 1024 };

/* More are not listed. */
enum { NAMES_MAX = 100 };

static const char wants_port[] = "it wants a source port below 1024 (`secure`)";

/* Numbers of RPC security flavors (RFC 5531, RFC 2623). */
enum { AUTH_NONE_FLAVOR = 0 };

const char *access_verdict_name(enum access_verdict verdict)
{
	static const char *const names[] = {
		[ACCESS_ALLOWED] = "allowed",
		[ACCESS_DENIED] = "denied",
		[ACCESS_DEPENDS] = "depends",
	};

	return names[verdict];
}

uint32_t access_squash(const struct access_right *right, uint32_t id,
		       int32_t anonymous)
{
	return right->all_squash || (right->root_squash && !id)
		       ? (uint32_t)anonymous
		       : id;
}

static const struct export_table *
table_of(const struct export_question *question)
{
	return question->index->table;
}

static const struct export_policy *
policy_of(const struct export_question *question,
	  const struct export_entry *entry)
{
	return &table_of(question)->policies.list.items[entry->policy];
}

static struct str client_name(const struct export_question *question,
			      const struct export_entry *entry)
{
	const struct export_client *client =
		&table_of(question)->clients.list.items[entry->client];

	return client->type == CLIENT_ANONYMOUS ? STR("*") : client->name;
}

/* Since Linux 4.17 the port counts only where it is all there is. */
static bool port_matters(const struct export_question *question,
			 const struct security_flavor *flavor)
{
	version_number kernel = table_of(question)->input.rules.target.kernel;

	return flavor->number < SECURITY_FLAVORS_GSS ||
	       (kernel && kernel < VERSION_NUMBER(4, 17, 0));
}

static bool has_flavor(const struct export_policy *policy, uint32_t number)
{
	for (unsigned i = 0; i < policy->flavor_count; i++)
		if (policy->flavors[i].flavor->number == number)
			return true;
	return false;
}

/* Linux clients mount nothing without credentials over NFSv3, and mountd gives
 * the pseudo-root other flavors. */
static bool none_is_usable(const struct export_question *question,
			   const struct export_selection *selection)
{
	return question->nfs_version == 4 && selection->root &&
	       has_flavor(policy_of(question, selection->root),
			  AUTH_NONE_FLAVOR);
}

static struct access_right right_of(const struct export_question *question,
				    const struct access_wish *wish,
				    const struct flavor_entry *flavor,
				    int32_t anonuid)
{
	uint32_t flags = flavor->flags;

	return (struct access_right){
		.flavor = flavor->flavor,
		.read_only = flags & EXPORT_READ_ONLY,
		.root_squash = flags & EXPORT_ROOT_SQUASH,
		/* without credentials everybody is nobody */
		.all_squash = flags & EXPORT_ALL_SQUASH ||
			      flavor->flavor->number == AUTH_NONE_FLAVOR,
		.anonymous_root = anonuid == 0,
		.port_fits = flags & EXPORT_INSECURE_PORT ||
			     wish->port < RESERVED_PORTS ||
			     !port_matters(question, flavor->flavor),
		.usable = true,
	};
}

/* The kernel knows xprtsec= from 6.4 on, nfs-utils from 2.6.3. */
static enum access_transport
transport_of(const struct export_question *question,
	     const struct export_policy *policy)
{
	version_number kernel = table_of(question)->input.rules.target.kernel;
	bool plain = !policy->mode_count, tls = false;

	for (unsigned i = 0; i < policy->mode_count; i++) {
		plain |= strcmp(policy->modes[i].flavor->name, "none") == 0;
		tls |= strcmp(policy->modes[i].flavor->name, "tls") == 0;
	}
	if (plain)
		return TRANSPORT_ANY;
	if (kernel && kernel < VERSION_NUMBER(6, 4, 0))
		return TRANSPORT_IGNORED;
	return tls ? TRANSPORT_TLS : TRANSPORT_MTLS;
}

static void fill_rights(const struct export_question *question,
			const struct access_wish *wish,
			struct access_answer *answer)
{
	const struct export_policy *policy =
		policy_of(question, answer->selection.entry);
	struct flavor_entry flavors[SECURITY_FLAVORS_MAX];

	answer->right_count = export_policy_flavors(policy, flavors);
	answer->anonuid = policy->anonuid;
	answer->anongid = policy->anongid;
	answer->transport = transport_of(question, policy);
	for (unsigned i = 0; i < answer->right_count; i++) {
		struct access_right *right = &answer->rights[i];

		*right = right_of(question, wish, &flavors[i], policy->anonuid);
		if (right->flavor->number == AUTH_NONE_FLAVOR)
			right->usable =
				none_is_usable(question, &answer->selection);
	}
	/* mountd looks at the options of the export as a whole */
	answer->authenticated = question->nfs_version == 3 &&
				(policy->flags & EXPORT_INSECURE_PORT ||
				 wish->port < RESERVED_PORTS);
}

bool access_grants(const struct access_right *right, enum access_can can)
{
	static const struct {
		bool needs_write, needs_root;
	} needs[] = {
		[CAN_READ] = { false, false },
		[CAN_WRITE] = { true, false },
		[CAN_ROOT] = { false, true },
	};

	if (!right->usable || (needs[can].needs_write && right->read_only))
		return false;
	return !needs[can].needs_root || right->anonymous_root ||
	       (!right->root_squash && !right->all_squash);
}

static bool is_wanted(const struct access_right *right,
		      const struct access_wish *wish)
{
	return !wish->sec || wish->sec->number == right->flavor->number;
}

/* What a flavor lacks; NULL if it grants what is asked. */
static const char *lack_of(const struct access_right *right,
			   enum access_can can)
{
	static const char *const lacks[] = {
		[CAN_READ] = "it grants nothing",
		[CAN_WRITE] = "it is read-only",
		[CAN_ROOT] = "root does not stay root",
	};

	if (!right->usable)
		return "clients get nowhere with sec=none";
	if (!right->port_fits)
		return wants_port;
	return access_grants(right, can) ? NULL : lacks[can];
}

/* Why an entry that decides does not grant what is asked; NULL if it does. */
static const char *refusal(const struct export_question *question,
			   const struct access_wish *wish,
			   const struct access_answer *answer)
{
	const char *reason = "it does not have that security flavor";

	if (question->nfs_version == 3 && !answer->authenticated)
		return wants_port;
	for (unsigned i = 0; i < answer->right_count; i++) {
		if (!is_wanted(&answer->rights[i], wish))
			continue;
		reason = lack_of(&answer->rights[i], wish->can);
		if (!reason)
			return NULL;
	}
	return reason;
}

static void judge_entry(struct arena *arena,
			const struct export_question *question,
			const struct access_wish *wish,
			struct access_answer *answer)
{
	const struct export_entry *entry = answer->selection.entry;
	struct str path = export_table_path(table_of(question), entry->path);
	struct str client = client_name(question, entry);
	const char *reason;

	fill_rights(question, wish, answer);
	reason = refusal(question, wish, answer);
	answer->verdict = reason ? ACCESS_DENIED : ACCESS_ALLOWED;
	answer->why = arena_printf(
		arena, "the entry of %.*s for %.*s decides%s%s", STR_ARG(path),
		STR_ARG(client), reason ? ", and " : "", reason ? reason : "");
}

static struct client_match match_of(const struct export_question *question,
				    const struct export_entry *entry)
{
	return client_match(
		&table_of(question)->clients.list.items[entry->client],
		question->client);
}

/* The entries of the path from the one that may decide up to the one that
 * certainly matches. */
static void list_names(struct arena *arena,
		       const struct export_question *question,
		       struct access_answer *answer)
{
	const struct export_table *table = table_of(question);
	const struct export_entry *first = answer->selection.entry;
	const struct path_entries *entries =
		&question->index->by_path[first->path];
	bool reached = false;

	for (size_t i = 0; i < entries->list.count; i++) {
		const struct export_entry *entry =
			&table->entries.items[entries->list.items[i]];
		struct client_match match;
		struct str name = client_name(question, entry);

		reached |= entry == first;
		if (!reached)
			continue;
		match = match_of(question, entry);
		if (match.answer == MATCH_YES ||
		    answer->depends_on.count == NAMES_MAX)
			break;
		if (match.answer == MATCH_DEPENDS)
			*ARRAY_ADD(arena, &answer->depends_on) = arena_printf(
				arena, "%.*s: %s", STR_ARG(name), match.why);
	}
}

static void judge_names(struct arena *arena,
			const struct export_question *question,
			struct access_answer *answer)
{
	const struct export_entry *entry = answer->selection.entry;
	struct str name = client_name(question, entry);

	answer->verdict = ACCESS_DEPENDS;
	list_names(arena, question, answer);
	answer->why =
		arena_printf(arena, "%.*s may be this client: %s",
			     STR_ARG(name), match_of(question, entry).why);
}

/* The other reasons, none of which grants anything. */
static void judge_reason(struct arena *arena,
			 const struct export_question *question,
			 struct access_answer *answer)
{
	static const char *const reasons[] = {
		[SELECT_NOT_EXPORTED] =
			"neither the path nor a directory above it is exported",
		[SELECT_NO_ENTRY] = "it is exported, but not to this client",
		[SELECT_FILE_SYSTEMS] =
			"directories above it are exported, too, and which "
			"entry holds over NFSv4 depends on whether they are "
			"one file system",
		[SELECT_HIDDEN] =
			"it is another file system than the export above it, "
			"which does not lead there (`crossmnt`), and is not "
			"exported to this client itself",
		[SELECT_NOT_MOUNTED] =
			"its entry has `mountpoint`, and nothing is mounted "
			"there",
		[SELECT_SAME_FSID] =
			"its entry has `fsid=0`, which is that of another "
			"export, whose files clients get in its place",
		[SELECT_NO_ROOT] =
			"`fsid=0` makes a root of NFSv4 for others, and this "
			"client has none",
	};

	answer->verdict = ACCESS_DENIED;
	if (answer->selection.reason == SELECT_FILE_SYSTEMS) {
		answer->verdict = ACCESS_DEPENDS;
		*ARRAY_ADD(arena, &answer->depends_on) =
			"the file systems of the server";
	}
	if (answer->selection.reason == SELECT_OUTSIDE_ROOT) {
		struct str root = export_table_path(
			table_of(question), answer->selection.root->path);

		answer->why = arena_printf(
			arena,
			"`fsid=0` makes %.*s the root of NFSv4, and the path "
			"is not below it",
			STR_ARG(root));
		return;
	}
	answer->why = reasons[answer->selection.reason];
	if (answer->selection.no_client)
		answer->why = arena_printf(
			arena, "%s; nothing is exported to this client at all",
			answer->why);
}

struct access_answer access_check(struct arena *arena,
				  const struct export_question *question,
				  const struct access_wish *wish)
{
	struct access_answer answer = { .selection = export_select(question) };

	if (answer.selection.reason == SELECT_ENTRY)
		judge_entry(arena, question, wish, &answer);
	else if (answer.selection.reason == SELECT_NAMES)
		judge_names(arena, question, &answer);
	else
		judge_reason(arena, question, &answer);
	return answer;
}

struct access_answer access_of_entry(const struct export_question *question,
				     const struct access_wish *wish,
				     const struct export_entry *entry)
{
	struct access_answer answer = {
		.selection = { .reason = SELECT_ENTRY, .entry = entry },
	};

	fill_rights(question, wish, &answer);
	answer.why = refusal(question, wish, &answer);
	answer.verdict = answer.why ? ACCESS_DENIED : ACCESS_ALLOWED;
	return answer;
}
