#include "name_facts_gather.h"

#include <fcntl.h>
#include <sched.h>
#include <setjmp.h>
#include <stdarg.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

enum { CANNOT = 77 };

static void write_file(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0644);
	ssize_t length = (ssize_t)strlen(text);

	if (fd < 0 || write(fd, text, (size_t)length) != length)
		_exit(3);
	close(fd);
}

/* Name services that know only what the test says. */
static void enter_network(void)
{
	if (unshare(CLONE_NEWNS | CLONE_NEWNET) != 0 ||
	    mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0 ||
	    mount("tmpfs", "/etc", "tmpfs", 0, NULL) != 0)
		_exit(CANNOT);
	write_file("/etc/nsswitch.conf", "hosts: files\nnetgroup: files\n");
	write_file("/etc/hosts", "10.1.0.5 wrong right\n"
				 "10.1.0.6 host\n"
				 "10.1.0.6 never\n");
	write_file("/etc/netgroup", "lab (right,,) inner (-,u,)\n"
				    "inner (right,,) (gone,,) lab\n"
				    "all (,u,)\n");
	write_file("/etc/exports",
		   "/srv @lab @all @none @lab(rw) host *.lan\n");
}

static void add_address(struct strbuf *out, const struct address_name *address)
{
	char text[IP_ADDRESS_TEXT];

	strbuf_printf(out, " %s", ip_address_text(address->address, text));
	for (size_t i = 0; i < address->names.count; i++)
		strbuf_printf(out, " %.*s", STR_ARG(address->names.items[i]));
	strbuf_add_char(out, ';');
}

static void describe(struct strbuf *out, const struct export_table *table,
		     const struct name_facts *facts)
{
	for (size_t i = 0; i < table->clients.list.count; i++) {
		const struct netgroup_facts *group = &facts->netgroups[i];

		strbuf_printf(out, "%.*s %d%s",
			      STR_ARG(table->clients.list.items[i].name),
			      (int)group->status,
			      group->any_host ? " any" : "");
		for (size_t k = 0; k < group->hosts.count; k++)
			strbuf_printf(
				out, " %.*s",
				STR_ARG(facts->hosts.list
						.items[group->hosts.items[k]]));
		strbuf_add_char(out, '\n');
	}
	for (size_t i = 0; i < facts->addresses.count; i++)
		add_address(out, &facts->addresses.items[i]);
}

static void check_services(void)
{
	struct arena *arena = arena_new();
	struct table_gather gather = { .arena = arena, .resolve = true };
	struct exports_files files = { 0 };
	struct export_documents documents = { 0 };
	struct export_table table = { 0 };
	struct strbuf out = { 0 };
	struct root root;

	if (!root_open(NULL, &root, NULL))
		_exit(4);
	gather.root = &root;
	exports_files_read_system(arena, &root, &files);
	table_gather_parse(arena, &files, &documents);
	table_gather_build(&gather, &documents, &table);
	describe(&out, &table, name_facts_gather(&gather, &table));
	if (strcmp(out.data, "@lab 1 right gone\n"
			     "@all 1 any\n"
			     "@none 2\n"
			     "host 0\n"
			     "*.lan 0\n"
			     " 10.1.0.5 wrong right; 10.1.0.6 host;") != 0) {
		fprintf(stderr, "%s\n", out.data);
		_exit(1);
	}
	_exit(0);
}

static void services_are_asked_on_the_host(void **state)
{
	pid_t child = fork();
	int status;

	(void)state;
	if (child == 0) {
		enter_network();
		check_services();
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	if (WEXITSTATUS(status) == CANNOT)
		skip();
	assert_int_equal(WEXITSTATUS(status), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(services_are_asked_on_the_host),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
