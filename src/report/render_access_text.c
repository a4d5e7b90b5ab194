/* Who may do what, for people. */
#include "access_report.h"
#include "text_escape.h"
#include "text_table.h"
#include "text_wrap.h"

enum { COLUMNS = 5, OTHERS_SHOWN = 20 };

/* May the flavor be used, by what is asked and from the client's port? */
static bool counts(const struct access_report *report,
		   const struct access_right *right)
{
	const struct security_flavor *sec = report->wish.sec;

	return right->usable && right->port_fits &&
	       (!sec || sec->number == right->flavor->number);
}

static const char *right_word(const struct access_right *right)
{
	return right->read_only ? "only read" : "read and write";
}

/* The flavors that give the same right as first: "krb5i, krb5p". */
static const char *flavors_like(const struct access_report *report,
				const struct access_answer *answer,
				const struct access_right *first)
{
	const struct access_right *rights = answer->rights;
	const char *text = "";

	for (unsigned i = 0; i < answer->right_count; i++)
		if (counts(report, &rights[i]) &&
		    rights[i].read_only == first->read_only)
			text = arena_printf(report->arena, "%s%s%s", text,
					    *text ? ", " : "",
					    rights[i].flavor->name);
	return text;
}

/* The first right that counts and, if another is given, differs from that one;
 * or NULL. */
static const struct access_right *find_right(const struct access_report *report,
					     const struct access_answer *answer,
					     const struct access_right *from)
{
	for (unsigned i = 0; i < answer->right_count; i++) {
		const struct access_right *right = &answer->rights[i];

		if (counts(report, right) &&
		    (!from || right->read_only != from->read_only))
			return right;
	}
	return NULL;
}

/* " with krb5p, but only read with sys": for whom the first right is, unless
 * it is plainly for sys. */
static const char *flavors_text(const struct access_report *report,
				const struct access_answer *answer,
				const struct access_right *first)
{
	const struct access_right *other = find_right(report, answer, first);
	bool plain = answer->right_count == 1 &&
		     strcmp(first->flavor->name, "sys") == 0;
	const char *text;

	if (plain && !report->wish.sec)
		return "";
	text = arena_printf(report->arena, " with %s",
			    flavors_like(report, answer, first));
	if (!other)
		return text;
	return arena_printf(report->arena, "%s, but %s with %s", text,
			    right_word(other),
			    flavors_like(report, answer, other));
}

static const char *verb_of(const struct access_answer *answer,
			   const struct access_right *first)
{
	if (answer->verdict == ACCESS_DEPENDS)
		return "or may not get at";
	if (!answer->right_count)
		return "not get at";
	return first ? right_word(first) : "do nothing at";
}

/* "may read and write /srv over NFSv4 with krb5p". */
static const char *ability(const struct access_report *report,
			   const struct access_item *item)
{
	const struct access_answer *answer = &item->answer;
	const struct access_right *first = find_right(report, answer, NULL);
	const char *flavors = "";

	if (first)
		flavors = flavors_text(report, answer, first);
	else if (report->wish.sec)
		flavors = arena_printf(report->arena, " with %s",
				       report->wish.sec->name);
	return arena_printf(report->arena, "may %s %.*s over NFSv%u%s",
			    verb_of(answer, first), STR_ARG(item->path),
			    report->nfs_version, flavors);
}

/* Where fsid=0 makes a root, NFSv4 clients call the path otherwise. */
static void add_nfs4_name(const struct access_report *report,
			  const struct access_item *item, struct strbuf *line)
{
	const struct export_entry *root = item->answer.selection.root;
	struct str path, name;

	if (!root || item->answer.selection.reason != SELECT_ENTRY)
		return;
	path = export_table_path(report->table, root->path);
	if (path.length == 1)
		return;
	name = str_skip(item->path, path.length);
	strbuf_printf(line,
		      " Clients mount it as %.*s: `fsid=0` makes %.*s "
		      "their root.",
		      STR_ARG(name.length ? name : STR("/")), STR_ARG(path));
}

