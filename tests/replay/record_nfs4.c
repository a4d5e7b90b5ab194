/* Records what an NFSv4 server answers to a walk through its
 * pseudo-filesystem, for tests/unit/test_nfs4_walk.c:
 *
 *     echo "what the server is" | record_nfs4 ADDRESS PORT [UID] >FILE
 *
 * Then read the end of FILE: what the walk made of it must be right.
 */
#include <arpa/inet.h>
#include <err.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "nfs4_player.h"
#include "record_marking.h"
#include "rpc_limits.h"

enum { UID_NOBODY = 65534, CALLS_MAX = 1000, WORD = 4, WORDS_IN_LINE = 8 };

struct server {
	int socket;
	uint32_t uid;
};

static void connect_to(struct server *server, const char *address, long port)
{
	struct sockaddr_in to = {
		.sin_family = AF_INET,
		.sin_port = htons((uint16_t)port),
	};

	if (inet_pton(AF_INET, address, &to.sin_addr) != 1)
		errx(2, "no address: %s", address);
	server->socket = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (server->socket < 0 ||
	    connect(server->socket, (struct sockaddr *)&to, sizeof(to)) < 0)
		err(2, "%s", address);
}

static void send_call(struct server *server, struct str arguments)
{
	struct rpc_call call = {
		.program = NFS4_PROGRAM,
		.version = NFS4_VERSION,
		.procedure = NFS4_COMPOUND,
		.credential = RPC_CREDENTIAL_SYS,
		.uid = server->uid,
		.gid = server->uid,
		.arguments = arguments,
	};
	struct strbuf message = { 0 }, record = { 0 };

	rpc_call_encode(&message, &call, 0);
	record_mark(&record, message.length);
	strbuf_add(&record, strbuf_str(&message));
	if (write(server->socket, record.data, record.length) !=
	    (ssize_t)record.length)
		err(2, "write");
	strbuf_free(&message);
	strbuf_free(&record);
}

static void receive_record(struct server *server, struct strbuf *message)
{
	struct record_reader reader;
	enum record_event event = RECORD_MORE;
	struct str piece;

	record_reader_init(&reader, LIMIT_NFS4_REPLY_BYTES);
	while (event != RECORD_END) {
		char byte;
		struct str input = { &byte, 1 };

		if (read(server->socket, &byte, 1) != 1)
			err(2, "read");
		while (input.length || event == RECORD_BYTES) {
			event = record_read(&reader, &input, &piece);
			if (event == RECORD_BYTES)
				strbuf_add(message, piece);
			else if (event != RECORD_MORE)
				break;
		}
		if (event == RECORD_TOO_LARGE || event == RECORD_BROKEN)
			errx(2, "the server sends no record");
	}
}

static void print_reply(struct str message)
{
	printf("reply");
	for (size_t i = 0; i < message.length; i++) {
		if (i % (WORD * WORDS_IN_LINE) == 0)
			printf("\n\t");
		else if (i % WORD == 0)
			printf(" ");
		printf("%02x", (unsigned char)message.data[i]);
	}
	printf("\n");
}

static bool ask(void *context, struct str arguments, struct strbuf *message)
{
	send_call(context, arguments);
	receive_record(context, message);
	print_reply(strbuf_str(message));
	return true;
}

static void copy_comment(void)
{
	char line[256];

	while (fgets(line, sizeof(line), stdin))
		printf("# %s", line);
}

int main(int argc, char **argv)
{
	struct server server = { .uid = UID_NOBODY };
	struct arena *arena = arena_new();
	struct nfs4_walk *walk =
		nfs4_walk_new(arena, nfs4_player_owner, LIMIT_NFS4_EXPORTS);
	struct strbuf text = { 0 };

	if (argc < 3 || argc > 4)
		errx(2, "usage: record_nfs4 ADDRESS PORT [UID] <COMMENT");
	if (argc > 3)
		server.uid = (uint32_t)strtoul(argv[3], NULL, 10);
	connect_to(&server, argv[1], strtol(argv[2], NULL, 10));
	copy_comment();
	nfs4_player_run(walk, ask, &server, CALLS_MAX);
	nfs4_player_print(walk, &text);
	printf("expect\n%s", text.data);
	strbuf_free(&text);
	nfs4_walk_free(walk);
	arena_free(arena);
	return close(server.socket) < 0;
}
