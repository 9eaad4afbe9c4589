/* What is refused before md4c sees it. */
#include "test.h"

#include "buf.h"
#include "mdguard.h"

/* head, n times part, tail. */
static struct str
repeat(struct arena *a, const char *head, const char *part, int n,
    const char *tail)
{
	struct buf b = buf_new((size_t)1 << 24);
	struct str s;

	buf_cstr(&b, head);
	for (int i = 0; i < n; i++)
		buf_cstr(&b, part);
	buf_cstr(&b, tail);
	s = buf_copy(&b, a);
	buf_free(&b);
	return s;
}

static void
test_article(void **state)
{
	static const struct {
		const char *head, *part;
		int n;
		const char *tail;
		bool want;
	} t[] = {
		{ "", "", 0, "", true },
		{ "", "> ", 60, "x", true },
		{ "", "> ", 70, "x", false },
		{ "", "- ", 70, "x", false },
		{ "", "* ", 200, "", true },
		{ "", "1. ", 70, "x", false },
		{ "", "- x\n", 100000, "", true },
		{ "", "- [x](y)\n", 100000, "", true },
		{ "", "[x](y) and so on\n\n", 10000, "", true },
		{ "", "[x](y)\n", 50000, "", false },
		{ "", "[", 100000, "", true },
		{ "", "]([\n", 60000, "", false },
		{ "", "\\[x\\]\n", 50000, "", true },
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(t); i++)
		assert_int_equal(
		    mdguard_article(
			a, repeat(a, t[i].head, t[i].part, t[i].n, t[i].tail)),
		    t[i].want);
	arena_free(a);
}

static void
test_nested_brackets(void **state)
{
	struct arena *a = arena_new();
	struct str in, out;

	(void)state;
	in = repeat(a, "", "[", 5000, "x");
	out = repeat(a, "", "]", 5000, "");
	assert_false(mdguard_article(a, arena_printf(a, "%s%s", in.p, out.p)));
	assert_true(
	    mdguard_article(a, arena_printf(a, "%s\n\n%s", in.p, out.p)));
	arena_free(a);
}

static void
test_stairs(void **state)
{
	struct arena *a = arena_new();
	struct buf b = buf_new(100000);

	(void)state;
	for (int i = 0; i < 60; i++)
		buf_printf(&b, "%*s- x\n", i * 2, "");
	assert_true(mdguard_article(a, buf_view(&b)));
	for (int i = 60; i < 70; i++)
		buf_printf(&b, "%*s- x\n", i * 2, "");
	assert_false(mdguard_article(a, buf_view(&b)));
	buf_free(&b);
	arena_free(a);
}

static void
test_comment(void **state)
{
	static const struct {
		const char *part;
		int n;
		bool want;
	} t[] = {
		{ "[a]: /b\n", 8, true },
		{ "[a]: /b\n", 9, false },
		{ "> [a]: /b\n", 9, false },
		{ "x[a]: y\n", 9, true },
		{ "> ", 12, true },
		{ "> ", 13, false },
		{ ">", 13, false },
		{ "1) ", 13, false },
		{ "-\t", 13, false },
		{ "-x", 13, true },
		{ "> x\n", 100, true },
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(t); i++)
		assert_int_equal(
		    mdguard_comment(repeat(a, "", t[i].part, t[i].n, "")),
		    t[i].want);
	arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_article),
		cmocka_unit_test(test_nested_brackets),
		cmocka_unit_test(test_stairs),
		cmocka_unit_test(test_comment),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
