/* Ids of headings and of foreign elements. */
#include "test.h"

#include "anchor.h"

static void
test_heading(void **state)
{
	static const struct {
		const char *text, *want;
	} t[] = {
		{ "A floor", "a-floor" },
		{ "A floor", "a-floor-2" },
		{ "A floor 2", "a-floor-2-2" },
		{ "A floor", "a-floor-3" },
		{ "", "section" },
		{ "!?", "section-2" },
		{ "Comments", "h-comments" },
		{ "Comment 7", "h-comment-7" },
		{ "H comments", "h-comments-2" },
		{ "Reply", "h-reply" },
		{ "Commentary", "commentary" },
	};
	struct arena *a = arena_new();
	struct anchors *s = anchors_new(a);

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(t); i++)
		assert_str(anchor_heading(s, str_c(t[i].text)), t[i].want);
	arena_free(a);
}

static void
test_many(void **state)
{
	struct arena *a = arena_new();
	struct anchors *s = anchors_new(a);

	(void)state;
	for (int i = 0; i < 50000; i++)
		anchor_heading(s, STR("again"));
	assert_str(anchor_heading(s, STR("again")), "again-50001");
	arena_free(a);
}

static void
test_claim(void **state)
{
	struct arena *a = arena_new();
	struct anchors *s = anchors_new(a);

	(void)state;
	assert_true(anchor_claim(s, STR("fn-1")));
	assert_false(anchor_claim(s, STR("fn-1")));
	assert_false(anchor_claim(s, STR("FN-1")));
	assert_false(anchor_claim(s, STR("")));
	assert_false(anchor_claim(s, STR("a b")));
	assert_false(anchor_claim(s, STR("respond")));
	assert_false(anchor_claim(s, STR("comment-12")));
	arena_free(a);
}

static void
test_name(void **state)
{
	static const struct {
		const char *in, *want;
	} t[] = {
		{ "_ftnRef1", "ftnref1" },
		{ "fn:1", "fn-1" },
		{ "a--b--", "a-b" },
		{ "\xc3\xa9", "" },
		{ "", "" },
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(t); i++) {
		struct str once = anchor_name(a, str_c(t[i].in));

		assert_str(once, t[i].want);
		assert_str(anchor_name(a, once), t[i].want);
	}
	arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_heading),
		cmocka_unit_test(test_many),
		cmocka_unit_test(test_claim),
		cmocka_unit_test(test_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
