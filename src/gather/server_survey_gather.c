#include "server_survey_gather.h"

#include "client_spec.h"
#include "nfs4_listing.h"
#include "text_escape.h"

struct reader {
	struct arena *arena;
	const struct server_answer *answer;
	struct server_survey *survey;
};

static struct str copy(struct arena *arena, struct str text)
{
	return (struct str){ arena_copy(arena, text.data, text.length),
			     text.length };
}

static void note_up_to(const struct reader *reader, size_t most,
		       struct survey_exports *exports, struct str path)
{
	if (exports->count++ < most)
		*ARRAY_ADD(reader->arena, &exports->named) =
			copy(reader->arena, path);
}

static void note(const struct reader *reader, struct survey_exports *exports,
		 struct str path)
{
	note_up_to(reader, SURVEY_NAMED, exports, path);
}

/* Not Linux alone writes lists: elsewhere /0 is everybody. */
static bool is_everybody(struct str group)
{
	struct str prefix = str_skip(group, str_find(group, '/'));

	return client_spec_of(group).type == CLIENT_ANONYMOUS ||
	       str_is(prefix, "/0") || str_is(prefix, "/0.0.0.0");
}

static bool has_everybody(const struct server_answer *answer,
			  const struct listed_export *export)
{
	for (uint32_t i = 0; i < export->group_count; i++)
		if (is_everybody(answer_text(
			    answer,
			    answer->groups.items[export->first_group + i])))
			return true;
	return export->group_count == 0;
}

static void note_flavors(const struct reader *reader, struct str path,
			 const struct export_flavors *flavors)
{
	for (uint32_t i = 0; flavors->names && i < flavors->count; i++) {
		if (strcmp(flavors->names[i], "sys") == 0)
			note(reader, &reader->survey->with_sys, path);
		else if (strcmp(flavors->names[i], "none") == 0)
			note_up_to(reader, SURVEY_TOLD,
				   &reader->survey->with_none, path);
	}
}

static void read_exports(const struct reader *reader)
{
	const struct server_answer *answer = reader->answer;

	reader->survey->exports = answer->exports.count;
	for (size_t i = 0; i < answer->exports.count; i++) {
		const struct listed_export *export = &answer->exports.items[i];
		struct str path = answer_text(answer, export->path);

		if (has_everybody(answer, export))
			note_up_to(reader, SURVEY_TOLD,
				   &reader->survey->for_everybody, path);
		if (!text_is_plain(path))
			note(reader, &reader->survey->unprintable, path);
		if (answer->flavors)
			note_flavors(reader, path, &answer->flavors[i]);
	}
}

static void read_nfs4(const struct reader *reader,
		      const struct nfs4_listing *listing)
{
	struct server_survey *survey = reader->survey;

	survey->is_nfs4 = true;
	for (size_t i = 0; i < listing->exports.count; i++) {
		const struct nfs4_export *export = &listing->exports.items[i];

		if (export->is_directory)
			continue;
		survey->exports++;
		note_flavors(reader, export->path, &export->flavors);
		if (export->state == NFS4_STATE_OK)
			note(reader, &survey->reached, export->path);
		if (export->state == NFS4_STATE_OK && export->takes_port)
			note(reader, &survey->entered, export->path);
		if (!text_is_plain(export->path))
			note(reader, &survey->unprintable, export->path);
	}
	survey->malformed |= listing->foreign_names != 0;
}

static void read_probe(const struct probe_facts *probe,
		       struct server_survey *survey)
{
	static const enum survey_tls tls[] = {
		[PROBE_TLS_NOT_CHECKED] = SURVEY_TLS_UNKNOWN,
		[PROBE_TLS_REFUSED] = SURVEY_TLS_NONE,
		[PROBE_TLS_NOT_UNDERSTOOD] = SURVEY_TLS_NONE,
		[PROBE_TLS_OFFERED] = SURVEY_TLS_OFFERED,
	};

	survey->nfs_versions = probe->nfs_versions;
	survey->mount_versions = probe->mount_versions;
	survey->nfs_udp = probe->nfs_udp;
	survey->rpcbind_list = probe->rpcbind_list;
	survey->tls = tls[probe->tls];
}

static const char *copy_line(struct arena *arena, const char *text)
{
	return text ? arena_copy(arena, text, strlen(text)) : NULL;
}

void server_survey_gather(struct arena *arena,
			  const struct server_answer *answer,
			  struct server_survey *survey)
{
	const struct reader reader = { arena, answer, survey };

	survey->address = answer->address;
	survey->status = answer_status_name(answer->status);
	survey->error = copy_line(arena, answer->error);
	survey->via = copy_line(arena, answer->via);
	survey->answered = answer->status == ANSWER_OK;
	survey->rpcbind_udp = answer->rpcbind_udp;
	survey->malformed = answer->status == ANSWER_PROTOCOL_ERROR ||
			    answer->status == ANSWER_TOO_LARGE;
	read_exports(&reader);
	if (answer->nfs4)
		read_nfs4(&reader, answer->nfs4);
	if (answer->probe)
		read_probe(answer->probe, survey);
}
