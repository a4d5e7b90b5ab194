#include "audit_state.h"

#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include "strbuf.h"

enum { APPLICATION_ID = 0x45585041, SCHEMA_VERSION = 3 };

struct audit_state {
	struct arena *arena;
	const char *name;
	sqlite3 *database;
	int64_t version; /* of the file; 0: it was empty */
	int64_t server;	 /* row of servers; 0: none yet */
	bool has_runs;	 /* on that server: its row came with the first one */
	int64_t sweep;	 /* the first run of this transaction; 0: none yet */
};

/* What audit_kinds does not tell. A run whose sweep is NULL is the first one of
 * its transaction. */
static const char schema_head[] =
	"CREATE TABLE servers(id INTEGER PRIMARY KEY, name TEXT NOT NULL "
	"UNIQUE);"
	"CREATE TABLE runs(id INTEGER PRIMARY KEY AUTOINCREMENT, server "
	"INTEGER "
	"NOT NULL REFERENCES servers(id), time INTEGER NOT NULL, info, low, "
	"medium, high, critical, exports, clients, appeared, vanished, sweep "
	"INTEGER REFERENCES runs(id), answered INTEGER NOT NULL DEFAULT 1, "
	"exposure INTEGER);";

/* From each version to the next one. The first knew this host only, the second
 * no exposure. */
static const char *const upgrades[SCHEMA_VERSION] = {
	[1] = "ALTER TABLE runs ADD COLUMN sweep INTEGER REFERENCES runs(id);"
	      "ALTER TABLE runs ADD COLUMN answered INTEGER NOT NULL "
	      "DEFAULT 1;",
	[2] = "ALTER TABLE runs ADD COLUMN exposure INTEGER;",
};

static bool fail(const struct audit_state *state, struct failure *failure)
{
	sqlite3 *database = state->database;
	int code = sqlite3_errcode(database) & 0xff;
	int error = sqlite3_system_errno(database);

	if (code == SQLITE_BUSY)
		return failure_set(failure, "%s: another run uses it",
				   state->name);
	if (code == SQLITE_READONLY)
		return failure_set(failure,
				   "%s: the file or its folder can't be "
				   "written to",
				   state->name);
	if ((code == SQLITE_CANTOPEN || code == SQLITE_IOERR) && error)
		return failure_set(failure, "%s: %s: %s", state->name,
				   sqlite3_errmsg(database), strerror(error));
	return failure_set(failure, "%s: %s", state->name,
			   sqlite3_errmsg(database));
}

static bool execute(struct audit_state *state, const char *sql,
		    struct failure *failure)
{
	return sqlite3_exec(state->database, sql, NULL, NULL, NULL) ==
		       SQLITE_OK ||
	       fail(state, failure);
}

static bool prepare(struct audit_state *state, const char *sql,
		    sqlite3_stmt **statement, struct failure *failure)
{
	return sqlite3_prepare_v2(state->database, sql, -1, statement, NULL) ==
		       SQLITE_OK ||
	       fail(state, failure);
}

/* Runs a statement that gives no rows, and frees it. */
static bool finish(struct audit_state *state, sqlite3_stmt *statement,
		   struct failure *failure)
{
	bool done = sqlite3_step(statement) == SQLITE_DONE;

	if (!done)
		fail(state, failure);
	sqlite3_finalize(statement);
	return done;
}

static bool read_number(struct audit_state *state, const char *sql,
			int64_t *number, struct failure *failure)
{
	sqlite3_stmt *statement;
	bool done;

	if (!prepare(state, sql, &statement, failure))
		return false;
	done = sqlite3_step(statement) == SQLITE_ROW;
	if (done)
		*number = sqlite3_column_int64(statement, 0);
	else
		fail(state, failure);
	sqlite3_finalize(statement);
	return done;
}

static struct str column_text(struct arena *arena, sqlite3_stmt *statement,
			      int column)
{
	const void *text = sqlite3_column_text(statement, column);
	size_t length = (size_t)sqlite3_column_bytes(statement, column);

	if (!text)
		return STR("");
	return (struct str){ arena_copy(arena, text, length), length };
}

static void bind_text(sqlite3_stmt *statement, int parameter, struct str text)
{
	sqlite3_bind_text64(statement, parameter, text.data ? text.data : "",
			    text.length, SQLITE_STATIC, SQLITE_UTF8);
}

