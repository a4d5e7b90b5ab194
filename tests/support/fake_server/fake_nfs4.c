#include "fake_nfs4.h"

#include <string.h>

#include "fake_modes.h"
#include "fake_programs.h"

enum { /* operations */
       GETATTR = 9,
       LOOKUP = 15,
       PUTROOTFH = 24,
       READDIR = 26,
       RESTOREFH = 31,
       SAVEFH = 32,
       SECINFO = 33,
       EXCHANGE_ID = 42,
       CREATE_SESSION = 43,
       DESTROY_SESSION = 44,
       SECINFO_NO_NAME = 52,
       SEQUENCE = 53,
       DESTROY_CLIENTID = 57,
       ILLEGAL = 10044,
};

enum { /* nfsstat4 */
       OK = 0,
       NOENT = 2,
       BADXDR = 10036,
       DELAY = 10008,
       WRONGSEC = 10016,
       NOFILEHANDLE = 10020,
       MINOR_VERS_MISMATCH = 10021,
       BADSESSION = 10052,
       OP_ILLEGAL = 10044,
};

enum { /* attributes, and types of files */
       TYPE = 1,
       FSID = 8,
       RDATTR_ERROR = 11,
       FILEID = 20,
       MOUNTED_ON_FILEID = 55 - 32, /* in the second word */
       FILE_REGULAR = 1,
       FILE_DIRECTORY = 2,
};

enum {
	PSEUDO_FSID = 152,
	SHARED_FSID = 7,
	EXPORT_FSID = 1000,
	PAGE_BYTES = 16 << 10,
	CLIENT = 77,
	OPERATIONS_MAX = 64,
	FLAVOR_KRB5 = 390003,
	FLAVOR_GSS = 6,
	LIE_COUNT = 0xffffffff,
	LIE_BITMAP = 0x7fffffff,
};

static const char session_id[16] = "fake session id";
static const char verifier[8];

/* A COMPOUND under way. */
struct run {
	const struct fake_server *server;
	enum fake_nfs4_shape shape;
	struct fake_reader arguments;
	struct fake_bytes *out;
	/* the current filehandle and the saved one; "": none */
	char path[FAKE_NFS4_PATH], saved[FAKE_NFS4_PATH];
};

enum fake_nfs4_shape fake_nfs4_shape(const struct fake_server *server,
				     const struct fake_call *call)
{
	const struct fake_mode *mode =
		fake_server_mode(server, &call->peer.asked);

	return mode ? mode->shape : FAKE_NFS4_HONEST;
}

static void put_u64(struct fake_bytes *out, uint64_t value)
{
	fake_put_u32(out, (uint32_t)(value >> 32));
	fake_put_u32(out, (uint32_t)value);
}

static void put_fixed(struct fake_bytes *out, const char *bytes, size_t length)
{
	fake_put(out, (struct fake_view){ bytes, length });
}

static void skip_words(struct run *run, unsigned count)
{
	while (count-- > 0)
		fake_get_u32(&run->arguments);
}

static void note(const struct run *run, const char *what, const char *path)
{
	if (run->server->log)
		fprintf(run->server->log, "nfs4 %s%s%s\n", what,
			*path ? " " : "", path);
}

static uint32_t put_root(struct run *run)
{
	memcpy(run->path, "/", 2);
	return OK;
}

static uint32_t look_up(struct run *run)
{
	struct fake_view name = fake_get_opaque(&run->arguments);
	size_t length = strlen(run->path);
	enum fake_nfs4_node node =
		fake_nfs4_find(run->server, run->shape, run->path);

	if (!length)
		return NOFILEHANDLE;
	if (node == FAKE_NFS4_EXPORT)
		note(run, "below", run->path);
	if (length + name.length + 2 > sizeof(run->path))
		return NOENT;
	snprintf(run->path + length, sizeof(run->path) - length, "%s%.*s",
		 length > 1 ? "/" : "", (int)name.length,
		 (const char *)name.data);
	node = fake_nfs4_find(run->server, run->shape, run->path);
	return node == FAKE_NFS4_NOTHING ? NOENT : OK;
}

