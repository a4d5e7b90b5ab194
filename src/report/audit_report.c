#include "audit_report.h"

#define RENDERER(name) render_audit_##name,
audit_renderer *const audit_renderers[] = { AUDIT_FORMATS(RENDERER) };

#define NAME(name) #name,
const char *const audit_format_names[] = { AUDIT_FORMATS(NAME) NULL };

size_t audit_report_clients(const struct audit_report *report,
			    enum client_state state)
{
	size_t count = 0;

	for (size_t i = 0; i < report->clients->list.count; i++)
		count += report->clients->list.items[i].state == state;
	return count;
}

void audit_report_verdict(const struct audit_report *report, struct strbuf *out)
{
	const struct target *target = &report->lint.target;
	char nfs_utils[VERSION_TEXT], kernel[VERSION_TEXT];

	strbuf_printf(out, "nfs-utils %s and kernel %s: ",
		      version_text(target->nfs_utils, nfs_utils),
		      version_text(target->kernel, kernel));
	lint_report_summary(&report->lint, out);
}

void audit_report_nfs4(const struct nfsd_client *nfs4, struct strbuf *out)
{
	const char *separator = "; holds ";

	strbuf_printf(out, "NFSv4.%u, %s, as %.*s", nfs4->minor,
		      nfsd_client_state(nfs4), STR_ARG(nfs4->name));
	for (int i = 0; nfs4->has_states && i < NFSD_STATE_KINDS; i++) {
		if (!nfs4->states[i])
			continue;
		strbuf_printf(out, "%s%u %s%s", separator, nfs4->states[i],
			      nfsd_state_name((enum nfsd_state_kind)i),
			      nfs4->states[i] == 1 ? "" : "s");
		separator = ", ";
	}
}

/* What a client may do, the most first. */
enum { REACH_ROOT, REACH_WRITE, REACH_READ, REACH_PERHAPS, REACH_KINDS };

enum { NAMED_EXPORTS = 3 };

static int kind_of(const struct reached_export *reached)
{
	if (reached->verdict == ACCESS_DEPENDS)
		return REACH_PERHAPS;
	if (!reached->writes)
		return REACH_READ;
	return reached->root ? REACH_ROOT : REACH_WRITE;
}

static void write_exports(const struct reached_exports *exports, int kind,
			  struct strbuf *out)
{
	size_t count = 0;

	for (size_t i = 0; i < exports->list.count; i++) {
		const struct reached_export *reached = &exports->list.items[i];

		if (kind_of(reached) != kind)
			continue;
		if (count < NAMED_EXPORTS)
			strbuf_printf(out, "%s%.*s%s", count ? ", " : "",
				      STR_ARG(reached->path),
				      reached->kerberos ? " (Kerberos)" : "");
		count++;
	}
	if (count > NAMED_EXPORTS)
		strbuf_printf(out, " and %zu more", count - NAMED_EXPORTS);
}

static void write_reach(const struct reached_exports *exports,
			struct strbuf *out)
{
	static const struct {
		const char *before, *behind;
	} words[REACH_KINDS] = {
		[REACH_ROOT] = { "read and write ", " as root" },
		[REACH_WRITE] = { "read and write ", "" },
		[REACH_READ] = { "read ", "" },
		[REACH_PERHAPS] = { "perhaps reach ", "" },
	};
	size_t counts[REACH_KINDS] = { 0 };
	const char *separator = "may now ";

	for (size_t i = 0; i < exports->list.count; i++)
		counts[kind_of(&exports->list.items[i])]++;
	for (int kind = 0; kind < REACH_KINDS; kind++) {
		if (!counts[kind])
			continue;
		strbuf_printf(out, "%s%s", separator, words[kind].before);
		write_exports(exports, kind, out);
		strbuf_add_text(out, words[kind].behind);
		separator = "; ";
	}
}

static const struct client_reach_now *
reach_now(const struct audit_report *report, size_t client)
{
	const struct client_reach_now *now;

	if (!report->reach)
		return NULL;
	now = &report->reach->clients[client];
	return now->reach == UINT32_MAX ? NULL : now;
}

static struct str reach_text(struct arena *arena,
			     const struct reached_exports *exports)
{
	struct strbuf text = { 0 };
	struct str copy;

	if (!exports->complete)
		return STR("may now reach more exports than are looked at "
			   "here");
	if (!exports->list.count)
		return STR("may reach nothing now");
	write_reach(exports, &text);
	copy = strbuf_str(&text);
	copy.data = arena_copy(arena, copy.data, copy.length);
	strbuf_free(&text);
	return copy;
}

const struct str *audit_report_reach_texts(struct arena *arena,
					   const struct live_reach *reach)
{
	struct str *texts =
		arena_alloc_array(arena, reach->list.count, sizeof(*texts));

	for (size_t i = 0; i < reach->list.count; i++)
		texts[i] = reach_text(arena, &reach->list.items[i]);
	return texts;
}

struct str audit_report_reach(const struct audit_report *report, size_t client)
{
	const struct client_reach_now *now = reach_now(report, client);

	return now ? report->reach_texts[now->reach] : STR("");
}

bool audit_report_is_lost(const struct audit_report *report, size_t client,
			  size_t mount)
{
	const struct client_reach_now *now = reach_now(report, client);

	return now && now->mounts[mount] == ACCESS_DENIED;
}