static void write_verdict(FILE *out, const struct access_report *report,
			  const struct access_item *item)
{
	static const char *const transports[] = {
		[TRANSPORT_ANY] = "",
		[TRANSPORT_TLS] = " The client has to come over TLS.",
		[TRANSPORT_MTLS] = " The client has to come over TLS, "
				   "with a certificate of its own.",
		[TRANSPORT_IGNORED] = " `xprtsec=` has no effect: the kernel "
				      "of the server does not know it, and "
				      "lets clients in without TLS.",
	};
	const struct access_answer *answer = &item->answer;
	struct strbuf line = { 0 };

	strbuf_printf(&line, "%s %s: %s.", item->client_text,
		      ability(report, item), answer->why);
	if (item->asked.length && !str_equal(item->asked, item->path))
		strbuf_printf(&line, " (%.*s leads to %.*s.)",
			      STR_ARG(item->asked), STR_ARG(item->path));
	if (answer->selection.reason == SELECT_NAMES)
		strbuf_add_text(&line, " --resolve looks it up; --hosts, "
				       "--netgroup and --name tell it.");
	strbuf_add_text(&line, transports[answer->transport]);
	add_nfs4_name(report, item, &line);
	if (answer->authenticated && mnt_status_text(item->mnt_status))
		strbuf_printf(&line, " But a mount fails: %s.",
			      mnt_status_text(item->mnt_status));
	text_wrap_write(out, "", strbuf_str(&line));
	strbuf_free(&line);
}

static const char *fate_of_root(const struct access_report *report,
				const struct access_item *item,
				const struct access_right *right)
{
	if (!right->root_squash && !right->all_squash)
		return "stays root";
	return arena_printf(
		report->arena, "is %s",
		policy_anonymous_text(report->arena, report->table,
				      report->owners,
				      item->answer.selection.entry->policy));
}

static const char *fate_of_user(const struct access_report *report,
				const struct access_item *item,
				const struct access_right *right)
{
	const struct access_answer *answer = &item->answer;

	const char *user = "", *group = "";

	if (report->has_uid)
		user = arena_printf(
			report->arena, "uid %u is %u", report->uid,
			access_squash(right, report->uid, answer->anonuid));
	if (report->has_gid)
		group = arena_printf(
			report->arena, "%sgid %u is %u",
			report->has_uid ? ", " : "", report->gid,
			access_squash(right, report->gid, answer->anongid));
	if (*user || *group)
		return arena_printf(report->arena, "%s%s", user, group);
	if (right->all_squash)
		return arena_printf(
			report->arena, "are %s",
			policy_anonymous_text(report->arena, report->table,
					      report->owners,
					      answer->selection.entry->policy));
	return "stay who they are";
}

static struct str hindrance(const struct access_right *right)
{
	if (!right->usable)
		return STR("clients get nowhere with it");
	return right->port_fits ? STR("") : STR("wants a port below 1024");
}

static void write_rights(FILE *out, const struct access_report *report,
			 const struct access_item *item)
{
	const struct access_answer *answer = &item->answer;
	struct text_table table;

	if (!answer->right_count)
		return;
	text_table_init(&table, COLUMNS);
	for (int pass = 0; pass < 2; pass++) {
		text_table_row(&table,
			       (const struct str[COLUMNS]){
				       STR("  SEC"), STR("ACCESS"), STR("ROOT"),
				       STR("OTHERS"), STR("BUT") });
		for (unsigned i = 0; i < answer->right_count; i++) {
			const struct access_right *right = &answer->rights[i];
			const char *sec = arena_printf(report->arena, "  %s",
						       right->flavor->name);

			text_table_row(&table,
				       (const struct str[COLUMNS]){
					       str_of(sec),
					       right->read_only
						       ? STR("read-only")
						       : STR("read-write"),
					       str_of(fate_of_root(report, item,
								   right)),
					       str_of(fate_of_user(report, item,
								   right)),
					       hindrance(right) });
		}
		text_table_print_to(&table, out, report->color);
	}
}

static void write_entry(struct text_table *table,
			const struct access_report *report,
			const struct considered_entry *considered)
{
	static const char *const words[] = {
		[CONSIDERED_DECIDES] = "decides",
		[CONSIDERED_LOST] = "has no effect",
		[CONSIDERED_NO_MATCH] = "no match",
		[CONSIDERED_DEPENDS] = "perhaps",
	};
	struct entry_place place =
		entry_place_of(report->arena, report->table, considered->entry);
	const char *where =
		arena_printf(report->arena, "  %s:%u", place.file, place.line);

	text_table_row(table,
		       (const struct str[COLUMNS]){
			       str_of(where),
			       export_entry_path(report->arena, report->table,
						 considered->entry),
			       entry_client_text(report->arena, report->table,
						 considered->entry),
			       str_of(words[considered->outcome]),
			       str_of(considered->why) });
}