/* A set of attributes, of which the first two words count. */
static void get_bitmap(struct run *run, uint32_t words[2])
{
	uint32_t count = fake_get_u32(&run->arguments);

	words[0] = words[1] = 0;
	for (uint32_t i = 0; i < count && !run->arguments.bad; i++) {
		uint32_t word = fake_get_u32(&run->arguments);

		if (i < 2)
			words[i] = word;
	}
}

static uint64_t number_of(const char *path)
{
	uint64_t number = 5381;

	for (; *path; path++)
		number = number * 33 + (unsigned char)*path;
	return number;
}

static uint64_t fsid_of(const struct run *run, enum fake_nfs4_node node,
			const char *path)
{
	if (run->shape == FAKE_NFS4_OLD_LINUX)
		return strcmp(path, "/") ? SHARED_FSID : 0;
	return node == FAKE_NFS4_EXPORT ? EXPORT_FSID + number_of(path)
					: PSEUDO_FSID;
}

static void put_values(const struct run *run, const uint32_t words[2],
		       enum fake_nfs4_node node, const char *path)
{
	struct fake_bytes *out = run->out;
	uint64_t fsid = fsid_of(run, node, path);

	if (words[0] >> TYPE & 1)
		fake_put_u32(out, node == FAKE_NFS4_FILE ? FILE_REGULAR
							 : FILE_DIRECTORY);
	if (words[0] >> FSID & 1) {
		put_u64(out, fsid);
		put_u64(out, fsid ? 1 : 0);
	}
	if (words[0] >> RDATTR_ERROR & 1)
		fake_put_u32(out, OK);
	if (words[0] >> FILEID & 1)
		put_u64(out, number_of(path));
	if (words[1] >> MOUNTED_ON_FILEID & 1)
		put_u64(out, number_of(path));
}

static void put_attributes(const struct run *run, uint32_t words[2],
			   enum fake_nfs4_node node, const char *path)
{
	size_t at;

	words[0] &= 1u << TYPE | 1u << FSID | 1u << RDATTR_ERROR | 1u << FILEID;
	words[1] &= 1u << MOUNTED_ON_FILEID;
	fake_put_u32(run->out, 2);
	fake_put_u32(run->out, words[0]);
	fake_put_u32(run->out, words[1]);
	at = run->out->length;
	fake_put_u32(run->out, 0);
	put_values(run, words, node, path);
	fake_set_u32(run->out, at, (uint32_t)(run->out->length - at - 4));
}

static uint32_t get_attributes(struct run *run)
{
	uint32_t words[2];

	get_bitmap(run, words);
	put_attributes(run, words,
		       fake_nfs4_find(run->server, run->shape, run->path),
		       run->path);
	return OK;
}

static void put_entry_attributes(const struct run *run, uint32_t words[2],
				 const struct fake_nfs4_entry *entry)
{
	char path[FAKE_NFS4_PATH + sizeof(entry->name)];

	if (run->shape == FAKE_NFS4_BITMAP) {
		fake_put_u32(run->out, LIE_BITMAP);
	} else if (run->shape == FAKE_NFS4_LOCKED &&
		   entry->node == FAKE_NFS4_EXPORT) {
		fake_put_u32(run->out, 1);
		fake_put_u32(run->out, 1u << RDATTR_ERROR);
		fake_put_u32(run->out, 4);
		fake_put_u32(run->out, WRONGSEC);
	} else {
		snprintf(path, sizeof(path), "%s/%.*s",
			 run->path[1] ? run->path : "", (int)entry->length,
			 entry->name);
		put_attributes(run, words, entry->node, path);
	}
}

