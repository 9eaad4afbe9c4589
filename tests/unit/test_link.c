/* Where links lead; bare addresses in text. */
#include "test.h"

#include "link.h"

static void
test_where(void **state)
{
	static const struct {
		const char *in;
		bool external, local;
	} t[] = {
		{ "", false, false },
		{ "/", false, true },
		{ "/a", false, true },
		{ "//a", true, false },
		{ "/\\a", true, false },
		{ "\\/a", true, false },
		{ "a/b", false, false },
		{ "#x", false, false },
		{ "HTTP://a", true, false },
		{ "https:a", true, false },
		{ "mailto:a@b.c", false, false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(t); i++) {
		assert_int_equal(
		    link_is_external(str_c(t[i].in)), t[i].external);
		assert_int_equal(link_is_local(str_c(t[i].in)), t[i].local);
	}
}

static void
test_find(void **state)
{
	static const struct {
		const char *in, *want; /* NULL: none */
	} t[] = {
		{ "", NULL },
		{ "http://", NULL },
		{ "http://.", NULL },
		{ "xhttp://a", NULL },
		{ "http://a", "http://a" },
		{ "see HTTPS://A.b/c.", "HTTPS://A.b/c" },
		{ "(http://a/b)", "http://a/b" },
		{ "http://a/b_(c)", "http://a/b_(c)" },
		{ "http://a/b_(c)).", "http://a/b_(c)" },
		{ "http://a/?x=1&y=2!", "http://a/?x=1&y=2" },
		{ "\"http://a\"", "http://a" },
		{ "<http://a>", "http://a" },
		{ "http://a\nb", "http://a" },
		{ "http://? http://b", "http://b" },
		{ "hhttp://a h http://c", "http://c" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(t); i++) {
		struct str s = str_c(t[i].in);
		size_t at = 0, end = 0;
		bool ok = link_find(s, &at, &end);

		assert_int_equal(ok, t[i].want != NULL);
		if (ok)
			assert_str(str_sub(s, at, end), t[i].want);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_where),
		cmocka_unit_test(test_find),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