static void add_table(struct strbuf *sql, const struct audit_kind_row *row)
{
	strbuf_printf(sql,
		      "CREATE TABLE IF NOT EXISTS %s(id INTEGER PRIMARY KEY, "
		      "server INTEGER "
		      "NOT NULL REFERENCES servers(id)",
		      row->table);
	for (unsigned i = 0; i < row->columns; i++)
		strbuf_printf(sql, ", %s TEXT NOT NULL", row->names[i]);
	strbuf_printf(sql,
		      ", since INTEGER NOT NULL, until INTEGER);"
		      "CREATE INDEX IF NOT EXISTS %s_there ON %s(server) WHERE "
		      "until IS "
		      "NULL;",
		      row->table, row->table);
}

static bool make_tables(struct audit_state *state, struct failure *failure)
{
	struct strbuf sql = { 0 };
	bool done;

	strbuf_printf(&sql, "PRAGMA application_id=%d; PRAGMA user_version=%d;",
		      APPLICATION_ID, SCHEMA_VERSION);
	if (!state->version)
		strbuf_add_text(&sql, schema_head);
	for (int64_t from = state->version; from && from < SCHEMA_VERSION;
	     from++)
		strbuf_add_text(&sql, upgrades[from]);
	for (int kind = 0; kind < AUDIT_KINDS; kind++)
		add_table(&sql, &audit_kinds[kind]);
	done = execute(state, sql.data, failure);
	strbuf_free(&sql);
	return done;
}

static bool is_whole(struct audit_state *state, struct failure *failure)
{
	sqlite3_stmt *statement;
	struct str answer = STR("");

	if (!prepare(state, "PRAGMA quick_check(1)", &statement, failure))
		return false;
	if (sqlite3_step(statement) == SQLITE_ROW)
		answer = column_text(state->arena, statement, 0);
	sqlite3_finalize(statement);
	return str_is(answer, "ok") ||
	       failure_set(failure, "%s: the file is damaged; move it away",
			   state->name);
}

/* Is it a state of this program? An empty file is to become one. */
static bool check_file(struct audit_state *state, struct failure *failure)
{
	int64_t application, objects;

	if (!read_number(state, "PRAGMA application_id", &application,
			 failure) ||
	    !read_number(state, "PRAGMA user_version", &state->version,
			 failure) ||
	    !read_number(state, "SELECT count(*) FROM sqlite_master", &objects,
			 failure))
		return false;
	if (!application && !state->version && !objects)
		return true;
	if (application != APPLICATION_ID)
		return failure_set(failure,
				   "%s: this is the database of something else",
				   state->name);
	if (state->version < 1 || state->version > SCHEMA_VERSION)
		return failure_set(failure,
				   "%s: this is the state of another version "
				   "of exportctl",
				   state->name);
	return is_whole(state, failure);
}

static bool find_server(struct audit_state *state, const char *server,
			struct failure *failure)
{
	sqlite3_stmt *statement;

	state->server = 0;
	if (!prepare(state, "SELECT id FROM servers WHERE name = ?", &statement,
		     failure))
		return false;
	bind_text(statement, 1, str_of(server));
	if (sqlite3_step(statement) == SQLITE_ROW)
		state->server = sqlite3_column_int64(statement, 0);
	sqlite3_finalize(statement);
	return true;
}

bool audit_state_turn_to(struct audit_state *state, const char *server,
			 struct failure *failure)
{
	sqlite3_stmt *statement;

	if (!find_server(state, server, failure))
		return false;
	state->has_runs = state->server != 0;
	if (state->has_runs)
		return true;
	if (!prepare(state, "INSERT INTO servers(name) VALUES(?)", &statement,
		     failure))
		return false;
	bind_text(statement, 1, str_of(server));
	if (!finish(state, statement, failure))
		return false;
	state->server = sqlite3_last_insert_rowid(state->database);
	return true;
}

static bool connect(struct audit_state *state, int flags, int wait_ms,
		    struct failure *failure)
{
	sqlite3 *database;

