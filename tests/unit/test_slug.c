/* Addresses from titles. */
#include "test.h"

#include "slug.h"

static void
test_ok(void **state)
{
	static const struct {
		const char *in;
		bool ok;
	} t[] = {
		{ "a", true },
		{ "kopi-2026", true },
		{ "2", true },
		{ "", false },
		{ "-a", false },
		{ "a-", false },
		{ "a--b", false },
		{ "-", false },
		{ "A", false },
		{ "a_b", false },
		{ "a b", false },
		{ "caf\xC3\xA9", false },
	};
	char longest[SLUG_MAX + 1];

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(t); i++)
		if (slug_ok(str_c(t[i].in)) != t[i].ok)
			fail_msg("%s", t[i].in);
	memset(longest, 'a', sizeof(longest));
	assert_true(slug_ok((struct str){ longest, SLUG_MAX }));
	assert_false(slug_ok((struct str){ longest, SLUG_MAX + 1 }));
}

static void
test_make(void **state)
{
	static const struct {
		const char *in, *want;
	} t[] = {
		{ "Hello, World!", "hello-world" },
		{ "  Kopi -- & teh  ", "kopi-teh" },
		{ "Jum'at don’t", "jumat-dont" },
		{ "Crème brûlée", "creme-brulee" },
		{ "Straße", "strasse" },
		{ "Ærø, Łódź, Þór", "aero-lodz-thor" },
		{ "Đà Nẵng", "da-nang" },
		{ "İstanbul ılık", "istanbul-ilik" },
		{ "½ liter", "1-2-liter" },
		{ "Ｆｕｌｌ ﬁsh", "full-fish" },
		{ "co\u00ADoperate a\u200Bb", "cooperate-ab" },
		{ "日本語", "" },
		{ "日本 2026", "2026" },
		{ "...", "" },
		{ "", "" },
		{ "a\xFFz", "a-z" },
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(t); i++)
		assert_str(slug_make(a, str_c(t[i].in)), t[i].want);
	arena_free(a);
}

static void
test_cut(void **state)
{
	struct arena *a = arena_new();
	char text[300], *p = text;

	(void)state;
	/* Words of 4 and a hyphen: 20 of them are 99 bytes. */
	for (int i = 0; i < 40; i++, p += 5)
		memcpy(p, "kata ", 5);
	assert_int_equal(slug_make(a, (struct str){ text, 200 }).n, 99);
	assert_true(slug_ok(slug_make(a, (struct str){ text, 200 })));
	/* The word that would end past the limit is left out whole. */
	memset(text + 50, 'x', 100);
	assert_int_equal(slug_make(a, (struct str){ text, 150 }).n, 49);
	/* One endless word is cut where it must be. */
	memset(text, 'x', sizeof(text));
	assert_int_equal(slug_make(a, (struct str){ text, 300 }).n, SLUG_MAX);
	assert_int_equal(slug_make(a, (struct str){ text, 100 }).n, SLUG_MAX);
	/* Words that fill it exactly stay. */
	text[50] = ' ';
	text[100] = ' ';
	assert_int_equal(slug_make(a, (struct str){ text, 200 }).n, SLUG_MAX);
	arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_ok),
		cmocka_unit_test(test_make),
		cmocka_unit_test(test_cut),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
