#include "nsswitch_parser.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

#include "strbuf.h"

/* The services with a slash behind each. */
static void expect(const char *file, const char *database, const char *expected)
{
	struct str services = nsswitch_find(str_of(file), database), service;
	struct strbuf out = { 0 };

	if (!expected) {
		assert_null(services.data);
		return;
	}
	strbuf_add_text(&out, "");
	while (nsswitch_next(&services, &service)) {
		strbuf_add(&out, service);
		strbuf_add_char(&out, '/');
	}
	assert_string_equal(out.data ? out.data : "", expected);
	strbuf_free(&out);
}

static void services_are_in_their_order(void **state)
{
	static const char file[] = "# nsswitch\n"
				   "passwd:\tfiles systemd\n"
				   "  group : sss\n"
				   "hosts:files[NOTFOUND=return] dns # nis\n"
				   "shadow files\r\n"
				   "networks:\n"
				   "aliases\n"
				   "group: files [SUCCESS=merge] sss";

	(void)state;
	expect(file, "passwd", "files/systemd/");
	expect(file, "hosts", "files/[NOTFOUND=return]/dns/");
	expect(file, "group", "files/[SUCCESS=merge]/sss/");
	expect(file, "shadow", "files/");
	expect(file, "networks", "");
	expect(file, "aliases", NULL);
	expect(file, "nis", NULL);
	expect("", "hosts", NULL);
	expect("hosts: [open", "hosts", "[open/");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(services_are_in_their_order),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