	if (sqlite3_open_v2(state->name, &state->database, flags, NULL) !=
	    SQLITE_OK)
		return fail(state, failure);
	database = state->database;
	sqlite3_extended_result_codes(database, 1);
	sqlite3_busy_timeout(database, wait_ms);
	sqlite3_db_config(database, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(database, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	return true;
}

static bool is_refused_link(const char *name, int flags, int error)
{
	struct stat file;

	return error == ELOOP && flags & O_NOFOLLOW &&
	       lstat(name, &file) == 0 && S_ISLNK(file.st_mode);
}

/* Closed before the database is opened: to close a file takes all locks of the
 * process on it away. */
static bool try_file(const char *name, int flags, struct failure *failure)
{
	int fd = open(name, flags | O_NONBLOCK | O_CLOEXEC, 0600);
	int error = errno;
	struct stat file;
	bool regular;

	if (fd < 0)
		return failure_set(failure, "%s: %s", name,
				   is_refused_link(name, flags, error)
					   ? "a link, which is not followed"
					   : strerror(error));
	regular = fstat(fd, &file) == 0 && S_ISREG(file.st_mode);
	close(fd);
	return regular || failure_set(failure, "%s: not a regular file", name);
}

static struct audit_state *new_state(struct arena *arena, const char *name)
{
	struct audit_state *state = arena_alloc(arena, sizeof(*state));

	state->arena = arena;
	state->name = name;
	return state;
}

static bool begin(struct audit_state *state, const char *server, int wait_ms,
		  struct failure *failure)
{
	int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX;

	return connect(state, flags, wait_ms, failure) &&
	       execute(state, "BEGIN IMMEDIATE", failure) &&
	       check_file(state, failure) &&
	       (state->version == SCHEMA_VERSION ||
		make_tables(state, failure)) &&
	       (!server || audit_state_turn_to(state, server, failure));
}

bool audit_state_open(struct arena *arena, const char *name, const char *server,
		      int wait_ms, struct audit_state **state,
		      struct failure *failure)
{
	if (strcmp(name, ":memory:") != 0 &&
	    !try_file(name, O_RDWR | O_CREAT | O_NOFOLLOW, failure))
		return false;
	*state = new_state(arena, name);
	if (begin(*state, server, wait_ms, failure))
		return true;
	audit_state_close(*state);
	return false;
}

static char *select_facts(struct arena *arena, const struct audit_kind_row *row)
{
	struct strbuf sql = { 0 };
	char *text;

	strbuf_add_text(&sql, "SELECT id, since");
	for (unsigned i = 0; i < row->columns; i++)
		strbuf_printf(&sql, ", %s", row->names[i]);
	strbuf_printf(&sql, " FROM %s WHERE server = ? AND until IS NULL",
		      row->table);
	text = arena_copy(arena, sql.data, sql.length);
	strbuf_free(&sql);
	return text;
}

static bool read_facts(struct audit_state *state, enum audit_kind kind,
		       struct audit_facts *known, struct failure *failure)
{
	const struct audit_kind_row *row = &audit_kinds[kind];
	sqlite3_stmt *statement;
	int code;

	if (!prepare(state, select_facts(state->arena, row), &statement,
		     failure))
		return false;
	sqlite3_bind_int64(statement, 1, state->server);
	while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
		struct audit_fact *fact =
			ARRAY_ADD(state->arena, &known->list[kind]);

		fact->row = sqlite3_column_int64(statement, 0);
		fact->since = sqlite3_column_int64(statement, 1);
		for (unsigned i = 0; i < row->columns; i++)
			fact->text[i] = column_text(state->arena, statement,
						    (int)i + 2);
	}
	if (code != SQLITE_DONE)
		fail(state, failure);
	sqlite3_finalize(statement);
	return code == SQLITE_DONE;
}

bool audit_state_known(struct audit_state *state, struct audit_facts *known,
		       bool *any, struct failure *failure)
{
	*known = (struct audit_facts){ 0 };
	*any = state->has_runs;
	for (int kind = 0; kind < AUDIT_KINDS; kind++)
		if (!read_facts(state, (enum audit_kind)kind, known, failure))
			return false;
	return true;
}

static bool save_run(struct audit_state *state, const struct audit_run *run,
		     int64_t *id, struct failure *failure)
{
	sqlite3_stmt *statement;
	int next = 1;

	if (!prepare(
		    state,
		    "INSERT INTO runs(server, time, info, low, medium, high, "
		    "critical, exports, clients, appeared, vanished, answered, "
		    "sweep, exposure) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
		    &statement, failure))
		return false;
	sqlite3_bind_int64(statement, next++, state->server);
	sqlite3_bind_int64(statement, next++, run->time);
	for (int i = 0; i < AUDIT_SEVERITIES; i++)
		sqlite3_bind_int64(statement, next++, run->counts[i]);
	sqlite3_bind_int64(statement, next++, run->exports);
	sqlite3_bind_int64(statement, next++, run->clients);
	sqlite3_bind_int64(statement, next++, run->appeared);
	sqlite3_bind_int64(statement, next++, run->vanished);
	sqlite3_bind_int64(statement, next++, run->answered);
	if (state->sweep)
		sqlite3_bind_int64(statement, next, state->sweep);
	next++;
	if (run->exposure != AUDIT_NO_EXPOSURE)
		sqlite3_bind_int(statement, next, run->exposure);
	if (!finish(state, statement, failure))
		return false;
	*id = sqlite3_last_insert_rowid(state->database);
	if (!state->sweep)
		state->sweep = *id;
	return true;
}

/* The statements that note the changes of one kind. */
struct note {
	struct audit_state *state;
	const struct audit_kind_row *row;
	int64_t run;
	sqlite3_stmt *insert, *end, *update;
};

static bool prepare_note(struct note *note, struct failure *failure)
{
	const struct audit_kind_row *row = note->row;
	struct arena *arena = note->state->arena;
	struct strbuf names = { 0 }, marks = { 0 }, sets = { 0 };
	bool done;

	for (unsigned i = 0; i < row->columns; i++) {
		strbuf_printf(&names, "%s, ", row->names[i]);
		strbuf_printf(&sets, "%s%s = ?%u", i ? ", " : "", row->names[i],
			      i + 1);
		strbuf_printf(&marks, "?%u, ", i + 1);
	}
	done = prepare(note->state,
		       arena_printf(arena,
				    "INSERT INTO %s(%sserver, since) "
				    "VALUES(%s?6, ?7)",
				    row->table, names.data, marks.data),
		       &note->insert, failure) &&
	       prepare(note->state,
		       arena_printf(arena,
				    "UPDATE %s SET until = ?7 WHERE id = ?8",
				    row->table),
		       &note->end, failure) &&
	       prepare(note->state,
		       arena_printf(arena, "UPDATE %s SET %s WHERE id = ?8",
				    row->table, sets.data),
		       &note->update, failure);
	strbuf_free(&names);
	strbuf_free(&marks);
	strbuf_free(&sets);
	return done;
}

static void free_note(struct note *note)
{
	sqlite3_finalize(note->insert);
	sqlite3_finalize(note->end);
	sqlite3_finalize(note->update);
}

/* What a statement has no place for is not bound. */
static bool note_fact(struct note *note, sqlite3_stmt *statement,
		      const struct audit_fact *fact, int64_t row,
		      struct failure *failure)
{
	sqlite3_reset(statement);
	for (unsigned i = 0; fact && i < note->row->columns; i++)
		bind_text(statement, (int)i + 1, fact->text[i]);
	sqlite3_bind_int64(statement, 6, note->state->server);
	sqlite3_bind_int64(statement, 7, note->run);
	sqlite3_bind_int64(statement, 8, row);
	return sqlite3_step(statement) == SQLITE_DONE ||
	       fail(note->state, failure);
}

/* A fact with other values is another row, so that the old one is kept. */
static bool note_change(struct note *note, const struct audit_change *change,
			struct failure *failure)
{
	if (change->how == CHANGE_NOTED)
		return note_fact(note, note->update, change->after,
				 change->before->row, failure);
	return (!change->before || note_fact(note, note->end, NULL,
					     change->before->row, failure)) &&
	       (!change->after ||
		note_fact(note, note->insert, change->after, 0, failure));
}

static bool save_kind(struct audit_state *state, enum audit_kind kind,
		      int64_t run, const struct audit_changes *changes,
		      struct failure *failure)
{
	struct note note = { state, &audit_kinds[kind], run, NULL, NULL, NULL };
	bool done;