/* A cookie is one more than the index of its entry. */
static uint32_t read_directory(struct run *run)
{
	uint64_t index = (uint64_t)fake_get_u32(&run->arguments) << 32;
	size_t begin = run->out->length;
	struct fake_nfs4_entry entry;
	uint32_t words[2];
	bool more;

	index |= fake_get_u32(&run->arguments);
	skip_words(run, 4); /* verifier, sizes */
	get_bitmap(run, words);
	if (run->shape == FAKE_NFS4_CIRCLE)
		index = 0;
	if (fake_nfs4_find(run->server, run->shape, run->path) ==
	    FAKE_NFS4_EXPORT)
		note(run, "lists", run->path);
	put_fixed(run->out, verifier, sizeof(verifier));
	while ((more = run->shape != FAKE_NFS4_EMPTY_PAGES &&
		       fake_nfs4_entry_at(run->server, run->shape, run->path,
					  index, &entry)) &&
	       run->out->length - begin < PAGE_BYTES) {
		fake_put_u32(run->out, 1);
		put_u64(run->out, ++index);
		fake_put_opaque(run->out,
				(struct fake_view){ entry.name, entry.length });
		put_entry_attributes(run, (uint32_t[2]){ words[0], words[1] },
				     &entry);
	}
	fake_put_u32(run->out, 0);
	fake_put_u32(run->out, !more && run->shape != FAKE_NFS4_EMPTY_PAGES);
	return OK;
}

static uint32_t save(struct run *run)
{
	memcpy(run->saved, run->path, sizeof(run->saved));
	return *run->path ? OK : NOFILEHANDLE;
}

static uint32_t restore(struct run *run)
{
	memcpy(run->path, run->saved, sizeof(run->path));
	return *run->path ? OK : NOFILEHANDLE;
}

static void put_flavor(struct fake_bytes *out, uint32_t flavor)
{
	if (flavor < FLAVOR_KRB5) {
		fake_put_u32(out, flavor);
		return;
	}
	fake_put_u32(out, FLAVOR_GSS);
	fake_put_text(out, "\x2a\x86\x48\x86\xf7\x12\x01\x02\x02");
	fake_put_u32(out, 0);
	fake_put_u32(out, flavor - FLAVOR_KRB5 + 1);
}

static uint32_t tell_flavors(struct run *run)
{
	const struct fake_options *options = &run->server->options;

	fake_put_u32(run->out, options->flavor_count);
	for (unsigned i = 0; i < options->flavor_count; i++)
		put_flavor(run->out, options->flavors[i]);
	run->path[0] = '\0';
	return OK;
}

/* Takes the current filehandle away, as 4.1 has it. */
static uint32_t tell_flavors_of_name(struct run *run)
{
	uint32_t status = look_up(run);

	return status == OK ? tell_flavors(run) : status;
}

static uint32_t tell_flavors_of_root(struct run *run)
{
	skip_words(run, 1);
	return tell_flavors(run);
}

static uint32_t exchange_id(struct run *run)
{
	note(run, "begins client", "");
	put_u64(run->out, CLIENT);
	fake_put_u32(run->out, 1);
	put_u64(run->out, 0); /* flags, no protection */
	put_u64(run->out, 0);
	fake_put_text(run->out, "fake");
	fake_put_text(run->out, "fake");
	fake_put_u32(run->out, 0);
	return OK;
}

static void put_channel(struct fake_bytes *out)
{
	static const uint32_t words[] = { 0, 1 << 20,	     1 << 20,
					  0, OPERATIONS_MAX, 1,
					  0 };

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		fake_put_u32(out, words[i]);
}

static uint32_t create_session(struct run *run)
{
	note(run, "begins session", "");
	put_fixed(run->out, session_id, sizeof(session_id));
	put_u64(run->out, 1); /* sequence, no flags */
	put_channel(run->out);
	put_channel(run->out);
	return OK;
}

static bool is_session(struct run *run)
{
	bool is_ours =
		run->arguments.left >= sizeof(session_id) &&
		memcmp(run->arguments.at, session_id, sizeof(session_id)) == 0;

	skip_words(run, sizeof(session_id) / 4);
	return is_ours;
}

static uint32_t take_sequence(struct run *run)
{
	if (!is_session(run))
		return BADSESSION;
	put_fixed(run->out, session_id, sizeof(session_id));
	fake_put_u32(run->out, fake_get_u32(&run->arguments));
	skip_words(run, 3);
	fake_put_fill(run->out, 0, 16); /* slots, flags */
	return OK;
}

