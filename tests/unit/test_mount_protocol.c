#include "mount_protocol.h"

#include "rpc_bytes.h"
#include "rpc_limits.h"
#include "unit_test.h"

enum { HEAD = 4 /* bytes before the results in these tests */ };

/* A list as a server sends it, an answer, and the sink between them. */
struct listing {
	struct strbuf message;
	struct server_answer *answer;
	struct mount_list_sink sink;
};

static struct listing listing_new(uint32_t max_nodes)
{
	struct listing listing = {
		.answer = server_answer_new((struct ip_address){ 0 }),
	};

	strbuf_add(&listing.message, STR("head"));
	listing.sink = (struct mount_list_sink){ .answer = listing.answer,
						 .max_nodes = max_nodes };
	return listing;
}

static void listing_free(struct listing *listing)
{
	strbuf_free(&listing->message);
	arena_free(listing->answer->arena);
}

/* Begins the answer anew. */
static void forget(struct listing *listing)
{
	uint32_t max_nodes = listing->sink.max_nodes;

	arena_free(listing->answer->arena);
	listing->answer = server_answer_new((struct ip_address){ 0 });
	listing->sink = (struct mount_list_sink){ .answer = listing->answer,
						  .max_nodes = max_nodes };
}

typedef enum sink_need take_function(void *context, struct str message,
				     size_t results, bool complete);

/* Shows the sink the first size bytes, in a block that ends there. */
static enum sink_need show(struct listing *listing, take_function *take,
			   size_t size, bool complete)
{
	char *block = malloc(size);
	enum sink_need need;

	assert_non_null(block);
	memcpy(block, listing->message.data, size);
	need = take(&listing->sink, (struct str){ block, size }, HEAD,
		    complete);
	free(block);
	return need;
}

static enum sink_need show_all(struct listing *listing, take_function *take)
{
	return show(listing, take, listing->message.length, true);
}

/* "/a: x y; /b:" */
static void print_exports(struct listing *listing, struct strbuf *out)
{
	struct server_answer *answer = listing->answer;

	answer->bytes = strbuf_str(&listing->message);
	for (size_t i = 0; i < answer->exports.count; i++) {
		const struct listed_export *export = &answer->exports.items[i];

		strbuf_add_text(out, i ? "; " : "");
		strbuf_add(out, answer_text(answer, export->path));
		strbuf_add_char(out, ':');
		for (uint32_t g = 0; g < export->group_count; g++) {
			strbuf_add_char(out, ' ');
			strbuf_add(
				out,
				answer_text(answer,
					    answer->groups
						    .items[export->first_group +
							   g]));
		}
	}
}

static void expect_exports(struct listing *listing, struct str expected)
{
	struct strbuf text = { 0 };

	print_exports(listing, &text);
	assert_true(str_equal(strbuf_str(&text), expected));
	strbuf_free(&text);
}

static void add_three_exports(struct strbuf *out)
{
	add_export(out, STR("/srv"));
	add_group(out, STR("10.0.0.0/8"));
	add_group(out, STR("@hosts"));
	add_group(out, STR("*"));
	add_list_end(out);
	add_export(out, STR("/home"));
	add_list_end(out);
	add_export(out, STR(""));
	add_group(out, STR(""));
	add_list_end(out);
	add_list_end(out);
}

#define THREE_EXPORTS "/srv: 10.0.0.0/8 @hosts *; /home:; : "

static void exports_arrive_in_any_two_pieces(void **state)
{
	struct listing listing = listing_new(100);

	(void)state;
	add_three_exports(&listing.message);
	for (size_t cut = HEAD; cut < listing.message.length; cut++) {
		assert_int_equal(show(&listing, mount_take_exports, cut, false),
				 SINK_MORE);
		assert_int_equal(show_all(&listing, mount_take_exports),
				 SINK_DONE);
		expect_exports(&listing, STR(THREE_EXPORTS));
		assert_int_equal(listing.sink.nodes, 7);
		forget(&listing);
	}
	listing_free(&listing);
}