	if (!changes->list[kind].count)
		return true;
	done = prepare_note(&note, failure);

	for (size_t i = 0; done && i < changes->list[kind].count; i++)
		done = note_change(&note, &changes->list[kind].items[i],
				   failure);
	free_note(&note);
	return done;
}

bool audit_state_note(struct audit_state *state, const struct audit_run *run,
		      const struct audit_changes *changes,
		      struct failure *failure)
{
	int64_t id;

	if (!save_run(state, run, &id, failure))
		return false;
	for (int kind = 0; kind < AUDIT_KINDS; kind++)
		if (!save_kind(state, (enum audit_kind)kind, id, changes,
			       failure))
			return false;
	return true;
}

bool audit_state_commit(struct audit_state *state, struct failure *failure)
{
	return execute(state, "COMMIT", failure);
}

void audit_state_close(struct audit_state *state)
{
	if (state)
		sqlite3_close(state->database);
}

/* Adds the numbers of a row to those of a sweep. */
static void add_numbers(sqlite3_stmt *statement, int column,
			struct audit_run *run)
{
	uint32_t *numbers[] = { &run->exports, &run->clients, &run->appeared,
				&run->vanished, &run->answered };

	for (int i = 0; i < AUDIT_SEVERITIES; i++)
		run->counts[i] +=
			(uint32_t)sqlite3_column_int64(statement, column++);
	for (size_t i = 0; i < sizeof(numbers) / sizeof(*numbers); i++)
		*numbers[i] +=
			(uint32_t)sqlite3_column_int64(statement, column++);
	if (sqlite3_column_type(statement, column) != SQLITE_NULL) {
		int exposure = sqlite3_column_int(statement, column);

		if (exposure > run->exposure)
			run->exposure = exposure;
	}
	run->servers++;
}

static void add_run(struct arena *arena, sqlite3_stmt *statement,
		    const struct audit_servers *servers,
		    struct audit_history *history)
{
	size_t count = history->runs.count;
	struct audit_run *last = count ? &history->runs.items[count - 1] : NULL;
	int64_t sweep = sqlite3_column_int64(statement, 1);
	struct str server;

