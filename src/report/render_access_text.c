/* Who may do what, for people. */
#include "access_report.h"
#include "text_escape.h"
#include "text_table.h"
#include "text_wrap.h"

enum { COLUMNS = 5 };

/* What the flavors that are asked about grant from the client's port. */
static const char *rights_word(const struct access_report *report,
			       const struct access_answer *answer)
{
	const struct security_flavor *sec = report->wish.sec;
	bool reads = false, writes = false;

	for (unsigned i = 0; i < answer->right_count; i++) {
		if (!answer->rights[i].port_fits ||
		    (sec && sec->number != answer->rights[i].flavor->number))
			continue;
		reads = true;
		writes |= !answer->rights[i].read_only;
	}
	if (writes)
		return "read and write";
	return reads ? "only read" : "do nothing at";
}

static void write_verdict(FILE *out, const struct access_report *report,
			  const struct access_item *item)
{
	const struct access_answer *answer = &item->answer;
	struct strbuf line = { 0 };

	strbuf_printf(&line, "%s ", item->client_text);
	if (answer->verdict == ACCESS_DEPENDS)
		strbuf_add_text(&line, "may or may not get at ");
	else if (!answer->right_count)
		strbuf_add_text(&line, "may not get at ");
	else
		strbuf_printf(&line, "may %s ", rights_word(report, answer));
	strbuf_printf(&line, "%.*s over NFSv%u%s%s: %s.", STR_ARG(item->path),
		      report->nfs_version, report->wish.sec ? " with sec=" : "",
		      report->wish.sec ? report->wish.sec->name : "",
		      answer->why);
	if (answer->authenticated && mnt_status_text(item->mnt_status))
		strbuf_printf(&line, " However, %s.",
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
				       STR("OTHERS"), STR("PORT") });
		for (unsigned i = 0; i < answer->right_count; i++) {
			const struct access_right *right = &answer->rights[i];
			const char *sec = arena_printf(report->arena, "  %s",
						       right->flavor->name);

			text_table_row(
				&table,
				(const struct str[COLUMNS]){
					str_of(sec),
					right->read_only ? STR("read-only")
							 : STR("read-write"),
					str_of(fate_of_root(report, item,
							    right)),
					str_of(fate_of_user(report, item,
							    right)),
					right->port_fits
						? STR("")
						: STR("refused, wants one "
						      "below 1024") });
		}
		text_table_print_to(&table, out, report->color);
	}
}

static void write_considered(FILE *out, const struct access_report *report,
			     const struct access_item *item)
{
	static const char *const words[] = {
		[CONSIDERED_DECIDES] = "decides",
		[CONSIDERED_LOST] = "has no effect",
		[CONSIDERED_NO_MATCH] = "no match",
		[CONSIDERED_DEPENDS] = "perhaps",
	};
	struct text_table table;

	if (!item->considered.list.count)
		return;
	text_table_init(&table, COLUMNS);
	for (int pass = 0; pass < 2; pass++) {
		for (size_t i = 0; i < item->considered.list.count; i++) {
			const struct considered_entry *considered =
				&item->considered.list.items[i];
			struct entry_place place =
				entry_place_of(report->arena, report->table,
					       considered->entry);
			const char *where =
				arena_printf(report->arena, "  %s:%u",
					     place.file, place.line);

			text_table_row(
				&table,
				(const struct str[COLUMNS]){
					str_of(where),
					export_table_path(
						report->table,
						considered->entry->path),
					entry_client_text(report->arena,
							  report->table,
							  considered->entry),
					str_of(words[considered->outcome]),
					str_of(considered->why) });
		}
		text_table_print_to(&table, out, false);
	}
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

static const char *access_word(const struct access_report *report,
			       const struct access_answer *answer)
{
	if (answer->verdict == ACCESS_DEPENDS)
		return "depends";
	if (!answer->right_count)
		return "nothing";
	return strcmp(rights_word(report, answer), "read and write") == 0 ? "rw"
	       : strcmp(rights_word(report, answer), "only read") == 0
		       ? "ro"
		       : "nothing";
}

static const char *root_word(const struct access_answer *answer)
{
	for (unsigned i = 0; i < answer->right_count; i++)
		if (!answer->rights[i].root_squash &&
		    !answer->rights[i].all_squash)
			return "kept";
	return answer->right_count ? "squashed" : "";
}

static void write_table(FILE *out, const struct access_report *report)
{
	struct text_table table;

	text_table_init(&table, COLUMNS);
	for (int pass = 0; pass < 2; pass++) {
		text_table_row(&table,
			       (const struct str[COLUMNS]){
				       STR("PATH"), STR("ACCESS"), STR("ROOT"),
				       STR("BY"), STR("WHY") });
		for (size_t i = 0; i < report->items.count; i++) {
			const struct access_item *item =
				&report->items.items[i];
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

void render_access_text(FILE *out, const struct access_report *report)
{
	if (report->all && !report->explain) {
		write_table(out, report);
		return;
	}
	for (size_t i = 0; i < report->items.count; i++)
		write_item(out, report, &report->items.items[i], i);
}
