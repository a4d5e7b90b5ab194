#include "fake_server.h"

#include <arpa/inet.h>

#include "fake_modes.h"
#include "fake_programs.h"

static const char *const transport_names[] = {
	[FAKE_TCP] = "tcp",
	[FAKE_UDP] = "udp",
};

/* Everything but the end of a log line. */
static void log_peer(FILE *log, const char *what, const struct fake_peer *peer)
{
	char address[INET6_ADDRSTRLEN];

	if (IN6_IS_ADDR_V4MAPPED(&peer->asked))
		inet_ntop(AF_INET, &peer->asked.s6_addr[12], address,
			  sizeof(address));
	else
		inet_ntop(AF_INET6, &peer->asked, address, sizeof(address));
	fprintf(log, "%s transport=%s address=%s port=%u source=%u", what,
		transport_names[peer->transport], address, peer->port,
		peer->source);
}

/* What AUTH_SYS tells of the caller (RFC 5531, appendix A). */
static void log_credential(FILE *log, struct fake_view credential)
{
	struct fake_reader reader = fake_reader_of(credential);
	struct fake_view machine;
	uint32_t uid, gid;

	fake_get_u32(&reader);
	machine = fake_get_opaque(&reader);
	uid = fake_get_u32(&reader);
	gid = fake_get_u32(&reader);
	fprintf(log, " machine=%.*s uid=%u gid=%u groups=%u",
		(int)machine.length, (const char *)machine.data, uid, gid,
		fake_get_u32(&reader));
}

static void log_call(FILE *log, const struct fake_call *call)
{
	if (!log)
		return;
	log_peer(log, "call", &call->peer);
	fprintf(log, " flavor=%u program=%u version=%u procedure=%u",
		call->flavor, call->program, call->version, call->procedure);
	if (call->flavor == FAKE_AUTH_SYS)
		log_credential(log, call->credential);
	fputc('\n', log);
}

const struct fake_mode *fake_server_mode(const struct fake_server *server,
					 const struct in6_addr *asked)
{
	const struct fake_options *options = &server->options;

	for (size_t i = 0; i < options->mode_count; i++)
		if (IN6_ARE_ADDR_EQUAL(&options->modes[i].address, asked))
			return options->modes[i].mode;
	return options->mode;
}

static const struct fake_mode *mode_of_call(const struct fake_server *server,
					    const struct fake_call *call)
{
	const struct fake_mode *mode =
		fake_server_mode(server, &call->peer.asked);

	if (!mode || !mode->answer || mode->service != call->peer.door ||
	    call->procedure == 0)
		return NULL;
	return mode;
}

static bool is_hanging(const struct fake_server *server,
		       const struct fake_call *call)
{
	return server->options.tls == FAKE_TLS_HANG &&
	       call->peer.door == FAKE_NFS && call->flavor == FAKE_AUTH_TLS;
}

bool fake_server_answer(struct fake_server *server,
			const struct fake_peer *peer, struct fake_view message,
			struct fake_script *script)
{
	static struct fake_bytes results; /* keeps its memory */
	struct fake_call call = { .peer = *peer };
	struct fake_reply reply = { .results = results };
	const struct fake_mode *mode;

	if (!fake_call_decode(message, &call))
		return false;
	log_call(server->log, &call);
	if (server->dropped < server->options.drop) {
		server->dropped++;
		return false;
	}
	if (is_hanging(server, &call))
		return false;
	reply.xid = call.xid;
	reply.results.length = 0;
	fake_programs_answer(server, &call, &reply);
	if (server->options.delay_ms)
		fake_script_pause(script, server->options.delay_ms);
	mode = mode_of_call(server, &call);
	if (mode)
		mode->answer(script, mode, &call, &reply);
	else
		fake_script_reply(script, &reply);
	results = reply.results;
	return script->count > 0;
}

bool fake_server_greet(struct fake_server *server, const struct fake_peer *peer,
		       struct fake_script *script)
{
	const struct fake_mode *mode = fake_server_mode(server, &peer->asked);

	if (server->log) {
		log_peer(server->log, "connection", peer);
		fputc('\n', server->log);
	}
	if (!mode || !mode->greet || mode->service != peer->door)
		return false;
	mode->greet(script, mode);
	return true;
}