	server.data = (const char *)sqlite3_column_text(statement, 0);
	server.length = (size_t)sqlite3_column_bytes(statement, 0);
	if (!servers->has(servers->context, server))
		return;
	if (!last || last->id != sweep) {
		last = ARRAY_ADD(arena, &history->runs);
		last->id = sweep;
		last->time = sqlite3_column_int64(statement, 2);
		last->exposure = AUDIT_NO_EXPOSURE;
	}
	add_numbers(statement, 3, last);
}

static bool read_history(struct audit_state *state,
			 const struct audit_servers *servers,
			 struct audit_history *history, struct failure *failure)
{
	static const char *const sql[] = {
#define HISTORY(sweep, answered, exposure)                                     \
	"SELECT name, " sweep ", time, info, low, medium, high, critical, "    \
	"exports, clients, appeared, vanished, " answered ", " exposure        \
	" FROM runs JOIN servers ON servers.id = runs.server ORDER BY runs.id"
		[1] = HISTORY("runs.id", "1", "NULL"),
		[2] = HISTORY("coalesce(sweep, runs.id)", "answered", "NULL"),
		[3] = HISTORY("coalesce(sweep, runs.id)", "answered",
			      "exposure"),
#undef HISTORY
	};
	sqlite3_stmt *statement;
	int code;

	if (!prepare(state, sql[state->version], &statement, failure))
		return false;
	while ((code = sqlite3_step(statement)) == SQLITE_ROW)
		add_run(state->arena, statement, servers, history);
	if (code != SQLITE_DONE)
		fail(state, failure);
	sqlite3_finalize(statement);
	return code == SQLITE_DONE;
}

/* A state to be read; NULL: it can't be. */
static struct audit_state *open_to_read(struct arena *arena, const char *name,
					struct failure *failure)
{
	struct audit_state *state = new_state(arena, name);

	if (!try_file(name, O_RDONLY, failure))
		return NULL;
	if (connect(state, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX,
		    AUDIT_STATE_WAIT_MS, failure) &&
	    execute(state, "BEGIN", failure) && check_file(state, failure))
		return state;
	audit_state_close(state);
	return NULL;
}

bool audit_state_history(struct arena *arena, const char *name,
			 const struct audit_servers *servers,
			 struct audit_history *history, struct failure *failure)
{
	struct audit_state *state = open_to_read(arena, name, failure);
	bool done;

	*history = (struct audit_history){ 0 };
	done = state && (!state->version ||
			 read_history(state, servers, history, failure));
	audit_state_close(state);
	return done;
}

static const char all_servers[] = "SELECT name FROM servers";

static bool read_servers(struct audit_state *state, const char *sql,
			 struct audit_names *names, struct failure *failure)
{
	sqlite3_stmt *statement;
	int code;

	if (!prepare(state, sql, &statement, failure))
		return false;
	while ((code = sqlite3_step(statement)) == SQLITE_ROW)
		*ARRAY_ADD(state->arena, &names->list) =
			column_text(state->arena, statement, 0);
	if (code != SQLITE_DONE)
		fail(state, failure);
	sqlite3_finalize(statement);
	return code == SQLITE_DONE;
}

bool audit_state_names(struct audit_state *state, struct audit_names *names,
		       struct failure *failure)
{
	*names = (struct audit_names){ 0 };
	return read_servers(state, all_servers, names, failure);
}

bool audit_state_servers(struct arena *arena, const char *name, bool answering,
			 struct audit_names *names, struct failure *failure)
{
	static const char *const sql[] = {
		[false] = all_servers,
		[true] = "SELECT name FROM servers WHERE NOT EXISTS (SELECT 1 "
			 "FROM unchecked WHERE server = servers.id AND until "
			 "IS NULL AND what = '" AUDIT_WHOLE_SERVER "')",
	};
	struct audit_state *state = open_to_read(arena, name, failure);
	bool done;

	*names = (struct audit_names){ 0 };
	done = state && (!state->version ||
			 read_servers(state, sql[answering], names, failure));
	audit_state_close(state);
	return done;
}