static void exports_arrive_byte_by_byte(void **state)
{
	struct listing listing = listing_new(100);
	size_t length;

	(void)state;
	add_three_exports(&listing.message);
	length = listing.message.length;
	for (size_t size = HEAD; size < length; size++)
		assert_int_equal(
			show(&listing, mount_take_exports, size, false),
			SINK_MORE);
	assert_int_equal(show(&listing, mount_take_exports, length, false),
			 SINK_DONE);
	expect_exports(&listing, STR(THREE_EXPORTS));
	listing_free(&listing);
}

static void a_cut_list_keeps_its_entries(void **state)
{
	static const char *const kept[] = {
		"",
		"/srv:",
		"/srv: 10.0.0.0/8",
		"/srv: 10.0.0.0/8 @hosts",
		"/srv: 10.0.0.0/8 @hosts *",
		"/srv: 10.0.0.0/8 @hosts *; /home:",
		"/srv: 10.0.0.0/8 @hosts *; /home:; :",
		THREE_EXPORTS,
	};
	struct listing listing = listing_new(100);
	size_t step = 0;

	(void)state;
	add_three_exports(&listing.message);
	for (size_t cut = HEAD; cut < listing.message.length; cut++) {
		struct strbuf text = { 0 };

		assert_int_equal(show(&listing, mount_take_exports, cut, true),
				 SINK_BAD);
		print_exports(&listing, &text);
		if (!str_is(strbuf_str(&text), kept[step]))
			step++;
		assert_in_range(step, 0, COUNT(kept) - 1);
		assert_true(str_is(strbuf_str(&text), kept[step]));
		strbuf_free(&text);
		forget(&listing);
	}
	assert_int_equal(step, COUNT(kept) - 1);
	listing_free(&listing);
}

static void mounts_arrive_in_any_two_pieces(void **state)
{
	struct listing listing = listing_new(100);
	const struct server_answer *answer;

	(void)state;
	add_mount(&listing.message, STR("10.0.0.7"), STR("/srv"));
	add_mount(&listing.message, STR(""), STR(""));
	add_mount(&listing.message, STR("client.example.org"), STR("/home"));
	add_list_end(&listing.message);
	for (size_t cut = HEAD; cut < listing.message.length; cut++) {
		show(&listing, mount_take_mounts, cut, false);
		assert_int_equal(show_all(&listing, mount_take_mounts),
				 SINK_DONE);
		answer = listing.answer;
		listing.answer->bytes = strbuf_str(&listing.message);
		assert_int_equal(answer->mounts.count, 3);
		assert_true(str_is(
			answer_text(answer, answer->mounts.items[0].client),
			"10.0.0.7"));
		assert_true(str_is(
			answer_text(answer, answer->mounts.items[1].path), ""));
		assert_true(str_is(
			answer_text(answer, answer->mounts.items[2].path),
			"/home"));
		forget(&listing);
		/* a list that ends there keeps the whole mounts */
		assert_int_equal(show(&listing, mount_take_mounts, cut, true),
				 SINK_BAD);
		assert_in_range(listing.answer->mounts.count, 0, 3);
		forget(&listing);
	}
	listing_free(&listing);
}

static void an_empty_list_is_a_list(void **state)
{
	struct listing listing = listing_new(0);

	(void)state;
	add_list_end(&listing.message);
	assert_int_equal(show_all(&listing, mount_take_exports), SINK_DONE);
	forget(&listing);
	assert_int_equal(show_all(&listing, mount_take_mounts), SINK_DONE);
	listing_free(&listing);
}

static void names_are_bytes(void **state)
{
	struct listing listing = listing_new(100);

	(void)state;
	add_export(&listing.message, STR("/a\0b\nc\x1b[31m\xff"));
	add_group(&listing.message, STR("\0"));
	add_list_end(&listing.message);
	add_list_end(&listing.message);
	assert_int_equal(show_all(&listing, mount_take_exports), SINK_DONE);
	expect_exports(&listing, STR("/a\0b\nc\x1b[31m\xff: \0"));
	listing_free(&listing);
}

static void add_long(struct strbuf *out, size_t length)
{
	xdr_write_u32(out, (uint32_t)length);
	for (size_t i = 0; i < (length + 3) / 4; i++)
		strbuf_add(out, STR("long"));
}