/* All that match, or may, and of the others no more than somebody reads. */
static void write_considered(FILE *out, const struct access_report *report,
			     const struct access_item *item)
{
	struct text_table table;
	size_t others = 0;

	if (!item->considered.list.count)
		return;
	text_table_init(&table, COLUMNS);
	for (int pass = 0; pass < 2; pass++) {
		others = 0;
		for (size_t i = 0; i < item->considered.list.count; i++) {
			const struct considered_entry *considered =
				&item->considered.list.items[i];

			if (considered->outcome != CONSIDERED_NO_MATCH ||
			    ++others <= OTHERS_SHOWN)
				write_entry(&table, report, considered);
		}
		text_table_print_to(&table, out, false);
	}
	if (others > OTHERS_SHOWN)
		fprintf(out, "  and %zu more that do not match\n",
			others - OTHERS_SHOWN);
}

static void write_item(FILE *out, const struct access_report *report,
		       const struct access_item *item, size_t index)
{
	if (index)
		putc('\n', out);
	write_verdict(out, report, item);
	write_rights(out, report, item);
	write_considered(out, report, item);
}

/* "rw" where only sys is allowed, or asked about; else "krb5p:rw sys:ro". */
static const char *access_word(const struct access_report *report,
			       const struct access_answer *answer)
{
	const char *text = "";

	if (answer->verdict == ACCESS_DEPENDS)
		return "depends";
	for (unsigned i = 0; i < answer->right_count; i++) {
		const struct access_right *right = &answer->rights[i];
		const char *access = right->read_only ? "ro" : "rw";

		if (!counts(report, right))
			continue;
		if (strcmp(right->flavor->name, "sys") == 0 &&
		    (answer->right_count == 1 || report->wish.sec))
			return access;
		text = arena_printf(report->arena, "%s%s%s:%s", text,
				    *text ? " " : "", right->flavor->name,
				    access);
	}
	return *text ? text : "nothing";
}

static const char *root_word(const struct access_answer *answer)
{
	for (unsigned i = 0; i < answer->right_count; i++)
		if (!answer->rights[i].root_squash &&
		    !answer->rights[i].all_squash)
			return "kept";
	return answer->right_count ? "squashed" : "";
}

static void write_table(FILE *out, const struct access_report *report,
			const struct access_item *items, size_t count)
{
	struct text_table table;

	text_table_init(&table, COLUMNS);
	for (int pass = 0; pass < 2; pass++) {
		text_table_row(&table,
			       (const struct str[COLUMNS]){
				       STR("PATH"), STR("ACCESS"), STR("ROOT"),
				       STR("BY"), STR("WHY") });
		for (size_t i = 0; i < count; i++) {
			const struct access_item *item = &items[i];
			const struct export_entry *entry =
				item->answer.selection.entry;

			text_table_row(
				&table,
				(const struct str[COLUMNS]){
					item->path,
					str_of(access_word(report,
							   &item->answer)),
					str_of(root_word(&item->answer)),
					entry ? entry_client_text(report->arena,
								  report->table,
								  entry)
					      : STR(""),
					item->answer.right_count
						? STR("")
						: str_of(item->answer.why) });
		}
		text_table_print_to(&table, out, report->color);
	}
}

/* A table for each address of the client. */
static void write_tables(FILE *out, const struct access_report *report)
{
	const struct access_item *items = report->items.list.items;
	size_t count = report->items.list.count;

	if (!count)
		write_table(out, report, items, 0);
	for (size_t i = 0, end; i < count; i = end) {
		for (end = i; end < count; end++)
			if (items[end].client != items[i].client)
				break;
		if (end - i < count)
			fprintf(out, "%s%s:\n", i ? "\n" : "",
				items[i].client_text);
		write_table(out, report, &items[i], end - i);
	}
}

void render_access_text(FILE *out, const struct access_report *report)
{
	if (report->all && !report->explain) {
		write_tables(out, report);
		return;
	}
	for (size_t i = 0; i < report->items.list.count; i++)
		write_item(out, report, &report->items.list.items[i], i);
}