static uint32_t destroy_session(struct run *run)
{
	if (!is_session(run))
		return BADSESSION;
	note(run, "ends session", "");
	return OK;
}

static uint32_t destroy_client(struct run *run)
{
	note(run, "ends client", "");
	return OK;
}

static const struct {
	uint32_t op;
	uint32_t (*run)(struct run *run);
} operations[] = {
	{ GETATTR, get_attributes },
	{ LOOKUP, look_up },
	{ PUTROOTFH, put_root },
	{ READDIR, read_directory },
	{ RESTOREFH, restore },
	{ SAVEFH, save },
	{ SECINFO, tell_flavors_of_name },
	{ EXCHANGE_ID, exchange_id },
	{ CREATE_SESSION, create_session },
	{ DESTROY_SESSION, destroy_session },
	{ SECINFO_NO_NAME, tell_flavors_of_root },
	{ SEQUENCE, take_sequence },
	{ DESTROY_CLIENTID, destroy_client },
};

static uint32_t run_operation(struct run *run, uint32_t op)
{
	if (run->shape == FAKE_NFS4_DELAY)
		return DELAY;
	for (size_t i = 0; i < sizeof(operations) / sizeof(*operations); i++)
		if (operations[i].op == op)
			return operations[i].run(run);
	return OP_ILLEGAL;
}

/* Adds a result; gives its status. */
static uint32_t add_result(struct run *run)
{
	uint32_t op = fake_get_u32(&run->arguments), status;
	size_t at = run->out->length;

	fake_put_u32(run->out, run->shape == FAKE_NFS4_WRONG_OP ? SAVEFH : op);
	fake_put_u32(run->out, OK);
	status = run_operation(run, op);
	if (run->arguments.bad)
		status = BADXDR;
	if (status == OK)
		return OK;
	run->out->length = at + 8;
	fake_set_u32(run->out, at + 4, status);
	if (status == OP_ILLEGAL)
		fake_set_u32(run->out, at, ILLEGAL);
	return status;
}

static bool speaks(enum fake_nfs4_shape shape, uint32_t minor)
{
	switch (shape) {
	case FAKE_NFS4_SESSIONS:
		return minor == 1 || minor == 2;
	case FAKE_NFS4_ONLY_4_1:
		return minor == 1;
	case FAKE_NFS4_NO_MINOR:
		return false;
	default:
		return minor <= 2;
	}
}

static void run_all(struct run *run, uint32_t count, size_t at)
{
	uint32_t status = OK, done = 0;

	while (done < count && status == OK) {
		status = add_result(run);
		done++;
	}
	fake_set_u32(run->out, at, status);
	fake_set_u32(run->out, at + 8,
		     run->shape == FAKE_NFS4_COUNT ? LIE_COUNT : done);
}

void fake_nfs4_compound(const struct fake_server *server,
			const struct fake_call *call, struct fake_reply *reply)
{
	struct run run = {
		.server = server,
		.shape = fake_nfs4_shape(server, call),
		.arguments = call->arguments,
		.out = &reply->results,
	};
	size_t at = run.out->length;
	uint32_t minor, count;

	fake_get_opaque(&run.arguments); /* tag */
	minor = fake_get_u32(&run.arguments);
	count = fake_get_u32(&run.arguments);
	if (run.arguments.bad) {
		reply->status = FAKE_GARBAGE_ARGS;
		return;
	}
	fake_put_u32(run.out, MINOR_VERS_MISMATCH);
	fake_put_text(run.out, "");
	fake_put_u32(run.out, 0);
	if (speaks(run.shape, minor))
		run_all(&run, count, at);
}

/* Answers that lists come in are not given. */
void fake_mode_nfs4_silent(struct fake_script *script,
			   const struct fake_mode *mode,
			   const struct fake_call *call,
			   struct fake_reply *reply)
{
	struct fake_reader arguments = call->arguments;

	(void)mode;
	fake_get_opaque(&arguments);
	fake_get_u32(&arguments);
	fake_get_u32(&arguments);
	if (fake_get_u32(&arguments) != SEQUENCE)
		fake_script_reply(script, reply);
}