static void names_have_limits(void **state)
{
	static const struct {
		take_function *take;
		size_t first, second;
		enum sink_need need;
	} cases[] = {
		{ mount_take_exports, LIMIT_MOUNT_PATH, LIMIT_MOUNT_NAME,
		  SINK_DONE },
		{ mount_take_exports, LIMIT_MOUNT_PATH + 1, 0, SINK_BAD },
		{ mount_take_exports, 0, LIMIT_MOUNT_NAME + 1, SINK_BAD },
		{ mount_take_mounts, LIMIT_MOUNT_NAME, LIMIT_MOUNT_PATH,
		  SINK_DONE },
		{ mount_take_mounts, LIMIT_MOUNT_NAME + 1, 0, SINK_BAD },
		{ mount_take_mounts, 0, LIMIT_MOUNT_PATH + 1, SINK_BAD },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct listing listing = listing_new(100);
		bool is_export = cases[i].take == mount_take_exports;

		xdr_write_u32(&listing.message, 1);
		add_long(&listing.message, cases[i].first);
		if (is_export)
			xdr_write_u32(&listing.message, 1);
		add_long(&listing.message, cases[i].second);
		add_list_end(&listing.message);
		if (is_export)
			add_list_end(&listing.message);
		assert_int_equal(show_all(&listing, cases[i].take),
				 cases[i].need);
		listing_free(&listing);
	}
}

static void a_name_that_lies_about_its_length_keeps_the_rest(void **state)
{
	struct listing listing = listing_new(100);

	(void)state;
	add_export(&listing.message, STR("/good"));
	add_list_end(&listing.message);
	xdr_write_u32(&listing.message, 1);
	xdr_write_u32(&listing.message, UINT32_MAX);
	/* no more bytes can help */
	assert_int_equal(show(&listing, mount_take_exports,
			      listing.message.length, false),
			 SINK_BAD);
	expect_exports(&listing, STR("/good:"));
	listing_free(&listing);
}

static void add_exports(struct strbuf *out, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++) {
		add_export(out, STR(""));
		add_list_end(out);
	}
}

static void add_groups(struct strbuf *out, uint32_t count)
{
	add_export(out, STR(""));
	for (uint32_t i = 1; i < count; i++)
		add_group(out, STR(""));
	if (count)
		add_list_end(out);
}

static void add_mounts(struct strbuf *out, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++)
		add_mount(out, STR(""), STR(""));
}

static size_t entries(const struct server_answer *answer)
{
	return answer->exports.count + answer->groups.count +
	       answer->mounts.count;
}

/* Wide lists, deep ones and mounts; all of the limit is kept. */
static void expect_node_limit(uint32_t limit)
{
	static const struct {
		void (*add)(struct strbuf *out, uint32_t count);
		take_function *take;
	} kinds[] = {
		{ add_exports, mount_take_exports },
		{ add_groups, mount_take_exports },
		{ add_mounts, mount_take_mounts },
	};

	for (size_t i = 0; i < COUNT(kinds); i++)
		for (uint32_t over = 0; over <= 1; over++) {
			struct listing listing = listing_new(limit);

			kinds[i].add(&listing.message, limit + over);
			add_list_end(&listing.message);
			assert_int_equal(show_all(&listing, kinds[i].take),
					 over ? SINK_TOO_LARGE : SINK_DONE);
			assert_int_equal(entries(listing.answer), limit);
			listing_free(&listing);
		}
}

static void lists_have_limits(void **state)
{
	(void)state;
	expect_node_limit(1);
	expect_node_limit(7);
	expect_node_limit(LIMIT_LIST_NODES_SWEEP);
	expect_node_limit(LIMIT_LIST_NODES);
}

static enum sink_need take_mnt(struct mount_mnt_sink *sink, struct str results,
			       bool complete)
{
	struct strbuf message = { 0 };
	enum sink_need need;

	strbuf_add(&message, STR("head"));
	strbuf_add(&message, results);
	need = mount_take_mnt(sink, strbuf_str(&message), HEAD, complete);
	strbuf_free(&message);
	return need;
}

