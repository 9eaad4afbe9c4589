/* Strings and numbers from outside. */
#include "test.h"

static void
test_number(void **state)
{
	static const struct {
		const char *in;
		bool ok;
		uint64_t want;
	} t[] = {
		{ "0", true, 0 },
		{ "1", true, 1 },
		{ "999", true, 999 },
		{ "1000", false, 0 },
		{ "", false, 0 },
		{ "01", false, 0 },
		{ "+1", false, 0 },
		{ "-1", false, 0 },
		{ " 1", false, 0 },
		{ "1abc", false, 0 },
		{ "0x1", false, 0 },
		{ "99999999999999999999999", false, 0 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(t); i++) {
		uint64_t v = 77;
		bool ok = str_u64(str_c(t[i].in), 999, &v);

		assert_int_equal(ok, t[i].ok);
		assert_int_equal(v, ok ? t[i].want : 77);
	}
	uint64_t v;
	assert_true(str_u64(STR("18446744073709551615"), UINT64_MAX, &v));
	assert_true(v == UINT64_MAX);
	assert_false(str_u64(STR("18446744073709551616"), UINT64_MAX, &v));
}

static void
test_parts(void **state)
{
	struct str s = STR("a=b=c");

	(void)state;
	assert_int_equal(str_find(s, '=', 0), 1);
	assert_int_equal(str_find(s, '=', 2), 3);
	assert_int_equal(str_find(s, '=', 4), 5);
	assert_int_equal(str_find(s, '=', 99), 5);
	assert_str(str_sub(s, 2, 3), "b");
	assert_str(str_sub(s, 4, 99), "c");
	assert_str(str_sub(s, 9, 12), "");
	assert_str(str_trim(STR(" \t x y\r\n")), "x y");
	assert_str(str_trim(STR("  ")), "");
	assert_true(str_starts(s, STR("a=")));
	assert_false(str_starts(STR("a"), STR("a=")));
	assert_string_equal(err_name(ERR_BUSY), "busy");
	assert_string_equal(err_name((enum err)999), "unknown");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_number),
		cmocka_unit_test(test_parts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