static void mnt_brings_flavors(void **state)
{
	struct mount_mnt_sink sink = { .version = 3 };
	struct strbuf results = { 0 };

	(void)state;
	xdr_write_u32(&results, 0);
	xdr_write_bytes(&results, STR("a handle"));
	xdr_write_u32(&results, 2);
	xdr_write_u32(&results, 1);
	xdr_write_u32(&results, 390003);
	for (size_t size = 0; size < results.length; size++) {
		struct str cut = { results.data, size };

		assert_int_equal(take_mnt(&sink, cut, false), SINK_MORE);
		assert_int_equal(take_mnt(&sink, cut, true), SINK_BAD);
		assert_int_equal(sink.flavor_count, 0);
	}
	assert_int_equal(take_mnt(&sink, strbuf_str(&results), false),
			 SINK_DONE);
	assert_int_equal(sink.status, 0);
	assert_int_equal(sink.flavor_count, 2);
	assert_int_equal(sink.flavors[0], 1);
	assert_int_equal(sink.flavors[1], 390003);
	strbuf_free(&results);
}

static enum sink_need take_mnt_of(size_t handle, uint32_t flavors)
{
	struct mount_mnt_sink sink = { .version = 3 };
	struct strbuf results = { 0 };
	enum sink_need need;

	xdr_write_u32(&results, 0);
	add_long(&results, handle);
	xdr_write_u32(&results, flavors);
	for (uint32_t i = 0; i < flavors && i <= MOUNT_FLAVORS_MAX; i++)
		xdr_write_u32(&results, i);
	need = take_mnt(&sink, strbuf_str(&results), false);
	strbuf_free(&results);
	return need;
}

static void mnt_has_limits(void **state)
{
	(void)state;
	assert_int_equal(take_mnt_of(0, 0), SINK_DONE);
	assert_int_equal(take_mnt_of(64, MOUNT_FLAVORS_MAX), SINK_DONE);
	assert_int_equal(take_mnt_of(65, 1), SINK_BAD);
	assert_int_equal(take_mnt_of(64, MOUNT_FLAVORS_MAX + 1), SINK_BAD);
	assert_int_equal(take_mnt_of(64, UINT32_MAX), SINK_BAD);
}

static void mnt_may_be_refused(void **state)
{
	(void)state;
	for (uint32_t version = 1; version <= 3; version++) {
		struct mount_mnt_sink sink = { .version = version };

		assert_int_equal(take_mnt(&sink, STR("\0\0\0\15"), false),
				 SINK_DONE);
		assert_int_equal(sink.status, 13);
	}
}

static void old_mnt_has_only_a_handle(void **state)
{
	struct mount_mnt_sink sink = { .version = 1 };
	struct str results = STR("\0\0\0\0"
				 "0123456789abcdef0123456789abcdef");

	(void)state;
	assert_int_equal(take_mnt(&sink, results, false), SINK_DONE);
	assert_int_equal(sink.status, 0);
	results.length--;
	assert_int_equal(take_mnt(&sink, results, false), SINK_MORE);
	assert_int_equal(take_mnt(&sink, results, true), SINK_BAD);
}

static void the_argument_is_a_path(void **state)
{
	struct strbuf arguments = { 0 };

	(void)state;
	mount_add_path(&arguments, STR("/srv"));
	assert_int_equal(arguments.length, 8);
	assert_memory_equal(arguments.data, "\0\0\0\4/srv", 8);
	strbuf_free(&arguments);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(exports_arrive_in_any_two_pieces),
		cmocka_unit_test(exports_arrive_byte_by_byte),
		cmocka_unit_test(a_cut_list_keeps_its_entries),
		cmocka_unit_test(mounts_arrive_in_any_two_pieces),
		cmocka_unit_test(an_empty_list_is_a_list),
		cmocka_unit_test(names_are_bytes),
		cmocka_unit_test(names_have_limits),
		cmocka_unit_test(
			a_name_that_lies_about_its_length_keeps_the_rest),
		cmocka_unit_test(lists_have_limits),
		cmocka_unit_test(mnt_brings_flavors),
		cmocka_unit_test(mnt_has_limits),
		cmocka_unit_test(mnt_may_be_refused),
		cmocka_unit_test(old_mnt_has_only_a_handle),
		cmocka_unit_test(the_argument_is_a_path),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
